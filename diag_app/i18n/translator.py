"""gettext catalogues behind one callable; the English source string is the message id."""

from __future__ import annotations

import gettext
from typing import Literal

from diag_app.errors import DiagError, Problem
from diag_app.i18n.codes import CODES
from diag_app.paths import resource

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Translator:
    """Texts of the app in one language. Calling it with an English message gives the text with parameters filled in."""

    def __init__(self, language: Language, catalogue: gettext.NullTranslations) -> None:
        self.language: Language = language
        self._catalogue = catalogue

    def __call__(self, message: str, /, **parameters: object) -> str:
        """Return `message` in this language; `{name}` places are filled from `parameters`."""
        text = self._catalogue.gettext(message)
        return text.format(**parameters) if parameters else text

    def plural(self, one: str, many: str, count: int, /, **parameters: object) -> str:
        """Return the form of the message that fits `count`, with `{count}` filled in."""
        return self._catalogue.ngettext(one, many, count).format(count=count, **parameters)

    def problem(self, problem: Problem | DiagError) -> str:
        """Return what happened, in one sentence."""
        return self._fill(CODES[problem.code].message, problem)

    def remedy(self, problem: Problem | DiagError) -> str:
        """Return what to do about it, in one sentence."""
        return self._fill(CODES[problem.code].remedy, problem)

    def _fill(self, message: str, problem: Problem | DiagError) -> str:
        words = {"location": problem.location, **problem.parameters}
        nameless = {key: self._catalogue.gettext(_NAMELESS) for key in _PEOPLE if words.get(key) == ""}
        return self._catalogue.gettext(message).format(**{**words, **nameless})


def mark(message: str) -> str:
    """Return `message` itself: marks a text for the catalogue that is translated later."""
    return message


_PEOPLE = ("name", "actor")  # parameters that tell who: somebody may have typed no name
_NAMELESS = mark("(no name)")


def load_translator(language: Language) -> Translator:
    """Return the translator for `language`; Chinese comes from the compiled catalogue, English is the source."""
    if language == "en":
        return Translator(language, gettext.NullTranslations())
    with resource("locale", "zh_CN", "diag_app.mo").open("rb") as file:
        return Translator(language, gettext.GNUTranslations(file))
