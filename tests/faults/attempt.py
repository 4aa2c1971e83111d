"""One attempt at an act, and whether its outcome is one that a person can live with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from diag_app.errors import DiagError
from diag_app.i18n.codes import CODES
from diag_app.operations.workspace import Workspace
from tests.faults.acts import go_on
from tests.faults.scenarios import Deed, Scenario, nothing
from tests.faults.shim import Kind
from tests.faults.sites import Site
from tests.faults.witness import Findings

WENT_ON = "went on"


@dataclass(kw_only=True)
class Attempt:
    """What the person saw: told it is done or not, the workspace where it opened, the refusal."""

    is_acknowledged: bool = False
    workspace: Workspace | None = None
    refusal: BaseException | None = None

    @property
    def code(self) -> str | None:
        return self.refusal.code if isinstance(self.refusal, DiagError) else None

    @property
    def fault(self) -> str | None:
        """What was raised that nobody has words for."""
        if self.refusal is None or self.code in CODES:
            return None
        return f"raised {type(self.refusal).__name__} {self.refusal}"

    def close(self) -> None:
        """Close the workspace; what closing raises that nobody has words for is the refusal looked at."""
        try:
            if self.workspace is not None:
                self.workspace.close()
        except BaseException as refusal:  # noqa: BLE001 - whatever it is, it is looked at and never lost
            if self.fault is None:
                self.refusal = refusal
        self.workspace = None


def attempt(scenario: Scenario, site: Site, tell: Callable[[], object] = nothing) -> Attempt:
    """Do the act once and `tell` as soon as it is acknowledged.

    Whatever is raised is kept: a fault must come out as a coded error and nothing else.
    """
    made = Attempt()

    def acknowledge(deed: Deed) -> None:
        if scenario.deed is deed:
            made.is_acknowledged = True
            tell()

    try:
        scenario.before(site)
        acknowledge(Deed.BEFORE)
        made.workspace = site.opener.open(site.home)
        acknowledge(Deed.OPENING)
        if scenario.inside(site, made.workspace) is not False:
            acknowledge(Deed.INSIDE)
    except BaseException as refusal:  # noqa: BLE001 - whatever it is, it is looked at and never lost
        made.refusal = refusal
    return made


def carry_on(scenario: Scenario, site: Site, made: Attempt) -> list[str]:
    """With the fault gone: do what was refused once more, save something else, check; return what did not work.

    A store whose file could not be opened for writing stays read-only until it is opened anew; that is allowed.
    """
    try:
        try:
            return _carry_on(scenario, site, made)
        except DiagError as error:
            if error.code != "READ_ONLY" or made.workspace is None:
                raise
        made.close()
        return _carry_on(scenario, site, made)
    except BaseException as error:  # noqa: BLE001 - as above
        return [f"could not go on: {type(error).__name__} {error}"]


def _carry_on(scenario: Scenario, site: Site, made: Attempt) -> list[str]:
    with again(scenario, site, made) as workspace:
        if scenario.has_assessment:
            go_on(site, workspace, WENT_ON)
        return [f"check: {problem.code} {problem.location}" for problem in workspace.store.check(read_data=True)]


def again(scenario: Scenario, site: Site, made: Attempt) -> Workspace:
    """Do what was not acknowledged once more, and return the workspace, open."""
    workspace = made.workspace
    if made.is_acknowledged:
        return workspace or site.opener.open(site.home)
    if scenario.deed is Deed.BEFORE and not scenario.is_done(site):
        scenario.before(site)
    workspace = workspace or site.opener.open(site.home)
    scenario.inside(site, workspace)
    return workspace


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A run without a fault: the calls it made, what was there before, what was there after."""

    kinds: tuple[Kind, ...]
    before: Findings
    after: Findings

    @property
    def added(self) -> Counter[str]:
        return added(self.before, self.after)


def added(before: Findings, after: Findings) -> Counter[str]:
    """Return how many ops of which operation `after` has above `before`, but for going on."""
    return Counter(op.operation for op in after.ops if op.op_id not in before.op_ids and op.value != WENT_ON)


def judge(reference: Reference, found: Findings, *, is_acknowledged: bool, times: int = 2) -> list[str]:
    """Return every violation: lost, torn, half-written. What was not acknowledged may be there, whole.

    `times` is how often the act may have been done: it is tried again where it was refused.
    """
    problems = list(found.problems)
    problems += [f"left in {path}" for path in found.marked]
    lost = reference.before.op_ids - found.op_ids
    if lost:
        problems.append(f"{len(lost)} ops that were acknowledged earlier are lost")
    if is_acknowledged:
        problems += [
            f"acknowledged and not handed over: {name}" for name in reference.after.out if name not in found.out
        ]
    allowed = [reference.added] if is_acknowledged else [_multiple(reference.added, n) for n in range(times + 1)]
    if added(reference.before, found) not in allowed:
        problems.append(f"ops {dict(added(reference.before, found))} instead of {dict(reference.added)}")
    if is_acknowledged and found.version != reference.after.version:
        problems.append(f"version {found.version} instead of {reference.after.version}")
    return problems + judge_keys(reference, found, is_acknowledged=is_acknowledged)


def judge_keys(reference: Reference, found: Findings, *, is_acknowledged: bool) -> list[str]:
    """Return what opens the workspace instead of the new, where that is acknowledged, or of the old or the new."""
    allowed = (reference.after.keys,) if is_acknowledged else (reference.before.keys, reference.after.keys)
    return [] if found.keys in allowed else [f"opened by {found.keys} instead of {allowed}"]


def judge_raw(reference: Reference, found: Findings, *, is_acknowledged: bool) -> list[str]:
    """Return what is broken before anybody has opened it again; what was broken before the act is no news."""
    problems = [problem for problem in found.problems if problem not in reference.before.problems]
    if is_acknowledged:
        problems += [f"left in {path}" for path in found.marked]
    return problems + judge_keys(reference, found, is_acknowledged=is_acknowledged)


def _multiple(counts: Counter[str], times: int) -> Counter[str]:
    return Counter({name: count * times for name, count in counts.items() if times})
