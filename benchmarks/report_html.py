"""A report as HTML and CSS: the same words, tables, drawings and photos, for a renderer to be compared with."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape

from diag_app.model import content
from diag_app.paths import resource
from diag_app.report.blocks import draw_chart
from diag_app.report.drawing import Box, Curve, Dot, Drawing, Label, Outline, Part, Shape, Stroke
from diag_app.report.styles import MM
from diag_app.report.typesetter import Typesetter

_CSS = """
@font-face {{ font-family: report; src: url({regular}); }}
@font-face {{ font-family: report; font-weight: bold; src: url({bold}); }}
@page {{ size: A4; margin: 28mm 22mm 22mm;
  @top-left {{ content: "{head}"; font: 7.4pt report; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 7.4pt report; }} }}
body {{ font: 9.5pt/16pt report; text-align: justify; }}
h1 {{ font-size: 17pt; line-height: 25pt; break-before: page; bookmark-level: 1; }}
h2 {{ font-size: 11pt; }} h3 {{ font-size: 9.5pt; }} h2, h3, caption {{ break-after: avoid; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8.2pt; line-height: 12.2pt; table-layout: fixed; }}
td {{ border-bottom: 0.3pt solid #dfe5e5; padding: 1mm 3mm 1mm 0; vertical-align: top; }} tr {{ break-inside: avoid; }}
th {{ border-bottom: 0.5pt solid; text-align: left; }} caption {{ text-align: left; font-weight: bold; }}
.grid {{ display: flex; flex-wrap: wrap; gap: 4mm; }} .grid > div {{ width: 52.6mm; }}
.grid img {{ width: 52.6mm; height: 35mm; object-fit: cover; }} .side {{ display: flex; gap: 4mm; }}
.contents a::after {{ content: leader('.') target-counter(attr(href), page); }} .contents a {{ display: block; }}
.note {{ font-size: 7.4pt; line-height: 11pt; color: #5f6f72; }}
"""


def report_html(document: content.Document, photo: Callable[[str], bytes], setter: Typesetter) -> str:
    """Return `document` as one HTML text; charts become the same vector drawings as SVG."""
    css = _CSS.format(
        regular=resource("fonts", "NotoSansSC-Regular.ttf").as_uri(),
        bold=resource("fonts", "NotoSansSC-Bold.ttf").as_uri(),
        head=document.running_head,
    )
    cover = document.cover
    facts = "".join(f"<tr><td>{escape(name)}<td>{escape(value)}" for name, value in cover.facts)
    links = "".join(
        f'<a href="#c{index}">{escape(chapter.number)} {escape(chapter.name)}</a>'
        for index, chapter in enumerate(document.chapters)
    )
    chapters = "".join(
        f"<p>{escape(chapter.number)} {escape(chapter.name)}"
        f'<h1 id="c{index}">{escape(chapter.finding or chapter.name)}</h1>'
        f"<p>{escape(chapter.lead)}{_blocks(chapter.blocks, photo, setter)}"
        for index, chapter in enumerate(document.chapters)
    )
    return (
        f'<html lang="zh-CN"><head><title>{escape(document.title)}</title><style>{css}</style></head><body>'
        f"<h1>{escape(cover.title)}</h1><p>{escape(cover.firm)}<table>{facts}</table>"
        f'<h1>{escape(document.contents_title)}</h1><div class="contents">{links}</div>{chapters}</body></html>'
    )


def _blocks(blocks: Sequence[content.Block], photo: Callable[[str], bytes], setter: Typesetter) -> str:
    return "".join(_block(block, photo, setter) for block in blocks)


def _block(block: content.Block, photo: Callable[[str], bytes], setter: Typesetter) -> str:
    match block:
        case content.Paragraph():
            return f'<p class="{block.style}">{escape(block.text)}</p>'
        case content.Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case content.Table():
            return _table(block)
        case content.Figure():
            drawing = draw_chart(block.chart, block.width_mm * MM, setter)
            caption, note = escape(f"{block.label} {block.caption}"), escape(block.note)
            return f'<p><b>{caption}</b></p>{_svg(drawing)}<p class="note">{note}</p>'
        case content.SideBySide():
            left, right = (_blocks(part, photo, setter) for part in (block.left, block.right))
            return f'<div class="side"><div style="width:{block.left_mm}mm">{left}</div><div>{right}</div></div>'
        case content.PhotoGrid():
            return f'<div class="grid">{"".join(_photo(one, photo) for one in block.photos)}</div>'
        case _:
            return _box(block)


def _box(
    block: content.KeyFigures
    | content.NumberedList
    | content.Cards
    | content.SignatureBoxes
    | content.Notice
    | content.TermList,
) -> str:
    match block:
        case content.KeyFigures():
            texts = [(one.figure, one.label) for one in block.figures]
        case content.NumberedList():
            return f"<ol>{''.join(f'<li>{escape(item)}' for item in block.items)}</ol>"
        case content.Cards():
            texts = [(card.title, " ".join((*card.paragraphs, card.source))) for card in block.cards]
        case content.SignatureBoxes():
            texts = [(head, f"{signature} {date}") for head, _, signature, date in block.boxes]
        case content.Notice():
            texts = [(block.title, block.text)]
        case content.TermList():
            texts = list(block.items)
    return f'<div class="grid">{"".join(f"<div><b>{escape(a)}</b><br>{escape(b)}</div>" for a, b in texts)}</div>'


def _table(table: content.Table) -> str:
    columns = "".join(f'<col style="width:{column.width_mm}mm">' for column in table.columns)
    heads = "".join(f"<th>{escape(column.head)}" for column in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell.text)}' for cell in row.cells)}" for row in table.rows)
    caption = escape(f"{table.label} {table.caption}")
    note = f'<p class="note">{escape(table.note)}</p>'
    return f"<table><caption>{caption}</caption>{columns}<thead><tr>{heads}</thead><tbody>{rows}</tbody></table>{note}"


def _photo(one: content.Photo, photo: Callable[[str], bytes]) -> str:
    data = b64encode(photo(one.sha256)).decode()
    text = f"<b>{escape(one.label)}</b> {escape(one.caption)}<br>{escape(one.detail)}"
    return f'<div><img src="data:image/jpeg;base64,{data}"><br>{text}</div>'


def _svg(drawing: Drawing) -> str:
    size = f'width="{drawing.width}pt" height="{drawing.height}pt" viewBox="0 0 {drawing.width} {drawing.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(map(_shape, drawing.parts))}</svg>'


def _shape(part: Part) -> str:
    match part:
        case Box():
            paint = f'fill="{part.fill or "none"}" stroke="{part.stroke or "none"}" stroke-width="{part.line}"'
            return f'<rect x="{part.x}" y="{part.y}" width="{part.width}" height="{part.height}" {paint}/>'
        case Stroke():
            (x1, y1), (x2, y2) = part.start, part.end
            return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{part.stroke}" stroke-width="{part.line}"/>'
        case Shape():
            points = " ".join(f"{x},{y}" for x, y in part.points)
            return f'<polygon points="{points}" fill="{part.fill or "none"}" stroke="{part.stroke or "none"}"/>'
        case Curve():
            points = " ".join(f"{x},{y}" for x, y in part.points)
            return f'<polyline points="{points}" fill="none" stroke="{part.stroke}" stroke-width="{part.line}"/>'
        case Outline():
            path = " ".join(f"{kind}{' '.join(map(str, places))}" for kind, places in part.segments)
            return f'<path d="{path}" fill="{part.fill}"/>'
        case Dot():
            return f'<circle cx="{part.x}" cy="{part.y}" r="{part.radius}" fill="{part.fill}"/>'
        case Label():
            return "".join(
                f'<text x="{x}" y="{y}" font-size="{part.text.style.size}" fill="{part.text.style.colour}">'
                f"{escape(''.join(piece.text for piece in line.pieces))}</text>"
                for line, x, y in part.text.placed(part.x, part.y)
            )
