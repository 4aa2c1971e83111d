"""An issued proposal is signed once it is issued, and known again with its signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.operations.proposal import issue_proposal, verify_proposal
from diag_app.operations.signature import sign_proposal, signatures_in
from diag_app.operations.workspace import Workspace
from tests.crypto.certificates import HOLDER, PASSPHRASE, p12


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    file = tmp_path / "firm.p12"
    file.write_bytes(p12(days=365 * 20))
    return file


@pytest.fixture
def issued(workspace: Workspace, assessment_id: str, tmp_path: Path) -> Path:
    return issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "out").paths[0]


@pytest.mark.parametrize("visible", [False, True])
def test_a_signed_proposal_is_known_again(
    workspace: Workspace, issued: Path, certificate: Path, tmp_path: Path, visible: bool
) -> None:
    target = tmp_path / "signed.pdf"
    signed = sign_proposal(workspace, issued, certificate, PASSPHRASE, target, is_visible=visible)
    assert target.read_bytes().startswith(issued.read_bytes())
    assert [item.holder for item in signatures_in(target)] == [HOLDER]
    found, problems = verify_proposal(workspace, target)
    assert found is not None
    assert (found.number, problems) == (signed.proposal.number, ())
    assert workspace.store.check(read_data=True) == ()


def test_one_flipped_byte_makes_it_another_file(
    workspace: Workspace, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    target = tmp_path / "signed.pdf"
    sign_proposal(workspace, issued, certificate, PASSPHRASE, target)
    for file in (issued, target):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        found, problems = verify_proposal(workspace, file)
        assert (found, [problem.code for problem in problems]) == (None, ["PROPOSAL_NOT_ISSUED"])


def test_only_what_was_issued_here_is_signed_and_nothing_is_overwritten(
    workspace: Workspace, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.pdf"
    stranger.write_bytes(issued.read_bytes() + b"\n")
    target = tmp_path / "signed.pdf"
    with pytest.raises(DiagError, match="PROPOSAL_NOT_ISSUED"):
        sign_proposal(workspace, stranger, certificate, PASSPHRASE, target)
    assert not target.exists()
    target.write_bytes(b"mine")
    with pytest.raises(DiagError, match="FILE_EXISTS"):
        sign_proposal(workspace, issued, certificate, PASSPHRASE, target)
    assert target.read_bytes() == b"mine"
    assert workspace.store.entities("signature") == ()


def test_a_wrong_passphrase_changes_nothing(
    workspace: Workspace, issued: Path, certificate: Path, tmp_path: Path
) -> None:
    with pytest.raises(DiagError, match="CERTIFICATE_PASSPHRASE"):
        sign_proposal(workspace, issued, certificate, "falsch", tmp_path / "signed.pdf")
    assert not (tmp_path / "signed.pdf").exists()
    assert workspace.store.entities("signature") == ()
