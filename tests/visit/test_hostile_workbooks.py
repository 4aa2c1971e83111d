"""Workbooks that try something: refused by code, or the cell is named; never a crash, never a guess."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from diag_app.errors import DiagError
from diag_app.intake.previsit_read import read_previsit
from diag_app.operations.previsit import plan_previsit, write_previsit
from tests.visit.conftest import Case, new_case
from tests.visit.workbooks import filled, rows_of, saved


class Good(bytes):
    """A workbook as it is sent to a firm; its bytes stand in no report of a failure."""

    def __repr__(self) -> str:
        return f"Good({len(self)} bytes)"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A workbook as it is sent to a firm."""
    folder = tmp_path_factory.mktemp("good")
    case = new_case(folder / "workspace")
    with case.workspace:
        return Good(write_previsit(case.workspace, case.assessment_id, "zh", folder / "visit.xlsx").read_bytes())


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the workbook with a part added, or put in place of the one of that name."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def without_manifest(data: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    del book["_qizhen"]
    return saved(book)


def with_manifest(row: int, value: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        book = openpyxl.load_workbook(BytesIO(data))
        book["_qizhen"].cell(row, 2).value = value
        return saved(book)

    return change


def with_far_cell(data: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    book.worksheets[0].cell(900_000, 3).value = "x"
    return saved(book)


def plain_book(_data: bytes) -> bytes:
    return saved(Workbook())


def many_parts(data: bytes) -> bytes:
    for number in range(3):
        data = with_part(data, f"junk/{number}.bin", b"")
    target = BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(1100):
            archive.writestr(f"junk/more{number}.bin", b"")
    return target.getvalue()


BOMB = b"<worksheet>" + b" " * (13 * 1024**2) + b"</worksheet>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
HOSTILE: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("macros", lambda data: with_part(data, "xl/vbaProject.bin", b"\x00"), "WORKBOOK_MACROS"),
    ("old macros", lambda data: with_part(data, "xl/macrosheets/sheet1.xml", b"<x/>"), "WORKBOOK_MACROS"),
    ("links", lambda data: with_part(data, "xl/externalLinks/externalLink1.xml", b"<x/>"), "WORKBOOK_LINKS"),
    ("connections", lambda data: with_part(data, "xl/connections.xml", b"<x/>"), "WORKBOOK_LINKS"),
    ("a zip bomb", lambda data: with_part(data, "xl/worksheets/sheet1.xml", BOMB), "WORKBOOK_TOO_LARGE"),
    ("very many parts", many_parts, "WORKBOOK_TOO_LARGE"),
    ("an entity", lambda data: with_part(data, "xl/sharedStrings.xml", ENTITY), "WORKBOOK_BROKEN"),
    (
        "an entity in UTF-16",
        lambda data: with_part(data, "xl/sharedStrings.xml", ENTITY.decode().encode("utf-16")),
        "WORKBOOK_BROKEN",
    ),
    ("a broken sheet", lambda data: with_part(data, "xl/worksheets/sheet1.xml", b"<worksheet"), "WORKBOOK_BROKEN"),
    ("a broken index", lambda data: with_part(data, "xl/workbook.xml", b"<workbook/>"), "WORKBOOK_NOT_OURS"),
    ("a sheet as long as can be", with_far_cell, "WORKBOOK_TOO_LARGE"),
    ("the old kind", lambda _data: b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "WORKBOOK_LOCKED"),
    ("no archive", lambda _data: b"name;value\n", "WORKBOOK_KIND"),
    ("nothing", lambda _data: b"", "WORKBOOK_KIND"),
    ("cut short", lambda data: data[: len(data) // 2], "WORKBOOK_KIND"),
    ("another workbook", plain_book, "WORKBOOK_NOT_OURS"),
    ("no manifest", without_manifest, "WORKBOOK_NOT_OURS"),
    ("a formula as manifest", with_manifest(2, "=1+1"), "WORKBOOK_NOT_OURS"),
    ("a later form", with_manifest(1, "99"), "WORKBOOK_NEWER"),
]


@pytest.mark.parametrize(("change", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_hostile_is_refused_by_code(good: bytes, change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(DiagError) as refused:
        read_previsit(change(good), "visit.xlsx")
    assert refused.value.code == code


@given(place=st.integers(0, 200_000), byte=st.integers(0, 255), length=st.integers(1, 40))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_bytes_never_crash_the_reader(good: Good, place: int, byte: int, length: int) -> None:
    place %= len(good)
    damaged = good[:place] + bytes([byte]) * length + good[place + length :]
    with suppress(DiagError):  # any other exception is the failure
        read_previsit(damaged, "visit.xlsx")


CELLS = [
    ("number:equipment_total", "=1+1", "CELL_FORMULA"),
    ("tick:B1:B", "=TRUE()", "CELL_FORMULA"),
    ("number:equipment_total", "#DIV/0!", "CELL_ERROR"),
    ("number:equipment_total", -5, "CELL_NOT_A_NUMBER"),
    ("number:equipment_total", 1e300, "CELL_NOT_A_NUMBER"),
    ("scenario:quality", 7, "CELL_NO_LEVEL"),
    ("single:B5", "全部", "CELL_NO_OPTION"),
]


@pytest.mark.parametrize(("row_id", "value", "code"), CELLS)
def test_a_cell_that_cannot_be_read_is_named_where_the_person_sees_it(
    case: Case, tmp_path: Path, row_id: str, value: object, code: str
) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {row_id: value})
    sheet, row = rows_of(openpyxl.load_workbook(path))[row_id]
    (problem,) = plan_previsit(case.workspace, case.assessment_id, path).plan.problems
    assert (problem.code, problem.parameters["sheet"], problem.parameters["row"]) == (code, sheet, str(row))


def test_merged_cells_are_named_and_a_tick_box_that_is_off_is_no_answer(case: Case, tmp_path: Path) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {"tick:B1:B": True, "tick:B1:C": False, "number:equipment_total": 50})
    book = openpyxl.load_workbook(path)
    sheet, row = rows_of(book)["number:equipment_total"]
    book[sheet].merge_cells(start_row=row, start_column=4, end_row=row + 1, end_column=5)
    book.save(path)
    plan = plan_previsit(case.workspace, case.assessment_id, path).plan
    assert {problem.code for problem in plan.problems} == {"CELL_MERGED"}
    assert [line.stated for line in plan.lines if line.key == "answer:B1"] == [("B",)]


def test_rows_are_found_wherever_they_were_moved_and_per_cent_is_read_as_shown(case: Case, tmp_path: Path) -> None:
    path = write_previsit(case.workspace, case.assessment_id, "zh", tmp_path / "visit.xlsx")
    filled(path, {"number:pass_rate_last_pct": 0.9785, "tick:B1:B": "√"})
    book = openpyxl.load_workbook(path)
    sheet, row = rows_of(book)["number:pass_rate_last_pct"]
    book[sheet].cell(row, 4).number_format = "0.00%"
    book[sheet].insert_rows(3, 4)
    book[sheet].title = "我改了名"
    book.save(path)
    plan = plan_previsit(case.workspace, case.assessment_id, path).plan
    stated = {line.key: str(line.stated) for line in plan.lines}
    assert stated["number:pass_rate_last_pct"].rstrip("0") == "97.85"
    assert plan.problems == ()
