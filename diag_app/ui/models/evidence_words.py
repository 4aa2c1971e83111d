"""What the page of evidence says of an item, in words."""

from __future__ import annotations

from diag_app.i18n import Translator
from diag_app.i18n.translator import mark
from diag_app.model.facts import Evidence
from diag_app.operations.evidence_versions import EvidenceVersion
from diag_app.ui.models.evidence import evidence_label
from diag_app.ui.models.figures import local_time

_KB, _MB = 1000, 1_000_000
_HOWS = {
    "brought": mark("as it was brought"),
    "rotate": mark("turned"),
    "annotate": mark("marked"),
    "redact": mark("blacked out"),
}
_KINDS = (
    ("image/", mark("picture")),
    ("video/", mark("video")),
    ("audio/", mark("sound")),
    ("application/pdf", mark("PDF document")),
)


def item_title(item: Evidence) -> str:
    """Return number and name: `E-003 · IMG_1.jpg`."""
    return f"{evidence_label(item)} · {item.name}"


def item_kind(item: Evidence, translate: Translator) -> str:
    """Return kind and size of the file: `picture, 2.4 MB`."""
    kind = next((word for prefix, word in _KINDS if item.media_type.startswith(prefix)), mark("file"))
    return translate(", ").join((translate(kind), size_words(item.size)))


def size_words(size: int) -> str:
    """Return a file's size with its unit."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / _KB))} kB"


def version_words(version: EvidenceVersion, translate: Translator) -> str:
    """Return `2 · turned · 06-03 10:41`, and that a version is sealed."""
    when = local_time(version.made_at).partition("-")[2]
    parts = [str(version.number), translate(_HOWS.get(version.how, mark("edited"))), when]
    if version.is_sealed:
        parts.append(translate("sealed, never handed out"))
    return " · ".join(parts)


def place_words(item: Evidence) -> str:
    """Return where a picture was taken: `31.235667, 121.470000`."""
    return f"{item.place.latitude}, {item.place.longitude}" if item.place else ""


def moment_text(moment: str | None) -> str:
    """Return a recorded date as a person types it: `2026-03-12 10:41`."""
    return (moment or "").replace("T", " ").removesuffix("+00:00")
