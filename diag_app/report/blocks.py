"""From blocks of content to flows on pages: one small function for each kind of block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diag_app.model.content import (
    BarChart,
    Block,
    Card,
    Cards,
    Chart,
    Figure,
    GanttChart,
    Heading,
    HeatMap,
    KeyFigure,
    KeyFigures,
    LadderChart,
    Notice,
    NumberedList,
    Paragraph,
    PhotoGrid,
    RadarChart,
    RangeChart,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
    Tornado,
    Waterfall,
)
from diag_app.report.boxes import Boxed, Columns, Hung, Rule
from diag_app.report.chart_bars import draw_bars
from diag_app.report.chart_gantt import draw_gantt
from diag_app.report.chart_heat import draw_heat_map
from diag_app.report.chart_ladder import draw_ladder
from diag_app.report.chart_radar import draw_radar
from diag_app.report.chart_ranges import draw_ranges
from diag_app.report.chart_tornado import draw_tornado
from diag_app.report.chart_waterfall import draw_waterfall
from diag_app.report.drawing import Drawing
from diag_app.report.flows import Flow, Lead, Space, Stack, Tail, stacked_height
from diag_app.report.pictures import Load, lay_photos, lay_signatures
from diag_app.report.styles import BETWEEN, KEPT, MM, TO_OBJECT
from diag_app.report.tables import lay_caption, lay_table
from diag_app.report.typesetter import Typesetter

_GUTTER = 4 * MM
_NARROW_CARD = 34 * MM  # narrower cards stand below each other
_NUMBER_INDENT = 8 * MM
_TERM_INDENT, _MOST_INDENT = 24 * MM, 34 * MM
_LEAST_FIGURE = 0.8  # of its size: a key figure is set so small before it takes a second line


class BlockLayout:
    """Lays out blocks of one document; `continued` is added to the captions of following table parts."""

    def __init__(self, setter: Typesetter, load: Load, continued: str) -> None:
        self._setter = setter
        self._load = load
        self._continued = continued

    def flows(self, blocks: Sequence[Block], width: float) -> list[Flow]:
        """Return the flows of `blocks`; a heading is tied to what follows it."""
        flows: list[Flow] = []
        heads: list[Flow] = []
        for block in blocks:
            laid = self._lay(block, width)
            if isinstance(block, Heading):
                heads += laid
            elif flows and not heads and (_is_note(block) or isinstance(block, Notice)):
                flows[-1] = Tail(body=flows[-1], note=laid[0])
            elif laid:
                if flows and not heads and isinstance(block, SignatureBoxes):  # signed where it is read
                    laid[0] = Lead(head=flows.pop(), body=laid[0], tight=False)
                for head in reversed(heads):
                    laid[0] = Lead(head=head, body=laid[0])
                heads = []
                flows += laid
        return flows + heads

    def _lay(self, block: Block, width: float) -> list[Flow]:
        setter, styles = self._setter, self._setter.styles
        match block:
            case Paragraph():
                style = {"body": styles.body, "lead": styles.lead, "note": styles.note}[block.style]
                return [setter.flow(block.text, style, width)] if block.text.strip() else []
            case Heading():
                return [setter.flow(block.text, styles.h2 if block.level == 2 else styles.h3, width)]
            case Table():
                return [lay_table(block, setter, width, self._continued)] if block.columns else []
            case Figure():
                return [self._figure(block, width)]
            case SideBySide():
                return [self._side_by_side(block, width)]
            case PhotoGrid():
                return self._photos(block, width)
            case SignatureBoxes():
                return lay_signatures(block, setter, width)
            case _:
                return self._lay_box(block, width)

    def _lay_box(self, block: KeyFigures | NumberedList | Cards | Notice | TermList, width: float) -> list[Flow]:
        match block:
            case KeyFigures():
                return self._key_figures(block, width)
            case NumberedList():
                return self._numbered(block, width)
            case Cards():
                return self._cards(block, width)
            case Notice():
                return [self._notice(block, width)]
            case TermList():
                return self._terms(block, width)

    def _figure(self, figure: Figure, width: float) -> Flow:
        setter = self._setter
        room = min(figure.width_mm * MM, width)
        caption = lay_caption(figure.label, figure.caption, setter, room, figure.anchor)
        flows: list[Flow] = [caption, Space(height=TO_OBJECT)] if caption is not None else []
        flows.append(draw_chart(figure.chart, room, setter))
        if figure.note:
            flows.append(setter.flow(figure.note, setter.styles.note, room))
        return _spaced(Stack(flows=tuple(flows)))

    def _photos(self, grid: PhotoGrid, width: float) -> list[Flow]:
        rows = lay_photos(grid, self._setter, width, self._load)
        caption = lay_caption(grid.label, grid.caption, self._setter, width)
        if caption is None or not rows:
            return rows
        return [Lead(head=replace(caption, after=TO_OBJECT), body=rows[0]), *rows[1:]]

    def _side_by_side(self, block: SideBySide, width: float) -> Flow:
        left = min(block.left_mm * MM, width - _GUTTER - 20 * MM)
        right = width - left - _GUTTER
        return Columns(
            columns=(
                (0.0, Stack(flows=tuple(self.flows(block.left, left)))),
                (left + _GUTTER, Stack(flows=tuple(self.flows(block.right, right)))),
            ),
            before=BETWEEN,
            after=BETWEEN,
        )

    def _key_figures(self, block: KeyFigures, width: float) -> list[Flow]:
        count = max(len(block.figures), 1)
        one = (width - (count - 1) * _GUTTER) / count
        columns = [
            (number * (one + _GUTTER), self._key_figure(figure, one)) for number, figure in enumerate(block.figures)
        ]
        return [Columns(columns=tuple(columns), before=BETWEEN, after=BETWEEN)] if block.figures else []

    def _key_figure(self, figure: KeyFigure, width: float) -> Flow:
        setter, paper = self._setter, self._setter.paper
        colour = paper.signal if figure.tone == "signal" else paper.soft if figure.tone == "soft" else paper.accent
        style = setter.styles.key_figure.of(colour=colour)
        value = setter.shrunk(figure.figure, style, width, 1, least=_LEAST_FIGURE * style.size)
        value = value or setter.fitted(figure.figure, style, width, 2)
        label = setter.flow(figure.label, setter.styles.note.spaced(), width)
        rule = Rule(width=width, colour=paper.accent, line=1.2)
        return Stack(flows=(rule, Space(height=1.6 * MM), value, Space(height=0.6 * MM), label))

    def _numbered(self, block: NumberedList, width: float) -> list[Flow]:
        setter, style = self._setter, self._setter.styles.body
        mark = style.of(colour=setter.paper.accent, bold=True, justify=False)
        return [
            Hung(
                mark=setter.flow(str(number), mark, _NUMBER_INDENT),
                flow=setter.flow(item, style, width - _NUMBER_INDENT),
                indent=_NUMBER_INDENT,
                before=0.0,
                after=BETWEEN if number == len(block.items) else 1.2 * MM,
            )
            for number, item in enumerate(block.items, start=1)
        ]

    def _terms(self, block: TermList, width: float) -> list[Flow]:
        setter, style = self._setter, self._setter.styles.body
        term = style.of(bold=True, justify=False)
        widest = max((setter.line(name, term).width for name, _ in block.items), default=0.0)
        indent = min(max(_TERM_INDENT, min(widest + 3 * MM, _MOST_INDENT)), width / 3)
        items: list[Flow] = [
            Hung(
                mark=setter.flow(name, term, indent - 2 * MM),
                flow=setter.flow(text, style, width - indent),
                indent=indent,
                after=BETWEEN if number == len(block.items) else 1.2 * MM,
            )
            for number, (name, text) in enumerate(block.items, start=1)
        ]
        return [Stack(flows=tuple(items))] if items and stacked_height(items) <= KEPT else items

    def _notice(self, block: Notice, width: float) -> Flow:
        setter, paper = self._setter, self._setter.paper
        is_estimate = block.kind == "estimate"
        inside = width - 8 * MM
        style = setter.styles.cell.of(justify=setter.styles.body.justify)
        title = setter.flow(block.title, setter.styles.h3.spaced(after=0.6 * MM), inside)
        text = setter.flow(block.text, style, inside)
        flows = tuple(flow for flow, source in ((title, block.title), (text, block.text)) if source.strip())
        return Boxed(
            flow=Lead(head=flows[0], body=flows[1]) if len(flows) == 2 else Stack(flows=flows),
            width=width,
            fill=paper.signal_wash if is_estimate else paper.wash,
            bar=paper.signal if is_estimate else paper.accent,
            before=BETWEEN,
            after=BETWEEN,
        )

    def _cards(self, block: Cards, width: float) -> list[Flow]:
        count = max(len(block.cards), 1)
        one = (width - (count - 1) * _GUTTER) / count
        if one < _NARROW_CARD:
            return [_spaced(self._card(card, width, 0.0)) for card in block.cards]
        head = max((self._card_head(card, one).height for card in block.cards), default=0.0)
        columns = [(number * (one + _GUTTER), self._card(card, one, head)) for number, card in enumerate(block.cards)]
        return [Columns(columns=tuple(columns), before=BETWEEN, after=BETWEEN)] if block.cards else []

    def _card_head(self, card: Card, width: float) -> Flow:
        setter, styles = self._setter, self._setter.styles
        title = styles.h3.spaced()
        if not card.number:
            return setter.flow(card.title, title.of(colour=setter.paper.accent), width)
        number = setter.fitted(card.number, styles.number, _NUMBER_INDENT)
        drop = number.baseline - setter.flow("", title, width).baseline
        beside = Stack(flows=(Space(height=drop), setter.flow(card.title, title, width - _NUMBER_INDENT)))
        return Columns(columns=((0.0, number), (_NUMBER_INDENT, beside)))

    def _card(self, card: Card, width: float, head_height: float) -> Flow:
        setter, styles = self._setter, self._setter.styles
        head = self._card_head(card, width)
        fill = Space(height=max(head_height - head.height, 0.0) + 1.3 * MM)
        body = styles.card.spaced(after=0.8 * MM)
        flows: list[Flow] = [Rule(width=width, colour=setter.paper.ink, line=0.7), Space(height=1.6 * MM), head, fill]
        flows += [setter.flow(text, body, width) for text in card.paragraphs if text.strip()]
        if card.source:
            flows.append(setter.flow(card.source, styles.note.spaced(), width))
        return Stack(flows=tuple(flows))


def draw_chart(chart: Chart, width: float, setter: Typesetter) -> Drawing:
    """Return `chart` drawn `width` points wide."""
    match chart:
        case RadarChart():
            return draw_radar(chart, width, setter)
        case BarChart():
            return draw_bars(chart, width, setter)
        case LadderChart():
            return draw_ladder(chart, width, setter)
        case HeatMap():
            return draw_heat_map(chart, width, setter)
        case Waterfall():
            return draw_waterfall(chart, width, setter)
        case GanttChart():
            return draw_gantt(chart, width, setter)
        case Tornado():
            return draw_tornado(chart, width, setter)
        case RangeChart():
            return draw_ranges(chart, width, setter)


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "note" and bool(block.text.strip())


def _spaced(flow: Flow) -> Flow:
    """Return `flow` with room above and below."""
    return Columns(columns=((0.0, flow),), before=BETWEEN, after=BETWEEN)
