"""Where on the pages stands what: from a point on the paper back to where it is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.model.content import Origin


@dataclass(frozen=True, kw_only=True)
class Place:
    """A rectangle on a page (counted from 1), in points from its top left corner, and the origin of what is in it."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    origin: Origin

    def holds(self, page: int, x: float, y: float) -> bool:
        """Return whether the point lies in it."""
        return self.page == page and self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def area(self) -> float:
        """Return its area in square points."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, kw_only=True)
class PageMap:
    """The places of a laid-out document, and the heads of its chapters in reading order."""

    places: tuple[Place, ...] = ()
    openings: tuple[Place, ...] = ()

    def origin_at(self, page: int, x: float, y: float) -> Origin:
        """Return the origin of what stands at a point: of the smallest place there, else of the chapter around it."""
        found = [place for place in self.places if place.holds(page, x, y)]
        if found:
            return min(found, key=lambda place: place.area).origin
        before = [opening for opening in self.openings if (opening.page, opening.top) <= (page, y)]
        return before[-1].origin if before else ""

    def place_of(self, origin: Origin) -> Place | None:
        """Return where something recorded stands first, or nothing where it is not on paper."""
        return next((place for place in (*self.places, *self.openings) if place.origin == origin), None)
