"""The acts under test, each through the application's own operations, from the same whole workspace."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, record_note, start_assessment
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.history import next_undo, undo
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.workspace import Workspace
from diag_app.storage.backup import restore_backup
from tests.faults.workspaces import Opener
from tests.fixed_clock import START, FixedClock

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

NEXT_DAY = START + timedelta(days=1)
SITE = "site"  # the folder of every copy
BUNDLE, BACKUP, NOTE, PHOTO = "bundle.zip", "backup.zip", "note.txt", "photo.jpg"


class Deed(Enum):
    """Which part of an attempt is what the person asked for and is told about."""

    BEFORE = "before"  # before a workspace is opened
    OPENING = "opening"
    INSIDE = "inside"


@dataclass(frozen=True, kw_only=True)
class Site:
    """One scenario's folder: `home` the workspace, `inputs` what is read, `out` what is handed over."""

    root: Path
    assessment: str
    opener: Opener

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def inputs(self) -> Path:
        return self.root / "in"

    @property
    def out(self) -> Path:
        return self.root / "out"

    def copy(self, root: Path) -> Site:
        """Return a copy at `root`, which is this person's machine from now on."""
        shutil.copytree(self.root, root)
        live_at(root)
        return replace(self, root=root)


def nothing(*_: object) -> None:
    """Do nothing."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One act: what is done before the workspace is opened, with which extra steps it opens, what is done inside.

    Where `inside` returns false, there was nothing to do and nothing is acknowledged.
    """

    name: str
    deed: Deed = Deed.INSIDE
    before: Callable[[Site], None] = nothing
    inside: Callable[[Site, Workspace], object] = nothing
    is_empty: bool = False  # starts without a workspace
    is_migrating: bool = False

    def site(self, template: Site, root: Path) -> Site:
        """Return a fresh copy of the template for one attempt."""
        site = template.copy(root)
        if self.is_empty:
            shutil.rmtree(site.home)
        steps = (m_later_shape,) if self.is_migrating else ()
        return replace(site, opener=replace(site.opener, steps=steps, clock=FixedClock(NEXT_DAY)))

    @property
    def has_assessment(self) -> bool:
        """Whether the workspace holds the template's assessment in the end."""
        return not self.is_empty or self.deed is Deed.BEFORE


def m_later_shape(tables: Tables) -> None:
    """A step that a later version might take: a table filled from the log, and an index."""
    tables.execute("CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL, ops INTEGER NOT NULL) STRICT")
    tables.execute("INSERT INTO actor (name, ops) SELECT header ->> 'actor', count(*) FROM op GROUP BY 1")
    tables.execute("CREATE INDEX op_by_time ON op (header ->> '$.hlc[0]')")


def live_at(root: Path) -> None:
    """Let what the program keeps outside a workspace, its mirror of replica ids, lie below `root` too."""
    os.environ["XDG_DATA_HOME"] = str(root / "user")


def make_template(work: Path, opener: Opener) -> Site:
    """Build the workspace and the files that all scenarios start from.

    It is made where the copies will stand: a workspace that has moved takes itself for a copy.
    """
    root = work / SITE
    live_at(root)
    inputs = root / "in"
    inputs.mkdir(parents=True)
    (inputs / NOTE).write_text("巡检记录 " * 200)
    picture = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(picture, "JPEG")
    (inputs / PHOTO).write_bytes(picture.getvalue())
    with opener.open(root / "other") as other:
        assessment = filled(other, inputs, "宏达铸造厂")
        export_bundle(other, inputs / BUNDLE)
    shutil.rmtree(root / "other")
    with opener.open(root / "home") as workspace:
        assessment = filled(workspace, inputs, "恒信精密机械有限公司")
        made = create_backup(workspace, inputs)
        made.rename(inputs / BACKUP)
    return Site(root=root.rename(work / "template"), assessment=assessment, opener=opener)


def filled(workspace: Workspace, inputs: Path, name: str) -> str:
    """Add an enterprise with answers and evidence; return its assessment."""
    enterprise = add_enterprise(workspace, EnterpriseProfile(name=name)).enterprise_id
    assessment = start_assessment(workspace, enterprise)
    for question in ("B1", "B2", "B3"):
        record_answer(workspace, assessment, question, ("A",))
    add_evidence(workspace, assessment, "B1", [inputs / NOTE], caption="巡检")
    return assessment


def save(site: Site, workspace: Workspace) -> None:
    record_answer(workspace, site.assessment, "B4", ("A",))


def put_evidence(site: Site, workspace: Workspace) -> None:
    add_evidence(workspace, site.assessment, "B2", [site.inputs / PHOTO], caption="车间")


def take_in(site: Site, workspace: Workspace) -> None:
    import_bundle(workspace, site.inputs / BUNDLE)


def hand_over(site: Site, workspace: Workspace) -> None:
    export_bundle(workspace, site.out / "handed" / BUNDLE)


def issue(site: Site, workspace: Workspace) -> None:
    issue_proposal(workspace, site.assessment, ("zh", "en"), site.out)


def back_up(site: Site, workspace: Workspace) -> None:
    create_backup(workspace, site.out)


def take_back(_: Site, workspace: Workspace) -> bool:
    """Undo, once though it may be tried twice; a store that took a new id over a failing disk has nothing to undo."""
    if next_undo(workspace) != "add_evidence":
        return False
    undo(workspace)
    return True


def restore(site: Site) -> None:
    restore_backup(site.inputs / BACKUP, site.home, key=site.opener.key)


def go_on(site: Site, workspace: Workspace, text: str) -> None:
    """What a person does next: one more save."""
    record_note(workspace, site.assessment, "B5", text)


SCENARIOS = (
    Scenario(name="save an answer", inside=save),
    Scenario(name="save evidence", inside=put_evidence),
    Scenario(name="undo", inside=take_back),
    Scenario(name="import a bundle", inside=take_in),
    Scenario(name="export a bundle", inside=hand_over),
    Scenario(name="issue a proposal", inside=issue),
    Scenario(name="create a backup", inside=back_up),
    Scenario(name="restore a backup", deed=Deed.BEFORE, before=restore, is_empty=True),
    Scenario(name="migrate an older store", deed=Deed.OPENING, is_migrating=True),
    Scenario(name="make a workspace", deed=Deed.OPENING, is_empty=True),
)
