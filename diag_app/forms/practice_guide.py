"""The interview guide of a practice pack: `guide.toml`, read strictly."""

from __future__ import annotations

from diag_app.forms.definition import Pack
from diag_app.forms.guide import (
    RULE_KINDS,
    TRACKS,
    AgendaEntry,
    Guide,
    GuideItem,
    Paper,
    PhotoHint,
    Role,
    Stop,
    Track,
    Visit,
)
from diag_app.forms.guide_laws import check_guide
from diag_app.forms.pack_table import Table
from diag_app.forms.practice import Part


def _read(table: Table, method: Pack) -> Guide:
    walk = table.table("walk")
    guide = Guide(
        visits=tuple(_visit(entry) for entry in table.tables("visits")),
        roles=tuple(_role(entry) for entry in table.tables("roles")),
        papers=tuple(
            Paper(
                item_id=entry.text("id"), text=entry.both("paper"), targets=_targets(entry), role_id=entry.text("role")
            )
            for entry in table.tables("papers")
        ),
        principle=walk.local("principle", "walk"),
        stops=tuple(_stop(entry) for entry in walk.tables("stops")),
        photos=tuple(
            PhotoHint(
                item_id=entry.text("id"),
                text=entry.both("photo"),
                targets=_targets(entry),
                care=entry.local("care", "photo"),
            )
            for entry in table.tables("photos")
        ),
        rules=tuple(
            (
                kind,
                tuple(GuideItem(item_id=entry.text("id"), text=entry.both("rule")) for entry in table.tables(kind)),
            )
            for kind in RULE_KINDS
        ),
    )
    walk.close()
    check_guide(guide, method, table)
    return guide


def _visit(table: Table) -> Visit:
    return Visit(
        visit_id=table.text("id"),
        label=table.local("label", "agenda"),
        total_min=table.integer("total_min"),
        agenda=tuple(
            AgendaEntry(
                item_id=entry.text("id"),
                text=entry.local("label", "agenda"),
                track=_track(entry),
                start_min=entry.integer("start_min"),
                minutes=entry.integer("minutes"),
                role_ids=entry.texts("roles"),
            )
            for entry in table.tables("agenda")
        ),
    )


def _role(table: Table) -> Role:
    minutes = table.table("minutes")
    given = tuple((visit_id, minutes.integer(visit_id)) for visit_id in minutes.content)
    minutes.close()
    return Role(
        role_id=table.text("id"),
        label=table.local("label", "role"),
        aim=table.local("aim", "role"),
        minutes=given,
        paper_ids=table.texts("papers_first"),
        questions=tuple(
            GuideItem(item_id=entry.text("id"), text=entry.both("question"), targets=_targets(entry))
            for entry in table.tables("questions")
        ),
    )


def _stop(table: Table) -> Stop:
    return Stop(
        item_id=table.text("id"),
        text=table.local("label", "walk"),
        look_for=table.local("look_for", "walk"),
        targets=_targets(table),
        photo_ids=table.texts("photos"),
    )


def _targets(table: Table) -> tuple[str, ...]:
    return (*table.texts("questions"), *table.texts("scenarios"))


def _track(table: Table) -> Track:
    word = table.text("track")
    if word and word not in TRACKS:
        table.fault("PACK_WORD", "track", value=word, expected=", ".join(TRACKS))
    return next((known for known in TRACKS if known == word), "both")


GUIDE: Part[Guide] = Part(
    file="guide.toml",
    marks=frozenset({"agenda", "role", "question", "paper", "walk", "photo", "rule"}),
    read=_read,
)
