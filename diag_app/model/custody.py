"""Who has a case: handed over to a colleague, taken over, handed back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from diag_app.model.actor import Actor
from diag_app.model.json_shape import read_as
from diag_app.model.ops import EntityView
from diag_app.model.reading import CUSTODY


@dataclass(frozen=True, kw_only=True)
class Custody:
    """The last hand-over of a case.

    Attributes:
        step: handed over and not taken yet, or taken over.
        giver: who gave it, and `giver_device` from which device.
        holder: whom it was given to, or who took it; `holder_device` is known once it was taken.
        at: ISO time of the step, UTC. `note`: what the giver wrote with it.
    """

    step: Literal["handed_over", "taken_over"]
    giver: str
    giver_device: str
    holder: str
    at: str
    note: str = ""
    holder_device: str = ""

    def is_away(self, actor: Actor) -> bool:
        """Return whether somebody else has it: whoever works on it here should know."""
        if self.step == "taken_over":
            return (self.holder, self.holder_device) != (actor.name, actor.device)
        return self.is_given_by(actor) or self.holder != actor.name

    def is_offered_to(self, actor: Actor) -> bool:
        """Return whether it was handed over by somebody else, and nobody has taken it yet."""
        return self.step == "handed_over" and not self.is_given_by(actor)

    def is_given_by(self, actor: Actor) -> bool:
        """Return whether it was given away from this device."""
        return (self.giver, self.giver_device) == (actor.name, actor.device)


def custody_from(view: EntityView) -> Custody | None:
    """Return who has the enterprise's case, or null where it was never handed over."""
    value: dict[str, Any] | None = view.value(CUSTODY)
    return None if value is None else read_as(Custody, value)
