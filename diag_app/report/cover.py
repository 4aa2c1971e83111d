"""The cover: title, the firm's own board as drawing, data table, seal area, square code."""

from __future__ import annotations

from collections.abc import Sequence

from diag_app.errors import DiagError
from diag_app.model.content import Cover, Document
from diag_app.model.cover_logo import CoverLogo
from diag_app.report.boxes import Rule
from diag_app.report.drawing import Drawing, Outline
from diag_app.report.flows import Flow, TextFlow
from diag_app.report.furniture import draw_mark
from diag_app.report.pictures import Load, draw_square_code
from diag_app.report.sheet import Sheet
from diag_app.report.styles import LEFT, MM, RIGHT, TEXT_WIDTH, TextStyle
from diag_app.report.typesetter import Typesetter

_BOARD_TOP = 126 * MM
_BOARD_GAP = 1 * MM
_BOARD_ROWS = 4
_TABLE_TOP = 190 * MM
SEAL_TOP = _TABLE_TOP
_TABLE_WIDTH = 102 * MM
_TABLE_ROOM = 58 * MM
_LABEL_WIDTH = 27.5 * MM
SEAL_SIDE = 50 * MM
_SEAL_RADIUS = 20 * MM
_CODE_TOP = 253 * MM
_CODE_SIDE = 21 * MM
_LOGO_WIDTH, _LOGO_HEIGHT, _LOGO_GAP = 50 * MM, 11 * MM, 4 * MM
_LOGO_MIDDLE = 24 * MM


def draw_cover(sheet: Sheet, document: Document, setter: Typesetter, digest: str, load: Load) -> None:
    """Draw the cover of `document`; `digest` is that of the content tree, which the square code carries too."""
    _head(sheet, document, setter, _logo(sheet, document.cover.logo, setter, load))
    _title(sheet, document.cover, setter)
    _board(sheet, document.cover, setter)
    _facts(sheet, document.cover.facts, setter)
    _seal(sheet, document.cover, setter)
    _proof(sheet, document, setter, digest)


def logo_size(logo: CoverLogo) -> tuple[float, float]:
    """Return width and height of a logo on the cover: as large as its place allows."""
    scale = min(_LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height)
    return logo.width * scale, logo.height * scale


def logo_drawing(logo: CoverLogo) -> Drawing:
    """Return a logo of outlines at its size on the cover."""
    width, height = logo_size(logo)
    scale = width / logo.width
    parts = tuple(
        Outline(segments=tuple((kind, tuple(value * scale for value in at)) for kind, at in segments), fill=fill)
        for fill, segments in logo.shapes
    )
    return Drawing(width=width, height=height, parts=parts)


def _logo(sheet: Sheet, logo: CoverLogo | None, setter: Typesetter, load: Load) -> float:
    """Draw the logo and return the room it takes from the left."""
    if logo is None:
        return 0.0
    width, height = logo_size(logo)
    y = _LOGO_MIDDLE - height / 2
    if logo.shapes:
        logo_drawing(logo).draw(sheet, LEFT, y)
    else:
        try:
            sheet.picture(load(logo.sha256), LEFT, y, width, height)
        except (DiagError, KeyError, OSError):
            setter.report("PICTURE_UNREADABLE", logo.sha256, label="logo")
            return 0.0
    return width + _LOGO_GAP


def _head(sheet: Sheet, document: Document, setter: Typesetter, indent: float) -> None:
    cover, paper = document.cover, setter.paper
    style = TextStyle(size=9, leading=13, colour=paper.ink)
    issuer = setter.fitted(cover.issuer, style.of(bold=True), 110 * MM - indent, 2)
    issuer.draw(sheet, LEFT + indent, 19.5 * MM)
    setter.fitted(cover.service, style, 110 * MM - indent).draw(sheet, LEFT + indent, 19.5 * MM + issuer.height)
    y = 20 * MM
    if document.demonstration_mark:
        draw_mark(sheet, document.demonstration_mark, setter, right=RIGHT, y=y)
        y += 5.2 * MM
    small = TextStyle(size=8, leading=12, colour=paper.mid, side="right")
    setter.fitted(cover.audience, small, 50 * MM).draw(sheet, RIGHT - 50 * MM, y)


def _title(sheet: Sheet, cover: Cover, setter: Typesetter) -> None:
    sheet.rectangle(LEFT, 56 * MM, 22 * MM, 2.4, fill=setter.paper.accent)
    y = 61 * MM
    tagline = TextStyle(size=9.5, leading=15, colour=setter.paper.mid)
    flows = (
        (setter.fitted(cover.title, setter.styles.cover_title, TEXT_WIDTH, 2), 4 * MM),
        (setter.fitted(cover.firm, setter.styles.cover_firm, TEXT_WIDTH, 2), 0.5 * MM),
        (setter.fitted(cover.tagline, tagline, TEXT_WIDTH, 2), 0.0),
    )
    for flow, gap in flows:
        flow.draw(sheet, LEFT, y)
        y += flow.height + gap


