"""The heat map: every scenario's reached level and target at a glance, with what the next level asks for."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from diag_app.model.content import HeatMap, HeatRow
from diag_app.report.drawing import Box, Drawing, Label, Part, Stroke
from diag_app.report.flows import TextFlow
from diag_app.report.line_breaker import Run, break_lines
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_ROWS = (8.7 * MM, 7.8 * MM, 7 * MM)  # heights tried in this order
_MOST_HEIGHT = 190 * MM  # leaves room for head, caption and note on one page
_CELL_GAP = 1 * MM
_GROUP = 7 * MM
_FOOT = 5.4 * MM


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Left edges and widths of the parts of a row, in points."""

    number: float
    label: float
    label_width: float
    cells: float
    pitch: float
    detail: float
    detail_width: float
    evidence: float
    evidence_width: float
    width: float
    row_height: float


def draw_heat_map(chart: HeatMap, width: float, setter: Typesetter) -> Drawing:
    """Return the whole map; rows grow where a text needs more lines, and are set closer when the map grows too high."""
    for row_height in _ROWS:
        drawing = _draw(chart, width, row_height, setter)
        if drawing.height <= _MOST_HEIGHT:
            break
    return drawing


def _draw(chart: HeatMap, width: float, row_height: float, setter: Typesetter) -> Drawing:
    columns = _columns(chart, width, row_height, setter)
    parts: list[Part] = []
    y = _heads(chart, columns, parts, setter)
    for index, row in enumerate(chart.rows):
        if row.group:
            y = _group(row.group, index > 0, y, columns, parts, setter)
        is_last = index + 1 == len(chart.rows) or bool(chart.rows[index + 1].group)
        y = _row(chart, row, y, columns, parts, setter, is_last=is_last)
    y = _foot(chart, y, columns, parts, setter)
    parts.append(Stroke(start=(0, y), end=(width, y), stroke=setter.paper.ink, line=0.9))
    return Drawing(width=width, height=y, parts=tuple(parts))


def _columns(chart: HeatMap, width: float, row_height: float, setter: Typesetter) -> _Columns:
    unit = width / (166 * MM)
    number = 6 * MM * unit if any(row.number for row in chart.rows) else 0.0
    cells = 44 * MM * unit
    pitch = 60 * MM * unit / max(len(chart.level_heads), 1)
    detail = cells + 60 * MM * unit + 3.5 * MM * unit
    widest = max((setter.line(row.evidence, _small(setter)).width for row in chart.rows), default=0.0)
    head = setter.narrowest(chart.evidence_head, setter.styles.head)
    evidence_width = min(max(widest + 1, head + 0.5, 7 * MM * unit), 14 * MM * unit)
    return _Columns(
        number=0.0,
        label=number,
        label_width=cells - number - 2.5 * MM * unit,
        cells=cells,
        pitch=pitch,
        detail=detail,
        detail_width=width - detail - evidence_width - 1.6 * MM * unit,
        evidence=width - evidence_width,
        evidence_width=evidence_width,
        width=width,
        row_height=row_height,
    )


def _small(setter: Typesetter) -> TextStyle:
    return TextStyle(size=7.6, leading=9.8, colour=setter.paper.mid)


def _few_lines(text: str, style: TextStyle, width: float, lines: tuple[int, int], setter: Typesetter) -> TextFlow:
    """Return `text` in the first number of lines, smaller if need be, or else in the second."""
    return setter.shrunk(text, style, width, lines[0]) or setter.fitted(text, style, width, lines[1])


def _heads(chart: HeatMap, columns: _Columns, parts: list[Part], setter: Typesetter) -> float:
    style = setter.styles.head
    room = columns.pitch - _CELL_GAP
    narrow = [setter.shrunk(head, style, room, 1) for head in chart.level_heads]
    size = min((flow.style.size for flow in narrow if flow is not None), default=style.size)
    centred = (style if None in narrow else style.at(size)).of(side="centre")
    flows = [
        (0.0, setter.fitted(chart.label_head, style, columns.cells - 2 * MM, 2)),
        (columns.detail, setter.fitted(chart.detail_head, style, columns.detail_width, 2)),
        (columns.evidence, setter.fitted(chart.evidence_head, style.of(side="right"), columns.evidence_width, 2)),
        *(
            (columns.cells + index * columns.pitch, setter.fitted(head, centred, room, 2))
            for index, head in enumerate(chart.level_heads)
        ),
    ]
    height = max(flow.height for _, flow in flows)
    parts += [Label(x=x, y=height - flow.height, text=flow) for x, flow in flows]
    y = height + 1 * MM
    parts.append(Stroke(start=(0, y), end=(columns.width, y), stroke=setter.paper.ink, line=0.5))
    return y + 0.8 * MM


def _group(name: str, has_rule: bool, y: float, columns: _Columns, parts: list[Part], setter: Typesetter) -> float:
    if has_rule:
        parts.append(Stroke(start=(0, y), end=(columns.width, y), stroke=setter.paper.rule, line=0.5))
    style = TextStyle(size=7.8, leading=10.4, colour=setter.paper.accent, bold=True)
    text = setter.fitted(name, style, columns.width)
    parts.append(Label(x=0.0, y=y + (_GROUP - text.height) / 2, text=text))
    return y + _GROUP


