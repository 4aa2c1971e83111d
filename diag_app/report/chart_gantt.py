"""The roadmap: rows of work over months, phases as washed rows, the trial run as an outline."""

from __future__ import annotations

from diag_app.model.content import GanttChart, GanttRow
from diag_app.report.drawing import Box, Drawing, Label, Part, Stroke
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_HEAD = 6 * MM
_ROW, _TIGHT = 5.6 * MM, 5.2 * MM
_MANY = 18  # rows; more are set tighter, so that the whole roadmap stands below its heading
_BAR = 2.8 * MM
_LABEL_SHARE, _DETAIL_SHARE = 0.42, 0.08
_GAP = 2 * MM


def draw_gantt(chart: GanttChart, width: float, setter: Typesetter) -> Drawing:
    """Return one row for each line of `chart`; a label takes two lines where it must."""
    left, right = width * _LABEL_SHARE + _GAP, width * (1 - _DETAIL_SHARE) - _GAP
    unit = (right - left) / max(chart.length, 1)
    paper = setter.paper
    name = TextStyle(size=8.2, leading=9.8, colour=paper.ink)
    parts: list[Part] = []
    texts: list[Part] = _heads(chart, width, left, unit, setter)
    top, least = _HEAD, _TIGHT if len(chart.rows) > _MANY else _ROW
    for row in chart.rows:
        is_phase = row.kind == "phase"
        style = name.of(bold=is_phase, colour=paper.accent if is_phase else paper.ink)
        label = setter.fitted(row.label, style, width * _LABEL_SHARE - 1 * MM, 2)
        detail = setter.fitted(row.detail, name.of(bold=is_phase, side="right"), width * _DETAIL_SHARE)
        height = max(least, label.height + 1.2 * MM)
        middle = top + height / 2
        if is_phase:
            parts.append(Box(x=0.0, y=top, width=width, height=height, fill=paper.levels[0]))
        texts += [Label(x=1 * MM, y=middle - label.height / 2, text=label)]
        texts += [Label(x=width * (1 - _DETAIL_SHARE), y=middle - detail.height / 2, text=detail)]
        if not is_phase:
            texts.append(_bar(row, left, middle, unit, setter))
        top += height
    for start, _ in chart.marks:
        x = left + float(start) * unit
        parts.append(Stroke(start=(x, _HEAD - 1 * MM), end=(x, top), stroke=paper.hair, line=0.4))
    parts.append(Stroke(start=(0.0, _HEAD), end=(width, _HEAD), stroke=paper.ink, line=0.7))
    parts.append(Stroke(start=(0.0, top), end=(width, top), stroke=paper.ink, line=0.7))
    return Drawing(width=width, height=top + 0.5 * MM, parts=(*parts, *texts))


def _heads(chart: GanttChart, width: float, left: float, unit: float, setter: Typesetter) -> list[Part]:
    bold = TextStyle(size=7.8, leading=9.6, colour=setter.paper.ink, bold=True)
    tick = setter.styles.tick
    parts: list[Part] = [
        Label(x=1 * MM, y=1 * MM, text=setter.fitted(chart.label_head, bold, width * _LABEL_SHARE - 2 * MM)),
        Label(
            x=width * (1 - _DETAIL_SHARE),
            y=1 * MM,
            text=setter.fitted(chart.detail_head, bold.of(side="right"), width * _DETAIL_SHARE),
        ),
    ]
    ends = [float(start) for start, _ in chart.marks[1:]] + [float(chart.length)]
    for (start, words), end in zip(chart.marks, ends, strict=False):
        room = (end - float(start)) * unit - 1.0
        flow = setter.shrunk(words, tick, room, 1) if room > 0 else None
        if flow is not None:
            parts.append(Label(x=left + float(start) * unit + 0.8, y=1.4 * MM, text=flow))
    return parts


def _bar(row: GanttRow, left: float, middle: float, unit: float, setter: Typesetter) -> Box:
    paper = setter.paper
    is_outline = row.kind == "outline"
    return Box(
        x=left + row.start * unit,
        y=middle - _BAR / 2,
        width=max((row.end - row.start) * unit, 1.0),
        height=_BAR,
        fill="" if is_outline else paper.levels[3],
        stroke=paper.accent if is_outline else "",
        line=0.8 if is_outline else 0.0,
    )