def _board(sheet: Sheet, cover: Cover, setter: Typesetter) -> None:
    count = len(cover.board)
    if not count:
        return
    pitch = (TEXT_WIDTH + _BOARD_GAP) / count
    wide, high = pitch - _BOARD_GAP, min(pitch, (TEXT_WIDTH + _BOARD_GAP) / 16)
    for column, (level, _) in enumerate(cover.board):
        for row in range(1, _BOARD_ROWS + 1):
            shown = row if level is not None and row <= level else 0
            y = _BOARD_TOP + (_BOARD_ROWS - row) * high
            sheet.rectangle(LEFT + column * pitch, y, wide, high - _BOARD_GAP, fill=setter.paper.level(shown))
    note = setter.fitted(cover.board_note, setter.styles.note, TEXT_WIDTH, 2)
    note.draw(sheet, LEFT, _BOARD_TOP + _BOARD_ROWS * high + 0.8 * MM)


def _facts(sheet: Sheet, facts: Sequence[tuple[str, str]], setter: Typesetter) -> None:
    paper = setter.paper
    style = TextStyle(size=8.8, leading=12.6, colour=paper.ink)
    rows: list[tuple[TextFlow, TextFlow]] = []
    for number, (label, text) in enumerate(facts):
        name = setter.fitted(label, style.of(colour=paper.mid), _LABEL_WIDTH - 2 * MM, 2)
        rows.append((name, setter.fitted(text, style.of(bold=number == 0), _TABLE_WIDTH - _LABEL_WIDTH, 3)))
    heights = [max(name.height, value.height) for name, value in rows]
    if not rows:
        return
    pad = min(1.5 * MM, max(0.2 * MM, (_TABLE_ROOM - sum(heights)) / len(rows) / 2))
    y = _TABLE_TOP
    rule: Flow = Rule(width=_TABLE_WIDTH, colour=paper.ink, line=0.9)
    hair: Flow = Rule(width=_TABLE_WIDTH, colour=paper.hair, line=0.4)
    for number, ((name, value), height) in enumerate(zip(rows, heights, strict=True)):
        (hair if number else rule).draw(sheet, LEFT, y)
        name.draw(sheet, LEFT, y + pad)
        value.draw(sheet, LEFT + _LABEL_WIDTH, y + pad)
        y += height + 2 * pad
    rule.draw(sheet, LEFT, y)


def _seal(sheet: Sheet, cover: Cover, setter: Typesetter) -> None:
    paper = setter.paper
    x, y = RIGHT - SEAL_SIDE, _TABLE_TOP
    sheet.rectangle(x, y, SEAL_SIDE, SEAL_SIDE, stroke=paper.soft, line=0.6, dash=(2.4, 2.4))
    sheet.circle(x + SEAL_SIDE / 2, y + SEAL_SIDE / 2, _SEAL_RADIUS, stroke=paper.rule, line=0.5)
    inside = 2 * _SEAL_RADIUS - 6 * MM
    label = setter.fitted(cover.seal_label, TextStyle(size=8, leading=12, colour=paper.soft, side="centre"), inside, 2)
    note = setter.fitted(cover.seal_note, setter.styles.tick.of(side="centre"), inside, 2)
    top = y + (SEAL_SIDE - label.height - (note.height if cover.seal_note else 0.0)) / 2
    left = x + (SEAL_SIDE - inside) / 2
    label.draw(sheet, left, top)
    note.draw(sheet, left, top + label.height)


def _proof(sheet: Sheet, document: Document, setter: Typesetter, digest: str) -> None:
    cover, note = document.cover, setter.styles.note
    draw_square_code(sheet, f"{document.report_number} sha256:{digest}", LEFT, _CODE_TOP, _CODE_SIDE, setter.paper.ink)
    x = LEFT + _CODE_SIDE + 5 * MM
    wide = RIGHT - SEAL_SIDE - 4 * MM - x
    gap = "\u3000" if setter.language == "zh" else "\u00a0\u00a0"
    runs = (
        setter.run(cover.verify_title, note, bold=True, colour=setter.paper.mid),
        setter.run(f"{gap}{cover.verify_text}" if cover.verify_title else cover.verify_text, note),
    )
    text = setter.flow_runs(runs, note, wide)
    text = text if len(text.lines) <= 3 else setter.fitted(f"{cover.verify_title} {cover.verify_text}", note, wide, 3)
    y = _CODE_TOP + 1 * MM
    if cover.verify_title or cover.verify_text:
        text.draw(sheet, x, y)
        y += text.height
    shown = f"{cover.digest_label}\n{digest[:32]}\n{digest[32:]}".strip()
    setter.flow(shown, note, wide).draw(sheet, x, y)
    setter.fitted(cover.disclaimer, note, SEAL_SIDE, 4).draw(sheet, RIGHT - SEAL_SIDE, _CODE_TOP + 1 * MM)
