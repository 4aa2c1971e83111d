"""The first-run page: who works here, three ways to begin, and where the data live."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.model.actor import Actor
from diag_app.operations.demo import run_demo
from diag_app.paths import data_dir
from diag_app.ui.icons import icon
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.paint import paint_key
from diag_app.ui.roster_file import ask_roster
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.actor_form import ActorForm
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card, Rule
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.look_row import LookRow
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.setting_row import setting_row

_WIDTH, _PADDING = 1040, 20


class ChoiceCard(Card):
    """One way to begin: icon, title, what one gets, one button; the digit in the corner presses it."""

    chosen = Signal()

    def __init__(
        self,
        digit: str,
        icon_name: str,
        words: tuple[str, str, str],
        points: tuple[str, ...],
        theme: Theme,
        *,
        first: bool,
    ) -> None:
        """Take `words` as title, sentence and button text."""
        super().__init__(theme, padding=_PADDING)
        self._digit = digit
        title, sentence, action = words
        picture = QLabel()
        picture.setPixmap(icon(icon_name, theme, 28, colour="accent").pixmap(28, 28))
        self.button = Button(action, theme, "primary" if first else "secondary")
        self.button.setMinimumHeight(40)
        self.button.clicked.connect(self.chosen)
        self.body.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 28, 0)  # the key stands there
        head.setSpacing(10)
        head.addWidget(picture)
        head.addWidget(label(title, theme, "heading", wrap=True), 1)
        self.body.addLayout(head)
        self.body.addWidget(label(sentence, theme, "dense", colour="text_2", wrap=True))
        for point in points:
            self.body.addWidget(_point(point, theme))
        self.body.addStretch(1)
        self.body.addSpacing(8)
        self.body.addWidget(self.button)

    def set_compact(self, compact: bool) -> None:
        """Stand closer together in a low window."""
        margin = 12 if compact else _PADDING
        self.body.setContentsMargins(_PADDING, margin - 2, _PADDING, margin)
        self.body.setSpacing(4 if compact else 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and the key in its corner."""
        super().paintEvent(event)
        key = QRectF(self.width() - 40, self.body.contentsMargins().top() + 2, 20, 19)
        paint_key(QPainter(self), key, self._digit, self._theme)


