"""The visit to the demonstration factory: survey record, ticks of the guide, papers, ticks of the fill-in sheet."""

from __future__ import annotations

import tomllib

from diag_app.files import read
from diag_app.model.survey import AGENDA, SUMMARY, VISIT_DAY
from diag_app.operations.fill_in import record_entered
from diag_app.operations.guide import record_guide_tick, record_paper
from diag_app.operations.survey import load_survey, record_survey_text, record_visit_day, save_participant
from diag_app.operations.translation import record_translation
from diag_app.operations.workspace import Workspace
from diag_app.paths import resource


def add_visit(workspace: Workspace, assessment_id: str) -> None:
    """Record the visit as a consultant would, with its English words beside the Chinese."""
    facts = tomllib.loads(read(resource("demo", "visit.toml")).decode())
    words: dict[str, object] = {AGENDA: facts["agenda"]["en"].strip(), SUMMARY: facts["summary"]["en"].strip()}
    for day in facts["day"]:
        place = day["place"]
        record_visit_day(workspace, assessment_id, day["day"], start=day["start"], end=day["end"], place=place["zh"])
        words[f"{VISIT_DAY}{day['day']}"] = {"place": place["en"]}
    for person in facts["person"]:
        save_participant(workspace, assessment_id, side=person["side"], **person["zh"])
        newest = load_survey(workspace, assessment_id).people[-1]
        record_translation(workspace, newest.participant_id, "en", {"participant": person["en"]})
    for which in ("agenda", "summary"):
        record_survey_text(workspace, assessment_id, which, facts[which]["zh"])
    record_translation(workspace, assessment_id, "en", words)
    for item in facts["guide"]:
        record_guide_tick(workspace, assessment_id, item)
    for paper in facts["paper"]:
        record_paper(workspace, assessment_id, paper["id"], paper["state"])
    record_entered(workspace, assessment_id, facts["entered"])
