"""Every kind of part that a practice pack may hold: `diag pack check` reads them all."""

from __future__ import annotations

from typing import Any

from diag_app.forms.practice import Part

PARTS: tuple[Part[Any], ...] = ()