class FirstRunPage(Page):
    """Asks once who works here, then opens a workspace."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        translate, theme = self.translate, self.theme
        self.actor_form = ActorForm(theme, translate)
        self.actor_form.load(_suggested(context.settings().actor))
        self.demo = ChoiceCard(
            "1",
            "flask-conical",
            (
                translate("See an example"),
                translate("Look through a finished case first."),
                translate("Open the demonstration factory"),
            ),
            (
                translate("15 questions, 16 scenarios, 12 pictures"),
                translate("3 needs with measured baselines"),
                translate("A proposal in Chinese and in English"),
            ),
            theme,
            first=True,
        )
        self.roster = ChoiceCard(
            "2",
            "table-2",
            (
                translate("Import a roster"),
                translate("The list of firms from a city or a park."),
                translate("Choose a file…"),
            ),
            (
                translate("See first what is new and what changes"),
                translate("Every credit code is checked"),
                translate("Faulty rows are named by row and column"),
            ),
            theme,
            first=False,
        )
        self.choose_file: Callable[[], Path | None] = lambda: ask_roster(self, translate)
        self.empty = ChoiceCard(
            "3",
            "factory",
            (
                translate("Start empty"),
                translate("A firm is to be diagnosed now."),
                translate("Add the first firm"),
            ),
            (
                translate("Name and credit code are enough"),
                translate("Size and scale follow from the figures"),
                translate("The profile can be completed at any time"),
            ),
            theme,
            first=False,
        )
        self.demo.chosen.connect(self._open_demonstration)
        self.roster.chosen.connect(self._import_roster)
        self.empty.chosen.connect(self._start_empty)
        self.progress = ProgressLine(theme, translate)
        self.arrange(scroll_area(self._lay_out(), theme))
        self.bind("1", self.demo.button.click)
        self.bind("2", self.roster.button.click)
        self.bind("3", self.empty.button.click)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("1", "2", "3"), translate("choose")),
            (("Enter",), translate("begin")),
            (("Tab",), translate("next field")),
            (("F1",), translate("help")),
        )

    def focus_first(self) -> None:
        """Ask for the name first; once it is known, offer the first choice."""
        first: QWidget = self.demo.button if self.actor_form.actor.name else self.actor_form.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Stand closer together in a low window."""
        super().set_compact(compact)
        self._column.setContentsMargins(0, 6 if compact else 12, 0, 6 if compact else 8)
        self._column.setSpacing(8 if compact else 12)
        for card in (self.demo, self.roster, self.empty):
            card.set_compact(compact)

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        who = Card(theme, padding=14)
        who.body.setContentsMargins(20, 10, 20, 10)
        who.body.addWidget(label(translate("Who works here"), theme, "strong"))
        who.body.addWidget(self.actor_form)
        choices = QHBoxLayout()
        choices.setSpacing(20)
        for card in (self.demo, self.roster, self.empty):
            choices.addWidget(card, 1)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = self._column = QVBoxLayout(content)
        box.setContentsMargins(0, 12, 0, 8)
        box.setSpacing(12)
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(label(translate("Where to begin?"), theme, "hero"))
        title.addWidget(
            label(
                translate("All three can be done again at any time; none touches the others."), theme, colour="text_2"
            )
        )
        box.addLayout(title)
        box.addWidget(who)
        box.addLayout(choices)
        box.addWidget(self.progress)
        box.addWidget(self._facts())
        box.addStretch(1)
        return bounded(content, margin=24, is_centred=True)

    def _facts(self) -> Card:
        theme, translate = self.theme, self.translate
        card = Card(theme, padding=12)
        card.body.setContentsMargins(20, 6, 20, 6)
        card.body.setSpacing(0)
        where = translate(
            "{folder}. One database file and one folder of evidence, only on this computer.", folder=default_workspace()
        )
        backup = translate("Every day beside the data, and onto another disk of your choice: see Safety.")
        network = translate("Never. The program opens no connection.")
        rows = (
            ("hard-drive", translate("Where the data live"), label(where, theme, "dense", colour="text_2", wrap=True)),
            ("archive-restore", translate("Backups"), label(backup, theme, "dense", colour="text_2", wrap=True)),
            ("plug", translate("Network"), label(network, theme, "dense", colour="text_2", wrap=True)),
            ("languages", translate("Language and look"), LookRow(self.context)),
        )
        for number, (icon_name, name, content) in enumerate(rows):
            if number:
                card.body.addWidget(Rule(theme))
            card.body.addWidget(setting_row(icon_name, name, content, theme))
        return card

    def _open_demonstration(self) -> None:
        if not self._keep_actor():
            return
        home = data_dir() / "demonstration"
        if (home / "workspace").is_dir():
            self.context.open_workspace(home / "workspace")
            return
        self.demo.button.setEnabled(False)
        job = self.context.jobs.start_alone(lambda progress: run_demo(home, progress=progress))
        self.progress.follow(job, self.translate("Building the demonstration factory"))
        job.finished.connect(lambda _result: self._show_demonstration(home / "workspace"))
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_ended)

    def _show_demonstration(self, workspace: Path) -> None:
        """Open it for the first time, with the tour."""
        self.context.open_workspace(workspace)
        if self.session.is_open:
            self.context.tour.start()

    def _on_ended(self) -> None:
        self.demo.button.setEnabled(True)

    def _start_empty(self) -> None:
        if self._keep_actor():
            self._begin(Target(page="new_firm"))

    def _import_roster(self) -> None:
        path = self.choose_file() if self._keep_actor() else None
        if path is not None:
            self._begin(Target(page="roster", item=str(path)))

    def _begin(self, target: Target) -> None:
        """Go to `target` in the usual workspace; where there is none yet, it is made on the page for protection."""
        if not default_workspace().is_dir():
            self.context.navigate(Target(page="protect", item=str(default_workspace()), then=target))
            return
        self.context.open_workspace(default_workspace())
        if self.session.is_open:
            self.context.navigate(target)

    def _keep_actor(self) -> bool:
        if not self.actor_form.check():
            return False
        actor = self.actor_form.actor
        self.context.change_settings(lambda now: replace(now, name=actor.name, firm=actor.firm, device=actor.device))
        return True


def default_workspace() -> Path:
    """Return where the data live unless the person says otherwise."""
    return data_dir() / "workspace"


def _suggested(actor: Actor) -> Actor:
    return actor if actor.device else Actor(name=actor.name, firm=actor.firm, device=socket.gethostname())


def _point(text: str, theme: Theme) -> QWidget:
    tick = QLabel()
    tick.setPixmap(icon("check", theme, 14, colour="accent").pixmap(14, 14))
    tick.setContentsMargins(0, 4, 0, 0)
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    box.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(label(text, theme, "dense", wrap=True), 1)
    return row
