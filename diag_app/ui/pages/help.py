"""The handbook, offline, and the ways to further help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import DiagError
from diag_app.operations.enterprise import holds_demonstration
from diag_app.ui.handbook import AUDIENCES, page_path, print_page
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.handbook_view import HandbookView
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.segmented import Segmented


class HelpPage(Page):
    """Shows one handbook at a time. Replace `choose_target` to answer the file dialog by program."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.choose_target: Callable[[str], Path | None] = self._ask_target
        choices = tuple((name, translate(words), None) for name, words in AUDIENCES.items())
        self.audience = Segmented(choices, theme, translate("Handbook"))
        self.audience.chosen.connect(self.show_handbook)
        self.text = HandbookView(theme, translate("Handbook"))
        self.notice = NoticeLine(theme)
        self.arrange(self._lay_out())
        self.bind("P", self.print_handbook)
        self.bind("K", self._open_keys)
        self.bind("C", self._open_check)
        self.bind("T", self.start_tour)

    def open(self, target: Target) -> None:
        """Show the handbook that is named, or the one shown last."""
        super().open(target)
        self.notice.clear()
        self.show_handbook(target.item or self.audience.value or next(iter(AUDIENCES)))

    def show_handbook(self, audience: str) -> None:
        """Show the handbook for an audience from its beginning."""
        self.audience.set_value(audience)
        self.text.show_page(page_path(self.translate.language, audience))

    def print_handbook(self) -> None:
        """Write the handbook shown as PDF."""
        target = self.choose_target(f"qizhen-handbook-{self.audience.value}-{self.translate.language}.pdf")
        if target is not None:
            try:
                print_page(page_path(self.translate.language, self.audience.value), target)
            except DiagError as error:
                self.notice.show_error(error, self.translate)
                return
            self.notice.show_notice("info", self.translate("Written: {path}", path=target))

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("↑", "↓"), translate("scroll")),
            (("P",), translate("save as PDF")),
            (("K",), translate("all keys")),
            (("C",), translate("check this installation")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Let the arrow keys scroll."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        head, actions = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(translate("Handbook and help"), theme, "title"))
        head.addStretch(1)
        head.addWidget(self.audience)
        for words, key, function in (
            (translate("Save as PDF…"), "P", self.print_handbook),
            (translate("Keys"), "K", self._open_keys),
            (translate("Check this installation"), "C", self._open_check),
            (translate("Tour of the demonstration"), "T", self.start_tour),
        ):
            button = Button(words, theme, "text", small=True, key=key)
            button.clicked.connect(function)
            actions.addWidget(button)
        actions.addStretch(1)
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(16, 14, 16, 12)
        box.setSpacing(10)
        box.addLayout(head)
        box.addLayout(actions)
        box.addWidget(self.notice)
        box.addWidget(self.text, 1)
        return content

    def start_tour(self) -> None:
        """Begin the tour where the demonstration is open; elsewhere go to the page that opens it."""
        if self.session.is_open and self.session.read(holds_demonstration):
            self.context.tour.start()
        else:
            self.context.navigate(Target(page="first_run"))

    def _open_keys(self) -> None:
        self.context.navigate(Target(page="keys"))

    def _open_check(self) -> None:
        self.context.navigate(Target(page="self_check"))

    def _ask_target(self, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.translate("Where to write the file"), name, "PDF (*.pdf)")
        return Path(chosen) if chosen else None
