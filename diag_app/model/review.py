"""What reviewers and the enterprise's people said of answers: ticks, views by role, rulings, comments.

They stand in registers of their own beside the agreed answer, so that no two people ever write over each other:
`tick:<target>`, `said:<target>:<role>`, `ruling:<target>`, and `review` for the state of the whole.
A tick and a ruling hold only as long as what they were given on stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Language, LocalText, Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.model.facts import Evidence
from diag_app.model.json_shape import read_as
from diag_app.model.ops import EntityView

Position = tuple[str, ...]  # what somebody answers: option keys of a question, the level of a scenario
ReviewStep = Literal["open", "returned", "corrected"]


@dataclass(frozen=True, kw_only=True)
class Role:
    """Whom at the enterprise an answer may be asked of."""

    role_id: str
    label: LocalText
    short: LocalText  # as on a chip


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A reviewer's verification of one answer; it lapses when the answer or its evidence is another since."""

    target: str
    by: str
    at: str  # ISO time, UTC
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one role answers; where two laptops recorded different things for it, both stand."""

    role_id: str
    position: Position


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The consultant's word on a disagreement; it lapses when somebody says something else."""

    reason: str
    by: str
    at: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Views:
    """What the roles say of one answer, beside what was agreed."""

    target: str
    agreed: Position
    said: tuple[Said, ...]
    ruling: Ruling | None

    @property
    def differ(self) -> bool:
        """Return whether not all say what was agreed."""
        return any(view.position != self.agreed for view in self.said)

    @property
    def is_open(self) -> bool:
        """Return whether they differ and no ruling holds."""
        return self.differ and (self.ruling is None or not self.ruling.holds)

    @property
    def agreeing(self) -> int:
        """Return how many of the roles say what was agreed."""
        return sum(view.position == self.agreed for view in self.said)


@dataclass(frozen=True, kw_only=True)
class ReviewState:
    """Where the review of the whole assessment stands, who brought it there, and what they noted."""

    step: ReviewStep = "open"
    note: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A remark on one answer; `resolved_by` and `resolved_at` are empty while it is open."""

    comment_id: str
    target: str
    text: str
    by: str
    at: str
    resolved_by: str = ""
    resolved_at: str = ""

    @property
    def is_resolved(self) -> bool:
        """Return whether it has been settled."""
        return bool(self.resolved_at)


def roles_from(content: Mapping[str, Any]) -> tuple[Role, ...]:
    """Return the roles in the tables of `roles.toml`."""
    return tuple(
        Role(role_id=entry["id"], label=LocalText(**entry["label"]), short=LocalText(**entry["short"]))
        for entry in content["roles"]
    )


def agreed_positions(claimed: Scorecard, answers: Answers) -> dict[str, Position]:
    """Return what was agreed for each question and scenario that has an answer, chosen or derived."""
    agreed: dict[str, Position] = {item.question_id: item.options for item in claimed.questions if item.options}
    for scenario_id, answer in answers.scenarios.items():
        if answer.level is not None:
            agreed[scenario_id] = (str(answer.level),)
    return agreed


def said_value(position: Position, *, is_scenario: bool) -> dict[str, Any]:
    """Return what a role said as stored."""
    return {"level": int(position[0])} if is_scenario else {"options": list(position)}


def views_from(view: EntityView, agreed: Mapping[str, Position], language: Language | None = None) -> tuple[Views, ...]:
    """Return for each answer that a role spoke of what all of them say, by target; rulings in `language` if given."""
    said: dict[str, list[Said]] = {}
    for register in sorted(view.registers):
        kind, _, rest = register.partition(":")
        target, _, role_id = rest.partition(":")
        if kind == "said":
            for value in _values(view, register):
                said.setdefault(target, []).append(Said(role_id=role_id, position=_position(value)))
    return tuple(_views(view, target, agreed.get(target, ()), tuple(found), language) for target, found in said.items())


def ruled_on(agreed: Position, said: Iterable[Said]) -> dict[str, Any]:
    """Return what a ruling is given on, as it is stored with it."""
    return {"agreed": list(agreed), "said": [[item.role_id, *item.position] for item in said]}


def ticks_from(view: EntityView, pack: Pack, evidence: Iterable[Evidence]) -> tuple[Tick, ...]:
    """Return the ticks of an assessment, one for each target: where several were given, one that still holds."""
    known = tuple(evidence)
    ticks: dict[str, Tick] = {}
    for register in sorted(view.registers):
        kind, _, target = register.partition(":")
        for value in _values(view, register) if kind == "tick" else ():
            holds = value["on"] == ticked_on(view, pack, target, known)
            if target not in ticks or holds:
                ticks[target] = Tick(target=target, by=value["by"], at=value["at"], holds=holds)
    return tuple(ticks.values())


def ticked_on(view: EntityView, pack: Pack, target: str, evidence: Iterable[Evidence]) -> dict[str, Any]:
    """Return what a tick is given on, as it is stored with it: the answer, its figures, its evidence.

    Figures are named by the ops that recorded them: a tick holds none that could outlive their erasure.
    """
    figures: list[str] = []
    for question in pack.questions:
        if question.question_id == target:
            for number_id in (*question.numbers, *question.more_numbers):
                figures += _heads(view, f"number:{number_id}")
    return {
        "answer": [*_values(view, f"answer:{target}"), *map(_rating, _values(view, f"scenario:{target}"))],
        "figures": sorted(figures),
        "evidence": sorted({item.sha256 for item in evidence if target in item.targets}),
    }


def review_state_from(view: EntityView) -> ReviewState:
    """Return where the review stands."""
    return read_as(ReviewState, view.value("review", {}))


def comments_from(views: Iterable[EntityView], language: Language | None = None) -> tuple[Comment, ...]:
    """Return the comments in the order they were made in; one whose text was erased stands without it."""
    return tuple(_comment(view, language) for view in views)


def _comment(view: EntityView, language: Language | None) -> Comment:
    about, resolved = view.value("about", {}), view.value("resolved", {})
    return Comment(
        comment_id=view.entity_id,
        target=about.get("target", ""),
        text=view.value(f"text@{language}") or view.value("text", ""),
        by=about.get("by", ""),
        at=about.get("at", ""),
        resolved_by=resolved.get("by", ""),
        resolved_at=resolved.get("at", ""),
    )


def _views(view: EntityView, target: str, agreed: Position, said: tuple[Said, ...], language: Language | None) -> Views:
    on = ruled_on(agreed, said)
    ruling: Ruling | None = None
    words = view.value(f"ruling:{target}@{language}", {})
    for value in _values(view, f"ruling:{target}"):
        reason = words.get("reason", value["reason"])
        found = Ruling(reason=reason, by=value["by"], at=value["at"], holds=value["on"] == on)
        if ruling is None or found.holds:
            ruling = found
    return Views(target=target, agreed=agreed, said=said, ruling=ruling)


def _values(view: EntityView, register: str) -> Iterator[Any]:
    """Yield what stands in a register: in a conflict every value, of an empty one none."""
    shown = view.registers.get(register)
    if shown is not None:
        yield from (value for value in shown.conflicting or (shown.value,) if value is not None)


def _heads(view: EntityView, register: str) -> tuple[str, ...]:
    shown = view.registers.get(register)
    return () if shown is None or shown.value is None else shown.head_ids


def _position(value: Mapping[str, Any]) -> Position:
    return (str(value["level"]),) if "level" in value else tuple(value["options"])


def _rating(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scenario's answer without words: why it does not apply must not outlive its erasure."""
    return {"level": value["level"]} if "level" in value else {"not_applicable": True}
