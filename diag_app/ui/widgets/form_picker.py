"""Choosing what a new need is about: the pack's forms under their scenarios."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from diag_app.forms.definition import NeedForm, Pack
from diag_app.i18n import Translator
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.models.rows import ROW_ROLE, RowsModel
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars


@dataclass(frozen=True, kw_only=True)
class FormChoice:
    """A scenario as heading (`form` null), or one of its forms."""

    text: str
    detail: str
    form: NeedForm | None


def form_rows(pack: Pack, translate: Translator) -> tuple[FormChoice, ...]:
    """Return the pack's forms below their scenarios, in the pack's order."""
    rows: list[FormChoice] = []
    for scenario in pack.scenarios:
        forms = [form for form in pack.need_forms if form.scenario_id == scenario.scenario_id]
        if not forms:
            continue
        rows.append(FormChoice(text=scenario_name(scenario, translate.language), detail="", form=None))
        for form in forms:
            metrics = translate.plural("{count} metric", "{count} metrics", len(form.metric_ids))
            rows.append(FormChoice(text=form.label.text(translate.language), detail=metrics, form=form))
    return tuple(rows)


class FormsModel(RowsModel[FormChoice]):
    """Forms for a list view; headings cannot be chosen."""

    def text_of(self, row: FormChoice) -> str:
        """Return the form's or the scenario's name."""
        return row.text

    def is_selectable(self, row: FormChoice) -> bool:
        """Return false for headings."""
        return row.form is not None


class FormDelegate(QStyledItemDelegate):
    """Paints headings and forms."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return one row's size."""
        return QSize(200, 30)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row: FormChoice = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        if row.form is None:
            painter.setPen(self.theme.pen("border"))
            painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5))
            paint_text(
                painter, rect.adjusted(10, 6, -10, 0), row.text, self.theme, font="caption", bold=True, colour="text_2"
            )
        else:
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            if is_current or option.state & QStyle.StateFlag.State_MouseOver:
                paint_frame(painter, rect, self.theme, fill="accent_soft" if is_current else "hover", line=None)
            paint_text(painter, rect.adjusted(22, 0, -110, 0), row.text, self.theme, bold=is_current)
            right = QRectF(rect.right() - 110, rect.top(), 100, rect.height())
            align = Qt.AlignmentFlag.AlignRight
            paint_text(painter, right, row.detail, self.theme, font="caption", colour="text_2", align=align)
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_focus_ring(painter, rect, self.theme, inside=True)
        painter.restore()


class FormView(Pressing, QListView):
    """The list; Enter takes the form."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the form on Enter; typing its first letters finds it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class FormPicker(QWidget):
    """Shows the pack's need forms; `picked` carries the form's id."""

    picked = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.translate = translate
        self.model = FormsModel(self)
        self._delegate = FormDelegate(theme)
        self.view = FormView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(translate("What is the need about?"))
        self.view.viewport().setAutoFillBackground(False)
        slim_scroll_bars(self.view, theme)
        self.view.opened.connect(self._pick)
        self.view.clicked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 8)
        column.addWidget(label(translate("What is the need about?"), theme, "heading"))
        hint = translate("Arrows move, Enter takes it, Esc goes back.")
        column.addWidget(label(hint, theme, "dense", colour="text_2", wrap=True))
        column.addWidget(self.view, 1)

    def show_pack(self, pack: Pack) -> None:
        """Show the forms of `pack` with the cursor on the first."""
        self.model.set_rows(form_rows(pack, self.translate))
        first = next((place for place, row in enumerate(self.model.rows) if row.form is not None), None)
        if first is not None and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(first))

    def _pick(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row.form is not None:
            self.picked.emit(row.form.form_id)
