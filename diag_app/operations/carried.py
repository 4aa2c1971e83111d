"""Answers to an earlier version of the method, as the version an assessment has moved to reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.forms.check import upgrade_of
from diag_app.forms.upgrade import CARRIED, Upgrade, carry
from diag_app.model.ops import EntityView, RegisterView
from diag_app.operations.pack_folders import method_files, pack_roots
from diag_app.storage.answered import packs_of
from diag_app.storage.store import Store

_WAYS: dict[tuple[Path, str, str], tuple[Upgrade, ...]] = {}  # a published version is never edited
EARLIER = "earlier:"  # + register: an answer that has no place in the version the assessment has moved to


def carried(store: Store, view: EntityView) -> EntityView:
    """Return an assessment with its answers where its version of the method has them; nothing stored is rewritten.

    Those that have no place there stand under `earlier:`. An assessment that never moved is returned as it is.
    """
    pack = view.value("pack", {})
    if not pack.get("from"):
        return view
    here, given = pack["reference"], packs_of(store, view)
    registers: dict[str, RegisterView] = {}
    moved: dict[str, RegisterView] = {}
    for register, shown in view.registers.items():
        kind = register.partition(":")[0]
        under = given[register] or (pack["from"] if kind == "note" else here)
        if kind not in CARRIED or "@" in register or under == here or shown.value is None:
            registers[register] = shown
            continue
        places = carry(way(store.directory, under, here) or (), register, shown.value)
        moved |= {at: replace(shown, value=value, conflicting=()) for at, value in places.items()}
        if not places:
            registers[f"{EARLIER}{register}"] = shown
    return replace(view, registers={**moved, **registers})  # what was answered since stands over what was carried


def way(directory: Path, earlier: str, here: str) -> tuple[Upgrade, ...] | None:
    """Return the mappings that lead from one version to another, the oldest first; null where there is no way."""
    key = (directory, earlier, here)
    if key not in _WAYS:
        found = _found(directory, earlier, here)
        if found is None:
            return None
        _WAYS[key] = found
    return _WAYS[key]


def _found(directory: Path, earlier: str, here: str) -> tuple[Upgrade, ...] | None:
    found: list[Upgrade] = []
    pack_id, _, version = here.partition("@")
    while f"{pack_id}@{version}" != earlier:
        upgrade = _upgrade(directory, f"{pack_id}@{version}")
        if upgrade is None or upgrade in found:
            return None
        found.insert(0, upgrade)
        version = upgrade.earlier
    return tuple(found)


def _upgrade(directory: Path, reference: str) -> Upgrade | None:
    try:
        return upgrade_of(method_files(pack_roots(directory), reference))
    except DiagError:
        return None


def unmapped(view: EntityView) -> Mapping[str, object]:
    """Return of a carried assessment the answers that have no place in its version, by their registers."""
    return {
        register.removeprefix(EARLIER): shown.value
        for register, shown in view.registers.items()
        if register.startswith(EARLIER)
    }
