"""A laptop that writes anything at all into a case, and everything that reads the case."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.edition import Edition
from diag_app.model.ops import EntityView, Op, OpKind
from diag_app.model.shapes import SHAPES
from diag_app.model.view import view_case
from diag_app.operations import bundle, history, portal, previsit
from diag_app.operations.assessment import find_assessments, load_assessment, score_assessment
from diag_app.operations.bundle_profile import PROFILES
from diag_app.operations.chain import chain_problems, load_chain
from diag_app.operations.completion import open_points
from diag_app.operations.conflicts import find_conflicts, weigh_sides
from diag_app.operations.contradictions import find_contradictions
from diag_app.operations.delivery import find_tasks, plan_free
from diag_app.operations.duplicates import find_twins
from diag_app.operations.economics import books_of
from diag_app.operations.enterprise import find_contacts, find_enterprises, find_names, load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.evidence_export import export_evidence
from diag_app.operations.evidence_versions import find_versions
from diag_app.operations.fill_in import load_fill_in
from diag_app.operations.guide import load_guide
from diag_app.operations.handover import find_custody, offered
from diag_app.operations.measure import find_measures
from diag_app.operations.measure_exchange import export_measures
from diag_app.operations.need import find_needs
from diag_app.operations.plan import taken_plan
from diag_app.operations.proposal import find_proposals, report_document
from diag_app.operations.redaction import plan_redaction
from diag_app.operations.report_facts import find_signatures
from diag_app.operations.review import find_comments, load_review
from diag_app.operations.survey import load_survey
from diag_app.operations.upgrade import newer_method
from diag_app.operations.workspace import Workspace, open_workspace
from tests.model.op_sets import Replica
from tests.operations.unlikely import FILES

KINDS = ("proposal", "diagnosis", "summary", "visit", "evidence")
OF_ASSESSMENT: tuple[Callable[[Workspace, str], object], ...] = (
    load_assessment, score_assessment, load_chain, find_contradictions, books_of, find_evidence, load_guide,
    find_measures, find_needs, taken_plan, find_proposals, load_review, find_comments, load_survey, find_signatures,
    open_points, portal.portal_items, newer_method,
)  # fmt: skip
OF_FIRM: tuple[Callable[[Workspace, str], object], ...] = (
    load_enterprise, find_contacts, find_custody, find_assessments, find_twins,
)  # fmt: skip
DEEP: Any = "x"
for _ in range(24):
    DEEP = [DEEP]
ODD: dict[str, Any] = {
    "number": 5,
    "text": "x",
    "no list": [],
    "no mapping": {},
    "null": None,
    "mapping": {"x": 1},
    "deep": DEEP,
    "huge": 2**53 - 1,
    "not a number": "NaN",
    "true": True,
    "list": [None, {"a": 1}],
    "digits": "9" * 500,
    "nearly": {"options": 5, "level": "x", "heads": {}, "files": [1], "sha256": "../..", "name": [], "on": 3},
}
LEAVE = object()
BORN = (
    "assessment", "proposal", "signature", "evidence", "need", "measure", "assumption", "amount", "comment", "contact",
    "participant",
)  # fmt: skip
CLOCK = 1_717_405_200_000  # when the tests' clock starts


def each_of(*values: Any) -> Callable[[str], Any]:
    """Return what gives these values in turn, whatever the register."""
    turn = cycle(values)
    return lambda _: next(turn)


def only(names: Collection[str], value: Any) -> Callable[[str], Any]:
    """Return what gives a value to some registers of the table and leaves all others."""
    return lambda register: value if _first(register) in names else LEAVE


class Intruder:
    """Another laptop, with a key of its own, that writes what it likes over all it has seen of a case."""

    def __init__(self, folder: Path, workspace: Workspace, case: str) -> None:
        self.folder, self.workspace, self.case = folder, workspace, case
        self.assessment = workspace.store.entities("assessment", parent=case)[0].entity_id
        self.born: dict[str, str] = {}
        self.actor = "顾问 · 公司 · 电脑"
        self.number = 0

    def views(self) -> Mapping[str, EntityView]:
        return view_case(self.workspace.store.ops([self.case]))

    def brings(self, give: Callable[[str], Any]) -> tuple[bundle.Imported, Path]:
        """Let one bundle bring what `give` has for them into known registers, and into a new entity of every kind.

        `LEAVE` leaves a register as it is.
        """
        replica = self._replica()
        for view in self.views().values():
            for register, shown in view.registers.items():
                value = give(register) if _first(register) in SHAPES else LEAVE
                if value is not LEAVE:
                    self._write(replica, view.entity_id, register, value, preds=shown.head_ids)
            for name, links in view.links.items():
                for link in links:
                    value = give(name)
                    if value is not LEAVE:
                        replica.write(OpKind.LINK_ADD, view.entity_id, name, value, preds=(link,))
        for entity in self._newborn(replica):
            for name in SHAPES:
                register = f"{name}B1" if name.endswith(":") else name
                value = give(register)
                if value is not LEAVE:
                    self._write(replica, entity, register, value, preds=())
        return self._sent(replica)

    def puts_back(self, before: Mapping[tuple[str, str], Any]) -> None:
        """Write over all of it what was there before, so that the next value finds a case like the first."""
        replica = self._replica()
        for view in self.views().values():
            for register, shown in view.registers.items():
                value = before.get((view.entity_id, register))
                if shown.value != value or shown.conflicting:
                    self._write(replica, view.entity_id, register, value, preds=shown.head_ids)
        self.workspace.store.import_ops(replica.ops)

    def shown(self) -> dict[tuple[str, str], Any]:
        return {(view.entity_id, name): shown.value for view in self.views().values() for name, shown in
                view.registers.items() if shown.value is not None}  # fmt: skip

    def writes(self, values: Mapping[tuple[str, str], Any]) -> tuple[bundle.Imported, Path]:
        """Let one bundle bring these values, given by entity and register, over what is there."""
        replica, views = self._replica(), self.views()
        for (entity, register), value in values.items():
            self._write(replica, entity, register, value, preds=views[entity].registers[register].head_ids)
        return self._sent(replica)

    def is_passed_on(self, path: Path) -> bool:
        """Return whether a bundle made here holds every op of the bundle at `path`, byte for byte."""
        onward = self.folder / f"onward-{self.number}.zip"
        bundle.export_bundle(self.workspace, onward, without_absent=True)
        return _lines(path) <= _lines(onward)

    def _replica(self) -> Replica:
        """Return a laptop that has never written before; its clock is after every one that has."""
        self.number += 1
        replica = Replica(case=self.case, wall=CLOCK + secrets.randbits(40))
        replica.name = secrets.token_hex(16)
        return replica

    def _birth(self) -> Iterator[Op]:
        """Yield the op that made the firm: without it a bundle has nothing to be about."""
        yield next(
            op for op in self.workspace.store.ops([self.case]) if (op.entity, op.kind) == (self.case, OpKind.ENTITY_NEW)
        )

    def _newborn(self, replica: Replica) -> tuple[str, ...]:
        """Return an entity of every kind, the first time: later they are there."""
        if self.born:
            return ()
        for kind in BORN:
            self.born[kind] = new_id()
            parent = self.case if kind in ("assessment", "contact") else self.assessment
            replica.birth(self.born[kind], kind, parent)
        return tuple(self.born.values())

    @staticmethod
    def _write(replica: Replica, entity: str, register: str, value: Any, *, preds: tuple[str, ...]) -> None:
        kind = OpKind.SEAL if register == "issued" else OpKind.SET
        replica.write(kind, entity, register, value, preds=tuple(sorted(preds)))

    def _sent(self, replica: Replica) -> tuple[bundle.Imported, Path]:
        home, path = self.folder / f"home-{self.number}", self.folder / f"{self.number}.zip"
        with open_workspace(home) as theirs:
            for data in FILES:
                theirs.store.put_blob(data)
            theirs.store.import_ops([*self._birth(), *replica.ops])
            bundle.export_bundle(theirs, path, without_absent=True)
        return bundle.import_bundle(self.workspace, path), path


@dataclass(kw_only=True)
class Reading:
    """Reads all there is to read of a case; `faults` is what raised anything but a refusal with a code."""

    workspace: Workspace
    case: str
    folder: Path
    faults: list[str] = field(default_factory=list)

    def read(self, what: Callable[..., Any], *given: Any) -> Any:
        try:
            return what(self.workspace, *given)
        except DiagError:
            return ()
        except Exception as error:  # noqa: BLE001 - what it is, is what the test tells
            self.faults.append(f"{what.__name__}: {error!r}")
            return ()

    def pages(self) -> None:
        """Read what pages and reports show."""
        for whole in (find_enterprises, offered, find_tasks, plan_free):
            self.read(whole)
        self.read(find_names, "示例")
        for reader in OF_FIRM:
            self.read(reader, self.case)
        for view in self.workspace.store.entities("assessment", case=self.case):
            self._pages_of(view.entity_id)
        for conflict in self.read(find_conflicts, self.case):
            self.read(weigh_sides, conflict)
        for view in self.workspace.store.entities("evidence", case=self.case):
            self.read(find_versions, view.entity_id)

    def _pages_of(self, assessment_id: str) -> None:
        for reader in OF_ASSESSMENT:
            self.read(reader, assessment_id)
        for language in ("zh", "en"):
            self.read(load_fill_in, assessment_id, language)
            self.read(chain_problems, assessment_id, language)
        for kind in KINDS:
            self.read(report_document, assessment_id, "en", Edition(kind=kind))
        self.read(history.answer_history, assessment_id, "B1")

    def files(self) -> None:
        """Write all that is written of a case."""
        for view in self.workspace.store.entities("assessment", case=self.case):
            name = view.entity_id
            self.read(export_evidence, name, self.folder / f"evidence-{name}")
            self.read(portal.export_portal, name, self.folder / f"portal-{name}")
            self.read(export_measures, name, "zh", self.folder / f"measures-{name}.xlsx")
            self.read(previsit.write_previsit, name, "zh", self.folder / f"previsit-{name}.xlsx")
        for view in self.workspace.store.entities("evidence", case=self.case):
            self.read(plan_redaction, view.entity_id, "file")
        for profile in PROFILES:
            self.read(_exported, self.folder / f"{profile}.zip", profile)


def _lines(path: Path) -> set[bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("data/ops/")]
        return {line for name in names for line in archive.read(name).splitlines()}


def _exported(workspace: Workspace, path: Path, profile: Any) -> None:
    bundle.export_bundle(workspace, path, profile=profile, without_absent=True)


def _first(register: str) -> str:
    name, colon, _ = register.partition("@")[0].partition(":")
    return name + colon
