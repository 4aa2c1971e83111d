"""The ladder: levels as rising steps; what is reached is filled, the target is dashed, the score stands above."""

from __future__ import annotations

from diag_app.model.content import LadderChart, LadderStep
from diag_app.report.drawing import Box, Drawing, Label, Part
from diag_app.report.styles import MM, TextStyle
from diag_app.report.typesetter import Typesetter

_GAP = 2 * MM
_FIRST = 11.5 * MM
_RISE = 3.7 * MM
_INSET = 2 * MM
_FLAG = 12.0  # leading of the flag above a step


def draw_ladder(chart: LadderChart, width: float, setter: Typesetter) -> Drawing:
    """Return the steps of `chart` side by side over the whole width."""
    count = max(len(chart.steps), 1)
    step_width = (width - (count - 1) * _GAP) / count
    flows = [_step_texts(step, step_width - 2 * _INSET, setter) for step in chart.steps]
    heights = [
        max(_FIRST + index * _RISE, sum(label.text.height for label in texts) + 2 * 1.6 * MM)
        for index, texts in enumerate(flows)
    ]
    flags = [_flag(step, step_width, setter) for step in chart.steps]
    above = max((flag.text.height + 0.8 * MM for flag in flags if flag is not None), default=0.0)
    base = above + max(heights, default=0.0)
    parts: list[Part] = []
    for index, step in enumerate(chart.steps):
        x, top = index * (step_width + _GAP), base - heights[index]
        parts.append(_box(step, x, top, step_width, heights[index], setter))
        first, second = flows[index]
        parts.append(Label(x=x + _INSET, y=top + 1.6 * MM, text=first.text))
        parts.append(Label(x=x + _INSET, y=base - 1.6 * MM - second.text.height, text=second.text))
        flag = flags[index]
        if flag is not None:
            parts.append(Label(x=x, y=top - flag.text.height - 0.8 * MM, text=flag.text))
    return Drawing(width=width, height=base, parts=tuple(parts))


def _colour(step: LadderStep, setter: Typesetter) -> str:
    paper = setter.paper
    if step.state == "target":
        return paper.accent
    return paper.soft if step.state == "open" else paper.on_level(step.level)


def _step_texts(step: LadderStep, width: float, setter: Typesetter) -> tuple[Label, Label]:
    colour = _colour(step, setter)
    name = TextStyle(size=8.6, leading=12, colour=colour, bold=True)
    condition = TextStyle(size=7.4, leading=10, colour=colour)
    return (
        Label(x=0.0, y=0.0, text=setter.fitted(step.label, name, width, 2)),
        Label(x=0.0, y=0.0, text=setter.fitted(step.condition, condition, width, 2)),
    )


def _flag(step: LadderStep, width: float, setter: Typesetter) -> Label | None:
    if not step.flag:
        return None
    colour = setter.paper.accent if step.state == "target" else setter.paper.ink
    style = TextStyle(size=8.6, leading=_FLAG, colour=colour, bold=True)
    return Label(x=0.0, y=0.0, text=setter.fitted(step.flag, style, width, 2))


def _box(step: LadderStep, x: float, y: float, width: float, height: float, setter: Typesetter) -> Box:
    paper = setter.paper
    if step.state == "target":
        return Box(x=x, y=y, width=width, height=height, stroke=paper.accent, line=1.2, dash=(3.0, 2.0))
    if step.state == "open":
        return Box(x=x, y=y, width=width, height=height, stroke=paper.rule, line=0.6)
    return Box(x=x, y=y, width=width, height=height, fill=paper.level(step.level))
