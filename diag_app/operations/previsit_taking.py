"""Taking in a filled-in pre-visit workbook: one operation, the firm's own statement, nothing without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from diag_app.clock import Progress, no_progress
from diag_app.codec import plain_decimal
from diag_app.errors import DiagError, Problem, refuse
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.validation import check_number
from diag_app.model.ops import Changes, EntityView
from diag_app.model.previsit_plan import PlanLine
from diag_app.model.previsit_statement import Stated, Value
from diag_app.model.reading import PAPER, PREVISIT, STATED, assessment_from, pack_reference, scenario_value
from diag_app.operations.enterprise import find_contacts, profile_changes
from diag_app.operations.previsit import plan_previsit
from diag_app.operations.texts import long, short
from diag_app.operations.workspace import Workspace, known
from diag_app.storage.operation import Operation

FIRM_ROLE = "firm"  # of `roles.toml`: the firm as a whole, before the visit


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What was taken in: the lines recorded, those that differ and were left as they are, cells that say nothing."""

    changes: Changes
    recorded: tuple[PlanLine, ...]
    kept: tuple[PlanLine, ...]
    problems: tuple[Problem, ...]


def take_previsit(
    workspace: Workspace,
    assessment_id: str,
    path: Path,
    *,
    over: Collection[str] = (),
    partly: bool = False,
    progress: Progress = no_progress,
) -> Taken:
    """Take the workbook in as one operation: what is new is recorded; what differs only for the keys in `over`.

    Every answer also stands as the firm's own view beside the agreed one, whatever becomes of that.

    Raises:
        DiagError: `WORKBOOK_CELLS` with every cell that cannot be read, unless `partly` says to leave those out;
            `PLAN_KEY_UNKNOWN` for a key in `over` that does not differ; the codes of figures that do not go together;
            what `plan_previsit` refuses.
    """
    intake = plan_previsit(workspace, assessment_id, path, progress=progress)
    plan = intake.plan
    if plan.problems and not partly:
        location, count = plan.problems[0].location, str(len(plan.problems))
        raise DiagError("WORKBOOK_CELLS", location=location, problems=plan.problems, count=count)
    for key in over:
        if key not in {line.key for line in plan.of("different")}:
            raise DiagError("PLAN_KEY_UNKNOWN", location=key)
    view = known(workspace, assessment_id, "assessment", to_change=True)
    taken = plan.taken(over)
    _check_figures(workspace, view, taken)
    with workspace.store.operation("take_previsit", view.case) as operation:
        writing = _Writing(workspace, operation, view)
        for item in intake.statement.stated:
            writing.state(item)
        for line in taken:
            writing.record(line)
        writing.finish()
        receipt = {
            "on": workspace.clock.now().date().isoformat(),
            "sha256": intake.sha256,
            "filled_by": short(intake.filled_by, "filled_by"),
            "filled_on": short(intake.filled_on, "filled_on"),
        }
        operation.set(assessment_id, PREVISIT, receipt)
    kept = tuple(line for line in plan.of("different") if line.key not in over)
    return Taken(changes=operation.changes, recorded=taken, kept=kept, problems=plan.problems)


class _Writing:
    """Writes lines of a plan into one operation; profile fields come together at the end."""

    def __init__(self, workspace: Workspace, operation: Operation, view: EntityView) -> None:
        self.workspace, self.operation, self.view = workspace, operation, view
        self.pack = pack_reference(view)
        self.profile: dict[str, Any] = {}

    def state(self, item: Stated) -> None:
        """Keep an answer as the firm's own view, a figure as its own statement."""
        kind, _, rest = item.key.partition(":")
        entity, value = self.view.entity_id, item.value
        if kind == "answer" and isinstance(value, tuple):
            self.operation.set(entity, f"said:{rest}:{FIRM_ROLE}", {"options": list(value)})
        elif isinstance(value, ScenarioAnswer) and value.level is not None:
            self.operation.set(entity, f"said:{rest}:{FIRM_ROLE}", {"level": value.level})
        elif isinstance(value, ScenarioAnswer):
            self.operation.set(entity, f"{STATED}{item.key}", scenario_value(value))
        elif kind == "number" and isinstance(value, Decimal):
            self.operation.set(entity, f"{STATED}{item.key}", plain_decimal(value))

    def record(self, line: PlanLine) -> None:
        """Record one line as what holds from now on."""
        kind, _, rest = line.key.partition(":")
        value = line.stated
        if kind == "profile":
            self.profile[rest] = value
        elif kind == "contact" and isinstance(value, tuple):
            self.contact(value)
        elif kind == "paper" and isinstance(value, tuple):
            stored = {"state": value[0], "remark": short(value[1], line.key)}
            self.operation.set(self.view.entity_id, f"{PAPER}{rest}", stored)
        else:
            self.operation.set(self.view.entity_id, line.key, _answer_value(value, line.key), pack=self.pack)

    def contact(self, value: tuple[str, ...]) -> None:
        name, role, phone = (short(part, "contact") for part in value)
        here = [item for item in find_contacts(self.workspace, self.view.case) if item.name == name]
        entity = here[0].contact_id if here else self.operation.create("contact", parent=self.view.case)
        self.operation.set(entity, "contact", {"name": name, "role": role, "phone": phone})

    def finish(self) -> None:
        if self.profile:
            for register, value in profile_changes(self.workspace, self.view.case, self.profile).items():
                self.operation.set(self.view.case, register, value)


def _answer_value(value: Value, location: str) -> Any:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, ScenarioAnswer):
        if value.not_applicable is not None:
            value = ScenarioAnswer(not_applicable=long(value.not_applicable, location))
        return scenario_value(value)
    return {"options": list(value)}


def _check_figures(workspace: Workspace, view: EntityView, taken: Iterable[PlanLine]) -> None:
    """Refuse figures that do not go with those recorded already."""
    pack = workspace.pack(pack_reference(view))
    fresh: Mapping[str, Decimal] = {
        line.key.removeprefix("number:"): line.stated
        for line in taken
        if line.key.startswith("number:") and isinstance(line.stated, Decimal)
    }
    numbers = {**assessment_from(view).answers.numbers, **fresh}
    refuse(tuple(problem for number_id in fresh for problem in check_number(pack, numbers, number_id)))