def _row(
    chart: HeatMap, row: HeatRow, y: float, columns: _Columns, parts: list[Part], setter: Typesetter, *, is_last: bool
) -> float:
    paper = setter.paper
    labels = _label(chart, row, columns, setter)
    small = _small(setter)
    detail = _few_lines(row.detail, small, columns.detail_width, (2, 4), setter)
    evidence = setter.fitted(row.evidence, small.of(side="right"), columns.evidence_width, 2)
    height = max(columns.row_height, *(flow.height + 1.2 * MM for flow in (labels[0][1], detail, evidence)))
    middle = y + height / 2
    if row.number:
        number = setter.fitted(row.number, small.of(colour=paper.soft), columns.label - 1 * MM)
        parts.append(Label(x=0.0, y=middle - number.height / 2, text=number))
    for x, flow in (*labels, (columns.detail, detail), (columns.evidence, evidence)):
        parts.append(Label(x=x, y=middle - flow.height / 2, text=flow))
    for level in range(1, len(chart.level_heads) + 1):
        parts += _cell(row, level, columns.cells + (level - 1) * columns.pitch, y, columns.pitch, height, setter)
    if row.level is None:
        text = setter.fitted(
            chart.not_applicable, small.of(colour=paper.soft, side="centre"), columns.pitch - _CELL_GAP, 2
        )
        parts.append(Label(x=columns.cells, y=middle - text.height / 2, text=text))
    if not is_last:
        for start, end in ((0.0, columns.cells - 3 * MM), (columns.detail, columns.width)):
            parts.append(Stroke(start=(start, y + height), end=(end, y + height), stroke=paper.hair, line=0.4))
    return y + height


def _name(row: HeatRow, setter: Typesetter) -> Run:
    style = TextStyle(size=8.2, leading=9.8, colour=setter.paper.ink, bold=row.target is not None)
    return setter.run(f"{row.label}★" if row.is_constrained else row.label, style)


def _label(chart: HeatMap, row: HeatRow, columns: _Columns, setter: Typesetter) -> list[tuple[float, TextFlow]]:
    """Return the name and, at one edge for all rows, the flag; below it where a name needs the room."""
    style = TextStyle(size=8.2, leading=9.8, colour=setter.paper.ink, bold=row.target is not None)
    name = _name(row, setter)
    if not row.flag:
        return [(columns.label, setter.fitted(name.text, style, columns.label_width, 2))]
    flag = TextStyle(size=7.4, leading=9.8, colour=setter.paper.accent, bold=True)
    widest = max(break_lines((_name(other, setter),), inf)[0].width for other in chart.rows if other.flag)
    edge = widest + 2.5 * MM
    if edge + setter.line(row.flag, flag).width <= columns.label_width:
        return [
            (columns.label, setter.fitted(name.text, style, columns.label_width, 2)),
            (columns.label + edge, setter.flow(row.flag, flag, columns.label_width - edge)),
        ]
    whole = row.flag.replace(" ", "\u00a0")  # its number never stands on a line of its own
    runs = (name, setter.run("\u3000", style), setter.run(whole, flag))
    flow = setter.flow_runs(runs, style, columns.label_width)
    short = flow if len(flow.lines) <= 2 else setter.fitted(f"{name.text} {whole}", style, columns.label_width, 3)
    return [(columns.label, short)]


def _cell(row: HeatRow, level: int, x: float, y: float, pitch: float, height: float, setter: Typesetter) -> list[Part]:
    paper = setter.paper
    top, tall, wide = y + _CELL_GAP / 2, height - _CELL_GAP, pitch - _CELL_GAP
    is_reached = row.level is not None and level <= row.level
    parts: list[Part] = [Box(x=x, y=top, width=wide, height=tall, fill=paper.level(level if is_reached else 0))]
    is_target = row.target == level and not is_reached
    if is_target:
        edge = 0.6
        parts.append(
            Box(
                x=x + edge,
                y=top + edge,
                width=wide - 2 * edge,
                height=tall - 2 * edge,
                fill=paper.page,
                stroke=paper.accent,
                line=1.2,
                dash=(2.6, 1.8),
            )
        )
    if row.level == level or is_target:
        colour = paper.accent if is_target else paper.on_level(level)
        style = TextStyle(size=9, leading=11, colour=colour, bold=True, side="centre")
        text = setter.flow(str(level), style, wide)
        parts.append(Label(x=x, y=top + (tall - text.height) / 2, text=text))
    return parts


def _foot(chart: HeatMap, y: float, columns: _Columns, parts: list[Part], setter: Typesetter) -> float:
    if not chart.foot:
        return y
    paper = setter.paper
    parts.append(Stroke(start=(0, y), end=(columns.width, y), stroke=paper.rule, line=0.5))
    y += 1 * MM
    style = TextStyle(size=7.6, leading=10.4, colour=paper.ink, bold=True)
    for label, texts, reached in chart.foot:
        flows = [(0.0, setter.fitted(label, style, columns.cells - 2 * MM, 2))]
        for index, (text, is_reached) in enumerate(zip(texts, reached, strict=False)):
            colour = paper.ink if is_reached else paper.signal
            centred = style.of(colour=colour, side="centre")
            x = columns.cells + index * columns.pitch
            flows.append((x, _few_lines(text, centred, columns.pitch - _CELL_GAP, (1, 2), setter)))
        height = max(_FOOT, *(flow.height + 0.8 * MM for _, flow in flows))
        parts += [Label(x=x, y=y + (height - flow.height) / 2, text=flow) for x, flow in flows]
        y += height
    return y + 0.6 * MM
