"""Annex D: which method, how it computes, and what of it is not verified."""

from __future__ import annotations

import re

from diag_app.forms.definition import Confidence, OpenItem
from diag_app.model.content import Block, Cell, Chapter, Column, Heading, Paragraph, Row, Table, TermList
from diag_app.model.proposal.explanations import explanation_table, rules_term
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.risks import margin
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text

LEVEL_RULE_ITEM = "level_rule"
NOT_APPLICABLE_ITEM = "not_applicable_scenarios"


def method_annex(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the method note."""
    translate = voice.translate
    items = tuple(item for item in facts.pack.open_items if item.status is not Confidence.EXACT)
    blocks: list[Block] = [
        pack_table(facts, voice),
        Heading(text=translate("How it is computed")),
        TermList(items=terms(facts, voice)),
    ]
    blocks += [  # before the long tables, so that these two lines are never a page of their own
        Heading(text=translate("What this report does not do")),
        Paragraph(
            text=translate(
                "It uses no supplier's claims, puts no industry mean in place of a baseline, fills no missing "
                "figure with zero, promises no subsidy, credit or benefit, "
                "and does not certify the truth of the firm's documents."
            )
        ),
    ]
    if items:
        blocks.append(open_table(facts, voice, items))
    blocks += explanation_table(facts, voice)
    count = translate.plural("{count} item not verified", "{count} items not verified", len(items))
    return Chapter(
        number="D",
        name=translate("Method note"),
        finding=translate("Basis, version, arithmetic, and {count}", count=count),
        lead="",
        blocks=tuple(blocks),
    )


def pack_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the pack the rating is pinned to."""
    translate, pack = voice.translate, facts.pack
    number = pack.document.get("number", "")
    issuer = pack.document.get(f"issuer_{voice.language}", "")
    basis = voice.joined((voice.text(pack.title), number, issuer))
    return Table(
        caption=translate("The pack used, fixed when the assessment began"),
        columns=(
            Column(head=translate("Pack"), width_mm=30),
            Column(head=translate("Version"), width_mm=16),
            Column(head=translate("Based on"), width_mm=72),
            Column(head=translate("Digest, first 24 of SHA-256"), width_mm=48),
        ),
        rows=(Row(cells=cells(pack.pack_id, pack.version, basis, pack.digest[:24])),),
    )


def terms(facts: ProposalFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Return how score and level come about."""
    translate = voice.translate
    scored = [item for item in facts.pack.dimensions if item.max_points is not None]
    maxima = voice.listed(f"{voice.text(item.label)} {number_text(item.max_points or 0)}" for item in scored)
    return (
        (
            translate("Score"),
            translate(
                "The points of {count} questions added up ({maxima}). "
                "Shares are compared as exact fractions, never rounded first.",
                count=len(facts.pack.questions),
                maxima=maxima,
            ),
        ),
        (
            translate("Level"),
            translate(
                "The highest level whose three conditions hold at once: score, scenarios at that level or above, and "
                "constrained scenarios among them. A bound belongs to the level. {basis}",
                basis=voice.text(facts.pack.level_rule.basis),
            ),
        ),
        (
            translate("Missing"),
            translate("A question without answer earns 0 points and is listed; a scenario without entry is level 0."),
        ),
        (
            translate("Evidence"),
            pointing(
                "risks",
                translate(
                    "Evidence does not change points; what has none is listed in {chapter}.", chapter=ref("risks")
                ),
                translate("Evidence does not change points."),
            ),
        ),
        *rules_term(facts, voice),
    )


def open_table(facts: ProposalFacts, voice: Voice, items: tuple[OpenItem, ...]) -> Table:
    """Return what is not verified, how far it can be trusted, and what it means for this firm."""
    translate = voice.translate
    rows = tuple(
        Row(
            cells=(
                Cell(text=f"U-{index:02d}"),
                Cell(text=voice.text(item.text)),
                Cell(text=voice.confidence(item.status), tone="signal"),
                Cell(text=voice.sentences((voice.text(item.effect), effect_here(facts, voice, item)))),
            )
        )
        for index, item in enumerate(items, start=1)
    )
    return Table(
        caption=translate("Not verified: what, how far trusted, what it means here"),
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("Item"), width_mm=69),
            Column(head=translate("Status"), width_mm=20),
            Column(head=translate("Effect, and this firm"), width_mm=64),
        ),
        rows=rows,
        note=translate(
            "Exact: agrees with the public questionnaire data of the official system. "
            "Shortened: same meaning, our wording. "
            "Reconstructed: from public implementations or partial sources. Authored: written for this tool. "
            "Unknown: no source found. What is not listed is exact; the official text rules."
        ),
    )


def effect_here(facts: ProposalFacts, voice: Voice, item: OpenItem) -> str:
    """Return what an open item means for this firm, as far as its own record tells."""
    translate = voice.translate
    if item.item_id == LEVEL_RULE_ITEM:
        return translate("This firm: {margin}", margin=margin(facts, voice))
    if item.item_id == NOT_APPLICABLE_ITEM:
        names = [voice.text(scenario.label) for scenario in facts.not_applicable()]
        if not names:
            return translate("This firm: every scenario applies, no effect.")
        return translate("This firm: {names}.", names=voice.listed(names))
    mentioned = [
        (question.question_id, score)
        for question, score in facts.scored()
        if re.search(rf"\b{re.escape(question.question_id)}\b", item.text.en)
    ]
    if not mentioned:
        return ""
    said = [
        translate(
            "{question} answered {answer}, {points} points",
            question=question_id,
            answer="".join(score.options),
            points=points_text(score.points),
        )
        if score.options
        else translate("{question} not answered", question=question_id)
        for question_id, score in mentioned
    ]
    return translate("This firm: {names}.", names=voice.listed(said))
