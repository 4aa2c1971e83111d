"""The contents page and the openings of chapters, which links and outline lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from diag_app.model.content import Chapter
from diag_app.report.flows import Flow, Stack, TextFlow, Whole
from diag_app.report.sheet import Sheet
from diag_app.report.styles import BETWEEN, MM, TEXT_WIDTH, TextStyle
from diag_app.report.typesetter import Typesetter

_NUMBER_WIDTH = 13 * MM
_PAGE_WIDTH = 12 * MM
_LINE_PAD = 1.75 * MM
_HEADING_END = 0.35  # share of the width the last line of a finding fills at least
_LEAD_END = 0.12


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The head of a chapter: the place links and outline lead to."""

    flow: Stack
    key: str
    title: str
    level: int
    origin: str = ""
    anchor: str = ""
    before: float = 0.0
    after: float = BETWEEN

    @property
    def height(self) -> float:
        """Kicker, finding and lead."""
        return self.flow.height

    def split(self, room: float) -> tuple[Flow, Flow] | None:
        """Part only where no page is high enough."""
        parts = self.flow.split(room)
        return None if parts is None else (replace(self, flow=Stack(flows=(parts[0],)), after=0.0), parts[1])

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Set the bookmark and the outline entry, then draw."""
        sheet.bookmark(self.key, x, y)
        if self.anchor:
            sheet.bookmark(self.anchor, x, y)
        sheet.outline(self.title, self.key, self.level)
        sheet.note_opening(self.origin, x, y, TEXT_WIDTH, self.height)
        self.flow.draw(sheet, x, y)


@dataclass(frozen=True, kw_only=True)
class ContentsLine(Whole):
    """One line of the contents: number, name and page, all of it a link."""

    number: TextFlow
    name: TextFlow
    page: TextFlow
    key: str
    colour: str
    before: float = 0.0
    after: float = 0.0

    @property
    def height(self) -> float:
        """The name's lines and the padding."""
        return self.name.height + 2 * _LINE_PAD

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the line above a hair rule."""
        top = y + _LINE_PAD
        self.number.draw(sheet, x, top)
        self.name.draw(sheet, x + _NUMBER_WIDTH, top)
        self.page.draw(sheet, x + TEXT_WIDTH - _PAGE_WIDTH, top)
        bottom = y + self.height
        sheet.line((x, bottom), (x + TEXT_WIDTH, bottom), stroke=self.colour, line=0.3)
        sheet.link(self.key, x, y, TEXT_WIDTH, self.height)


def chapter_key(index: int) -> str:
    """Return the name of the bookmark of chapter number `index`."""
    return f"chapter-{index}"


def chapter_title(chapter: Chapter, gap: str = "  ") -> str:
    """Return number and plain name, as contents and outline show them."""
    return f"{chapter.number}{gap}{chapter.name}" if chapter.number else chapter.name


def is_section(chapter: Chapter) -> bool:
    """Return whether the chapter stands below another: `8.1`."""
    return "." in chapter.number


def lay_opening(chapter: Chapter, index: int, level: int, setter: Typesetter) -> Opening:
    """Return kicker, finding and lead; without a finding the plain name is the heading."""
    styles = setter.styles
    gap = "\u3000" if setter.language == "zh" else "\u00a0\u00a0"
    kicker = chapter_title(chapter, gap) if chapter.finding else chapter.number
    flows: list[Flow] = [setter.flow(kicker, styles.kicker.spaced(after=1.2 * MM), TEXT_WIDTH)] if kicker else []
    flows.append(
        setter.balanced(chapter.finding or chapter.name, styles.h1.spaced(after=1.2 * MM), TEXT_WIDTH, _HEADING_END)
    )
    if chapter.lead.strip():
        flows.append(setter.balanced(chapter.lead, styles.lead, TEXT_WIDTH, _LEAD_END))
    title = setter.clean(chapter_title(chapter)).replace("\n", " ")
    return Opening(
        flow=Stack(flows=tuple(flows)),
        key=chapter_key(index),
        title=title,
        level=level,
        origin=chapter.origin,
        anchor=chapter.anchor,
        before=BETWEEN * 2,
    )


def lay_contents(title: str, chapters: Sequence[Chapter], pages: Sequence[int], setter: Typesetter) -> list[Flow]:
    """Return the contents: one line for each chapter, with the page it begins on."""
    head = setter.flow(title, setter.styles.h1.spaced(after=BETWEEN), TEXT_WIDTH)
    lines = [
        _line(chapter, index, page, setter) for index, (chapter, page) in enumerate(zip(chapters, pages, strict=True))
    ]
    return [head, *lines]


def _line(chapter: Chapter, index: int, page: int, setter: Typesetter) -> ContentsLine:
    paper = setter.paper
    is_below = is_section(chapter)
    style = TextStyle(size=9.5, leading=14, colour=paper.mid if is_below else paper.ink, bold=not is_below)
    name_width = TEXT_WIDTH - _NUMBER_WIDTH - _PAGE_WIDTH - 4 * MM
    number = style.of(colour=paper.accent, bold=not is_below)
    return ContentsLine(
        number=setter.fitted(chapter.number, number, _NUMBER_WIDTH - 2 * MM),
        name=setter.fitted(chapter.name, style, name_width, 2),
        page=setter.flow(str(page), style.of(side="right", bold=False), _PAGE_WIDTH),
        key=chapter_key(index),
        colour=paper.hair,
    )
