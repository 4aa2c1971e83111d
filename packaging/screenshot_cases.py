"""The workspaces that pictures are taken of: filled, empty, with very long texts, and a case that cannot be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import find_assessments, record_note, start_assessment
from diag_app.operations.demo import ACTOR, run_demo
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.need import NeedFields, add_need
from diag_app.operations.pack_folders import pack_files
from diag_app.operations.workspace import open_workspace
from diag_app.paths import resource
from diag_app.ui.commands import CASE_PLACES
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import NEEDS_ASSESSMENT, PAGES

State = Literal["filled", "empty", "long", "error"]
STATES: tuple[State, ...] = ("filled", "empty", "long", "error")
SHOWN = {"diagnosis": "B3", "board": "quality", "why": "B3"}  # answered from numbers, with evidence and a note
FOLDER_PAGES = ("unlock", "protect")  # shown for a folder, before anything is open
ENCRYPTED_PAGES = ("access",)  # about the keys of a workspace; the demonstration has none
ROSTER = "市级名册.csv"
ROSTER_ROWS = (  # new firms, the one that is here with another number of people, and a row that cannot be read
    "企业名称,统一社会信用代码,行业,从业人员,营业收入（万元）",
    "恒信精密机械有限公司（示例企业）,91000000MADEM01268,C34,131,6240",
    "澄湖包装材料有限公司（示例企业）,91000000MADEM0206U,C22,86,3150",
    "青禾食品机械有限公司（示例企业）,91000000MADEM0214N,C35,214,11800",
    "北岸铸造有限公司（示例企业）,91000000MADEM0222J,C33,150,7900",
)
METHOD, HERE, NEWER = "miit-sme-2024", "1.0.0", "1.1.0"
NEWER_MAPPING = """
from = '1.0.0'
dropped = ['M3', 'office']
[options.B5]
C = ['B']
[options.B7]
C = []
[options.M1]
D = ['C']
"""  # invented: no such version was published
LONG = "名称和说明很长的时候每一页都不该被截断也不该挤在一起，Even with many long words besides; "


def make_workspaces(scratch: Path) -> dict[State, Path]:
    """Return a workspace for each state; the case that cannot be read is looked for in the filled one."""
    run_demo(scratch)
    (scratch / ROSTER).write_text("\n".join(ROSTER_ROWS), encoding="utf-8")
    filled, empty, long = scratch / "workspace", scratch / "empty", scratch / "long"
    with open_workspace(empty, actor=ACTOR):
        pass
    with open_workspace(long, actor=ACTOR) as workspace:
        name = (LONG * 2)[:110]
        profile = EnterpriseProfile(
            name=name, address=LONG * 3, products=LONG * 6, processes=LONG * 6, equipment=LONG * 6
        )
        firm = add_enterprise(workspace, profile).enterprise_id
        assessment = start_assessment(workspace, firm)
        pack = workspace.pack()
        for target in (*(item.question_id for item in pack.questions), "quality"):
            record_note(workspace, assessment, target, LONG * 8)
        fields = NeedFields(
            title=(LONG * 2)[:110], owner_words=LONG * 5, process=LONG * 5, pain=LONG * 5, wish=LONG * 5
        )
        add_need(workspace, assessment, pack.need_forms[0].form_id, fields)
    return {"filled": filled, "empty": empty, "long": long, "error": filled}


@contextmanager
def newer_method(workspace: Path) -> Iterator[None]:
    """Have an invented newer version of the method installed, for the picture of moving to it."""
    folder = workspace / "packs" / METHOD / NEWER
    folder.mkdir(parents=True)
    for name, data in pack_files(resource("packs", METHOD, HERE)).items():
        (folder / name).write_bytes(data.replace(f"version = '{HERE}'".encode(), f"version = '{NEWER}'".encode()))
    (folder / "upgrade.toml").write_text(NEWER_MAPPING, encoding="utf-8")
    yield
    shutil.rmtree(folder)


def targets(workspace: Path, state: State) -> dict[str, Target]:
    """Return where each page is shown in a state; an empty workspace has no case whose pages could be shown."""
    with open_workspace(workspace, actor=ACTOR) as opened:
        firms = find_enterprises(opened)
        case = Target(page="")
        if firms:
            (assessment,) = find_assessments(opened, firms[0].enterprise_id)
            known = "nowhere" if state == "error" else assessment.assessment_id
            case = Target(page="", enterprise_id=firms[0].enterprise_id, assessment_id=known)
    found = {}
    for name in PAGES:
        if name in CASE_PLACES:
            if firms and (state != "error" or name in NEEDS_ASSESSMENT):
                found[name] = replace(case, page=name, item=SHOWN.get(name) if state == "filled" else None)
        elif name not in ENCRYPTED_PAGES and state != "error":
            found[name] = Target(page=name, item=str(workspace) if name in FOLDER_PAGES else None)
    if state == "filled":
        found["roster"] = Target(page="roster", item=str(workspace.parent / ROSTER))
    return found
