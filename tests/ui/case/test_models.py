"""The item models of the case pages: rules of item models, and the facts they tell of the demonstration factory."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from diag_app.errors import Problem, Severity
from diag_app.i18n import Translator
from diag_app.model.facts import BaselineMetric
from diag_app.operations.delivery_order import Written
from diag_app.operations.export_log import Export, Undelivered, UndeliveredCase
from diag_app.ui.models.board import BoardModel, board_rows, level_tallies
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.counts import CasesModel, ClassesModel
from diag_app.ui.models.delivery import WrittenModel
from diag_app.ui.models.evidence import EvidenceModel, evidence_tiles
from diag_app.ui.models.figures import option_key, points_text, score_text, size_text, without_shared_word
from diag_app.ui.models.needs import (
    VALUE_COLUMN,
    MetricsModel,
    NeedsModel,
    figure_or_none,
    metric_rows,
    need_cards,
    suggestions,
)
from diag_app.ui.models.outline import OutlineModel, OutlineRow
from diag_app.ui.models.problems import ProblemsModel, problem_rows, problem_target
from diag_app.ui.models.sections import SectionsModel, answered_count, section_rows
from diag_app.ui.models.why import WhyModel, why_nodes
from diag_app.ui.widgets.form_picker import FormsModel, form_rows

EXPORT = Export(
    bundle_id="b",
    path="/stick/case.zip",
    written_at="2026-03-12T10:00:00+00:00",
    ops=9,
    blobs=2,
    size=1_800_000,
    state_digests={},
)
UNDELIVERED = Undelivered(
    total=2,
    by_class={"answers": 1, "evidence": 1, "needs": 0, "proposals": 0},
    by_enterprise=(
        UndeliveredCase(enterprise_id="a", name="A", count=1, is_written=False),
        UndeliveredCase(enterprise_id="b", name="B", count=1, is_written=True),
    ),
    receipted={"answers": 3, "evidence": 0, "needs": 0, "proposals": 0},
)
UNKNOWN_GLYPH = Problem(
    code="ANSWER_DISAGREES",
    location="answers.B3",
    severity=Severity.WARNING,
    parameters={"question": "B3", "derived": "D", "chosen": "E", "working": "50 ÷ 120 = 41.67%"},
)


def sections(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = SectionsModel(english)
    model.set_rows(section_rows(case, "B3", english))
    return model


def board(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = BoardModel(english)
    model.set_rows(board_rows(case, english))
    return model


def why(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = WhyModel(english)
    model.set_nodes(why_nodes(case, english))
    return model


def needs(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = NeedsModel(english)
    model.set_rows(need_cards(case, (case.needs[0].need_id,)))
    return model


def metrics(case: CaseView, english: Translator) -> MetricsModel:
    model = MetricsModel(english)
    model.set_rows(metric_rows(case, case.needs[0]))
    return model


def evidence(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = EvidenceModel(english, lambda item: True)
    model.set_rows(evidence_tiles(case, "B3", english))
    return model


def outline(case: CaseView, english: Translator) -> OutlineModel:
    model = OutlineModel(english)
    model.set_rows((OutlineRow(number="1", name="Summary", page=3), OutlineRow(number="2", name="Rating", page=7)))
    return model


def problems(case: CaseView, english: Translator) -> ProblemsModel:
    model = ProblemsModel(english)
    model.set_rows(problem_rows((UNKNOWN_GLYPH,), case.pack, english))
    return model


def classes(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = ClassesModel(english)
    model.show(UNDELIVERED, {"answers": 1})
    return model


def cases(case: CaseView, english: Translator) -> CasesModel:
    model = CasesModel(english)
    model.set_rows(UNDELIVERED.by_enterprise)
    return model


def exports(case: CaseView, english: Translator) -> WrittenModel:
    model = WrittenModel(english)
    model.set_rows((Written(export=EXPORT, state="prepared", receipts=(), handed_over=None),))
    return model


def forms(case: CaseView, english: Translator) -> QAbstractItemModel:
    model = FormsModel()
    model.set_rows(form_rows(case.pack, english))
    return model


MAKERS = (sections, board, why, needs, metrics, evidence, outline, problems, classes, cases, exports, forms)


@pytest.mark.parametrize("make", MAKERS)
def test_models_keep_the_rules_of_item_models(
    make: Callable[[CaseView, Translator], QAbstractItemModel],
    demo_case: CaseView,
    english: Translator,
    qtmodeltester: Any,
) -> None:
    model = make(demo_case, english)
    assert model.rowCount() > 0
    qtmodeltester.check(model)


@pytest.mark.parametrize("make", MAKERS)
def test_every_row_speaks(
    make: Callable[[CaseView, Translator], QAbstractItemModel], demo_case: CaseView, english: Translator
) -> None:
    model = make(demo_case, english)
    assert all(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount()))


def test_sections_show_the_open_indicator_alone(demo_case: CaseView, english: Translator) -> None:
    rows = section_rows(demo_case, "B3", english)
    assert [row.code for row in rows if row.kind == "question"] == ["B1", "B2", "B3"]
    assert {row.text: row.right for row in rows if row.kind == "dimension"}["Digital basis"] == "25.95/50"
    by_target = {row.target: row for row in rows if row.kind == "indicator"}
    assert (by_target["B6"].state, by_target["B6"].right) == ("begun", "1/2")
    assert by_target["B4"].lacks_evidence
    assert not by_target["B1"].lacks_evidence
    assert [row.right for row in rows if row.kind == "board"] == ["16/16"]
    assert answered_count(demo_case) == 14


def test_a_cell_says_scenario_star_and_level(demo_case: CaseView, english: Translator) -> None:
    model = BoardModel(english)
    model.set_rows(board_rows(demo_case, english))
    words = model.index_of("quality", 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Quality management, constrained, level 3 of 4, cell 3"


def test_tallies_count_what_the_rule_asks(demo_case: CaseView) -> None:
    assert [(row.have, row.need, row.constrained_have, row.constrained_need) for row in level_tallies(demo_case)] == [
        (15, 6, 10, 3),
        (9, 6, 7, 3),
        (2, 8, 2, 5),
        (0, 10, 0, 6),
    ]


def test_the_tree_leads_from_the_level_to_every_question(demo_case: CaseView, english: Translator) -> None:
    model = WhyModel(english)
    model.set_nodes(why_nodes(demo_case, english))
    for question in demo_case.pack.questions:
        index = model.index_of(question.question_id)
        titles = []
        while index.isValid():
            titles.append(model.node_at(index).title)
            index = index.parent()
        assert titles[-1] == "Level 2 Managed"
        assert len(titles) == 5
    node = model.node_at(model.index_of("B3"))
    assert (node.detail, node.value) == ("50 ÷ 120 = 41.67% → D", "4.50 / 6")
    assert not model.index_of("nothing").isValid()


def test_the_next_level_says_what_is_short(demo_case: CaseView, english: Translator) -> None:
    following = why_nodes(demo_case, english)[1]
    assert [child.value for child in following.children] == ["9.30 short", "6 short", "3 short"]


def test_suggestions_put_constrained_and_near_scenarios_first(demo_case: CaseView) -> None:
    found = suggestions(demo_case)
    assert [(item.scenario.scenario_id, item.level, item.target) for item in found] == [
        ("product_design", 2, 3),
        ("marketing", 2, 3),
        ("production_control", 2, 3),
    ]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("3.79", "3.79"), ("1,200", "1200"), ("", None), ("0", "0")],
)
def test_a_figure_typed_becomes_the_record(
    demo_case: CaseView, english: Translator, qtbot: QtBot, typed: str, value: str | None
) -> None:
    model = metrics(demo_case, english)
    index = model.index(3, VALUE_COLUMN)
    assert index.data() == "Not measured"
    found: list[BaselineMetric] = []
    model.edited.connect(found.append)
    changed = model.setData(index, typed)
    assert changed == (value is not None)
    assert [None if metric.value is None else str(metric.value) for metric in found] == ([value] if changed else [])


@pytest.mark.parametrize("typed", ["many", "-1", "NaN", "Infinity", "1e"])
def test_what_is_no_figure_is_refused(demo_case: CaseView, english: Translator, typed: str) -> None:
    model = metrics(demo_case, english)
    refused: list[str] = []
    model.refused.connect(refused.append)
    assert not model.setData(model.index(0, VALUE_COLUMN), typed)
    assert refused == [typed]
    assert figure_or_none(typed) is None


def test_an_outline_knows_the_chapter_of_a_page(demo_case: CaseView, english: Translator) -> None:
    model = outline(demo_case, english)
    assert [model.position_of_page(page) for page in (1, 3, 6, 7, 40)] == [-1, 0, 0, 1, 1]


def test_a_problem_leads_to_the_answer_that_mends_it(demo_case: CaseView, english: Translator) -> None:
    row = problems(demo_case, english).rows[0]
    assert (row.target, row.place, row.blocks) == ("B3", "B3", False)


def test_nothing_is_called_delivered_without_a_receipt(demo_case: CaseView, english: Translator) -> None:
    model = cases(demo_case, english)
    assert [model.index(row, 2).data() for row in range(2)] == ["not delivered", "prepared, no receipt"]
    assert exports(demo_case, english).index(0, 5).data() == "prepared"


def test_a_change_of_figures_keeps_the_place(demo_case: CaseView, english: Translator, qtbot: QtBot) -> None:
    model = SectionsModel(english)
    model.set_rows(section_rows(demo_case, "B3", english))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_rows(section_rows(demo_case, "B2", english))
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(section_rows(demo_case, "B4", english))
    assert not model.index_of("nothing").isValid()


@pytest.mark.parametrize(
    ("value", "text"), [("50.7", "50.70"), ("58.125", "58.125"), ("0", "0.00"), ("100", "100.00"), ("1E+1", "10.00")]
)
def test_scores_are_never_rounded(value: str, text: str) -> None:
    assert score_text(Decimal(value)) == text


def test_figures_and_names_read_as_specified() -> None:
    assert [points_text(Decimal(value), "en") for value in ("0", "1", "4.5")] == ["0 pts", "1 pt", "4.5 pts"]
    assert points_text(Decimal("4.50"), "zh") == "4.5 分"
    assert [option_key(place) for place in (0, 8, 9, 14, 15)] == ["1", "9", "A", "H", ""]
    assert [size_text(size) for size in (10, 58_300_000, 120_000)] == ["1 kB", "58.3 MB", "0.1 MB"]
    assert [without_shared_word(name) for name in ("数字化基础", "供应链数字化", "Digital basis", "数字化")] == [
        "基础",
        "供应链",
        "Basis",
        "数字化",
    ]


PLACES: dict[str, tuple[Problem, str, str]] = {  # problem, target, place shown
    "an answer": (Problem(code="X", location="answers.B3"), "B3", "B3"),
    "the plan": (Problem(code="PLAN_UNSOUND", location="plan"), "plan", "Path"),
    "a row of the paper": (
        Problem(code="MISSING_GLYPH", location="8 Needs", parameters={"character": "x", "origin": "need:1"}),
        "need:1",
        "8 Needs",
    ),
    "an assumption": (
        Problem(code="FIGURE_WITHOUT_SOURCE", location="A-03", parameters={"label": "Price", "missing": "source"}),
        "needs",
        "A-03",
    ),
    "nowhere in particular": (
        Problem(code="MISSING_GLYPH", location="D Method", parameters={"character": "x"}),
        "",
        "D Method",
    ),
}


@pytest.mark.parametrize(
    ("problem", "target", "place"), [pytest.param(*case, id=name) for name, case in PLACES.items()]
)
def test_a_problem_leads_to_where_it_is_mended(
    demo_case: CaseView, english: Translator, problem: Problem, target: str, place: str
) -> None:
    assert problem_target(problem, demo_case.pack) == target
    if problem.code != "X":
        (row,) = problem_rows((problem,), demo_case.pack, english)
        assert (row.target, row.place) == (target, place)
