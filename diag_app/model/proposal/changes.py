"""The chapter of a reissue that says what changed since the issue before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diag_app.model.content import Cell, Chapter, Column, Document, Row, Table
from diag_app.model.content_changes import CHANGES, KINDS, Change, Kind
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import Translate

MOST_TOLD = 40  # rows; the whole list is in the program
_LONGEST = 60  # characters of one cell


def with_changes(document: Document, changes: Sequence[Change], since: str, translate: Translate) -> Document:
    """Return `document` with a chapter of what changed since the issue numbered `since`: after the summary.

    Where nothing did there is none.
    """
    if not changes:
        return document
    chapter = changes_chapter(changes, since, Voice(language=document.language, translate=translate))
    place = 1 if document.chapters and not document.chapters[0].number else len(document.chapters)
    return replace(document, chapters=(*document.chapters[:place], chapter, *document.chapters[place:]))


def changes_chapter(changes: Sequence[Change], since: str, voice: Voice) -> Chapter:
    """Return what changed, by kind: first the figures, then answers, needs, plan and the rest."""
    translate, names = voice.translate, kind_names(voice.translate)
    told = changes[:MOST_TOLD]
    rows: list[Row] = []
    for kind in KINDS:
        found = [item for item in told if item.kind == kind]
        if found:
            rows.append(Row(cells=(Cell(text=names[kind], tone="bold"), Cell(), Cell(), Cell()), kind="group"))
            rows += [_row(item) for item in found]
    left = len(changes) - len(told)
    more = translate.plural(
        "{count} further change is listed by the program.", "{count} further changes are listed by the program.", left
    )
    table = Table(
        columns=(
            Column(head=translate("Of what"), width_mm=46),
            Column(head=translate("Entry"), width_mm=28),
            Column(head=translate("Before"), width_mm=46),
            Column(head=translate("Now"), width_mm=46),
        ),
        rows=tuple(rows),
        note=more if left else "",
    )
    return Chapter(
        number="",
        name=translate("Changes since the issue before"),
        finding=translate.plural(
            "{count} change since the issue before", "{count} changes since the issue before", len(changes)
        ),
        lead=translate("This report takes the place of {number}.", number=since),
        blocks=(table,),
        new_page=False,
        origin=CHANGES,
    )


def kind_names(translate: Translate) -> dict[Kind, str]:
    """Return what kinds of change are called."""
    return {
        "figures": translate("Key figures"),
        "answers": translate("Answers"),
        "needs": translate("Needs"),
        "plan": translate("Path"),
        "evidence": translate("Evidence"),
        "firm": translate("Firm and survey"),
        "texts": translate("Texts"),
    }


def _row(item: Change) -> Row:
    return Row(
        cells=tuple(
            Cell(text=_short(text)) for text in (item.item or item.chapter, item.what, item.before, item.after)
        ),
        origin=item.origin,
    )


def _short(text: str) -> str:
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") or NOTHING
