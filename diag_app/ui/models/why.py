"""The derivation tree: from the level through its conditions, dimensions and indicators down to single answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from diag_app.forms.scorecard import Reason
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.rows import ROOT, ROW_ROLE, Index
from diag_app.ui.models.why_words import reason_detail, reason_title, reason_value

TITLE_COLUMN, DETAIL_COLUMN, EVIDENCE_COLUMN, VALUE_COLUMN = range(4)


@dataclass(frozen=True, kw_only=True)
class WhyNode:
    """One line of the tree in words. `target` is the answer it leads to; `lacks` why its evidence column speaks up."""

    reason: Reason
    title: str
    detail: str
    value: str
    target: str
    evidence: int
    is_missing: bool
    children: tuple[WhyNode, ...]
    is_tried: bool = False


def why_nodes(case: CaseView, translate: Translator) -> tuple[WhyNode, ...]:
    """Return the tree's roots: why this level, and why not the next."""
    return tuple(_node(reason, case, translate) for reason in case.card.reasons)


def _node(reason: Reason, case: CaseView, translate: Translator) -> WhyNode:
    target = reason.ref if reason.kind in ("question", "scenario") else ""
    is_missing = reason.kind == "question" and reason.ref in case.card.missing
    return WhyNode(
        reason=reason,
        title=reason_title(reason, case, translate),
        detail=reason_detail(reason, case, translate),
        value=reason_value(reason, translate),
        target=target,
        evidence=len(case.evidence_of(target)) if target else 0,
        is_missing=is_missing,
        is_tried=target in case.tried,
        children=tuple(_node(child, case, translate) for child in reason.children),
    )


class WhyModel(QAbstractItemModel):
    """The tree for a tree view; the node of a line is under `ROW_ROLE`."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate
        self._nodes: list[WhyNode] = []
        self._parents: list[int] = []
        self._children: list[list[int]] = []
        self._roots: list[int] = []

    def set_nodes(self, roots: tuple[WhyNode, ...]) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._nodes, self._parents, self._children = [], [], []
        self._roots = [self._add(root, -1) for root in roots]
        self.endResetModel()

    def _add(self, node: WhyNode, parent: int) -> int:
        position = len(self._nodes)
        self._nodes.append(node)
        self._parents.append(parent)
        self._children.append([])
        self._children[position] = [self._add(child, position) for child in node.children]
        return position

    def node_at(self, index: Index) -> WhyNode:
        """Return the node under `index`."""
        return self._nodes[index.internalId()]

    def index_of(self, target: str) -> QModelIndex:
        """Return the first line that leads to the answer `target`, or an invalid index."""
        for position, node in enumerate(self._nodes):
            if target and node.target == target:
                return self._index_at(position)
        return QModelIndex()

    def place_of(self, index: Index) -> tuple[str, ...]:
        """Return where a line stands, in words that hold when only figures change."""
        place: list[str] = []
        here = self.index(index.row(), 0, index.parent())
        while here.isValid():
            reason = self.node_at(here).reason
            place.insert(0, f"{reason.kind} {'' if reason.kind.endswith('level') else reason.ref}")
            here = here.parent()
        return tuple(place)

    def index_at_place(self, place: tuple[str, ...]) -> QModelIndex:
        """Return the line that stands at `place`, or an invalid index."""
        for position in range(len(self._nodes)):
            index = self._index_at(position)
            if place and self.place_of(index) == place:
                return index
        return QModelIndex()

    def all_indexes(self) -> tuple[QModelIndex, ...]:
        """Return every line."""
        return tuple(self._index_at(position) for position in range(len(self._nodes)))

    def _siblings(self, parent: int) -> list[int]:
        return self._roots if parent < 0 else self._children[parent]

    def _index_at(self, position: int, column: int = 0) -> QModelIndex:
        return self.createIndex(self._siblings(self._parents[position]).index(position), column, position)

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Return the index of a line below `parent`."""
        siblings = self._siblings(parent.internalId() if parent.isValid() else -1)
        if not 0 <= row < len(siblings) or not 0 <= column <= VALUE_COLUMN or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    @overload
    def parent(self) -> QObject | None: ...

    @overload
    def parent(self, index: Index) -> QModelIndex: ...

    def parent(self, index: Index | None = None) -> QObject | QModelIndex | None:
        """Return the line above, or without an index the object that owns the model."""
        if index is None:
            return super().parent()
        parent = self._parents[index.internalId()] if index.isValid() else -1
        return QModelIndex() if parent < 0 else self._index_at(parent)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many lines stand below `parent`."""
        if parent.column() > 0:
            return 0
        return len(self._siblings(parent.internalId() if parent.isValid() else -1))

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.column() > 0 else VALUE_COLUMN + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell's text, the whole line for a screen reader, or the node."""
        if not index.isValid():
            return None
        node = self.node_at(index)
        if role == ROW_ROLE:
            return node
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (node.title, self._holds(node), node.value, node.detail)
            return self.translate(", ").join(part for part in parts if part)
        if role == Qt.ItemDataRole.DisplayRole:
            return (node.title, node.detail, "", node.value)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == DETAIL_COLUMN:
            return node.detail
        return None

    def _holds(self, node: WhyNode) -> str:
        if node.reason.holds is None:
            return ""
        return self.translate("met") if node.reason.holds else self.translate("not met")
