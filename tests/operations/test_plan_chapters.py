"""The plan taken in the proposal: measures, chain, roadmap, budget; absent while no plan is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.forms.definition import Language
from diag_app.i18n import LANGUAGES, load_translator
from diag_app.model.chain import ORPHAN_KINDS, Orphan
from diag_app.model.content import BarChart, Chapter, Figure, GanttChart, GanttRow, Table, Waterfall
from diag_app.model.content_lint import lint
from diag_app.model.content_texts import mapped, texts_of
from diag_app.model.plan import Offer, Plan, WhyIn
from diag_app.model.proposal import ProposalFacts
from diag_app.model.proposal.measures import largest_steps, question_names
from diag_app.model.proposal.plan_words import when
from diag_app.model.proposal.roadmap import parted, roadmap_figures
from diag_app.model.proposal.voice import Voice
from diag_app.operations.demo import ACTOR, fill_demo
from diag_app.operations.proposal import preview_proposal
from diag_app.operations.report_facts import proposal_facts
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.report.styles import BOTTOM, TEXT_HEIGHT, TOP
from tests.fixed_clock import FixedClock
from tests.report.reading import lines_of, written
from tests.templates import built, house_template

NUMBERS = ("9", "10", "11")
A_THIRD = 1 / 3


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    home = tmp_path_factory.mktemp("demo")
    with open_workspace(home, actor=ACTOR, clock=FixedClock()) as workspace:
        yield workspace, fill_demo(workspace)


@pytest.fixture(scope="module")
def facts(demo: tuple[Workspace, str]) -> dict[Language, ProposalFacts]:
    return {language: proposal_facts(*demo, language) for language in LANGUAGES}


def chapters(facts: ProposalFacts, language: Language) -> dict[str, Chapter]:
    document = built(facts, language)
    return {chapter.number: chapter for chapter in document.chapters if chapter.number in NUMBERS}


def tables(chapter: Chapter) -> list[Table]:
    return [block for block in chapter.blocks if isinstance(block, Table)]


def charts(chapter: Chapter, kind: type[object]) -> list[object]:
    return [block.chart for block in chapter.blocks if isinstance(block, Figure) and isinstance(block.chart, kind)]


def words(table: Table) -> str:
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def plan_of(facts: ProposalFacts) -> Plan:
    assert facts.taken is not None
    return facts.taken.plan


def with_plan(facts: ProposalFacts, plan: Plan) -> ProposalFacts:
    assert facts.taken is not None
    return replace(facts, taken=replace(facts.taken, plan=plan))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demonstration_says_all_in_either_language(
    facts: dict[Language, ProposalFacts], language: Language
) -> None:
    assert lint(built(facts[language], language)) == ()


def test_an_english_reader_can_read_who_wrote_the_demonstrations_report(facts: dict[Language, ProposalFacts]) -> None:
    found: list[str] = []

    def kept(text: str) -> str:
        found.append(text)
        return text

    mapped(built(facts["en"], "en"), kept)
    named = [text for text in found if "示例" in text]
    assert named, "names stand as they are typed"
    assert [text for text in named if "Demo" not in text] == []


@pytest.mark.parametrize(("language", "annex"), [("zh", "附录"), ("en", "annex")])
def test_no_text_sends_a_reader_to_an_annex_that_a_template_leaves_out(
    facts: dict[Language, ProposalFacts], language: Language, annex: str
) -> None:
    def naming(*dropped: str) -> set[str]:
        house = house_template()
        (kind,) = [item for item in house.kinds if item.kind_id == "proposal"]
        bare = replace(kind, sections=tuple(item for item in kind.sections if item not in dropped))
        document = built(facts[language], language, template=replace(house, kinds=(bare,)))
        texts = [text for chapter in document.chapters for text in (chapter.finding, chapter.lead, *texts_of(chapter))]
        return set("".join(re.findall(rf"{annex} ?([A-D])", " ".join(texts))))

    assert naming() == {"A", "B", "C", "D"}
    assert naming("register") == {"A", "B", "D"}
    assert naming("answers", "evidence", "register", "method") == set()


def test_no_page_of_the_demonstration_is_nearly_empty(demo: tuple[Workspace, str], tmp_path: Path) -> None:
    for language in LANGUAGES:
        file = written(tmp_path, preview_proposal(*demo, language).pdf)
        lowest: dict[int, float] = {}
        for line in lines_of(file):
            if line.bottom < BOTTOM + 2:  # the foot of the page is below
                lowest[line.page] = max(lowest.get(line.page, 0.0), line.bottom)
        fill = {page: (bottom - TOP) / TEXT_HEIGHT for page, bottom in lowest.items()}
        assert {page: share for page, share in fill.items() if share < A_THIRD} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_measures_roadmap_and_budget_say_the_same_sums(
    facts: dict[Language, ProposalFacts], language: Language
) -> None:
    found, plan = chapters(facts[language], language), plan_of(facts[language])
    assert set(found) == set(NUMBERS)
    listed, chain, loose, evidence = tables(found["9"])
    assert len(listed.rows) == len(plan.measures) + 1
    assert listed.rows[-1].cells[4].text == "156"
    assert len(chain.rows) == len(facts[language].needs)
    assert "M-01–M-05" in chain.note
    assert len(loose.rows) == 1
    assert len(evidence.rows) == len(plan.measures)
    (steps,) = charts(found["9"], Waterfall)
    assert isinstance(steps, Waterfall)
    assert steps.start[1] + sum((gain for _, gain in steps.additions), Decimal(0)) == plan.after.score
    (gantt,) = charts(found["10"], GanttChart)
    assert isinstance(gantt, GanttChart)
    assert len([row for row in gantt.rows if row.kind == "bar"]) == len(plan.measures)
    assert [row.detail for row in gantt.rows if row.kind == "phase"] == ["39.5", "47.5", "69"]
    assert gantt.length == plan.weeks + 8
    (bars,) = charts(found["10"], BarChart)
    assert isinstance(bars, BarChart)
    assert sum((value for _, value, _, _ in bars.bars if value is not None), Decimal(0)) == plan.cost.likely
    (budget,) = tables(found["11"])
    assert [cell.text for cell in budget.rows[-1].cells[2:5]] == ["132", "156", "196.5"]
    assert all(row.cells[-1].text not in ("", "—") for row in budget.rows[:-1])


def test_without_a_plan_the_chapters_are_absent(facts: dict[Language, ProposalFacts]) -> None:
    for changed in (
        replace(facts["en"], taken=None, chain=None),
        replace(facts["en"], taken=None),
        with_plan(facts["en"], replace(plan_of(facts["en"]), measures=())),
    ):
        assert chapters(changed, "en") == {}


def test_a_plan_without_a_day_of_start_counts_weeks_and_months(facts: dict[Language, ProposalFacts]) -> None:
    taken = facts["en"].taken
    assert taken is not None
    chosen = replace(taken.chosen, start_on="", trial_weeks=0, wish=replace(taken.chosen.wish, budget=None))
    found = chapters(replace(facts["en"], taken=replace(taken, chosen=chosen), offers=()), "en")
    (gantt,) = charts(found["10"], GanttChart)
    assert isinstance(gantt, GanttChart)
    assert [name for _, name in gantt.marks][:3] == ["1", "2", "3"]
    assert all(row.kind != "outline" for row in gantt.rows)
    assert "weeks 1–" in words(tables(found["10"])[0])
    assert "180" not in found["11"].lead
    assert {row.cells[-1].text for row in tables(found["11"])[0].rows[:-1]} == {"—"}


def test_every_kind_of_loose_end_has_words(facts: dict[Language, ProposalFacts]) -> None:
    chain = facts["en"].chain
    assert chain is not None
    orphans = tuple(Orphan(kind=kind, item=f"item {kind}", reason="because") for kind in ORPHAN_KINDS)
    found = chapters(replace(facts["en"], chain=replace(chain, orphans=orphans)), "en")
    assert len(tables(found["9"])[2].rows) == len(ORPHAN_KINDS)
    none_loose = chapters(replace(facts["en"], chain=replace(chain, orphans=(), gap_measures=())), "en")
    assert len(tables(none_loose["9"])) == 3


def test_needs_are_said_as_far_as_they_are_known(facts: dict[Language, ProposalFacts]) -> None:
    chain = facts["en"].chain
    assert chain is not None
    bare = tuple(
        replace(link, need=replace(link.need, owner_words="", target_level=None), criteria=(), has_benefit=True)
        for link in chain.links
    )
    text = words(tables(chapters(replace(facts["en"], chain=replace(chain, links=bare)), "en")["9"])[1])
    assert "chapter 12" in text
    assert "→" not in text


def test_few_measures_stand_in_the_steps_by_themselves(facts: dict[Language, ProposalFacts]) -> None:
    plan = plan_of(facts["en"])
    few = tuple(replace(item, why=WhyIn(is_pinned=True)) for item in plan.measures if item.points)[:2]
    chain = facts["en"].chain
    assert chain is not None
    alone = replace(facts["en"], chain=replace(chain, links=(), gap_measures=few))
    found = chapters(with_plan(alone, replace(plan, measures=few)), "en")
    (steps,) = charts(found["9"], Waterfall)
    assert isinstance(steps, Waterfall)
    assert len(steps.additions) == 2
    assert "fixed by the owner" in words(tables(found["9"])[0])
    unsaid = replace(plan, measures=tuple(replace(item, why=WhyIn()) for item in few))
    assert chapters(with_plan(alone, unsaid), "en")["9"].blocks


@pytest.mark.parametrize(
    ("counts", "wanted"), [((3, 4), [9]), ((20, 12, 15), [34, 16]), ((33, 1), [34, 2]), ((40,), [34, 8])]
)
def test_a_long_roadmap_is_parted_between_phases_and_never_set_smaller(
    counts: tuple[int, ...], wanted: list[int]
) -> None:
    rows: list[GanttRow] = []
    for count in counts:
        rows.append(GanttRow(label="phase", detail="1", start=0, end=1, kind="phase"))
        rows += [GanttRow(label=str(number), detail="1", start=0, end=1) for number in range(count)]
    parts = parted(rows)
    assert [len(part) for part in parts] == wanted
    assert [row for part in parts for row in part if row.kind == "bar"] == [row for row in rows if row.kind == "bar"]
    assert {part[0].kind for part in parts} == {"phase"}
    chart = GanttChart(rows=tuple(rows), length=1, marks=(), label_head="", detail_head="")
    figures = roadmap_figures(Voice(language="en", translate=load_translator("en")), chart)
    ends = [f", part {number} of {len(parts)}" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
    assert [figure.caption.partition(" trial run)")[2] for figure in figures] == ends


def test_a_crowded_plan_names_no_step_that_its_column_cannot_hold(facts: dict[Language, ProposalFacts]) -> None:
    (item, *_) = [one for one in plan_of(facts["en"]).measures if one.points]
    voice = Voice(language="en", translate=load_translator("en"))
    assert question_names(facts["en"], voice, replace(item, questions=("B4", "B5"))) == "B4, B5"
    assert question_names(facts["en"], voice, replace(item, questions=("B4",))) == "Data acquisition"


def test_a_measure_done_within_a_month_names_it_once(facts: dict[Language, ProposalFacts]) -> None:
    taken = facts["en"].taken
    assert taken is not None
    voice = Voice(language="en", translate=load_translator("en"))
    begun = replace(taken, chosen=replace(taken.chosen, start_on="2026-04-01"))
    assert (when(begun, voice, 0, 4), when(begun, voice, 0, 5)) == ("2026-04", "2026-04 – 2026-05")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_without_the_answers_has_no_figure_in_a_heading_that_stands_nowhere_else(
    facts: dict[Language, ProposalFacts], language: Language
) -> None:
    house = house_template()
    (kind,) = [item for item in house.kinds if item.kind_id == "proposal"]
    bare = replace(kind, sections=("production",))
    alone = built(facts[language], language, template=replace(house, kinds=(bare,)))
    assert lint(alone) == ()
    (part,) = alone.chapters
    assert "55.00%" in part.finding
    assert "66 ÷ 120 = 55.00%" in part.lead


def test_a_budget_whose_sources_are_withheld_says_so_and_has_no_empty_column(
    facts: dict[Language, ProposalFacts],
) -> None:
    bare = tuple(replace(item, offer=Offer(cost=item.offer.cost)) for item in facts["en"].offers)
    part = chapters(replace(facts["en"], offers=bare), "en")["11"]
    (table,) = tables(part)
    assert "does not name" in part.lead
    assert [column.head for column in table.columns] == ["", "Measure", "Low", "Likely", "High"]
    assert {len(row.cells) for row in table.rows} == {5}
    assert sum(column.width_mm for column in table.columns) <= 166
    assert chapters(facts["en"], "en")["11"].lead.startswith("Prices come from the sources named")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_note_ends_in_a_table_and_not_in_two_lines_on_a_page_of_their_own(
    facts: dict[Language, ProposalFacts], language: Language
) -> None:
    (note,) = [part for part in built(facts[language], language).chapters if part.number == "D"]
    assert isinstance(note.blocks[-1], Table)


@pytest.mark.parametrize(("gains", "named"), [((9, 8, 7, 6, 5, 1, 1, 1), True), ((1,) * 12, False)])
def test_steps_too_many_to_name_are_said_by_phase(
    facts: dict[Language, ProposalFacts], gains: tuple[int, ...], named: bool
) -> None:
    plan = plan_of(facts["en"])
    least = plan.measures[: len(gains)]
    crowded = replace(
        plan,
        measures=tuple(replace(item, points=Decimal(gain)) for item, gain in zip(least, gains, strict=True)),
    )
    steps = largest_steps(facts["en"], Voice(language="en", translate=load_translator("en")), crowded)
    assert sum(gain for _, gain in steps) == sum(gains)
    phases = [f"Phase {phase.number}\n{len(phase.measures)} measure" for phase in crowded.phases]
    if named:
        assert (len(steps), steps[-1]) == (6, ("3 more measures", Decimal(3)))
    else:
        assert [label.removesuffix("s") for label, _ in steps] == phases
