"""What a clumsy or hostile hand gives to the commands is refused by code, in both languages, and nothing changes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.journeys.bad import Site, ask, make_site, refused, run, state

LONG = "x" * 300
PACK = '{"pack": "miit-sme-2024", '


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("bad") / "home")


ADD = ("enterprise", "add", "--name", "甲")


@pytest.mark.parametrize(
    ("arguments", "code", "location"),
    [
        ((*ADD, "--uscc", "914403001922038217"), "USCC_CHECK", "uscc"),
        ((*ADD, "--uscc", "😀" * 18), "USCC_ALPHABET", "uscc"),
        ((*ADD, "--uscc", "1"), "USCC_LENGTH", "uscc"),
        ((*ADD, "--employees", "9" * 30), "FIGURE_BEYOND", "employees"),
        ((*ADD, "--employees", "-1"), "NUMBER_NEGATIVE", "employees"),
        ((*ADD, "--employees", "9" * 5000), "USAGE", ""),
        ((*ADD, "--employees", "1.5"), "USAGE", ""),
        ((*ADD, "--revenue-10k-cny", "1e999999999"), "AMOUNT_INVALID", "revenue_10k_cny"),
        ((*ADD, "--revenue-10k-cny", "nan"), "AMOUNT_INVALID", "revenue_10k_cny"),
        ((*ADD, "--revenue-10k-cny", "1,000"), "AMOUNT_INVALID", "revenue_10k_cny"),
        ((*ADD, "--assets-10k-cny", "9" * 30), "FIGURE_BEYOND", "assets_10k_cny"),
        ((*ADD, "--sector", "nonsense"), "SECTOR_UNKNOWN", "sector"),
        (("enterprise", "add", "--name", "\u200b\t\n "), "NAME_MISSING", "name"),
        (("enterprise", "add", "--name", "甲" * 201), "TEXT_TOO_LONG", "name"),
        ((*ADD, "--address", "路" * 100_001), "TEXT_TOO_LONG", "address"),
        (("assessment", "start", "ASSESSMENT"), "ENTITY_UNKNOWN", "ASSESSMENT"),
        (("assessment", "start", "ENTERPRISE", "--pack", "../../etc"), "PACK_UNKNOWN", "../../etc"),
        (("assessment", "score", "ENTERPRISE"), "ENTITY_UNKNOWN", "ENTERPRISE"),
        (("assessment", "load", "ENTERPRISE", "x.json"), "NOT_FOUND", "x.json"),
        (("need", "list", "ENTERPRISE"), "ENTITY_UNKNOWN", "ENTERPRISE"),
        (("evidence", "add", "ENTERPRISE", "B1", "PICTURE"), "ENTITY_UNKNOWN", "ENTERPRISE"),
        (("evidence", "add", "ASSESSMENT", "B99", "PICTURE"), "TARGET_UNKNOWN", "B99"),
        (("proposal", "issue", "ENTERPRISE", "--output", "x"), "ENTITY_UNKNOWN", "ENTERPRISE"),
        (("bundle", "export", "--output", "x.zip", "nobody"), "ENTITY_UNKNOWN", "nobody"),
        (("undo", "--scope", "nobody"), "NOTHING_TO_UNDO", "nobody"),
        (("enterprise", "find", "--limit", "3"), "USAGE", ""),
        (("enterprise", "nonsense"), "USAGE", ""),
        (("check", "more"), "USAGE", ""),
    ],
)
def test_a_slip_on_the_command_line(site: Site, arguments: tuple[str, ...], code: str, location: str) -> None:
    picture = next((site.home / "evidence").glob("*/*"))
    names = {"ENTERPRISE": site.enterprise, "ASSESSMENT": site.assessment, "PICTURE": str(picture)}
    before = state(site.home)
    error = refused(*(names.get(word, word) for word in arguments), workspace=site.home)
    assert (error["code"], error["location"]) == (code, names.get(location, location))
    assert state(site.home) == before


ANSWER_FILES: dict[str, tuple[bytes | str, str]] = {
    "empty": (b"", "JSON_INVALID"),
    "cut": (b'{"pack": "miit-sme-2024", "answers": {"B1": ["B"', "JSON_INVALID"),
    "not UTF-8": (b"\xff\xfe{\x00}\x00", "JSON_INVALID"),
    "GBK": ('{"备注": 1}'.encode("gbk"), "JSON_INVALID"),
    "zero bytes": (bytes(100), "JSON_INVALID"),
    "a list": (b"[1]", "ANSWERS_SHAPE"),
    "too deep": (b"[" * 200_000, "JSON_INVALID"),
    "a key twice": (f'{PACK}"answers": {{"B1": ["A"], "B1": ["B"]}}}}', "JSON_INVALID"),
    "no number": (f'{PACK}"numbers": {{"equipment_total": NaN}}}}', "JSON_INVALID"),
    "an endless exponent": (f'{PACK}"numbers": {{"equipment_total": 1e{"9" * 30}}}}}', "JSON_INVALID"),
    "a huge exponent": (f'{PACK}"numbers": {{"equipment_total": 1e999999}}}}', "NUMBER_OUT_OF_RANGE"),
    "endless digits": (f'{PACK}"numbers": {{"equipment_total": {"1" * 5000}}}}}', "JSON_INVALID"),
    "half a character": (f'{PACK}"scenarios": {{"hr": {{"not_applicable": "\\ud800"}}}}}}', "JSON_INVALID"),
    "an unknown key": (f'{PACK}"more": 1}}', "ANSWERS_KEY_UNKNOWN"),
    "an unknown question": (f'{PACK}"answers": {{"Z1": ["A"]}}}}', "QUESTION_UNKNOWN"),
    "an unknown option": (f'{PACK}"answers": {{"B1": ["Z"]}}}}', "OPTION_UNKNOWN"),
    "none and another": (f'{PACK}"answers": {{"B1": ["A", "B"]}}}}', "OPTION_NONE_WITH_OTHERS"),
    "no option": (f'{PACK}"answers": {{"B1": []}}}}', "OPTIONS_EMPTY"),
    "an option that is a number": (f'{PACK}"answers": {{"B1": [1]}}}}', "ANSWERS_SHAPE"),
    "a level between": (f'{PACK}"scenarios": {{"hr": 2.5}}}}', "ANSWERS_SHAPE"),
    "a level above": (f'{PACK}"scenarios": {{"hr": 5}}}}', "LEVEL_UNKNOWN"),
    "a true level": (f'{PACK}"scenarios": {{"hr": true}}}}', "ANSWERS_SHAPE"),
    "a part above the whole": (
        f'{PACK}"numbers": {{"equipment_total": "2", "equipment_digital": "3"}}}}',
        "NUMBER_ABOVE_OTHER",
    ),
    "a rate above 100": (f'{PACK}"numbers": {{"pass_rate_last_pct": "100.1"}}}}', "NUMBER_TOO_LARGE"),
    "another pack": (b'{"pack": "other"}', "ANSWERS_PACK"),
}


@pytest.mark.parametrize("fault", ANSWER_FILES)
def test_an_answers_file(site: Site, tmp_path: Path, fault: str) -> None:
    content, code = ANSWER_FILES[fault]
    file = tmp_path / "answers.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = state(site.home)
    assert refused("assessment", "load", site.assessment, file, workspace=site.home)["code"] == code
    assert state(site.home) == before


NEED_FILES = {
    "a text that is a number": ('{"fields": {"title": 5}}', "SHAPE_INVALID"),
    "a text that is null": ('{"fields": {"owner_words": null}}', "SHAPE_INVALID"),
    "a text that is a list": ('{"fields": {"title": ["x"]}}', "SHAPE_INVALID"),
    "a level that is a text": ('{"fields": {"target_level": "4"}}', "SHAPE_INVALID"),
    "a level between": ('{"fields": {"target_level": 3.7}}', "SHAPE_INVALID"),
    "a true level": ('{"fields": {"target_level": true}}', "SHAPE_INVALID"),
    "a level above": ('{"fields": {"target_level": 99}}', "LEVEL_UNKNOWN"),
    "an unknown priority": ('{"fields": {"priority": "now"}}', "SHAPE_INVALID"),
    "an unknown key": ('{"fields": {"more": 1}}', "SHAPE_INVALID"),
    "no fields": ("{}", "SHAPE_INVALID"),
    "a list": ("[1]", "SHAPE_INVALID"),
    "words without end": (json.dumps({"fields": {"pain": "长" * 100_001}}), "TEXT_TOO_LONG"),
    "no figure": ('{"fields": {}, "metrics": [{"metric_id": "miss_rate", "value": "NaN"}]}', "SHAPE_INVALID"),
    "an endless figure": (
        '{"fields": {}, "metrics": [{"metric_id": "miss_rate", "value": "1e999999999"}]}',
        "SHAPE_INVALID",
    ),
    "a word for a figure": (
        '{"fields": {}, "metrics": [{"metric_id": "miss_rate", "value": "many"}]}',
        "SHAPE_INVALID",
    ),
    "a figure beyond": (
        '{"fields": {}, "metrics": [{"metric_id": "miss_rate", "value": "1e20"}]}',
        "FIGURE_BEYOND",
    ),
    "an unknown metric": ('{"fields": {}, "metrics": [{"metric_id": "zz", "value": "1"}]}', "METRIC_UNKNOWN"),
}


@pytest.mark.parametrize("fault", NEED_FILES)
def test_a_need_file(site: Site, tmp_path: Path, fault: str) -> None:
    content, code = NEED_FILES[fault]
    file = tmp_path / "need.json"
    file.write_text(content, encoding="utf-8")
    before = state(site.home)
    error = refused("need", "add", site.assessment, "visual_inspection", file, workspace=site.home)
    assert error["code"] == code
    assert state(site.home) == before


@pytest.mark.parametrize("place", ["folder", "pipe", "device", "nowhere", "long"])
def test_what_is_no_file_is_not_opened(site: Site, tmp_path: Path, place: str) -> None:
    pipe, device = tmp_path / "pipe", tmp_path / "device"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    path = {"folder": tmp_path, "pipe": pipe, "device": device, "nowhere": tmp_path / "x", "long": tmp_path / LONG}[
        place
    ]
    code = {"nowhere": "NOT_FOUND", "long": "PATH_TOO_LONG"}.get(place, "NOT_A_FILE")
    for command in (
        ("assessment", "load", site.assessment, path),
        ("evidence", "add", site.assessment, "B1", path),
        ("need", "add", site.assessment, "visual_inspection", path),
        ("bundle", "verify", path),
        ("bundle", "import", path),
        ("proposal", "verify", path),
    ):
        error = refused(*command, workspace=site.home)
        assert (error["code"], error["location"]) == (code, str(path)), command
    assert ask("score", path).json["error"]["code"] == code


@pytest.mark.parametrize(
    ("directory", "code"),
    [
        ("file", "NOT_A_FOLDER"),
        ("file/below", "NOT_A_FOLDER"),
        (LONG, "PATH_TOO_LONG"),
        (f"{LONG}/below", "PATH_TOO_LONG"),
    ],
)
def test_a_place_that_can_hold_no_workspace(tmp_path: Path, directory: str, code: str) -> None:
    (tmp_path / "file").write_text("x")
    place = tmp_path / directory
    for command in (("workspace", "create", place), ("demo", place)):
        assert refused(*command)["code"] == code
    assert refused(*ADD, workspace=place)["code"] == code
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_export_replaces_neither_the_workspace_nor_another_file(site: Site, tmp_path: Path) -> None:
    before = state(site.home)
    thesis, pipe = tmp_path / "thesis.docx", tmp_path / "pipe"
    thesis.write_bytes(b"PK\x03\x04" + b"work of years" * 10)
    os.mkfifo(pipe)
    (tmp_path / "link.zip").symlink_to(site.home / "workspace.db")
    for output, code in (
        (site.home / "workspace.db", "OUTPUT_IN_WORKSPACE"),
        (site.home / "evidence" / "x.zip", "OUTPUT_IN_WORKSPACE"),
        (tmp_path / "link.zip", "OUTPUT_IN_WORKSPACE"),
        (thesis, "OUTPUT_TAKEN"),
        (pipe, "NOT_A_FILE"),
        (tmp_path, "NOT_A_FILE"),
    ):
        assert refused("bundle", "export", "--output", output, workspace=site.home)["code"] == code
    assert thesis.read_bytes().endswith(b"work of years")
    assert state(site.home) == before
    older = tmp_path / "older.zip"
    for _ in range(2):  # a bundle may be replaced by a newer one
        assert ask("bundle", "export", "--output", older, workspace=site.home).status == 0


def test_names_from_anywhere_are_stored_as_they_read(tmp_path: Path) -> None:
    names = {
        "a\x01\x1b[31mb\n\tc": "a [31mb c",
        "\u202ecod.exe\u202c 厂": "cod.exe 厂",
        "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
        "䶮㛃𬭎𠅤": "䶮㛃𬭎𠅤",
        "שלום مرحبا 👨‍👩‍👧‍👦": "שלום مرحبا 👨‍👩‍👧‍👦",
        '" OR name:* --': '" OR name:* --',
        "<b>{0}%s</b>": "<b>{0}%s</b>",
    }
    for given in names:
        assert ask("enterprise", "add", "--name", given, workspace=tmp_path).status == 0
    found = [item["name"] for item in ask("enterprise", "find", workspace=tmp_path).json]
    assert found == list(reversed(names.values()))
    for query in ('"', "NEAR(a b)", "a* OR b", "䶮", "\x00", "'; DROP TABLE op; --"):
        assert ask("enterprise", "find", query, workspace=tmp_path).status == 0
    for item in ask("enterprise", "find", workspace=tmp_path).json:
        assert ask("assessment", "start", item["enterprise_id"], workspace=tmp_path).status == 0
    bundle = tmp_path.with_suffix(".zip")
    assert ask("bundle", "export", "--output", bundle, workspace=tmp_path).status == 0
    with zipfile.ZipFile(bundle) as archive:
        table = archive.read("data/facts/assessments.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(table.splitlines()) for cell in row]
    assert any("=cmd" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_arguments_that_are_no_text(tmp_path: Path) -> None:
    home = os.fsencode(tmp_path / "home")
    for command in (
        (b"enterprise", b"add", b"--name", b"\xff\xfe"),
        (b"enterprise", b"find", b"\xff"),
        (b"assessment", b"score", b"\xff"),
    ):
        done = run("--workspace", home, "--json", *command)
        assert done.returncode == 2
        assert json.loads(done.stderr)["error"]["code"] in ("TEXT_INVALID", "STORE_MISSING"), done.stderr
        run("--workspace", home, *ADD)
    site = make_site(tmp_path / "home")
    photo = tmp_path / os.fsdecode(b"\xb2\xfa\xcf\xdf.jpg")  # GBK, as old archives leave it
    shutil.copy(next((site.home / "evidence").glob("*/*")), photo)
    done = run("--workspace", home, "--json", "evidence", "add", site.assessment, "B1", os.fsencode(photo))
    assert done.returncode == 0, done.stderr
    assert ask("check", "--read-data", workspace=site.home).json == []
