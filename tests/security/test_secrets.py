"""Passphrase, recovery words, names and phone numbers stand in no argument, environment, log, crash file or refusal.

The main job runs by command on an encrypted workspace, in processes of its own that are looked at while they run.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from diag_app.crypto.kdf import FLOOR
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import add_enterprise, save_contact
from diag_app.operations.security import change_passphrase, unlock
from diag_app.operations.workspace import open_workspace
from diag_app.paths import resource

PHRASE = "曲江 qilin-4471 杨梅 harbour"
NAME = "苍梧玄圃试验机械厂"
PHONE = "13900005871"
ANSWERS = "demo", "answers.json"


@dataclass
class Run:
    """The commands that were run, and all that could be seen of them from outside."""

    folder: Path
    home: Path
    environment: dict[str, str]
    seen: list[bytes] = field(default_factory=list)  # arguments and environments while they ran
    samples: int = 0
    refused: list[bytes] = field(default_factory=list)  # what refused commands said

    def diag(self, *arguments: str | Path, program: tuple[str, ...] = ("diag_app",), status: int = 0) -> Any:
        """Run a command on the workspace, look at it while it runs, and return its JSON answer."""
        command = [sys.executable, "-m", *program, "--json", "--workspace", self.home, *arguments]
        with subprocess.Popen(
            list(map(str, command)), env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            while True:
                self.look(child.pid)
                try:
                    output, error = child.communicate(timeout=0.05)
                    break
                except subprocess.TimeoutExpired:
                    continue
        assert child.returncode == status, error.decode()
        if status:
            self.refused += [output, error]
            return json.loads(error)["error"]
        assert not error
        return json.loads(output)

    def look(self, process: int) -> None:
        """Keep arguments and environment of a process and of its children."""
        for number in (process, *children(process)):
            for name in ("cmdline", "environ"):
                try:
                    self.seen.append(Path("/proc", str(number), name).read_bytes())
                except OSError:  # it has just ended
                    continue
        self.samples += 1


def children(process: int) -> list[int]:
    try:
        return [int(text) for text in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[str]]:
    """The whole main job, some refusals, and a crash; with the secrets that were used."""
    folder = tmp_path_factory.mktemp("secrets")
    homes = {name: str(folder / "user" / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    run = Run(folder, folder / "home", {**os.environ, **homes, "TMPDIR": str(folder)})
    phrase, wrong = put(folder / "phrase", PHRASE), put(folder / "wrong", f"{PHRASE} not")
    given = ("--passphrase-file", phrase)
    made = run.diag(*given, "workspace", "create", run.home, "--encrypt")
    words = made["recovery_words"]
    sheet, half = put(folder / "words", " ".join(words)), put(folder / "half", " ".join(words[:-1]))
    run.diag("workspace", "confirm-sheet", "--words-file", sheet)

    key = unlock(run.home, passphrase=PHRASE)
    change_passphrase(run.home, key, PHRASE, cost=FLOOR)  # the same one, at the lowest cost: many commands follow

    # Names are arguments where a person types them; here they come in by the operations, as they do in the window.
    with open_workspace(run.home, key=key) as workspace:
        enterprise = add_enterprise(workspace, EnterpriseProfile(name=NAME)).enterprise_id
        save_contact(workspace, enterprise, name="示例联系人", role="厂长", phone=PHONE)
    assessment = run.diag(*given, "assessment", "start", enterprise)["assessment_id"]
    run.diag(*given, "assessment", "load", assessment, resource(*ANSWERS))
    picture = next(iter(sorted(resource("demo", "pictures").iterdir())))
    run.diag(*given, "evidence", "add", assessment, "B1", picture)
    run.diag(*given, "proposal", "issue", assessment, "--output", folder / "issued")  # papers tell what they are for
    run.diag(*given, "bundle", "export", "--output", folder / "out.zip")
    run.diag(*given, "backup", "create", folder / "backups")
    assert run.diag(*given, "check", "--read-data") == []

    codes = [
        run.diag("--passphrase-file", wrong, "enterprise", "find", status=2)["code"],
        run.diag("workspace", "confirm-sheet", "--words-file", half, status=2)["code"],
        run.diag("workspace", "confirm-sheet", "--words-file", phrase, status=2)["code"],
        run.diag(*given, "need", "add", assessment, "none", phrase, status=2)["code"],
    ]
    assert codes == ["PASSPHRASE_WRONG", "SHEET_INCOMPLETE", "SHEET_WORD_UNKNOWN", "JSON_INVALID"]
    bug = put(folder / "bug", " ".join((PHRASE, NAME, PHONE, *words)))
    program = ("tests.security.faulty", str(bug))
    crash = run.diag(*given, "enterprise", "add", "--name", "y", program=program, status=2)
    assert crash["code"] == "INTERNAL"
    return run, [PHRASE, NAME, PHONE, " ".join(words), "".join(words), *pairs(words)]


def pairs(words: list[str]) -> list[str]:
    """Neighbouring words, as they stand apart or together: one alone may be any word of the language."""
    return [f"{a}{blank}{b}" for a, b in itertools.pairwise(words) for blank in ("", " ", "\n")][:60]


def holding(secrets: list[str], texts: list[bytes]) -> list[str]:
    spelt = [(one, form) for one in secrets for form in (one.encode(), json.dumps(one)[1:-1].encode())]
    return [one for one, form in spelt if any(form in text for text in texts)]


def test_no_argument_and_no_environment_tells_a_secret(run: tuple[Run, list[str]]) -> None:
    done, secrets = run
    assert done.samples > 30
    assert any(b"--passphrase-file" in text for text in done.seen)  # it was really looked at
    assert holding(secrets, done.seen) == []


def test_no_refusal_tells_a_secret(run: tuple[Run, list[str]]) -> None:
    done, secrets = run
    assert len(done.refused) == 2 * 5
    assert holding(secrets, done.refused) == []


def test_no_log_and_no_crash_file_tells_a_secret(run: tuple[Run, list[str]]) -> None:
    done, secrets = run
    files = [path for path in (done.folder / "user").rglob("*") if path.is_file()]
    (crash,) = [path for path in files if path.name.startswith("crash")]
    trace = crash.read_text(encoding="utf-8")
    assert trace.startswith("builtins.KeyError\n")
    assert "\nbuiltins.RuntimeError\n" in trace
    assert "enterprise.py:" in trace  # it still says where
    assert holding(secrets, [path.read_bytes() for path in files]) == []


def test_what_is_written_in_the_clear_beside_the_workspace_tells_no_secret(run: tuple[Run, list[str]]) -> None:
    done, secrets = run
    own = {"phrase", "wrong", "words", "half", "bug", "out.zip"}  # ours, and the bundle, which is made to be read
    files = [
        path for path in done.folder.rglob("*") if path.is_file() and path.name not in own and path.suffix != ".pdf"
    ]
    assert len(files) > 5
    assert holding(secrets, [path.read_bytes() for path in files]) == []
