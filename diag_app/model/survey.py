"""The survey record: when and where the visit was, who took part, what was done, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from diag_app.forms.definition import Language
from diag_app.model.json_shape import read_as
from diag_app.model.ops import EntityView

Side = Literal["firm", "consultant"]
VISIT_DAY = "visit:"  # + ISO day: times and place; the days themselves are `visited_on`
AGENDA, SUMMARY, GROUP_PHOTO = "survey_agenda", "survey_summary", "survey_photo"


@dataclass(frozen=True, kw_only=True)
class VisitDay:
    """One day on site; times are `HH:MM` or empty."""

    day: str  # ISO date
    start: str = ""
    end: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A person who took part, on the firm's side or ours."""

    participant_id: str
    name: str
    role: str = ""
    side: Side = "firm"


@dataclass(frozen=True, kw_only=True)
class SurveyRecord:
    """The whole record; `photo` is the evidence id of the group photo."""

    days: tuple[VisitDay, ...] = ()
    people: tuple[Participant, ...] = ()
    agenda: str = ""
    summary: str = ""
    photo: str | None = None

    def of(self, side: Side) -> tuple[Participant, ...]:
        """Return the people of one side."""
        return tuple(person for person in self.people if person.side == side)


def survey_from(view: EntityView, people: Iterable[EntityView], language: Language | None = None) -> SurveyRecord:
    """Return the record in an assessment's registers and its participants, texts in `language` where given."""
    days = tuple(
        read_as(VisitDay, _parts(view, f"{VISIT_DAY}{day}", language), day=day) for day in view.value("visited_on", ())
    )
    return SurveyRecord(
        days=days,
        people=tuple(_participant(person, language) for person in people),
        agenda=_said(view, AGENDA, language),
        summary=_said(view, SUMMARY, language),
        photo=view.value(GROUP_PHOTO),
    )


def _participant(view: EntityView, language: Language | None) -> Participant:
    return read_as(Participant, {"name": "", **_parts(view, "participant", language)}, participant_id=view.entity_id)


def _parts(view: EntityView, register: str, language: Language | None) -> dict[str, Any]:
    words = view.value(f"{register}@{language}", {}) if language else {}
    return {**view.value(register, {}), **words}


def _said(view: EntityView, register: str, language: Language | None) -> str:
    words = view.value(f"{register}@{language}") if language else None
    return str(view.value(register, "") if words is None else words)
