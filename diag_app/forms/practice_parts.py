"""Every kind of part that a practice pack may hold: `diag pack check` reads them all."""

from __future__ import annotations

from typing import Any

from diag_app.forms.practice import Part
from diag_app.forms.practice_guide import GUIDE
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.forms.practice_need_forms import NEED_FORMS
from diag_app.forms.practice_rules import RULES

PARTS: tuple[Part[Any], ...] = (GUIDE, MEASURES_PART, NEED_FORMS, RULES)
