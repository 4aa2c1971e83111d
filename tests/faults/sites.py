"""The folder of one scenario: a workspace, what is read, what is handed over; and the one all start from."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import export_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.workspace import Workspace
from tests.faults.workspaces import Opener

SITE = "site"  # the folder of every copy
FIRM = "恒信精密机械有限公司"
BUNDLE, BACKUP, NOTE, PHOTO = "bundle.zip", "backup.zip", "note.txt", "photo.jpg"


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

    @property
    def disk(self) -> Path:
        """Where second copies go."""
        return self.out / "disk"

    def copy(self, root: Path) -> Site:
        """Return a copy at `root`, which is this person's machine from now on."""
        shutil.copytree(self.root, root)
        live_at(root)
        return replace(self, root=root)


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
    (inputs / NOTE).write_text(f"{FIRM}巡检记录 " * 100)
    picture = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(picture, "JPEG")
    (inputs / PHOTO).write_bytes(picture.getvalue())
    for home in (root / "other", root / "home"):
        opener.make_ways_in(home)
    with opener.open(root / "other") as other:
        assessment = filled(other, inputs, "宏达铸造厂")
        export_bundle(other, inputs / BUNDLE)
    shutil.rmtree(root / "other")
    with opener.open(root / "home") as workspace:
        assessment = filled(workspace, inputs, FIRM)
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
