"""Terminals, locales and habits that stand in the way of an answer; and texts that must reach the paper."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.model.actor import Actor
from diag_app.model.facts import BaselineMetric, EnterpriseProfile
from diag_app.operations.assessment import load_answers, record_note, start_assessment
from diag_app.operations.chain import WITHOUT_PLAN, excuse_orphan
from diag_app.operations.enterprise import add_enterprise, save_contact
from diag_app.operations.need import NeedFields, add_need
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.workspace import open_workspace
from tests.journeys.bad import ANSWERS, Site, make_site, run

RARE = "䶮㛃𬭎𠅤"
PLAIN_C = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("bad") / "home")


@pytest.mark.parametrize(
    "env",
    [PLAIN_C, {"PYTHONIOENCODING": "gbk:strict"}, {"PYTHONIOENCODING": "ascii:strict"}, {"PYTHONUTF8": "1"}],
    ids=["C locale", "GBK", "ASCII", "UTF-8"],
)
def test_json_is_utf_8_on_every_terminal_and_lines_are_never_refused(site: Site, env: dict[str, str]) -> None:
    answered = run("--workspace", str(site.home), "--json", "enterprise", "find", env=env)
    assert (answered.returncode, answered.stderr) == (0, b"")
    assert json.loads(answered.stdout.decode("utf-8"))[0]["name"] == "䶮㛃精密（测试）"
    lines = run("--workspace", str(site.home), "enterprise", "find", env=env)
    assert (lines.returncode, lines.stderr) == (0, b"")
    refused = run("--workspace", str(site.home), "--json", "assessment", "score", "x", env=env)
    assert refused.returncode == 2
    assert json.loads(refused.stderr.decode("utf-8"))["error"]["code"] == "ENTITY_UNKNOWN"


def test_an_answer_that_nobody_takes(site: Site) -> None:
    find = [sys.executable, "-m", "diag_app", "--workspace", str(site.home), "enterprise", "find"]
    for redirection, status in ((">&-", 0), ("2>&-", 0), (">&- 2>&- <&-", 0), (">/dev/full", 2), ("| true", 0)):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {redirection}', "sh", *find], capture_output=True, check=False, timeout=60
        )
        assert done.returncode == status, redirection
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr
        assert (b"OUTPUT_FAILED" in done.stderr) == (status == 2)
    reader, writer = os.pipe()
    os.close(reader)
    done = run("--workspace", str(site.home), "enterprise", "find", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b"")
    with Path("/dev/full").open("wb") as full:
        done = run("--workspace", str(site.home), "assessment", "score", "x", stderr=full)
    assert done.returncode == 2


def test_a_folder_that_is_gone_and_a_person_without_a_home(site: Site, tmp_path: Path) -> None:
    script = 'mkdir "$1" && cd "$1" && rmdir "$1" && shift && "$@"'
    for arguments, code in (
        (("--workspace", str(site.home), "enterprise", "find"), None),
        (("workspace", "create", "here"), "NOT_FOUND"),
        (("--workspace", str(site.home), "bundle", "export", "--output", "x.zip"), "NOT_FOUND"),
        (("demo", "here"), "NOT_FOUND"),
    ):
        command = [sys.executable, "-m", "diag_app", "--json", *arguments]
        gone = str(tmp_path / "gone")
        done = subprocess.run(["sh", "-c", script, "sh", gone, *command], capture_output=True, check=False, timeout=60)
        assert done.returncode == (0 if code is None else 2), done.stderr
        assert code is None or json.loads(done.stderr)["error"]["code"] == code
    nowhere = dict.fromkeys(("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), "")
    done = run("--json", "enterprise", "add", "--name", "甲", env={**nowhere, "HOME": "/proc/nowhere"})
    assert done.returncode == 2
    assert json.loads(done.stderr)["error"]["code"] in ("NOT_FOUND", "NO_ACCESS", "READ_ONLY")


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b"",
        b"\xff",
        b'{"language": "fr"}',
        b'{"name": 5}',
        b"[" * 99_999,
        b'{"last_workspace": "a\\u0000b"}',
    ],
)
def test_damaged_settings_stop_every_command_and_name_the_file(tmp_path: Path, content: bytes) -> None:
    settings = tmp_path / "QiZhen" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(content)
    done = run("--json", "enterprise", "add", "--name", "甲", env={"XDG_DATA_HOME": str(tmp_path)})
    error = json.loads(done.stderr)["error"]
    assert (done.returncode, error["code"], error["location"]) == (2, "SETTINGS_INVALID", str(settings))
    assert settings.read_bytes() == content
    assert [path.name for path in settings.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("form", [("--language=en",), ("--language", "en"), ()])
def test_the_language_of_a_refusal_is_the_one_asked_for(site: Site, form: tuple[str, ...]) -> None:
    env = {"DIAG_JSON": "1"} if form else {"DIAG_JSON": "1", "DIAG_LANGUAGE": "en"}
    done = run(*form, "--workspace", str(site.home), "assessment", "score", "x", env=env)
    assert json.loads(done.stderr)["error"]["message"] == "There is nothing with the id x."


@pytest.fixture
def heard_interrupts() -> Iterator[None]:
    """A shell's background job ignores Ctrl+C, and what it starts inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_interrupts")
def test_control_c_ends_with_a_word_and_a_clean_workspace(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    command = [sys.executable, "-m", "diag_app", "--json", "demo", str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        while not (place / "workspace" / "evidence").exists() and child.poll() is None:
            os.sched_yield()
        child.send_signal(signal.SIGINT)
        output, error = child.communicate(timeout=60)
    assert (child.returncode, output) == (2, b"")
    assert json.loads(error)["error"]["code"] == "INTERRUPTED"
    checked = run("--workspace", str(place / "workspace"), "--json", "check", "--read-data")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])
    assert not list(place.rglob(".part-*"))


@pytest.mark.parametrize(
    "note",
    [RARE + "甲乙丙丁戊己" * 1700, "x" * 10_000, f"{RARE}abc，。（）" * 900],
    ids=["Chinese", "Latin", "mixed"],
)
def test_ten_thousand_characters_without_a_blank_and_rare_names_are_copied_out_of_the_paper(
    tmp_path: Path, note: str
) -> None:
    name = f"{RARE}精密有限公司"
    with open_workspace(tmp_path / "home", actor=Actor(name=f"{RARE}顾问", firm="乙", device="丙")) as workspace:
        firm = add_enterprise(workspace, EnterpriseProfile(name=name, address=note[:300])).enterprise_id
        save_contact(workspace, firm, name=f"{RARE}厂长", role="厂长")
        assessment = start_assessment(workspace, firm)
        load_answers(workspace, assessment, ANSWERS)
        record_note(workspace, assessment, "B1", note)
        metric = BaselineMetric(metric_id="miss_rate", value=Decimal("3.79"), period="2026-03", source="盲测")
        add_need(workspace, assessment, "visual_inspection", NeedFields(owner_words=note), (metric,))
        excuse_orphan(workspace, assessment, WITHOUT_PLAN, "业主春天定预算")
        issued = issue_proposal(workspace, assessment, ("zh", "en"), tmp_path / "papers")
    for path in issued.paths:
        text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
        on_paper = "".join(text.split())
        assert name in on_paper
        assert f"{RARE}厂长" in on_paper
        assert f"{RARE}顾问" in on_paper
        for character in set(note):  # once in the owner's words, once in the note
            assert on_paper.count(character) >= note.count(character), character
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stdout
