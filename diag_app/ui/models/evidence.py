"""Evidence tiles of one question or scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from diag_app.i18n import Translator
from diag_app.model.facts import Evidence
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import target_code
from diag_app.ui.models.rows import RowsModel


@dataclass(frozen=True, kw_only=True)
class EvidenceTile:
    """What a tile shows: name, the date with how it is known, the answers it supports."""

    evidence: Evidence
    date: str
    date_kind: Literal["captured", "received"]
    serves: str

    @property
    def is_picture(self) -> bool:
        """Return whether there is a picture to show."""
        return self.evidence.media_type.startswith("image/")


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

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate

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
        parts = [f"E-{row.evidence.number:03d}", self.text_of(row), date, row.serves]
        return self.translate(", ").join(parts)
