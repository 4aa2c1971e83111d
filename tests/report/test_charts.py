"""Charts with odd data: every label inside the drawing, none upon another, nothing raised."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from diag_app.model.content import (
    BarChart,
    GanttChart,
    GanttRow,
    HeatMap,
    HeatRow,
    LadderChart,
    LadderStep,
    RadarChart,
    Tornado,
    TornadoBar,
    Waterfall,
)
from diag_app.report.chart_bars import draw_bars
from diag_app.report.chart_gantt import draw_gantt
from diag_app.report.chart_heat import draw_heat_map
from diag_app.report.chart_ladder import draw_ladder
from diag_app.report.chart_pictures import chart_pictures
from diag_app.report.chart_radar import draw_radar, percent
from diag_app.report.chart_tornado import draw_tornado
from diag_app.report.chart_waterfall import draw_waterfall
from diag_app.report.drawing import Box, Drawing, Label
from diag_app.report.fonts import load_faces
from diag_app.report.styles import MM, SMALLEST
from diag_app.report.typesetter import Typesetter

D = Decimal
NAMES = {
    "one": "值",
    "fourteen": "设备联网与数据采集能力建设项",
    "english": "Information security and data",
    "empty": "",
}
SHARES: dict[str, tuple[Decimal | None, ...]] = {
    "zero": (D(0),) * 9,
    "equal": (D("0.5"),) * 9,
    "full": (D(1),) * 9,
    "missing": (None, D("0.4"), *(None,) * 7),
    "beyond": (D("-0.5"), D("1.5"), *(D("0.3"),) * 7),
}


@cache
def setter() -> Typesetter:
    return Typesetter("zh", load_faces())


def overlaps(first: Label, second: Label) -> bool:
    left, top, right, bottom = first.box
    other_left, other_top, other_right, other_bottom = second.box
    slack = 1.5  # points of leading above and below the ink
    return (
        left < other_right - 0.1
        and other_left < right - 0.1
        and top < other_bottom - slack
        and other_top < bottom - slack
        and right > left
        and other_right > other_left
    )


def assert_sound(drawing: Drawing) -> None:
    """Assert that labels stay inside, apart and readable, and that no shape stands out."""
    for label in drawing.labels:
        left, top, right, bottom = label.box
        assert left >= -0.5, label
        assert right <= drawing.width + 0.5, label
        assert top >= -0.5, label
        assert bottom <= drawing.height + 0.5, label
        assert label.text.style.size >= SMALLEST
    for part in drawing.parts:
        if isinstance(part, Box):
            assert part.x >= -0.1
            assert part.x + part.width <= drawing.width + 0.1
            assert part.y + part.height <= drawing.height + 0.1
    touching = [pair for pair in combinations(drawing.labels, 2) if overlaps(*pair)]
    assert touching == []


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("shares", SHARES.values(), ids=SHARES)
@pytest.mark.parametrize("width", [81, 79, 166])
def test_radar(name: str, shares: tuple[Decimal | None, ...], width: float) -> None:
    chart = RadarChart(spokes=tuple((name, share) for share in shares), weak_below=D("0.45"), missing="未测量")
    assert_sound(draw_radar(chart, width * MM, setter()))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12])
def test_radar_of_few_or_many_spokes(count: int) -> None:
    chart = RadarChart(spokes=(("指标", D("0.5")),) * count, weak_below=D("0.45"))
    assert_sound(draw_radar(chart, 81 * MM, setter()))


@pytest.mark.parametrize(
    ("share", "text"), [("0.4445", "44.5%"), ("0", "0.0%"), ("1", "100.0%"), ("0.6666666", "66.7%")]
)
def test_percent(share: str, text: str) -> None:
    assert percent(D(share)) == text


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", [81, 95, 166])
def test_bars(name: str, width: float) -> None:
    bars = tuple((name, value, D(10), name or "未测量") for value in (D(0), D(5), D(10), D(12), D(-3), None))
    assert_sound(draw_bars(BarChart(bars=bars), width * MM, setter()))
    assert_sound(draw_bars(BarChart(bars=((name, D(0), D(0), "0"),)), width * MM, setter()))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("count", [1, 4, 5])
@pytest.mark.parametrize("width", [81, 166])
def test_ladder(name: str, count: int, width: float) -> None:
    states = ("reached", "current", "target", "open", "open")
    steps = tuple(
        LadderStep(level=level + 1, label=f"{level + 1} {name}", condition=name, state=states[level], flag=name)  # type: ignore[arg-type]
        for level in range(count)
    )
    assert_sound(draw_ladder(LadderChart(steps=steps), width * MM, setter()))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("level", [None, 0, 2, 4])
def test_heat_map(name: str, level: int | None) -> None:
    rows = tuple(
        HeatRow(
            label=name,
            is_constrained=True,
            level=level,
            target=3 if number % 2 else None,
            detail=name * 3,
            evidence="12 件",
            group=name if number % 4 == 0 else "",
            number=str(number + 1),
            flag="目标 3 级" if number % 2 else "",
        )
        for number in range(16)
    )
    foot = ((name, ("16／6", "10／6", "3／8 差 5", "0／10 差 10"), (True, True, False, False)),)
    chart = HeatMap(
        level_heads=("1 初始", "2 规范", "3 集成", "4 协同"),
        rows=rows,
        foot=foot,
        detail_head=name,
        evidence_head="证据",
        label_head=name,
        not_applicable="不适用",
    )
    assert_sound(draw_heat_map(chart, 166 * MM, setter()))


@pytest.mark.parametrize("label", ["Product design", "Equipment management", "Planning and scheduling"])
def test_the_number_of_a_target_stands_beside_its_word(label: str) -> None:
    row = HeatRow(
        label=label, is_constrained=True, level=1, target=4, detail="", evidence="", number="1", flag="target 4"
    )
    chart = HeatMap(
        level_heads=("1", "2", "3", "4"), rows=(row,), foot=(), detail_head="", evidence_head="",
        label_head="Scenario", not_applicable="-",
    )  # fmt: skip
    texts = [part.text for part in draw_heat_map(chart, 166 * MM, setter()).parts if isinstance(part, Label)]
    lines = ["".join(piece.text for piece in line.pieces) for flow in texts for line in flow.lines]
    assert [line for line in lines if "target" in line and "4" in line]


WATERFALLS: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "mockup": ("50.65", ("3.0", "3.5", "2.5", "2.5", "1.875"), "60", "45"),
    "all zero": ("0", ("0", "0", "0"), "0", "0"),
    "no additions": ("20", (), "40", "0"),
    "falling": ("80", ("-10", "-20", "5"), "60", "0"),
    "axis above everything": ("10", ("1",), "5", "90"),
    "tiny": ("0.001", ("0.002",), "0.01", "0"),
    "ten steps": ("30", ("3",) * 10, "60", "0"),
}


@pytest.mark.parametrize(("start", "additions", "threshold", "axis"), WATERFALLS.values(), ids=WATERFALLS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", [95, 166])
def test_waterfall(start: str, additions: tuple[str, ...], threshold: str, axis: str, name: str, width: float) -> None:
    chart = Waterfall(
        start=(name, D(start)),
        additions=tuple((f"{name}\n题 {number}", D(value)) for number, value in enumerate(additions)),
        end_label=name,
        threshold=(name, D(threshold)),
        axis_from=D(axis),
    )
    assert_sound(draw_waterfall(chart, width * MM, setter()))


@given(
    st.decimals(0, 100, places=2),
    st.lists(st.decimals(-30, 30, places=3), max_size=8),
    st.decimals(0, 100, places=1),
    st.decimals(0, 90, places=0),
)
def test_any_waterfall(start: Decimal, additions: list[Decimal], threshold: Decimal, axis: Decimal) -> None:
    chart = Waterfall(
        start=("现状", start),
        additions=tuple(("措施", value) for value in additions),
        end_label="方案后",
        threshold=("门槛", threshold),
        axis_from=axis,
    )
    assert_sound(draw_waterfall(chart, 166 * MM, setter()))


@pytest.mark.parametrize("width", [81, 166])
@pytest.mark.parametrize("length", [0, 1, 33, 520])
@pytest.mark.parametrize(
    "name",
    ["短", "一个长得放不进一行因而要占两行的措施名称，再长一些", "A long name of a measure that takes two lines"],
)
def test_a_roadmap_stays_inside_whatever_its_length(name: str, length: int, width: int) -> None:
    rows = (
        GanttRow(label=name, detail="1,234.5", start=0, end=length, kind="phase"),
        GanttRow(label=name, detail="0.5", start=0, end=length),
        GanttRow(label=name, detail="—", start=length, end=length, kind="outline"),
    )
    marks = tuple((D(week), str(week)) for week in range(0, max(length, 1), 4))
    chart = GanttChart(rows=rows, length=length, marks=marks, label_head=name, detail_head="万元")
    assert_sound(draw_gantt(chart, width * MM, setter()))


DRAWERS: tuple[Callable[[], Drawing], ...] = (
    lambda: draw_radar(RadarChart(spokes=(), weak_below=D(0)), 81 * MM, setter()),
    lambda: draw_bars(BarChart(bars=()), 81 * MM, setter()),
    lambda: draw_gantt(GanttChart(rows=(), length=0, marks=(), label_head="", detail_head=""), 81 * MM, setter()),
    lambda: draw_ladder(LadderChart(steps=()), 81 * MM, setter()),
    lambda: draw_heat_map(
        HeatMap(level_heads=(), rows=(), foot=(), detail_head="", evidence_head=""), 166 * MM, setter()
    ),
)


@pytest.mark.parametrize("draw", DRAWERS)
def test_empty_charts_are_drawn_empty(draw: Callable[[], Drawing]) -> None:
    assert_sound(draw())


TORNADO_ENDS: dict[str, tuple[tuple[Decimal | None, Decimal | None], ...]] = {
    "usual": ((D("3.42"), D("1.51")), (D("1.77"), D("2.62")), (D("2.06"), D("2.24"))),
    "never": ((None, D("1.5")), (D("1.9"), D("2.3"))),
    "both never": ((None, None),),
    "one side": ((D("2.5"), D("3.5")), (D("2.1"), D("2.1"))),
    "no width": ((D("2.1"), D("2.1")),),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ends", TORNADO_ENDS)
def test_the_tornado_keeps_its_texts_apart(name: str, ends: str) -> None:
    bars = tuple(
        TornadoBar(label=NAMES[name], at_low=low, at_high=high, low_text="1,234.56", high_text="never")
        for low, high in TORNADO_ENDS[ends]
    )
    for width in (166, 95):
        assert_sound(draw_tornado(Tornado(likely=D("2.1"), likely_text="likely 2.1", bars=bars), width * MM, setter()))


def test_paper_stays_white_in_a_chart_for_office_files() -> None:
    drawing = draw_bars(BarChart(bars=(("产线一", D(1), D(2), "1"),)), 300.0, setter())
    (made,) = chart_pictures([drawing])
    with Image.open(BytesIO(made.png)) as picture:
        counts = {colour: count for count, colour in picture.convert("RGB").getcolors(1 << 24) or ()}
    assert max(counts, key=lambda colour: counts[colour]) == (255, 255, 255)
