"""Evidence tiles of one question or scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from diag_app.i18n import Translator
from diag_app.model.facts import Evidence
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import target_code
from diag_app.ui.models.rows import RowsModel

_ICONS = {"image": "image", "video": "video", "audio": "music"}


@dataclass(frozen=True, kw_only=True)
class EvidenceTile:
    """What a tile shows: name, the date with how it is known, the answers it supports."""

    evidence: Evidence
    date: str
    date_kind: Literal["captured", "received"]
    serves: str

    @property
    def icon(self) -> str:
        """Return the icon of the file's kind, for a tile without a picture."""
        return kind_icon(self.evidence.media_type)


def kind_icon(media_type: str) -> str:
    """Return the icon of a kind of file."""
    kind = media_type.partition("/")[0]
    if kind in _ICONS:
        return _ICONS[kind]
    if "spreadsheet" in media_type or "excel" in media_type or media_type == "text/csv":
        return "table-2"
    return "file-text" if media_type.startswith(("text/", "application/pdf")) or "word" in media_type else "file"


def evidence_tiles(case: CaseView, target: str, translate: Translator) -> tuple[EvidenceTile, ...]:
    """Return the tiles of `target`, oldest first."""
    return tuple(_tile(case, item, translate) for item in case.evidence_of(target))


def _tile(case: CaseView, item: Evidence, translate: Translator) -> EvidenceTile:
    return EvidenceTile(
        evidence=item,
        date=_short_date(item.captured_at or item.received_at),
        date_kind="captured" if item.captured_at else "received",
        serves=translate(", ").join(target_code(case.pack, target, translate.language) for target in item.targets),
    )


def _short_date(moment: str) -> str:
    """Return month, day and (where known) time of an ISO text: `03-12 10:41`."""
    day, _, time = moment.partition("T")
    if not time:
        day, _, time = moment.partition(" ")
    return f"{day[5:10]} {time[:5]}".strip()


class EvidenceModel(RowsModel[EvidenceTile]):
    """Tiles for a list view, left to right."""

    def __init__(
        self, translate: Translator, is_here: Callable[[Evidence], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.translate, self.is_here = translate, is_here

    def text_of(self, row: EvidenceTile) -> str:
        """Return the caption, or the file's name."""
        return row.evidence.caption or row.evidence.name

    def words_of(self, row: EvidenceTile) -> str:
        """Return number, name, date and what it supports."""
        date = (
            self.translate("captured {date}", date=row.date)
            if row.date_kind == "captured"
            else self.translate("received {date}", date=row.date)
        )
        parts = [evidence_label(row.evidence), self.text_of(row), date, row.serves]
        if row.evidence.version > 1:
            parts.append(self.translate("version {number}", number=row.evidence.version))
        if row.evidence.redactions:
            parts.append(self.translate("blacked out in part"))
        if not self.is_here(row.evidence):
            parts.append(self.translate("not here yet"))
        return self.translate(", ").join(parts)


def evidence_label(item: Evidence) -> str:
    """Return the number by which an item is spoken of: `E-003`."""
    return f"E-{item.number:03d}"
