"""Annex B: every evidence file with what it supports and its digest."""

from __future__ import annotations

from diag_app.model.content import Cell, Chapter, Column, Row, Table
from diag_app.model.facts import Evidence
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, evidence_number, minute_text, size_text
from diag_app.model.proposal.visit import photo_grid
from diag_app.model.proposal.voice import Voice, cells

HALF = 32  # hexadecimal digits of a digest on a line


def evidence_annex(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the evidence index; absent when there is no evidence."""
    if not facts.evidence:
        return ()
    translate = voice.translate
    count = len(facts.evidence)
    pictures = sum(1 for item in facts.evidence if item.media_type.startswith("image/"))
    files = translate.plural("{count} evidence file", "{count} evidence files", count)
    return (
        Chapter(
            number="B",
            origin="evidence",
            name=translate("Evidence index"),
            finding=translate("{files}, {pictures} of them pictures", files=files, pictures=pictures),
            lead=translate(
                "Each file is named by its content's digest and never changed; a replacement is a new file."
            ),
            blocks=(evidence_table(facts, voice),),
        ),
    )


def pictures_section(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return every picture with its number, day and digest; absent when there is none."""
    translate = voice.translate
    pictures = [item for item in facts.evidence if item.media_type.startswith("image/")]
    if not pictures:
        return ()
    masked = sum(bool(item.redactions) for item in pictures)
    return (
        Chapter(
            number="",
            name=translate("Pictures from the site"),
            finding=translate.plural("{count} picture from the site", "{count} pictures from the site", len(pictures)),
            lead=translate("Middle of each picture; regions are covered in {count} of them.", count=masked)
            if masked
            else translate("Middle of each picture; nothing in them is covered."),
            blocks=(photo_grid(pictures, voice),),
            new_page=False,
        ),
    )


def digests_section(facts: ProposalFacts, voice: Voice) -> tuple[Chapter, ...]:
    """Return the whole digest of every file, by which anybody can check it; absent when there is no evidence."""
    translate = voice.translate
    if not facts.evidence:
        return ()
    rows = [
        Row(
            cells=(
                Cell(text=evidence_number(item.number), tone="bold"),
                *cells(item.shows_on or NOTHING, minute_text(item.captured_at or ""), minute_text(item.received_at)),
                Cell(text=f"{item.sha256[:HALF]}\n{item.sha256[HALF:]}"),
            )
        )
        for item in facts.evidence
    ]
    return (
        Chapter(
            number="B1",
            name=translate("Full digests"),
            finding=translate("The full digest of every file"),
            lead=translate("Three times stand beside it: what it shows, when it was taken, when it came in."),
            blocks=(
                Table(
                    caption=translate("Full digest of each evidence file (SHA-256)"),
                    columns=(
                        Column(head="", width_mm=13),
                        Column(head=translate("Shows"), width_mm=24),
                        Column(head=translate("Taken"), width_mm=33),
                        Column(head=translate("Received"), width_mm=33),
                        Column(head="SHA-256", width_mm=63),
                    ),
                    rows=tuple(rows),
                ),
            ),
            new_page=False,
        ),
    )


def evidence_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the index."""
    translate = voice.translate
    names = {item.scenario_id: voice.text(item.label) for item in facts.pack.scenarios}
    return Table(
        caption=translate("Evidence files (SHA-256)"),
        columns=(
            Column(head="", width_mm=13),
            Column(head=translate("Kind"), width_mm=13),
            Column(head=translate("What it shows"), width_mm=38),
            Column(head=translate("Supports"), width_mm=33),
            Column(head=translate("Taken or received"), width_mm=27),
            Column(head=translate("Size"), width_mm=14, align="right"),
            Column(head=translate("First 16 of the digest"), width_mm=28),
        ),
        rows=tuple(evidence_row(item, voice, names) for item in facts.evidence),
        note=translate("The full digests are in the bundle (manifest-sha256.txt); sha256sum checks each file."),
    )


def evidence_row(item: Evidence, voice: Voice, names: dict[str, str]) -> Row:
    """Return one file."""
    supports = voice.listed(names.get(target, target) for target in item.targets) or NOTHING
    return Row(
        cells=(
            Cell(text=evidence_number(item.number), tone="bold"),
            *cells(
                kind_text(item.media_type, voice),
                item.caption or item.name,
                supports,
                minute_text(item.captured_at or item.received_at),
                size_text(item.size),
                item.sha256[:16],
            ),
        ),
        origin=f"evidence:{item.evidence_id}",
    )


def kind_text(media_type: str, voice: Voice) -> str:
    """Return what kind of file it is."""
    if media_type.startswith("image/"):
        return voice.translate("picture")
    if media_type == "application/pdf":
        return "PDF"
    if "spreadsheet" in media_type or media_type == "text/csv":
        return voice.translate("table")
    return voice.translate("file")
