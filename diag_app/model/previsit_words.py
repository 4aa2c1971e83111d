"""A plan in words: what each line is about, what is recorded and what the firm states."""

from __future__ import annotations

from decimal import Decimal

from diag_app.codec import plain_decimal
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide
from diag_app.model.previsit import NOT_APPLICABLE, PAPER_STATES
from diag_app.model.previsit_statement import Value
from diag_app.model.proposal.voice import Voice


def line_label(key: str, pack: Pack, guide: Guide | None, voice: Voice) -> str:
    """Return what a line of the plan is about."""
    kind, _, rest = key.partition(":")
    translate = voice.translate
    if kind == "number":
        return voice.text(pack.number(rest).label)
    if kind == "answer":
        question = pack.question(rest)
        return f"{question.number} {voice.text(question.name)}"
    if kind == "scenario":
        return voice.text(pack.scenario(rest).label)
    if kind == "paper" and guide is not None:
        return next((voice.text(paper.text) for paper in guide.papers if paper.item_id == rest), rest)
    if kind == "contact":
        return translate("Contact {number}", number=rest)
    names = {
        "name": translate("Name"),
        "uscc": translate("Credit code"),
        "address": translate("Address"),
        "founded_on": translate("Founded"),
        "products": translate("Products"),
        "processes": translate("Process"),
        "equipment": translate("Equipment"),
        "software": translate("Software"),
        "employees": translate("Employees"),
        "revenue_10k_cny": translate("Revenue of the last year"),
        "assets_10k_cny": translate("Total assets"),
    }
    return names.get(rest, key)


def value_words(key: str, value: Value | None, pack: Pack, voice: Voice) -> str:
    """Return a value as people read it; nothing recorded is an empty text."""
    kind, _, rest = key.partition(":")
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Decimal):
        unit = voice.text(pack.number(rest).unit) if kind == "number" else ""
        return f"{plain_decimal(value)} {unit}".strip()
    if isinstance(value, ScenarioAnswer):
        if value.not_applicable is not None:
            return f"{NOT_APPLICABLE.text(voice.language)}: {value.not_applicable}"
        return voice.level(value.level or 0)
    if kind == "answer":
        question = pack.question(rest)
        return voice.joined(voice.option(question.option(part)) for part in value)
    if kind == "paper":
        state, remark = value
        return voice.joined((PAPER_STATES[state].text(voice.language), remark))
    return voice.joined(value)
