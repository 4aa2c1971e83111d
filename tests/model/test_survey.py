"""The survey record as read, and as the report's survey chapter says it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.content import Heading, PhotoGrid, Table
from diag_app.model.ops import EntityView, RegisterView
from diag_app.model.proposal.references import numbered
from diag_app.model.proposal.survey import survey_chapter
from diag_app.model.proposal.voice import Voice
from diag_app.model.survey import Participant, SurveyRecord, VisitDay, survey_from
from tests.model.proposal.cases import demonstration

RECORD = SurveyRecord(
    days=(
        VisitDay(day="2026-03-12", start="09:00", end="17:00", place="Shop"),
        VisitDay(day="2026-03-13", end="11:30"),
    ),
    people=(
        Participant(participant_id="c", name="Li", role="Consultant", side="consultant"),
        Participant(participant_id="f", name="Wang", role="Owner"),
    ),
    agenda="Opening\n\nWalk",
    summary="Facts confirmed",
)


def view(registers: dict[str, Any], entity_id: str = "x") -> EntityView:
    shown = {key: RegisterView(value=value, head_ids=("h",)) for key, value in registers.items()}
    return EntityView(entity_id=entity_id, kind="", case="c", parent=None, is_deleted=False, registers=shown, links={})


def test_the_record_is_read_in_the_language_it_was_said_in_or_given_in() -> None:
    assessment = view(
        {
            "visited_on": ["2026-03-12", "2026-03-13"],
            "visit:2026-03-12": {"start": "09:00", "end": "17:00", "place": "车间"},
            "visit:2026-03-12@en": {"place": "Shop"},
            "survey_agenda": "开场",
            "survey_agenda@en": "Opening",
            "survey_summary": "已确认",
            "survey_photo": "e1",
        }
    )
    people = [view({"participant": {"name": "王", "role": "厂长", "side": "firm"}}, "p1")]
    said = survey_from(assessment, people)
    assert said.days[0] == VisitDay(day="2026-03-12", start="09:00", end="17:00", place="车间")
    assert said.days[1] == VisitDay(day="2026-03-13")
    assert (said.agenda, said.summary, said.photo) == ("开场", "已确认", "e1")
    assert said.of("firm") == (Participant(participant_id="p1", name="王", role="厂长"),)
    assert said.of("consultant") == ()
    english = survey_from(assessment, people, "en")
    assert (english.days[0].place, english.days[0].start, english.agenda) == ("Shop", "09:00", "Opening")
    assert english.summary == "已确认"


def test_a_participant_whose_name_was_erased_stands_without_it() -> None:
    assert survey_from(view({}), [view({}, "p1")]).people == (Participant(participant_id="p1", name=""),)


def voice(language: Language) -> Voice:
    return Voice(language=language, translate=load_translator(language))


def test_the_chapter_says_when_where_who_and_what_came_of_it() -> None:
    facts = replace(demonstration("en"), survey=RECORD)
    (chapter,) = numbered(survey_chapter(facts, voice("en")), load_translator("en"))
    tables = [block for block in chapter.blocks if isinstance(block, Table)]
    assert [table.label for table in tables] == ["Table 4-1", "Table 4-2", "Table 4-3"]
    assert [[cell.text for cell in row.cells] for row in tables[1].rows] == [
        ["12 March 2026", "09:00–17:00", "Shop"],
        ["13 March 2026", "11:30", ""],
    ]
    assert [[cell.text for cell in row.cells] for row in tables[2].rows] == [
        ["Wang", "Owner", "the firm"],
        ["Li", "Consultant", "the consultants"],
    ]
    headings = [block.text for block in chapter.blocks if isinstance(block, Heading)]
    assert headings[:2] == ["Agenda", "What came of it"]


def test_the_group_photo_stands_apart_from_the_other_pictures() -> None:
    facts = demonstration("en")
    picture = next(item for item in facts.evidence if item.media_type.startswith("image/"))
    with_photo = replace(facts, survey=replace(RECORD, photo=picture.evidence_id))
    (chapter,) = survey_chapter(with_photo, voice("en"))
    grids = [block for block in chapter.blocks if isinstance(block, PhotoGrid)]
    assert [photo.sha256 for photo in grids[0].photos] == [picture.sha256]
    assert picture.sha256 not in {photo.sha256 for photo in grids[1].photos}
    assert [grid.caption for grid in grids] == ["Group photo", "Pictures from the site: number, time and digest"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_record_the_chapter_is_as_it_was(language: Language) -> None:
    (chapter,) = survey_chapter(demonstration(language), voice(language))
    assert sum(isinstance(block, Table) for block in chapter.blocks) == 1
    only_days = replace(demonstration(language), survey=SurveyRecord(days=(VisitDay(day="2026-03-12"),)))
    (chapter,) = survey_chapter(only_days, voice(language))
    assert sum(isinstance(block, Table) for block in chapter.blocks) == 1
