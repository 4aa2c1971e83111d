"""A roster of firms: looked at first, then taken in as one transaction; firms already here are found again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diag_app.clock import Progress, Steps, new_id, no_progress
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import read
from diag_app.intake.roster import RosterRow, read_roster
from diag_app.intake.workbook_file import FILE_LIMIT
from diag_app.model.facts import Contact, EnterpriseProfile
from diag_app.model.ops import Changes
from diag_app.model.reading import profile_from
from diag_app.model.uscc import normalise_uscc
from diag_app.operations.enterprise import find_contacts, made_plain, profile_faults, write_profile
from diag_app.operations.report_facts import industries
from diag_app.operations.texts import NAME_LIMIT, check_length, one_line
from diag_app.operations.workspace import Workspace, known

_TEXTS = ("name", "uscc", "address", "products", "founded_on")
_FIGURES = ("revenue_10k_cny", "assets_10k_cny")
_CONTACT = {"contact": "name", "role": "role", "phone": "phone"}
_ALL = -1
_DIVISION = re.compile(r"[Cc]?(\d{2})\d{0,2}(?!\d)", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PlannedFirm:
    """What one row does: a firm to add where `stored` is null, else one to change; the contact that comes with it."""

    profile: EnterpriseProfile
    enterprise_id: str | None = None
    stored: EnterpriseProfile | None = None
    contact: Mapping[str, str] | None = None  # name, role, phone, where they are new
    contact_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class RosterPlan:
    """What taking the roster in would do; the rows of `problems` that are errors are left out."""

    new: tuple[PlannedFirm, ...] = ()
    changed: tuple[PlannedFirm, ...] = ()
    skipped: int = 0  # say what is recorded already
    problems: tuple[Problem, ...] = ()

    @property
    def unreadable(self) -> int:
        """Return how many rows are left out."""
        return len({item.parameters["row"] for item in self.problems if item.severity is Severity.ERROR})


@dataclass(frozen=True, kw_only=True)
class RosterImport:
    """What was taken in."""

    plan: RosterPlan
    changes: Changes


@dataclass(kw_only=True)
class _Here:
    """The firms of the workspace by credit code and by name, and the rows of the roster seen so far."""

    codes: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def matching(self, name: str, code: str | None) -> list[str]:
        """Return the firms that a row may mean: by its code, else those of its name whose code is no other."""
        if code in self.codes:
            return [self.codes[code]]
        return [one for one, other in self.names.get(name, ()) if code is None or other is None]


def look_at_roster(workspace: Workspace, path: Path, *, progress: Progress = no_progress) -> RosterPlan:
    """Return what taking the roster in would do and what cannot be taken; nothing is stored.

    Raises:
        DiagError: `ROSTER_…`, `TABLE_…` or `WORKBOOK_…` for what is no roster.
    """
    roster = read_roster(read(path, limit=FILE_LIMIT), path.name)
    here, divisions = _here(workspace), _divisions()
    new, changed, problems, skipped = [], [], [*roster.problems], 0
    steps = Steps(progress, len(roster.rows))
    for row in roster.rows:
        steps.step()
        fields, said = _fields(row, divisions)
        problems += said
        firm, faults = _planned(workspace, row, fields, here)
        problems += faults
        if firm is None:
            continue
        if firm.stored is None:
            new.append(firm)
        elif firm.profile != firm.stored or firm.contact is not None:
            changed.append(firm)
        else:
            skipped += 1
    ordered = sorted(problems, key=lambda item: int(item.parameters["row"]))
    return RosterPlan(new=tuple(new), changed=tuple(changed), skipped=skipped, problems=tuple(ordered))


def import_roster(
    workspace: Workspace, path: Path, *, shown: RosterPlan | None = None, progress: Progress = no_progress
) -> RosterImport:
    """Take in all rows that can be read, all of them or none; refused like `look_at_roster`.

    Raises:
        DiagError: `ROSTER_CHANGED` where the plan `shown` is not what would be done now.
    """
    with workspace.store.operations() as begin:
        plan = look_at_roster(workspace, path)
        if shown is not None and plan != shown:
            raise DiagError("ROSTER_CHANGED", location=path.name)
        steps = Steps(progress, len(plan.new) + len(plan.changed))
        for firm in (*plan.new, *plan.changed):
            steps.step()
            name = "add_enterprise" if firm.stored is None else "update_enterprise"
            operation = begin(name, firm.enterprise_id or new_id())
            write_profile(operation, firm.profile, firm.stored)
            if firm.contact is not None:
                entity = firm.contact_id or operation.create("contact", parent=operation.case)
                operation.set(entity, "contact", dict(firm.contact))
    return RosterImport(
        plan=plan, changes=Changes(operation="import_roster", operation_id="", case="", touched=frozenset())
    )


def _here(workspace: Workspace) -> _Here:
    here = _Here()
    for row in workspace.store.find_enterprises("", limit=_ALL):
        if row.uscc:
            here.codes[row.uscc] = row.enterprise_id
        here.names.setdefault(row.name, []).append((row.enterprise_id, row.uscc))
    return here


def _divisions() -> dict[str, str]:
    """Return the codes of industries by code and by name in both languages."""
    found = {}
    for names in (industries("zh"), industries("en")):
        for code, name in names.items():
            found[code] = found[name.lower()] = code
    return found


def _fields(row: RosterRow, divisions: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what the row fills in of a profile; an industry that is not in the table is left out and said."""
    fields: dict[str, Any] = {name: row.values[name] for name in (*_TEXTS, *_FIGURES) if name in row.values}
    if "employees" in row.values:
        fields["employees"] = row.values["employees"]
    if "industry" not in row.values:
        return fields, []
    text = str(row.values["industry"]).strip()
    coded = _DIVISION.match(text)
    division = divisions.get(text.lower()) or (divisions.get(f"C{coded[1]}") if coded else None)
    if division is None:
        return fields, [row.problem("ROSTER_INDUSTRY_UNKNOWN", "industry", Severity.WARNING, value=text[:40])]
    fields["industry"] = division
    return fields, []


