"""The rows of one real assessment: the demonstration factory under the official pack."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

import pytest

from diag_app.forms.answers_file import parse_answers
from diag_app.forms.pack import load_pack
from diag_app.forms.scoring import score
from diag_app.model.facts import Assessment, BaselineMetric, Enterprise, EnterpriseProfile, Evidence, ScenarioNeed
from diag_app.paths import resource
from diag_app.sync.fact_tables import FactTables, fact_files
from diag_app.sync.facts import CaseFacts, facts_of
from tests.sync.samples import CASES

ASSESSMENT = "0190a5b0-0000-7000-8000-0000000000bb"


@pytest.fixture(scope="module")
def case() -> CaseFacts:
    folder = resource("packs", "miit-sme-2024", "1.0.0")
    pack = load_pack({path.name: path.read_bytes() for path in folder.iterdir()})
    answers = parse_answers(resource("demo", "answers.json").read_bytes(), pack, location="answers.json")
    profile = EnterpriseProfile(name="恒信精密机械有限公司（示例企业）", employees=120, is_demonstration=True)
    return CaseFacts(
        enterprise=Enterprise(enterprise_id=CASES[0], profile=profile, size_class="small", is_above_scale=None),
        assessment=Assessment(
            assessment_id=ASSESSMENT,
            enterprise_id=CASES[0],
            pack=pack.reference,
            pack_digest=pack.digest,
            status="completed",
            started_on="2024-06-03",
            visited_on=("2024-06-03", "2024-06-04"),
            answers=answers,
            notes={"B1": "=HYPERLINK(1)"},
        ),
        pack=pack,
        scorecard=score(pack, answers),
        needs=(
            ScenarioNeed(
                need_id=CASES[1],
                assessment_id=ASSESSMENT,
                number=1,
                form_id=pack.need_forms[0].form_id,
                scenario_id=pack.need_forms[0].scenario_id,
                title="视觉质检",
                metrics=(
                    BaselineMetric(metric_id=pack.metrics[0].metric_id, value=None),
                    BaselineMetric(metric_id=pack.metrics[1].metric_id, value=Decimal("-1.50"), period="2023"),
                ),
            ),
        ),
        evidence=(
            Evidence(
                evidence_id=CASES[1],
                assessment_id=ASSESSMENT,
                number=1,
                sha256="a" * 64,
                name="车间 01.jpg",
                media_type="image/jpeg",
                size=10,
                caption="-5 ℃",
                shows_on=None,
                captured_at=None,
                received_at="2024-06-03T09:00:00+00:00",
                targets=("B5", "B1"),
            ),
        ),
    )


def test_the_rating_summary_says_level_scores_and_scenes(case: CaseFacts) -> None:
    card = case.scorecard
    found = {row.result: row.value for row in facts_of(case).results}
    assert found["level"] == card.level == 2
    assert found["score"] == card.score == Decimal("50.70")
    assert {name: found[name] for name in card.dimensions} == card.dimensions
    assert found["constrained_scenes"] == card.constrained_at_or_above[2]
    assert found["constrained_scenes"] + found["guiding_scenes"] == card.at_or_above[2]


def test_the_maxima_are_those_of_the_pack(case: CaseFacts) -> None:
    found = {row.result: row.maximum for row in facts_of(case).results}
    assert found["score"] == 100
    assert found["level"] == 4
    assert found["constrained_scenes"] == sum(scenario.is_constrained for scenario in case.pack.scenarios)
    assert (found["guiding_scenes"] or 0) + (found["constrained_scenes"] or 0) == 16


def test_every_question_indicator_and_scenario_has_its_row(case: CaseFacts) -> None:
    tables = facts_of(case)
    assert len(tables.answers) == len(case.pack.questions)
    assert len(tables.scores) == len(case.pack.indicators)
    assert len(tables.scenarios) == len(case.pack.scenarios)
    assert sum(row.points for row in tables.answers) == case.scorecard.score
    assert {row.number_id for row in tables.numbers} == case.assessment.answers.numbers.keys()


def test_no_table_stays_empty_and_every_cell_can_be_written(case: CaseFacts) -> None:
    tables = facts_of(case)
    assert all(getattr(tables, table.name) for table in fields(FactTables))
    text = fact_files(tables)["data/facts/answers.csv"].decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text


def test_an_unmeasured_metric_is_an_empty_cell_and_never_zero(case: CaseFacts) -> None:
    text = fact_files(facts_of(case))["data/facts/metrics.csv"].decode("utf-8-sig")
    values = [line.split(",")[3] for line in text.splitlines()[1:]]
    assert sorted(values) == ["", "-1.5"]
