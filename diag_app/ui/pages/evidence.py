"""The page of one item of evidence: large, with what is known of it, its versions, and the tools that make new ones."""

from __future__ import annotations

from diag_app.model.facts import Evidence
from diag_app.operations.evidence import (
    caption_evidence,
    find_evidence,
    link_evidence,
    remove_evidence,
    unlink_evidence,
)
from diag_app.operations.evidence_facts import DateKind, date_evidence, keep_place
from diag_app.operations.evidence_versions import find_versions
from diag_app.operations.translation import record_translation
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.evidence_words import item_title
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.evidence_panel import EvidencePanel
from diag_app.ui.widgets.evidence_studio import EvidenceStudio
from diag_app.ui.widgets.hint_bar import Hints


class EvidencePage(CasePage):
    """One item large. `target.item` is `evidence id`, or `evidence id:answer` to go through those of one answer."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.item: Evidence | None = None
        self.version: int | None = None  # an earlier one that is looked at
        self._answer = ""
        self.studio = EvidenceStudio(context)
        self.studio.stepped.connect(self.step)
        self.studio.tool_changed.connect(self.hints_changed)
        self.panel = EvidencePanel(context.theme, context.translate)
        self.arrange_case(self.studio, right=self.panel)
        self._connect()
        self.bind_commands("evidence")

    @property
    def ring(self) -> tuple[Evidence, ...]:
        """Return the items that next and previous go through."""
        if self.case is None:
            return ()
        return self.case.evidence_of(self._answer) if self._answer else self.case.evidence

    def open(self, target: Target) -> None:
        """Show the item that `target.item` names."""
        self.flush()
        item, _, self._answer = (target.item or "").partition(":")
        self.item, self.version = None, None
        self.target = target
        self.studio.notice.clear()
        self.refresh()
        self._show(item)

    def show_case(self, case: CaseView) -> None:
        """Show the item as it stands; where it was taken off, the first of its neighbours."""
        if self.item is not None:
            self._show(self.item.evidence_id)

    def focus_first(self) -> None:
        """Put the focus on the picture."""
        self.studio.canvas.setFocus()

    def flush(self) -> None:
        """Store what is typed, and apply what is drawn."""
        self.panel.flush()
        self.studio.flush()

    def go_back(self) -> bool:
        """Drop what is being drawn, or leave an earlier version."""
        if self.studio.step_back():
            return True
        if self.version is not None:
            self.show_version(self.item.version if self.item else 1)
            return True
        return super().go_back()

    def hints(self) -> Hints:
        """Return the keys of this page, or of the tool in use."""
        translate = self.translate
        if self.studio.canvas.tool is not None:
            return (
                (("Space",), translate("make a mark")),
                (("↑", "↓", "←", "→"), translate("move")),
                (("Shift", "↑"), translate("size")),
                (("PgDn",), translate("next mark")),
                (("Del",), translate("take it away")),
                (("Ctrl+Enter",), translate("apply")),
                (("Esc",), translate("drop")),
            )
        return (
            (("J", "K"), translate("next, previous item")),
            (("+", "-", "0"), translate("larger, smaller, fit")),
            (("Q", "R"), translate("turn")),
            (("A", "B", "T", "P", "N"), translate("mark")),
            (("X",), translate("black out")),
            (("C",), translate("caption")),
            (("L",), translate("link")),
            (("Del",), translate("take off")),
            (("U",), translate("undo")),
        )

    # What keys do

    def next_item(self) -> None:
        """Show the next item."""
        self.step(1)

    def previous_item(self) -> None:
        """Show the item before."""
        self.step(-1)

    def step(self, by: int) -> None:
        """Show another item of the ring."""
        ids = [item.evidence_id for item in self.ring]
        if self.item is not None and self.item.evidence_id in ids:
            place = ids.index(self.item.evidence_id) + by
            if 0 <= place < len(ids):
                self.flush()
                self.version = None
                self._show(ids[place])

    def zoom_in(self) -> None:
        """Show the picture larger."""
        self.studio.zoom(1)

    def zoom_out(self) -> None:
        """Show the picture smaller."""
        self.studio.zoom(-1)

    def fit(self) -> None:
        """Show all of the picture."""
        self.studio.zoom(0)

    def turn_left(self) -> None:
        """Turn the picture to the left, as a new version."""
        self.studio.turn(-1)

    def turn_right(self) -> None:
        """Turn the picture to the right, as a new version."""
        self.studio.turn(1)

    def use_arrow(self) -> None:
        """Draw arrows."""
        self.studio.use("arrow")

    def use_box(self) -> None:
        """Draw boxes."""
        self.studio.use("box")

    def use_text(self) -> None:
        """Write into the picture."""
        self.studio.use("text")

    def use_pen(self) -> None:
        """Draw freely."""
        self.studio.use("pen")

    def use_number(self) -> None:
        """Set numbered marks."""
        self.studio.use("number")

    def use_redact(self) -> None:
        """Black out."""
        self.studio.use("redact")

    def apply_marks(self) -> None:
        """Make a new version of what is drawn."""
        self.studio.apply_marks()

    def focus_caption(self) -> None:
        """Put the focus into the caption."""
        self.panel.caption.setFocus()

    def focus_link(self) -> None:
        """Put the focus on the answers that can be linked."""
        self.panel.link.setFocus()

    def take_off(self) -> None:
        """Take the item off the assessment, or while drawing the chosen mark; undo brings the item back."""
        if self.studio.canvas.tool is not None:
            self.studio.canvas.remove_mark()
            return
        item, ids = self.item, [one.evidence_id for one in self.ring]
        if item is None:
            return
        self.studio.drop_marks()
        place = ids.index(item.evidence_id) if item.evidence_id in ids else 0
        left = [one for one in ids if one != item.evidence_id]
        if self.session.do_for(self, remove_evidence, item.evidence_id) is None:
            return
        self.item, self.version = None, None
        self.refresh()
        self._show(left[min(place, len(left) - 1)] if left else "")
        text = self.translate("{item} was taken off. Undo brings it back.", item=item_title(item))
        self.studio.notice.show_notice("info", text, ((self.translate("Undo"), self.undo),))

    def show_version(self, number: int) -> None:
        """Look at a version; the newest is what goes out."""
        if self.item is not None:
            self.flush()
            self.version = None if number == self.item.version else number
            self._show(self.item.evidence_id)

    # Inside

    def _connect(self) -> None:
        panel = self.panel
        panel.captioned.connect(self._caption)
        panel.dated.connect(self._date)
        panel.place_kept.connect(lambda keep: self._keep_place(keep=keep))
        panel.linked.connect(lambda target: self._link(target, is_on=True))
        panel.unlinked.connect(lambda target: self._link(target, is_on=False))
        panel.opened.connect(self.open_answer)
        panel.version_chosen.connect(self.show_version)
        panel.removed.connect(self.take_off)

    def _show(self, evidence_id: str) -> None:
        """Show an item of the case, else the first of the ring, else that there is none."""
        case, ring = self.case, self.ring
        items = {item.evidence_id: item for item in (case.evidence if case else ())}
        item = self.item = items.get(evidence_id) or next(iter(ring), None)
        ids = [one.evidence_id for one in ring]
        here = ids.index(item.evidence_id) + 1 if item is not None and item.evidence_id in ids else 0
        self.panel.setVisible(item is not None)
        if item is not None and case is not None:
            versions = self.session.read(find_versions, item.evidence_id) or ()
            self.panel.show_item(case, item, versions, self.version or item.version)
            self._say_version(item)
        self.studio.show_item(item, self.version, place=(here, len(ids)))

    def _say_version(self, item: Evidence) -> None:
        if self.version is None:
            return
        text = self.translate(
            "You look at version {number}. Version {newest} is what reports and bundles show.",
            number=self.version,
            newest=item.version,
        )
        back = (self.translate("Show the newest"), self._show_newest)
        self.studio.notice.show_notice("info", text, (back,))

    def _show_newest(self) -> None:
        self.studio.notice.clear()
        self.show_version(self.item.version if self.item else 1)

    def _caption(self, text: str) -> None:
        item, assessment_id = self.item, self.target.assessment_id
        if item is None or assessment_id is None:
            return
        recorded = {one.evidence_id: one for one in self.session.read(find_evidence, assessment_id) or ()}
        if recorded.get(item.evidence_id, item).caption != item.caption:  # shown in another language than it was said
            self.session.do(record_translation, item.evidence_id, self.translate.language, {"caption": text})
        else:
            self.session.do(caption_evidence, item.evidence_id, text)

    def _date(self, kind: str, text: str) -> None:
        kinds: dict[str, DateKind] = {
            "shows_on": "shows_on",
            "captured_at": "captured_at",
            "received_at": "received_at",
        }
        if self.item is not None:
            self.session.do(date_evidence, self.item.evidence_id, kinds[kind], text)

    def _keep_place(self, *, keep: bool) -> None:
        if self.item is not None:
            self.session.do(keep_place, self.item.evidence_id, keep=keep)

    def _link(self, target: str, *, is_on: bool) -> None:
        if self.item is not None:
            self.session.do(link_evidence if is_on else unlink_evidence, self.item.evidence_id, target)
