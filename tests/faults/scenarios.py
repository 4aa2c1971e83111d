"""The acts under test, each through the application's own operations, from the same whole workspace."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from diag_app.operations.workspace import Workspace, is_encrypted
from tests.faults import acts
from tests.faults.sites import FIRM, SITE, Site
from tests.faults.workspaces import KEY
from tests.fixed_clock import START, FixedClock

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

NEXT_DAY = START + timedelta(days=1)


class Deed(Enum):
    """Which part of an attempt is what the person asked for and is told about."""

    BEFORE = "before"  # before a workspace is opened
    OPENING = "opening"
    INSIDE = "inside"


def nothing(*_: object) -> None:
    """Do nothing."""


def has_store(site: Site) -> bool:
    """Return whether there is a store to open."""
    return (site.home / "workspace.db").exists()


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One act: what is done before the workspace is opened, with which extra steps it opens, what is done inside.

    Where `inside` returns false, there was nothing to do, or it is not done, and nothing is acknowledged. `prepare`
    puts what the act needs beside the template, once. `marker` is in no file once the act is done.
    """

    name: str
    deed: Deed = Deed.INSIDE
    before: Callable[[Site], None] = nothing
    is_done: Callable[[Site], bool] = has_store  # or `before` is to be tried again
    inside: Callable[[Site, Workspace], object] = nothing
    prepare: Callable[[Site], None] = nothing
    is_empty: bool = False  # starts without a workspace
    is_migrating: bool = False
    marker: str = ""
    promised: tuple[str, ...] = ("out/",)  # where the files lie that are there once it is acknowledged
    only: Literal["", "plain", "encrypted"] = ""  # the kind of workspace it can be done in

    def site(self, template: Site, root: Path) -> Site:
        """Return a fresh copy of the template for one attempt."""
        site = self._prepared(template, root).copy(root)
        if self.is_empty:
            shutil.rmtree(site.home)
        if self.is_empty and self.deed is Deed.OPENING:
            site.opener.make_ways_in(site.home)
        key = KEY if self.only else site.opener.key
        steps = (m_later_shape,) if self.is_migrating else ()
        return replace(site, opener=replace(site.opener, key=key, steps=steps, clock=FixedClock(NEXT_DAY)))

    def fits(self, template: Site) -> bool:
        """Return whether it can be done in this kind of workspace."""
        return self.only in ("", "plain" if template.opener.key is None else "encrypted")

    @property
    def has_assessment(self) -> bool:
        """Whether the workspace holds the template's assessment in the end."""
        return not self.is_empty or self.deed is Deed.BEFORE

    def _prepared(self, template: Site, root: Path) -> Site:
        """Return the template with what the act needs, made where the copies will stand and kept for the next."""
        if self.prepare is nothing:
            return template
        name = sha256(f"{self.name} {root}".encode()).hexdigest()[:12]
        kept = template.root.with_name(f"prepared-{name}")
        if not kept.exists():
            site = template.copy(root)
            self.prepare(site)
            shutil.move(root, kept)
        return replace(template, root=kept)


def m_later_shape(tables: Tables) -> None:
    """A step that a later version might take: a table filled from the log, and an index."""
    tables.execute("CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL, ops INTEGER NOT NULL) STRICT")
    tables.execute("INSERT INTO actor (name, ops) SELECT header ->> 'actor', count(*) FROM op GROUP BY 1")
    tables.execute("CREATE INDEX op_by_time ON op (header ->> '$.hlc[0]')")


SCENARIOS = (
    Scenario(name="save an answer", inside=acts.save),
    Scenario(name="save evidence", inside=acts.put_evidence),
    Scenario(name="undo", inside=acts.take_back),
    Scenario(name="import a bundle", inside=acts.take_in),
    Scenario(name="export a bundle", inside=acts.hand_over, prepare=acts.with_a_stick),
    Scenario(name="issue a proposal", inside=acts.issue),
    Scenario(name="create a backup", inside=acts.back_up),
    Scenario(name="restore a backup", deed=Deed.BEFORE, before=acts.restore, is_empty=True),
    Scenario(name="migrate an older store", deed=Deed.OPENING, is_migrating=True),
    Scenario(name="make a workspace", deed=Deed.OPENING, is_empty=True),
    Scenario(name="take a snapshot", inside=acts.snapshot, promised=("home/backups/",)),
    Scenario(
        name="take a snapshot without the key",
        deed=Deed.BEFORE,
        before=acts.snapshot_unseen,
        is_done=lambda _: False,  # whatever lies there, it is taken again
        promised=("home/backups/",),
        only="encrypted",
    ),
    Scenario(name="make a second copy", inside=acts.copy_elsewhere, prepare=acts.with_a_disk),
    Scenario(
        name="restore a second copy",
        deed=Deed.BEFORE,
        before=acts.restore_copy,
        prepare=acts.with_a_copy,
        is_empty=True,
    ),
    Scenario(name="run the drill", inside=acts.drill, prepare=acts.with_a_copy),
    Scenario(name="repair", inside=acts.repair, prepare=acts.damaged),
    Scenario(name="erase", inside=acts.erase, prepare=acts.marked, marker=acts.MARKER, promised=()),
    Scenario(
        name="encrypt",
        deed=Deed.BEFORE,
        before=acts.encrypt,
        is_done=lambda site: is_encrypted(site.home),
        prepare=acts.with_a_signer,
        marker=FIRM,
        only="plain",
    ),
    Scenario(name="change the passphrase", inside=acts.change_words, only="encrypted"),
    Scenario(name="renew the sheet", inside=acts.renew, only="encrypted"),
)

__all__ = ["SCENARIOS", "SITE", "Deed", "Scenario", "nothing"]
