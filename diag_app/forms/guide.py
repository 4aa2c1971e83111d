"""The interview guide as read from practice packs: agendas, whom to ask what, papers, walk, photos; never official."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from diag_app.forms.definition import LocalText

Track = Literal["a", "b", "both"]
TRACKS: tuple[Track, ...] = ("a", "b", "both")
RULE_KINDS = ("safety", "confidentiality", "conduct")


@dataclass(frozen=True, kw_only=True)
class GuideItem:
    """Anything of the guide that can be ticked and that serves questions or scenarios."""

    item_id: str
    text: LocalText
    targets: tuple[str, ...] = ()  # question and scenario ids


@dataclass(frozen=True, kw_only=True)
class AgendaEntry(GuideItem):
    """One entry of an agenda; minutes count from the beginning of the visit."""

    track: Track
    start_min: int
    minutes: int
    role_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One form of visit with its agenda."""

    visit_id: str
    label: LocalText
    total_min: int
    agenda: tuple[AgendaEntry, ...]


@dataclass(frozen=True, kw_only=True)
class Role:
    """Whom to ask, to what end, for how long in each visit, what to have shown first, and the questions."""

    role_id: str
    label: LocalText
    aim: LocalText
    minutes: tuple[tuple[str, int], ...]  # (visit id, minutes)
    paper_ids: tuple[str, ...]
    questions: tuple[GuideItem, ...]


@dataclass(frozen=True, kw_only=True)
class Paper(GuideItem):
    """A paper to have ready, and the role that has it."""

    role_id: str


@dataclass(frozen=True, kw_only=True)
class Stop(GuideItem):
    """One stop of the walk: what to look for, and the photos usually taken there."""

    look_for: LocalText
    photo_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PhotoHint(GuideItem):
    """A photo usually taken, and what to take care of."""

    care: LocalText


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The whole guide. `rules` holds safety, confidentiality and conduct, each in order."""

    visits: tuple[Visit, ...]
    roles: tuple[Role, ...]
    papers: tuple[Paper, ...]
    principle: LocalText
    stops: tuple[Stop, ...]
    photos: tuple[PhotoHint, ...]
    rules: tuple[tuple[str, tuple[GuideItem, ...]], ...]

    def role(self, role_id: str) -> Role:
        """Return the role; raise `KeyError` when the guide has none such."""
        for role in self.roles:
            if role.role_id == role_id:
                return role
        raise KeyError(role_id)

    def items(self) -> Iterator[GuideItem]:
        """Yield everything that can be ticked."""
        for visit in self.visits:
            yield from visit.agenda
        for role in self.roles:
            yield from role.questions
        yield from (*self.papers, *self.stops, *self.photos)
        for _, rules in self.rules:
            yield from rules


def joined(guides: Sequence[Guide]) -> Guide | None:
    """Return several packs' guides as one, in their order; null where there is none."""
    if not guides:
        return None
    return Guide(
        visits=tuple(visit for guide in guides for visit in guide.visits),
        roles=tuple(role for guide in guides for role in guide.roles),
        papers=tuple(paper for guide in guides for paper in guide.papers),
        principle=guides[0].principle,
        stops=tuple(stop for guide in guides for stop in guide.stops),
        photos=tuple(photo for guide in guides for photo in guide.photos),
        rules=tuple(
            (kind, tuple(rule for guide in guides for other, rules in guide.rules if other == kind for rule in rules))
            for kind in RULE_KINDS
        ),
    )
