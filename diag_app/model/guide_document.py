"""The interview guide as a document to print and carry: agenda, by role, papers, walk, photos, conduct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide, GuideItem, Role, Visit
from diag_app.model.content import (
    NO_COVER,
    Block,
    Cell,
    Chapter,
    Column,
    Document,
    Notice,
    Row,
    Table,
)
from diag_app.model.fill_in_document import BOX, TICK, SheetHead
from diag_app.model.proposal.voice import Voice


def guide_document(
    guide: Guide, visit_id: str, done: Mapping[str, str], pack: Pack, head: SheetHead, voice: Voice
) -> Document:
    """Return the guide for one form of visit; `done` are the days of what is ticked, by item id."""
    translate = voice.translate
    visit = next(visit for visit in guide.visits if visit.visit_id == visit_id)
    printing = _Printing(guide, done, pack, voice)
    title = translate("Interview guide")
    chapters = (
        printing.chapter(
            title,
            voice.joined(
                (head.firm, voice.text(visit.label), translate("printed on {day}", day=voice.day(head.printed_on)))
            ),
            (
                Notice(
                    title=translate("Advice, not official"),
                    text=translate(
                        "Written by us for consultants; where it differs, the official indicator text rules. "
                        "See before you hear, promise nothing on site."
                    ),
                ),
                printing.agenda(visit),
            ),
            is_first=True,
        ),
        printing.chapter(
            translate("Whom to ask what"),
            translate("Each role with its aim, its time, what to have shown first, and its questions."),
            tuple(printing.role(role, visit) for role in guide.roles),
        ),
        printing.chapter(translate("Papers"), translate("What to have ready, and who has it."), (printing.papers(),)),
        printing.chapter(translate("Walk"), voice.text(guide.principle), (printing.walk(), printing.photos())),
        printing.chapter(translate("Conduct"), translate("What holds on every visit."), tuple(printing.rules())),
    )
    return Document(
        language=voice.language,
        title=f"{head.firm}: {title}",
        author=head.issuer,
        report_number=head.reference,
        issued_on=head.printed_on,
        running_head=voice.joined((title, voice.text(visit.label).partition("（")[0].partition(",")[0])),
        pack_line=translate("Pack {pack}  digest {digest}", pack=pack.reference, digest=pack.digest[:8]),
        demonstration_mark=translate("DEMO: not a real firm") if head.is_demonstration else "",
        contents_title="",
        continued=translate(" (continued)"),
        cover=NO_COVER,
        chapters=chapters,
        number_label=translate("Diagnosis"),
    )


def clock_text(minutes: int) -> str:
    """Return minutes from the beginning as hours and minutes: `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def track_word(track: str, voice: Voice) -> str:
    """Return who goes: both consultants, or the one on a track."""
    return voice.translate("both") if track == "both" else track.upper()


class _Printing:
    """One guide in one language, with a box or a tick before every item."""

    def __init__(self, guide: Guide, done: Mapping[str, str], pack: Pack, voice: Voice) -> None:
        self.guide, self.done, self.voice = guide, done, voice
        self.roles = {role.role_id: voice.text(role.label) for role in guide.roles}
        self.names = {item.question_id: item.question_id for item in pack.questions}
        self.names |= {item.scenario_id: voice.text(item.short) for item in pack.scenarios}

    def chapter(self, name: str, lead: str, blocks: tuple[Block, ...], *, is_first: bool = False) -> Chapter:
        return Chapter(number="", name=name, finding="", lead=lead, blocks=blocks, new_page=is_first)

    def agenda(self, visit: Visit) -> Table:
        translate, voice = self.voice.translate, self.voice
        rows = [
            Row(
                cells=(
                    self.box(entry),
                    Cell(text=f"{clock_text(entry.start_min)}–{clock_text(entry.start_min + entry.minutes)}"),
                    Cell(text=track_word(entry.track, voice), tone="bold"),
                    Cell(text=voice.text(entry.text)),
                    Cell(text=voice.listed(self.roles[role_id] for role_id in entry.role_ids), tone="soft"),
                )
            )
            for entry in visit.agenda
        ]
        columns = (
            self.head("", 8),
            self.head(translate("From, to"), 24),
            self.head(translate("Track"), 14),
            self.head(translate("What"), 78),
            self.head(translate("With"), 42),
        )
        return Table(label=translate("Agenda"), caption=voice.text(visit.label), columns=columns, rows=tuple(rows))

    def role(self, role: Role, visit: Visit) -> Table:
        translate, voice = self.voice.translate, self.voice
        minutes = dict(role.minutes).get(visit.visit_id)
        papers = {paper.item_id: voice.text(paper.text) for paper in self.guide.papers}
        time = "" if minutes is None else translate("{minutes} minutes", minutes=minutes)
        shown = voice.listed(papers[paper_id] for paper_id in role.paper_ids)
        first = (Cell(), Cell(text=translate("Shown first: {papers}", papers=shown)), Cell())
        return Table(
            label=voice.text(role.label),
            caption=voice.joined((time, voice.text(role.aim))),
            columns=(self.head("", 8), self.head(translate("Ask"), 112), self.head(translate("For"), 46)),
            rows=(
                *((Row(cells=first, kind="group"),) if shown else ()),
                *(self.row(item, "") for item in role.questions),
            ),
        )

    def papers(self) -> Table:
        translate = self.voice.translate
        rows = [self.row(paper, self.roles[paper.role_id]) for paper in self.guide.papers]
        columns = (
            self.head("", 8),
            self.head(translate("Paper"), 84),
            self.head(translate("Who has it"), 34),
            self.head(translate("For"), 40),
        )
        return Table(label=translate("Papers"), caption="", columns=columns, rows=tuple(rows))

    def walk(self) -> Table:
        translate, voice = self.voice.translate, self.voice
        photos = {photo.item_id: voice.text(photo.text) for photo in self.guide.photos}
        rows = [
            Row(
                cells=(
                    self.box(stop),
                    Cell(text=voice.text(stop.text), tone="bold"),
                    Cell(text=voice.text(stop.look_for)),
                    Cell(text=voice.listed(photos[photo_id] for photo_id in stop.photo_ids)),
                    self.serves(stop),
                )
            )
            for stop in self.guide.stops
        ]
        columns = (
            self.head("", 8),
            self.head(translate("Stop"), 38),
            self.head(translate("Look for"), 50),
            self.head(translate("Photograph"), 38),
            self.head(translate("For"), 32),
        )
        return Table(label=translate("Walk"), caption="", columns=columns, rows=tuple(rows))

    def photos(self) -> Table:
        translate, voice = self.voice.translate, self.voice
        rows = [self.row(photo, voice.text(photo.care)) for photo in self.guide.photos]
        columns = (
            self.head("", 8),
            self.head(translate("Photo"), 60),
            self.head(translate("Take care"), 62),
            self.head(translate("For"), 36),
        )
        return Table(label=translate("Photos"), caption="", columns=columns, rows=tuple(rows))

    def rules(self) -> Iterable[Block]:
        for kind, rules in self.guide.rules:
            name = rule_word(kind, self.voice)
            rows = tuple(Row(cells=(self.box(rule), Cell(text=self.voice.text(rule.text)))) for rule in rules)
            columns = (self.head("", 8), self.head(self.voice.translate("What holds"), 158))
            yield Table(label=name, caption="", columns=columns, rows=rows)

    def row(self, item: GuideItem, middle: str) -> Row:
        cells = (self.box(item), Cell(text=self.voice.text(item.text)))
        return Row(cells=(*cells, *((Cell(text=middle),) if middle else ()), self.serves(item)))

    def box(self, item: GuideItem) -> Cell:
        return Cell(text=TICK if item.item_id in self.done else BOX)

    def serves(self, item: GuideItem) -> Cell:
        return Cell(text=self.voice.listed(self.names[target] for target in item.targets), tone="soft")

    def head(self, text: str, width_mm: float) -> Column:
        return Column(head=text, width_mm=width_mm)


def rule_word(kind: str, voice: Voice) -> str:
    """Return what a group of rules is called."""
    words = {
        "safety": voice.translate("Safety"),
        "confidentiality": voice.translate("Confidentiality"),
        "conduct": voice.translate("Conduct"),
    }
    return words[kind]
