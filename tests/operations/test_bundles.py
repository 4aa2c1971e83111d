"""Bundles between two laptops: in parts, encrypted, only what is new; whatever is late or lost is said."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from diag_app.cli.main import root
from diag_app.crypto.age_keys import Identity
from diag_app.errors import DiagError, Problem
from diag_app.i18n import load_translator
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import load_assessment, record_answer
from diag_app.operations.bundle import export_bundle, import_bundle, import_with_parts, verify_bundle
from diag_app.operations.bundle_keys import own_recipient
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence, find_evidence
from diag_app.operations.export_log import find_exports
from diag_app.operations.snapshots import find_snapshots
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.sync.bundle_read import read_bundle
from tests.fixed_clock import FixedClock

FILES, PART = 4, 1024**2


@pytest.fixture
def there(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "there", actor=Actor(name="丁", firm="市", device="台"), clock=clock) as opened:
        yield opened


@pytest.fixture
def evidenced(workspace: Workspace, assessment_id: str, tmp_path: Path) -> str:
    """Return an assessment with files of which no two fit into one part."""
    record_answer(workspace, assessment_id, "B1", ("B",))
    for number in range(FILES):
        (tmp_path / f"{number}.csv").write_bytes(b"%d;" % number * 300_000)
        add_evidence(workspace, assessment_id, "B1", [tmp_path / f"{number}.csv"])
    return assessment_id


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_lost_part_leaves_the_answers_and_the_other_files(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    sealed = export_bundle(workspace, tmp_path / "x.zip", part_size=PART)
    assert len(sealed.paths) == 1 + FILES
    [logged] = find_exports(workspace)
    assert logged.parts == tuple(str(path) for path in sealed.paths)
    whole = sealed.paths[1].read_bytes()
    sealed.paths[1].write_bytes(whole[:-1])

    done = import_bundle(there, *sealed.paths)
    assert {"PART_REFUSED", "BUNDLE_TORN", "PART_MISSING", "FILES_WAITING"} <= set(codes(done.problems))
    [waiting] = [problem for problem in done.problems if problem.code == "FILES_WAITING"]
    assert waiting.parameters == {"here": str(FILES - 1), "all": str(FILES), "firm": "试验厂"}
    assert len(find_evidence(there, evidenced)) == FILES

    sealed.paths[1].write_bytes(whole)
    late = import_bundle(there, sealed.paths[1])
    assert "FILES_WAITING" not in codes(late.problems)
    assert there.store.state_digest(workspace.store.entity(evidenced).case) == workspace.store.state_digest(
        workspace.store.entity(evidenced).case
    )


def test_files_may_come_before_the_answers(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    first, *rest = export_bundle(workspace, tmp_path / "x.zip", part_size=PART).paths
    early = import_bundle(there, *rest)
    assert early.result.applied == 0
    assert "PART_FIRST_MISSING" in codes(early.problems)
    assert "STATE_DIFFERS" not in codes(early.problems)
    assert not {"FILES_WAITING", "PART_FIRST_MISSING"} & set(codes(import_bundle(there, first).problems))
    assert len(find_evidence(there, evidenced)) == FILES


def test_later_changes_without_what_they_change_are_told_and_kept(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    known = workspace.store.version_vector()
    whole = export_bundle(workspace, tmp_path / "whole.qzb").path
    record_answer(workspace, evidenced, "B2", ("A",))
    later = export_bundle(workspace, tmp_path / "later.qzb", base=known).path
    found = codes(import_bundle(there, later).problems)
    assert "CASE_BASE_MISSING" in found
    assert "PART_FIRST_MISSING" not in found  # there is one part, and it has come
    assert not {"CASE_BASE_MISSING", "OP_GAP"} & set(codes(import_bundle(there, whole).problems))
    assert load_assessment(there, evidenced).answers.options["B2"] == ("A",)


def test_a_command_tells_by_its_status_that_a_part_was_refused_and_calls_a_part_no_whole(
    workspace: Workspace, evidenced: str, tmp_path: Path
) -> None:
    first, second, *_ = export_bundle(workspace, tmp_path / "x.qzb", part_size=PART).paths
    asked = ["--workspace", str(tmp_path / "cli"), "--language", "en", "bundle"]
    found = CliRunner().invoke(root, [*asked, "verify", str(first)], standalone_mode=False)
    assert (found.return_value, "What was given is whole" in found.output) == (0, True)
    second.write_bytes(second.read_bytes()[:-1])
    found = CliRunner().invoke(root, [*asked, "import", str(first), str(second)], standalone_mode=False)
    assert (found.return_value, "PART_REFUSED" in found.output) == (1, True)


def test_what_a_killed_export_left_on_the_stick_goes_with_a_later_one(
    workspace: Workspace, evidenced: str, tmp_path: Path, clock: FixedClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    old = clock.now().timestamp() - 2 * 24 * 60 * 60
    for name in (".part-abcd_123", ".part-abcd_124", ".part-of-mine"):
        (stick / name).write_bytes(b"x")
    for name in (".part-abcd_123", ".part-of-mine"):
        os.utime(stick / name, (old, old))
    export_bundle(workspace, stick / "x.qzb")
    assert sorted(path.name for path in stick.iterdir()) == [".part-abcd_124", ".part-of-mine", "x.qzb"]


def test_who_typed_no_name_is_told_as_such() -> None:
    unknown = Problem(code="SIGNER_UNKNOWN", parameters={"name": "", "keyid": "k"})
    assert load_translator("en").problem(unknown).startswith("(no name) signed")


def test_one_copy_is_kept_of_what_was_here_before_all_parts(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    first, *rest = export_bundle(workspace, tmp_path / "x.zip", part_size=PART).paths
    add_enterprise(there, EnterpriseProfile(name="先在此处"))
    rest[0].write_bytes(b"torn")
    import_bundle(there, rest[0], first, *rest[1:])
    assert [item.reason for item in find_snapshots(there.directory)] == ["import"]


def test_a_bundle_takes_no_files_place_and_other_names_are_free(
    workspace: Workspace, evidenced: str, tmp_path: Path
) -> None:
    (tmp_path / "acme-office.zip").write_bytes(b"somebody's")
    path = export_bundle(workspace, tmp_path / "acme.zip").path
    assert verify_bundle(path, home=workspace.directory) == ()
    (tmp_path / "acme-1of5.zip").write_bytes(b"somebody's")
    with pytest.raises(DiagError, match="OUTPUT_TAKEN"):
        export_bundle(workspace, path)


def test_a_bundle_is_written_where_a_folder_is_and_nowhere_else(
    workspace: Workspace, evidenced: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    with pytest.raises(DiagError, match="OUTPUT_FOLDER_MISSING"):
        export_bundle(workspace, stick / "x.qzb")
    assert not stick.exists(), "who pulled the stick finds nothing on this disk in its place"


def test_the_parts_beside_the_one_that_was_chosen_come_along(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    paths = export_bundle(workspace, tmp_path / "stick" / "x.zip", part_size=PART).paths
    (tmp_path / "stick" / "x-9of99.zip").write_bytes(b"of another set")
    paths[-1].unlink()
    done = import_with_parts(there, paths[2])
    assert {"PART_MISSING", "FILES_WAITING"} <= set(codes(done.problems))
    assert "PART_REFUSED" not in codes(done.problems)
    assert len(find_evidence(there, evidenced)) == FILES


def test_a_bundle_for_a_city_says_so(workspace: Workspace, evidenced: str, tmp_path: Path) -> None:
    path = export_bundle(workspace, tmp_path / "x.zip", city="示例市").path
    with read_bundle(path) as part:
        assert part.statement.city == "示例市"


def test_an_encrypted_bundle_is_opened_by_the_colleague_it_was_made_for(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    city = Identity(b"c" * 32)
    to = [own_recipient(there), city.recipient.text]
    path = export_bundle(workspace, tmp_path / "x.zip.age", recipients=to).path
    assert codes(verify_bundle(path)) == ["BUNDLE_ENCRYPTED"]
    with pytest.raises(DiagError, match="AGE_NOT_FOR_US"):
        import_bundle(workspace, path)
    assert import_bundle(there, path).result.applied > 0
    key = tmp_path / "key.txt"
    key.write_text(f"# city\n{city.for_age()}\n")
    assert codes(verify_bundle(path, identity_file=key)) == ["SIGNER_UNKNOWN"]
    with pytest.raises(DiagError, match="RECIPIENT_INVALID"):
        export_bundle(workspace, tmp_path / "y.age", recipients=["age1nobody"])


def test_only_what_the_receiver_lacks_goes_and_everything_can(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    full = export_bundle(workspace, tmp_path / "full.zip")
    import_bundle(there, full.path)
    base, held = there.store.version_vector(), {item.sha256 for item in find_evidence(there, evidenced)}
    with pytest.raises(DiagError, match="NOTHING_NEW"):
        export_bundle(workspace, tmp_path / "none.zip", base=base, held=held)

    record_answer(workspace, evidenced, "B1", ("B", "C"))
    delta = export_bundle(workspace, tmp_path / "delta.zip", base=base, held=held)
    assert 0 < delta.ops < full.ops
    assert (full.blobs, delta.blobs) == (FILES, 0)
    assert import_bundle(there, delta.path).result.applied == delta.ops
    case = workspace.store.entity(evidenced).case
    assert there.store.state_digest(case) == workspace.store.state_digest(case)


def test_a_delta_on_what_never_came_is_kept_and_the_gap_is_told(
    workspace: Workspace, there: Workspace, evidenced: str, tmp_path: Path
) -> None:
    base = dict(workspace.store.version_vector())
    record_answer(workspace, evidenced, "B1", ("B", "C"))
    delta = export_bundle(workspace, tmp_path / "delta.zip", base=base)
    assert "OP_GAP" in codes(import_bundle(there, delta.path).problems)
    import_bundle(there, export_bundle(workspace, tmp_path / "full.zip").path)
    case = workspace.store.entity(evidenced).case
    assert there.store.state_digest(case) == workspace.store.state_digest(case)


def run(*arguments: object) -> tuple[int, dict[str, object]]:
    found = CliRunner().invoke(root, [str(one) for one in ("--json", *arguments)])
    return found.exit_code, json.loads(found.stdout or found.stderr)


def test_parts_and_recipients_by_command(workspace: Workspace, evidenced: str, tmp_path: Path) -> None:
    home, other = workspace.directory, tmp_path / "other"
    workspace.close()
    identity = Identity(b"c" * 32)
    (tmp_path / "list.txt").write_text(f"# city\n{identity.recipient.text}\n")
    (tmp_path / "key.txt").write_text(str(identity.for_age()))
    status, told = run(
        "--workspace", home, "bundle", "export", "--output", tmp_path / "x.age", "--part-mb", 1,
        "--recipients-file", tmp_path / "list.txt",
    )  # fmt: skip
    paths = told["parts"]
    assert status == 0
    assert isinstance(paths, list)
    assert len(paths) == 1 + FILES
    assert run("bundle", "verify", *paths)[1]["ok"] is False
    assert run("bundle", "verify", *paths, "--identity-file", tmp_path / "key.txt")[1]["ok"] is True
    status, told = run("--workspace", other, "bundle", "import", *paths, "--identity-file", tmp_path / "key.txt")
    assert (status, told["conflicts"]) == (0, [])
    status, told = run("--workspace", home, "bundle", "recipient")
    assert str(told["recipient"]).startswith("age1")
