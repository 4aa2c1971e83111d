"""The main job by command line, from the gate of the factory to a bundle taken in elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diag_app.cli.main import main
from diag_app.paths import resource
from tests.journeys.command import diag

USCC = "91000000MADEM01268"
NEED = {
    "fields": {"owner_words": "夜班总有漏检。", "barrier": "afraid", "barrier_reason": "怕误判停线", "target_level": 4},
    "metrics": [{"metric_id": "miss_rate", "value": "3.79", "period": "2026-03", "source": "500 件盲测"}],
}


def test_the_main_job_from_new_firm_to_bundle_in_another_workspace(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert diag("workspace", "create", home).status == 0
    firm = diag(
        "enterprise", "add", "--name", "䶮㛃精密（测试）", "--uscc", USCC, "--employees", "128",
        "--revenue-10k-cny", "6240", workspace=home,
    ).json  # fmt: skip
    assert (firm["size_class"], firm["above_scale"], firm["problems"]) == ("small", True, [])
    for part in ("䶮", "精密", "MADEM", "jmcs"):
        found = diag("enterprise", "find", part, workspace=home).json
        assert [item["enterprise_id"] for item in found] == [firm["enterprise_id"]], part

    assessment = diag("assessment", "start", firm["enterprise_id"], workspace=home).json["assessment_id"]
    answers = resource("demo", "answers.json")
    assert diag("assessment", "load", assessment, answers, workspace=home).json["recorded"] > 0
    card = diag("assessment", "score", assessment, workspace=home).json
    assert (card["score"], card["level"], card["missing"]) == ("50.7", 2, ["B6"])
    assert diag("assessment", "complete", assessment, workspace=home).json == card

    picture = next(resource("demo", "pictures").iterdir())
    [evidence] = diag("evidence", "add", assessment, "B3", picture, workspace=home).json
    assert len(evidence["sha256"]) == 64
    need_file = tmp_path / "need.json"
    need_file.write_text(json.dumps(NEED, ensure_ascii=False), encoding="utf-8")
    assert diag("need", "add", assessment, "visual_inspection", need_file, workspace=home).status == 0
    [need] = diag("need", "list", assessment, workspace=home).json
    assert need["owner_words"] == "夜班总有漏检。"

    papers = tmp_path / "papers"
    issue = ("proposal", "issue", assessment, "--report-language", "zh,en", "--output", papers)
    loose, *warnings = diag(*issue, workspace=home).refusal["problems"]
    assert loose["code"] == "NEEDS_WITHOUT_PLAN"
    assert "--without-path" in loose["remedy"]
    assert {one["code"] for one in warnings} == {"PHOTO_UNCAPTIONED", "TEXT_UNTRANSLATED"}
    issued = diag(*issue, "--without-path", "业主春天定预算", workspace=home).json
    assert [Path(file["path"]).read_bytes()[:5] for file in issued["files"]] == [b"%PDF-", b"%PDF-"]
    assert diag("proposal", "verify", issued["files"][0]["path"], workspace=home).json["ok"]

    stick = tmp_path / "case.zip"
    sealed = diag("bundle", "export", "--output", stick, assessment, workspace=home).json
    assert sealed["parts"] == [str(stick)]
    assert diag("bundle", "verify", stick).json["ok"]

    other = tmp_path / "other"
    first = diag("bundle", "import", stick, workspace=other).json
    again = diag("bundle", "import", stick, workspace=other).json
    assert (first["applied"], first["conflicts"]) == (sealed["ops"], [])
    assert (again["applied"], again["already_here"]) == (0, sealed["ops"])
    assert (
        diag("assessment", "score", assessment, workspace=other).json
        == diag("assessment", "score", assessment, workspace=home).json
    )
    assert diag("proposal", "verify", issued["files"][1]["path"], workspace=other).json["ok"]
    assert diag("check", "--read-data", workspace=other).json == []


def test_undo_and_redo_reach_over_restarts(tmp_path: Path) -> None:
    added = diag("enterprise", "add", "--name", "第一家", workspace=tmp_path).json["enterprise_id"]
    assessment = diag("assessment", "start", added, workspace=tmp_path).json["assessment_id"]
    diag("assessment", "load", assessment, resource("demo", "answers.json"), workspace=tmp_path)
    assert diag("undo", workspace=tmp_path).json["operation"] == "load_answers"
    assert diag("assessment", "score", assessment, workspace=tmp_path).json["score"] == "0"
    assert diag("redo", "--scope", added, workspace=tmp_path).json["operation"] == "load_answers"
    assert diag("assessment", "score", assessment, workspace=tmp_path).json["score"] == "50.7"
    assert diag("redo", workspace=tmp_path).refusal["code"] == "NOTHING_TO_REDO"


def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    home, back = tmp_path / "home", tmp_path / "back"
    firm = diag("enterprise", "add", "--name", "备份厂", workspace=home).json["enterprise_id"]
    backup = diag("backup", "create", tmp_path / "backups", workspace=home).json["backup"]
    assert diag("backup", "restore", backup, "--to", back).status == 0
    assert diag("enterprise", "find", "备份", workspace=back).json[0]["enterprise_id"] == firm
    assert diag("check", "--read-data", workspace=back).json == []


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("empty") / "home"
    assert main(["--workspace", str(home), "workspace", "create", str(home)]) == 0
    return home


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("enterprise", "add", "--name", "甲", "--uscc", "914403001922038217"), "USCC_CHECK"),
        (("enterprise", "add", "--name", "  "), "NAME_MISSING"),
        (("enterprise", "add", "--name", "甲", "--revenue-10k-cny", "many"), "AMOUNT_INVALID"),
        (("enterprise", "add", "--name", "甲", "--employees", "-3"), "NUMBER_NEGATIVE"),
        (("assessment", "start", "nobody"), "ENTITY_UNKNOWN"),
        (("assessment", "score", "nobody"), "ENTITY_UNKNOWN"),
        (("bundle", "import", "nowhere.zip"), "NOT_FOUND"),
        (("backup", "restore", "nowhere", "--to", "there"), "NOT_FOUND"),
        (("undo",), "NOTHING_TO_UNDO"),
        (("no-such-command",), "USAGE"),
        (("enterprise", "add"), "USAGE"),
        (("proposal", "issue", "nobody", "--format", "odt", "--output", "x"), "FORMAT_UNKNOWN"),
        (("proposal", "issue", "nobody", "--report-language", "fr", "--output", "x"), "LANGUAGE_UNKNOWN"),
    ],
)
def test_a_refusal_is_coded_worded_in_both_languages_and_exits_with_2(
    empty_home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    place = ["--workspace", str(empty_home)]
    for language in ("zh_CN", "en"):
        assert main([*place, "--json", "--language", language, *arguments]) == 2
        said = capsys.readouterr()
        refusal = json.loads(said.err)["error"]
        assert said.out == ""
        assert refusal["code"] == code
        assert refusal["message"]
        assert refusal["remedy"]
    assert main([*place, "--language", "en", *arguments]) == 2
    plain = capsys.readouterr().err
    assert plain.startswith(f"{code}: ")
    assert len(plain.splitlines()) >= 2
    assert "Traceback" not in plain


def test_one_refused_answers_file_stands_in_its_place_among_the_scores(tmp_path: Path) -> None:
    good = resource("demo", "answers.json")
    bad = tmp_path / "bad.json"
    bad.write_text('{"pack": "miit-sme-2024", "answers": {"B1": ["Z"]}}', encoding="utf-8")
    answered = diag("score", good, bad, good)
    lines = [json.loads(line) for line in answered.output.splitlines()]
    assert answered.status == 2
    assert [line.get("score") for line in lines] == ["50.7", None, "50.7"]
    assert lines[1]["error"]["location"] == "answers.B1"


def test_a_changed_pdf_is_not_the_issued_one(tmp_path: Path) -> None:
    made = diag("demo", tmp_path / "demo").json
    assert (made["level"], made["score"]) == (2, "50.7")
    paper, bundle = Path(made["files"][0]), Path(made["files"][-1])
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(paper.read_bytes().replace(b"%%EOF", b"%%EOE"))
    home = tmp_path / "demo" / "workspace"
    answered = diag("proposal", "verify", changed, workspace=home)
    assert (answered.status, answered.json["ok"]) == (1, False)
    torn = tmp_path / "torn.zip"
    torn.write_bytes(bundle.read_bytes()[:-100])
    assert diag("bundle", "verify", torn).status == 1
    assert diag("bundle", "import", torn, workspace=tmp_path / "fresh").status == 2


def test_without_a_screen_the_window_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    answered = diag(as_json=False)
    assert (answered.status, answered.error.split(":")[0]) == (2, "NO_DISPLAY")
