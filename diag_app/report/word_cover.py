"""The cover of a Word file: issuer, title, data table beside the seal area, square code and digest."""

from __future__ import annotations

from io import BytesIO

import segno

from diag_app.model.content import Cover, Document
from diag_app.model.cover_logo import CoverLogo
from diag_app.report import word_styles as style
from diag_app.report.chart_pictures import chart_pictures
from diag_app.report.cover import logo_drawing, logo_size
from diag_app.report.pictures import MOST_CODE
from diag_app.report.styles import MM
from diag_app.report.tokens import Paper
from diag_app.report.word_links import WordLinks
from diag_app.report.word_parts import Parts
from diag_app.report.word_xml import border, cell, paragraph, row, run, table

_TABLE_MM, _LABEL_MM, _SEAL_MM, _TEXT_MM = 108.0, 30.0, 50.0, 166.0
_CODE_MM, _CODE_ROOM = 21.0, 26.0
_BOARD_ROWS = 4


def cover_xml(document: Document, parts: Parts, links: WordLinks, paper: Paper, digest: str) -> str:
    """Return the cover; `digest` is that of the content tree, which the square code carries too."""
    cover = document.cover
    head = [paragraph(_logo(cover.logo, parts), style.BODY)] if cover.logo is not None else []
    head.append(paragraph(run(cover.issuer, bold=True), style.BODY))
    head += [paragraph(run(text), style.BODY) for text in (cover.service, cover.audience) if text]
    if document.demonstration_mark:
        head.append(paragraph(run(document.demonstration_mark, bold=True, colour=paper.signal), style.BODY))
    title = (
        paragraph(run(cover.title), style.TITLE, properties='<w:spacing w:before="700"/>')
        + paragraph(run(cover.firm), style.SUBTITLE)
        + (paragraph(run(cover.tagline), style.BODY) if cover.tagline else "")
    )
    proof = _proof(document, parts, paper, digest)
    return (
        "".join(head) + title + _board(cover, links, paper) + _facts(cover, paper) + paragraph("", style.NOTE) + proof
    )


def _logo(logo: CoverLogo, parts: Parts) -> str:
    """Return the logo as a picture."""
    if logo.shapes:
        (drawn,) = chart_pictures([logo_drawing(logo)])
        return parts.picture(drawn.png, (drawn.width_mm, drawn.height_mm), "logo")
    width, height = logo_size(logo)
    return parts.logo(logo.sha256, (width / MM, height / MM))


def _board(cover: Cover, links: WordLinks, paper: Paper) -> str:
    """Return the firm's own board as cells filled in the colours of its levels."""
    if not cover.board:
        return ""
    width = _TEXT_MM / len(cover.board)
    white = "".join(border(side, 2.0, paper.page) for side in ("top", "left", "bottom", "right"))
    rows = []
    for step in range(_BOARD_ROWS, 0, -1):
        cells = [
            cell(
                paragraph("", style.CELL),
                width,
                fill=paper.level(step if level is not None and step <= level else 0),
                borders=white,
            )
            for level, _ in cover.board
        ]
        rows.append(row(cells, height=width, is_exact=True))
    note = paragraph(links.run(cover.board_note), style.NOTE)
    return table([width] * len(cover.board), rows, style=style.TABLE_STYLE) + note


def _facts(cover: Cover, paper: Paper) -> str:
    """Return the data table and, beside it, the area for the seal."""
    hair = border("bottom", 0.4, paper.hair)
    lines = [
        row(
            [
                cell(paragraph(run(label, colour=paper.mid), style.CELL), _LABEL_MM, borders=hair, margins=(0.0, 1.6)),
                cell(
                    paragraph(run(text, bold=number == 0), style.CELL),
                    _TABLE_MM - _LABEL_MM - 4.0,
                    borders=hair,
                ),
            ]
        )
        for number, (label, text) in enumerate(cover.facts)
    ]
    rules = border("top", 0.9, paper.ink) + border("bottom", 0.9, paper.ink)
    facts = (
        table([_LABEL_MM, _TABLE_MM - _LABEL_MM - 4.0], lines, style=style.TABLE_STYLE, borders=rules) if lines else ""
    )
    dashed = "".join(border(side, 0.6, paper.soft, kind="dashed") for side in ("top", "left", "bottom", "right"))
    centred = '<w:jc w:val="center"/><w:spacing w:before="900"/>'
    seal = paragraph(run(cover.seal_label, colour=paper.soft), style.CELL, properties=centred) + paragraph(
        run(cover.seal_note, colour=paper.soft), style.CELL, properties='<w:jc w:val="center"/>'
    )
    gap = _TEXT_MM - _TABLE_MM - _SEAL_MM
    cells = [
        cell(facts + paragraph("", style.CELL), _TABLE_MM, margins=(0.0, 0.0)),
        cell(paragraph("", style.CELL), gap),
        cell(seal, _SEAL_MM, borders=dashed),
    ]
    return table([_TABLE_MM, gap, _SEAL_MM], [row(cells, height=_SEAL_MM)], style=style.TABLE_STYLE)


def _proof(document: Document, parts: Parts, paper: Paper, digest: str) -> str:
    cover = document.cover
    payload = f"{document.report_number} sha256:{digest}".encode()[-MOST_CODE:].decode(errors="ignore")
    drawn = BytesIO()
    segno.make_qr(payload, error="m", boost_error=False).save(drawn, kind="png", scale=6, border=0, dark=paper.ink)
    code = parts.picture(drawn.getvalue(), (_CODE_MM, _CODE_MM), cover.digest_label or digest)
    texts = (
        paragraph(run(cover.verify_title, bold=True) + run(f"  {cover.verify_text}"), style.NOTE)
        + paragraph(run(f"{cover.digest_label}\n{digest[:32]}\n{digest[32:]}".strip()), style.NOTE)
        + paragraph(run(cover.disclaimer), style.NOTE)
    )
    cells = [
        cell(paragraph(code, style.PICTURE), _CODE_ROOM, margins=(0.0, 0.0)),
        cell(texts, _TEXT_MM - _CODE_ROOM),
    ]
    return table([_CODE_ROOM, _TEXT_MM - _CODE_ROOM], [row(cells)], style=style.TABLE_STYLE)
