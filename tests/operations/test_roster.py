"""Rosters: what is new, changed and the same; what cannot be read is named by row and column and takes no row along."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import (
    add_enterprise,
    find_contacts,
    find_enterprises,
    load_enterprise,
    write_profile,
)
from diag_app.operations.history import undo
from diag_app.operations.roster import import_roster, look_at_roster
from diag_app.operations.workspace import Workspace

CODE = "91000000MADEM01268"
HEAD = (
    "企业名称",
    "统一社会信用代码",
    "行业",
    "从业人员",
    "营业收入（万元）",
    "资产总额(万元)",
    "地址",
    "联系人",
    "电话",
)
ROW = ("恒信机械厂", CODE, "C34", 120, 5000, 3000, "东湖路 8 号", "李明", "13900000000")

Rows = list[tuple[object, ...]]


def written(path: Path, rows: Rows, *merges: str) -> Path:
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def found(workspace: Workspace, rows: Rows, folder: Path, *merges: str) -> list[tuple[str, str]]:
    plan = look_at_roster(workspace, written(folder / "roster.xlsx", rows, *merges))
    return [(one.code, one.parameters["column"] + one.parameters["row"]) for one in plan.problems]


def test_a_roster_comes_in_with_class_and_contact(workspace: Workspace, tmp_path: Path) -> None:
    taken = import_roster(workspace, written(tmp_path / "a.xlsx", [HEAD, ROW]))
    assert (len(taken.plan.new), taken.plan.problems) == (1, ())
    firm = find_enterprises(workspace)[0]
    assert (firm.name, firm.uscc, firm.industry, firm.size_class) == ("恒信机械厂", CODE, "C34", "small")
    contact = find_contacts(workspace, firm.enterprise_id)[0]
    assert (contact.name, contact.phone) == ("李明", "13900000000")


def test_the_same_roster_changes_nothing_the_second_time(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", [HEAD, ROW])
    import_roster(workspace, path)
    before = workspace.store.version_vector()
    plan = import_roster(workspace, path).plan
    assert (plan.new, plan.changed, plan.skipped) == ((), (), 1)
    assert workspace.store.version_vector() == before


@pytest.mark.parametrize(
    ("recorded", "row", "changed"),
    [
        (
            EnterpriseProfile(name="旧名", uscc=CODE, address="西门"),
            ("新名", CODE, None, 30),
            ("新名", CODE, 30, "西门"),
        ),
        (EnterpriseProfile(name="恒信", employees=7), ("恒信", None, None, 8), ("恒信", None, 8, "")),
        (EnterpriseProfile(name="恒信", employees=7), ("恒信", CODE), ("恒信", CODE, 7, "")),
    ],
)
def test_a_firm_here_is_found_by_code_else_by_name_and_keeps_what_the_roster_leaves_open(
    workspace: Workspace,
    tmp_path: Path,
    recorded: EnterpriseProfile,
    row: tuple[object, ...],
    changed: tuple[object, ...],
) -> None:
    here = add_enterprise(workspace, recorded).enterprise_id
    plan = import_roster(workspace, written(tmp_path / "a.xlsx", [HEAD, row])).plan
    profile = load_enterprise(workspace, here).profile
    assert (len(plan.changed), plan.new) == (1, ())
    assert (profile.name, profile.uscc, profile.employees, profile.address) == changed


def test_another_code_under_the_same_name_is_another_firm(workspace: Workspace, tmp_path: Path) -> None:
    add_enterprise(workspace, EnterpriseProfile(name="恒信", uscc="91350100M000100Y43"))
    plan = look_at_roster(workspace, written(tmp_path / "a.xlsx", [HEAD, ("恒信", CODE)]))
    assert (len(plan.new), plan.changed) == (1, ())


@pytest.mark.parametrize(
    ("rows", "merges", "problems"),
    [
        ([HEAD, ("甲", CODE[:-1] + "9")], (), [("USCC_CHECK", "B2")]),
        ([HEAD, ("甲", "9100")], (), [("USCC_LENGTH", "B2")]),
        ([HEAD, (None, CODE)], (), [("NAME_MISSING", "A2")]),
        ([HEAD, ("甲", None, None, -3)], (), [("CELL_NOT_A_NUMBER", "D2")]),
        ([HEAD, ("甲", None, None, 3.5)], (), [("ROSTER_NOT_WHOLE", "D2")]),
        ([HEAD, ("甲", None, None, "约一百")], (), [("CELL_NOT_A_NUMBER", "D2")]),
        ([HEAD, ("甲", None, None, None, 10**16)], (), [("FIGURE_BEYOND", "E2")]),
        ([HEAD, ("甲", None, None, "=60+60")], (), [("CELL_FORMULA", "D2")]),
        ([HEAD, ("甲", None, None, "#DIV/0!")], (), [("CELL_ERROR", "D2")]),
        ([HEAD, ("甲", CODE), ("乙", CODE)], (), [("ROSTER_ROW_TWICE", "B3")]),
        ([HEAD, ("甲",), ("甲",)], (), [("ROSTER_ROW_TWICE", "A3")]),
        ([HEAD, ("甲", CODE), ("甲",)], (), [("ROSTER_ROW_TWICE", "A3")]),
        ([HEAD, ("甲", None, "C34"), ("乙",)], ("C2:C3",), [("CELL_MERGED", "C2"), ("CELL_MERGED", "C3")]),
        ([HEAD, ("甲", None, "养殖")], (), [("ROSTER_INDUSTRY_UNKNOWN", "C2")]),
        ([(*HEAD, "备注"), ("甲",)], (), [("ROSTER_COLUMN_UNKNOWN", "J1")]),
        ([(*HEAD, "单位名称"), ("甲",)], (), [("ROSTER_COLUMN_TWICE", "J1")]),
        ([("企业名称", "营业收入"), ("甲", 3)], (), [("ROSTER_UNIT_ASSUMED", "B1")]),
        ([("二〇二六年名单",), HEAD, ("甲", CODE)], ("A1:I1",), []),
        ([("企业名称", "经营情况"), (None, "从业人员（人）"), ("甲", 3)], ("A1:A2",), []),
        ([HEAD, ("name", "uscc"), ("甲", CODE)], (), []),
    ],
)
def test_what_cannot_be_taken_is_named_by_row_and_column(
    workspace: Workspace, tmp_path: Path, rows: Rows, merges: tuple[str, ...], problems: list[tuple[str, str]]
) -> None:
    assert found(workspace, rows, tmp_path, *merges) == problems


def test_a_bad_row_takes_no_good_one_along(workspace: Workspace, tmp_path: Path) -> None:
    plan = import_roster(workspace, written(tmp_path / "a.xlsx", [HEAD, ("甲", "9100"), ("乙",)])).plan
    assert [firm.name for firm in find_enterprises(workspace)] == ["乙"]
    assert plan.unreadable == 1


def test_two_firms_of_one_name_here_are_not_guessed_between(workspace: Workspace, tmp_path: Path) -> None:
    for _ in range(2):
        add_enterprise(workspace, EnterpriseProfile(name="恒信"))
    assert found(workspace, [HEAD, ("恒信",)], tmp_path) == [("ROSTER_SEVERAL_HERE", "A2")]


@pytest.mark.parametrize(
    ("heading", "value", "recorded"),
    [
        ("营业收入（元）", 12_345_600, "1234.56"),
        ("营业收入（亿元）", "1.5", "15000"),
        ("Revenue (10k CNY)", "１，２３４.5", "1234.5"),
        ("revenue_10k_cny", "12,345,678", "12345678"),
    ],
)
def test_a_unit_in_the_heading_is_counted(
    workspace: Workspace, tmp_path: Path, heading: str, value: object, recorded: str
) -> None:
    import_roster(workspace, written(tmp_path / "a.xlsx", [("Name", heading), ("Hengxin", value)]))
    assert find_enterprises(workspace)[0].revenue_10k_cny == Decimal(recorded)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_every_usual_encoding(
    workspace: Workspace, tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    lines = (("企业名称", "统一社会信用代码", "所属行业"), ("恒信㐀厂", f'="{CODE}"', "通用设备制造业"))
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    import_roster(workspace, path)
    firm = find_enterprises(workspace)[0]
    assert (firm.name, firm.uscc, firm.industry) == ("恒信㐀厂", CODE, "C34")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ROSTER_EMPTY"),
        (b"\r\n , \r\n", "ROSTER_EMPTY"),
        ("甲,乙\r\n1,2".encode(), "ROSTER_NO_HEADINGS"),
        (b"\xff\xff\x00\x81", "TABLE_ENCODING"),
        (b"name,uscc\n\x00", "TABLE_ENCODING"),
        (b"name,uscc\n" + b"a,\n" * 20_001, "TABLE_TOO_LARGE"),
        (b"name,uscc\n" + b"x" * 200_000, "TABLE_BROKEN"),
        (b"PK\x03\x04 no archive", "WORKBOOK_KIND"),
        (b"\xd0\xcf\x11\xe0", "WORKBOOK_LOCKED"),
    ],
)
def test_what_is_no_roster_is_refused(workspace: Workspace, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(DiagError) as caught:
        look_at_roster(workspace, path)
    assert caught.value.code == code


def test_operations_on_several_cases_are_stored_all_or_none(workspace: Workspace) -> None:
    def write_and_stumble() -> None:
        with workspace.store.operations() as begin:
            for name in ("甲", "乙"):
                write_profile(begin("add_enterprise", new_id()), EnterpriseProfile(name=name))
            write_profile(begin("add_enterprise", new_id()), EnterpriseProfile(name="丙", employees=10**400))

    with pytest.raises(TypeError):
        write_and_stumble()
    assert find_enterprises(workspace) == ()


def test_each_firm_is_taken_back_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    import_roster(workspace, written(tmp_path / "a.xlsx", [HEAD, ("甲",), ("乙",)]))
    second, first = (firm.enterprise_id for firm in find_enterprises(workspace))
    undo(workspace, first)
    assert [firm.enterprise_id for firm in find_enterprises(workspace)] == [second]


def test_ten_thousand_firms_are_looked_at_one_by_one(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [",".join(HEAD), *(f"第{number}厂,,C34,{number},100,100,东路,王,1" for number in range(10_000))]
    path.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    plan = look_at_roster(workspace, path)
    assert (len(plan.new), [one.code for one in plan.problems]) == (10_000, ["ROSTER_ROW_TWICE"])
    assert workspace.store.count_enterprises() == 0
