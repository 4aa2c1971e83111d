"""What of a case goes into a bundle: the whole of it, what the city gets, or what may be shown outside the firm.

Sealed pictures go into none. What does not go is withheld, not lost: its op stands in the bundle without its value, so
that ids, chains and signature hold, and a receiver sees that something was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from diag_app.model.edition import ENTERPRISE
from diag_app.model.facts import Evidence
from diag_app.model.ops import STRUCTURAL_KINDS, EntityView, Op, OpKind
from diag_app.model.reading import CUSTODY, ENTERED, GUIDE_DONE, PAPER, PREVISIT, REVIEW, file_of, redactions_of
from diag_app.model.survey import GROUP_PHOTO
from diag_app.model.view import is_misshapen
from diag_app.operations.workspace import Workspace
from diag_app.storage.blobs import blobs_named

Profile = Literal["full", "city", "client-safe"]
PROFILES: tuple[Profile, ...] = ("full", "city", "client-safe")
PERSONAL = frozenset({"contact", "participant", "drawn_signature"})  # people: the evaluation needs none of it
INTERNAL = frozenset({"tick", REVIEW, CUSTODY, PREVISIT, *(name.rstrip(":") for name in (ENTERED, GUIDE_DONE, PAPER))})


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Ids of ops whose values are withheld, and the digests of the evidence and of the issued files that go along."""

    withheld: frozenset[str]
    blobs: frozenset[str]
    reports: frozenset[str]
    hidden: frozenset[str]  # evidence of which nothing is told

    def released(self, ops: Iterable[Op]) -> Iterator[Op]:
        """Yield `ops` as they go into the bundle."""
        for op in ops:
            yield op.without_value() if op.op_id in self.withheld else op

    def stated(self, items: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return evidence as the bundle's tables state it: by the file that is in the bundle."""
        return tuple(self._stated(item) for item in items if item.evidence_id not in self.hidden)

    def _stated(self, item: Evidence) -> Evidence:
        if item.sha256 in self.blobs or item.picture_sha256 is None:
            return item
        return replace(item, sha256=item.picture_sha256, media_type="image/jpeg")


def select(workspace: Workspace, cases: Iterable[str], profile: Profile) -> Selection:
    """Return what of these cases goes into a bundle of this profile.

    Of a picture that a redaction hides a part of no earlier version goes, nor an issued file that was made from one.
    A city's bundle also leaves out earlier versions of every item, what was taken off, and what is said inside the firm
    (`INTERNAL` registers, comments). A client-safe one further leaves out people's names and numbers, where pictures
    were taken, the group photo of the visit, and the pictures' original files, whose place is taken by the reduced
    copies; of issued files those go that were made for readers who are not told of people.
    """
    asked = tuple(cases)
    views = {
        view.entity_id: view
        for case in asked
        for kind in ("evidence", "comment")
        for view in workspace.store.entities(kind, case=case, include_deleted=True)
    }
    is_client_safe, is_outside = profile == "client-safe", profile != "full"
    hidden = _group_photos(workspace, asked) if is_client_safe else frozenset()
    views |= {entity: replace(views[entity], is_deleted=True) for entity in hidden.intersection(views)}  # as taken off
    sealed, withheld, blobs, seals = set[str](), set[str](), set[str](), list[Op]()
    for op in workspace.store.ops(asked):
        value = op.value
        if is_misshapen(op):  # goes on as it is, but not to those outside: nobody knows what it tells
            if is_outside:
                withheld.add(op.op_id)
            continue
        if op.kind == OpKind.REDACT or value is None:
            continue
        if op.kind == OpKind.SEAL and op.register == "issued" and isinstance(value, dict):
            seals.append(op)
        elif op.kind == OpKind.SET and op.register == "file" and isinstance(value, dict):
            if _is_sealed(value, views.get(op.entity)):
                sealed.add(op.op_id)
            elif is_outside and not _is_current(value, views.get(op.entity)):
                withheld.add(op.op_id)
            else:
                blobs |= _files(value, views.get(op.entity), is_client_safe=is_client_safe)
        elif is_outside and _is_private(op, views.get(op.entity), is_client_safe=is_client_safe):
            withheld.add(op.op_id)
    issued = [
        op.value
        for op in seals
        if sealed.isdisjoint(op.value["heads"]) and (not is_client_safe or _tells_no_people(workspace, op.value))
    ]
    reports = {sha256 for value in issued for sha256 in blobs_named([value.get("files"), value.get("trees")])}
    return Selection(
        withheld=frozenset(sealed | withheld), blobs=frozenset(blobs), reports=frozenset(reports), hidden=hidden
    )


def _group_photos(workspace: Workspace, cases: Iterable[str]) -> frozenset[str]:
    """Return the evidence that shows who took part."""
    views = (view for case in cases for view in workspace.store.entities("assessment", case=case))
    named = (view.registers[GROUP_PHOTO] for view in views if GROUP_PHOTO in view.registers)
    return frozenset(value for shown in named for value in (shown.value, *shown.conflicting) if isinstance(value, str))


def _is_sealed(value: Mapping[str, Any], view: EntityView | None) -> bool:
    current = file_of(view) if view is not None else None
    return current is not None and redactions_of(value) < redactions_of(current)


def _is_current(value: Mapping[str, Any], view: EntityView | None) -> bool:
    return view is not None and not view.is_deleted and file_of(view) == value


def _is_private(op: Op, view: EntityView | None, *, is_client_safe: bool) -> bool:
    """Return whether an op tells what is said inside the firm, or of evidence taken off.

    Clients also see nothing of people, and of a place only where it is kept on purpose.
    """
    if op.kind in STRUCTURAL_KINDS:
        return False
    name = op.register.partition("@")[0].partition(":")[0]
    if name in INTERNAL or (is_client_safe and name in PERSONAL):
        return True
    if view is None:
        return False
    is_hidden_place = is_client_safe and op.register == "place" and view.value("keeps_place") is not True
    return view.is_deleted or view.kind == "comment" or is_hidden_place


def _tells_no_people(workspace: Workspace, issued: Mapping[str, Any]) -> bool:
    audience = workspace.audiences.get(issued.get("audience", ENTERPRISE))
    return audience is not None and "people" in audience.withheld


def _files(value: Mapping[str, Any], view: EntityView | None, *, is_client_safe: bool) -> set[str]:
    """Return the files of a version that go along: of a camera's picture the reduced copy only, where that is asked."""
    named = {*blobs_named(value)}
    is_camera_file = str(value.get("media_type")).startswith("image/") and value.get("version", 1) == 1
    is_kept = view is not None and view.value("keeps_place") is True
    return named - {value.get("sha256")} if is_client_safe and is_camera_file and not is_kept else named
