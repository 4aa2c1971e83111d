"""A roster by command line: planned, taken in, the same the second time; bad rows are told by row and column."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.command import diag

ROSTER = (
    "企业名称,统一社会信用代码,从业人员(人),营业收入（万元）,备注\n"
    "恒信机械厂,91000000MADEM01268,120,5000,早\n"
    "青禾食品厂,91000000MADEM01269,80,900,\n"
)


def test_a_roster_is_planned_then_taken_in(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "名单.csv"
    file.write_bytes(ROSTER.encode("gb18030"))
    assert diag("enterprise", "import", file, "--dry-run", workspace=home).refusal["code"] == "STORE_MISSING"
    assert diag("workspace", "create", home).status == 0
    planned = diag("enterprise", "import", file, "--dry-run", workspace=home)
    assert planned.status == 1
    assert [planned.json[key] for key in ("added", "updated", "skipped")] == [1, 0, 0]
    places = [(one["code"], one["row"], one["column"], one["severity"]) for one in planned.json["problems"]]
    assert places == [("ROSTER_COLUMN_UNKNOWN", 1, "E", "warning"), ("USCC_CHECK", 3, "B", "error")]
    assert all(one["message"] for one in planned.json["problems"])
    assert diag("enterprise", "find", workspace=home).json == []

    assert diag("enterprise", "import", file, workspace=home).json == planned.json
    [firm] = diag("enterprise", "find", "恒信", workspace=home).json
    assert (firm["uscc"], firm["employees"], firm["size_class"]) == ("91000000MADEM01268", 120, "small")
    again = diag("enterprise", "import", file, workspace=home).json
    assert [again[key] for key in ("added", "updated", "skipped")] == [0, 0, 1]
