"""What is typed: figures, credit codes, needs, arguments of commands. A value, a problem or a code; never a crash."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diag_app.cli import main
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.pack import load_pack
from diag_app.forms.validation import read_number as read_answer
from diag_app.i18n.codes import CODES
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.uscc import check_uscc
from diag_app.operations.assessment import start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.need import add_need_file
from diag_app.operations.pack_folders import pack_files
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource
from diag_app.ui.models.needs import figure_or_none
from diag_app.ui.widgets.fields import read_number
from tests.fixed_clock import FixedClock
from tests.security.fuzzing import hostile_json, lawful

HEAVY = 30
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
HUGE = (
    "1e99999999999",
    "1e999999",
    "-1e-99999999",
    "9" * 5000,
    "sNaN",
    "Infinity",
    "１２，３",
    "1_0",
    "٣",
    "1.",
    ".",
    "+0",
    "",
)
FIELDS = {"title": "一", "owner_words": "二", "barrier": "afraid", "priority": "must", "target_level": 3}
METRIC = {"value": "4.5", "period": "2024", "source": "MES"}
any_text = st.one_of(
    st.sampled_from(HUGE),
    st.text(st.characters(exclude_categories=[]), max_size=40),
    st.from_regex(r"[-+]?[0-9０-９,，_ ]{0,9}\.?[0-9]{0,6}([eE][-+]?[0-9]{1,12})?", fullmatch=True),
    st.from_regex(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}", fullmatch=True),
)
COMMANDS = (
    ("score",), ("pack", "list"), ("pack", "check"), ("pack", "install"), ("enterprise", "add", "--name"),
    ("enterprise", "find"), ("assessment", "start"), ("assessment", "load"), ("assessment", "score"),
    ("evidence", "add"), ("need", "add"), ("need", "list"), ("proposal", "verify"), ("bundle", "verify"),
    ("bundle", "import"), ("backup", "restore"), ("audit", "list"), ("redact",), ("undo",), ("redo",), ("workspace",),
    (),
)  # fmt: skip
WORDS = (
    "--json",
    "--help",
    "--to",
    "--name",
    "--uscc",
    "--employees",
    "--revenue-10k-cny",
    "--scope",
    "--pack",
    "--",
    "-h",
    "x",
)


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "home", clock=clock) as opened:
        yield opened


@settings(max_examples=300)
@given(any_text)
def test_no_typed_figure_crashes(text: str) -> None:
    for read in (read_number, figure_or_none, read_answer):
        value = read(text)
        assert value is None or value.is_finite()


@settings(max_examples=300)
@given(any_text)
@example("٣" * 18)
@example("91" + "²" * 16)
def test_no_credit_code_crashes(text: str) -> None:
    assert {problem.code for problem in check_uscc(text)} <= CODES.keys()


@pytest.mark.parametrize("figure", [text for text in HUGE if text[:1] in "-19" and text])
def test_no_figure_of_an_answers_file_fills_the_memory(figure: str) -> None:
    pack = load_pack(pack_files(resource("packs", "miit-sme-2024", "1.0.0")))
    numbers = ",".join(f'"{field.number_id}":{figure}' for field in pack.numbers)
    for place in range(len(pack.numbers)):
        others = numbers.replace(figure, "1", place)
        data = f'{{"pack":"{pack.pack_id}","numbers":{{{others}}}}}'.encode()
        assert lawful(partial(parse_answers, data, pack, location="x"))


def need_law(workspace: Workspace, folder: Path, examples: int) -> None:
    assessment = start_assessment(workspace, add_enterprise(workspace, EnterpriseProfile(name="x")).enterprise_id)
    form = workspace.pack().need_forms[0]
    path = folder / "need.json"
    good = json.dumps({"fields": FIELDS, "metrics": [{**METRIC, "metric_id": form.metric_ids[0]}]}).encode()
    path.write_bytes(good)
    assert lawful(lambda: add_need_file(workspace, assessment, form.form_id, path)) == ""

    @settings(max_examples=examples, suppress_health_check=CHECKS)
    @given(data=hostile_json(good))
    def law(data: bytes) -> None:
        path.write_bytes(data)
        lawful(lambda: add_need_file(workspace, assessment, form.form_id, path))

    law()


def test_no_need_file_crashes(workspace: Workspace, tmp_path: Path) -> None:
    need_law(workspace, tmp_path, 100)


@pytest.mark.heavy
def test_none_of_many_need_files_crashes(workspace: Workspace, tmp_path: Path) -> None:
    need_law(workspace, tmp_path, 100 * HEAVY)


@settings(max_examples=120, suppress_health_check=CHECKS)
@given(
    command=st.sampled_from(COMMANDS),
    rest=st.lists(st.one_of(st.sampled_from(WORDS), any_text.filter(lambda text: "/" not in text)), max_size=4),
)
def test_no_arguments_crash(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], rest: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    output, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
        status = main(["--workspace", str(tmp_path / "home"), *command, *rest])
    assert status in (0, 1, 2)
    assert "INTERNAL" not in error.getvalue()
    assert "Traceback" not in error.getvalue() + output.getvalue()


def test_a_figure_of_any_size_is_shown_or_refused() -> None:
    assert figure_or_none("1e99999999999") is None
    assert figure_or_none("1,234.5") == Decimal("1234.5")