def _planned(
    workspace: Workspace, row: RosterRow, fields: dict[str, Any], here: _Here
) -> tuple[PlannedFirm | None, list[Problem]]:
    people = fields.get("employees")
    if people is not None:
        if people != people.to_integral_value():
            return None, [row.problem("ROSTER_NOT_WHOLE", "employees", value=str(people)[:40])]
        fields["employees"] = int(people)
    name = one_line(str(fields.get("name", "")))
    code = normalise_uscc(str(fields["uscc"])) if "uscc" in fields else None
    matches = here.matching(name, code)
    if len(matches) > 1:
        return None, [row.problem("ROSTER_SEVERAL_HERE", "name", value=name[:40], count=str(len(matches)))]
    stored = profile_from(known(workspace, matches[0], "enterprise")) if matches else None
    profile = replace(stored or EnterpriseProfile(name=""), **fields)
    faults = _in_row(row, profile_faults(workspace, profile))
    contact = {part: one_line(str(row.values.get(one, ""))) for one, part in _CONTACT.items()}
    faults += [
        fault for one, part in _CONTACT.items() for fault in _in_row(row, check_length(contact[part], one, NAME_LIMIT))
    ]
    first = None if any(one.severity is Severity.ERROR for one in faults) else _seen(row, name, code, matches, here)
    if first is not None:
        faults.append(row.problem("ROSTER_ROW_TWICE", "uscc" if code else "name", first=str(first)))
    if any(one.severity is Severity.ERROR for one in faults):
        return None, faults
    firm = PlannedFirm(
        profile=made_plain(profile), enterprise_id=matches[0] if matches else None, stored=stored and made_plain(stored)
    )
    return _with_contact(workspace, firm, contact), faults


def _in_row(row: RosterRow, problems: tuple[Problem, ...]) -> list[Problem]:
    return [row.problem(item.code, item.location, item.severity, **item.parameters) for item in problems]


def _seen(row: RosterRow, name: str, code: str | None, matches: list[str], here: _Here) -> int | None:
    """Return the earlier row of the same firm, and remember this one.

    The same is what has the same code, what is the same firm here, and the same name where not both have a code.
    """
    own = [f"code {code}", f"coded {name}"] if code else [f"name {name}"]
    clashes = [f"code {code}", f"name {name}"] if code else [f"name {name}", f"coded {name}"]
    held = [f"here {one}" for one in matches]
    first = next((here.seen[key] for key in (*clashes, *held) if key in here.seen), None)
    for key in (*own, *held):
        here.seen.setdefault(key, row.number)
    return first


def _with_contact(workspace: Workspace, firm: PlannedFirm, given: Mapping[str, str]) -> PlannedFirm:
    """Return `firm` with the contact of its row: one of the same name is filled up, none is written twice."""
    if not any(given.values()):
        return firm
    same: Contact | None = None
    if firm.enterprise_id is not None:
        same = next((one for one in find_contacts(workspace, firm.enterprise_id) if one.name == given["name"]), None)
    if same is None:
        return replace(firm, contact=given)
    before = {"name": same.name, "role": same.role, "phone": same.phone}
    after = {part: given[part] or before[part] for part in before}
    return firm if after == before else replace(firm, contact=after, contact_id=same.contact_id)
