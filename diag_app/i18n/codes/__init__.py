"""The words of every code: what happened and what to do. One module for each area of the house."""

from collections.abc import Mapping

from diag_app.i18n.codes import files, images, operations, settings
from diag_app.i18n.codes.text import CodeText

CODES: Mapping[str, CodeText] = {**files.CODES, **images.CODES, **settings.CODES}

__all__ = ["CODES", "CodeText"]
