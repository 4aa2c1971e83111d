"""What the interview guide has for one question or scenario: whom to ask, what to have shown, what to photograph."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.guide import Guide, GuideItem, Paper, PhotoHint, Role, Stop


@dataclass(frozen=True, kw_only=True)
class GuideHints:
    """The parts of the guide that serve one target; `asks` holds each role with its questions."""

    asks: tuple[tuple[Role, tuple[GuideItem, ...]], ...]
    papers: tuple[Paper, ...]
    photos: tuple[PhotoHint, ...]
    stops: tuple[Stop, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether the guide says nothing about the target."""
        return not (self.asks or self.papers or self.photos or self.stops)


def hints_for(guide: Guide, target: str) -> GuideHints:
    """Return what the guide has for the question or scenario `target`."""
    asks = [(role, tuple(item for item in role.questions if target in item.targets)) for role in guide.roles]
    return GuideHints(
        asks=tuple((role, items) for role, items in asks if items),
        papers=tuple(item for item in guide.papers if target in item.targets),
        photos=tuple(item for item in guide.photos if target in item.targets),
        stops=tuple(item for item in guide.stops if target in item.targets),
    )
