"""Signing an issued proposal with the organisation's own certificate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.crypto.pdf_signature import PdfSignature, load_certificate, pdf_signatures, sign_pdf
from diag_app.errors import DiagError
from diag_app.files import read, write_new
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.facts import IssuedFile, IssuedProposal
from diag_app.operations.proposal import issued_file
from diag_app.operations.workspace import Workspace

CERTIFICATE_LIMIT = 1024**2


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A signed proposal: whose, where the file stands, and its signature as read back."""

    proposal: IssuedProposal
    path: Path
    sha256: str
    signature: PdfSignature


def sign_proposal(
    workspace: Workspace,
    file: Path,
    certificate: Path,
    passphrase: str | None,
    output: Path,
    *,
    is_visible: bool = False,
) -> Signed:
    """Write a signed copy of the issued PDF `file` to `output`, read back and verified, and record it.

    The issued bytes stay as they are, at the beginning of the signed file; a visible signature stands in the seal area.

    Raises:
        DiagError: `PROPOSAL_NOT_ISSUED` for a file that was not issued here or is no PDF, the codes of
            `load_certificate`, `FILE_EXISTS` where `output` is there already, or another file code.
    """
    return _sign(workspace, read(file), certificate, passphrase, output, name=file.name, is_visible=is_visible)


def sign_issued(
    workspace: Workspace,
    file: IssuedFile,
    certificate: Path,
    passphrase: str | None,
    output: Path,
    *,
    is_visible: bool = False,
    progress: Progress = no_progress,
) -> Signed:
    """Write a signed copy of a file as the workspace keeps it; else as `sign_proposal`."""
    progress(0, 1)
    data = issued_bytes(workspace, file)
    return _sign(workspace, data, certificate, passphrase, output, name=file.name, is_visible=is_visible)


def issued_bytes(workspace: Workspace, file: IssuedFile) -> bytes:
    """Return an issued file as the workspace keeps it; `BLOB_MISSING` where it was erased or never came here."""
    return workspace.store.read_blob(file.sha256)


def _sign(
    workspace: Workspace,
    data: bytes,
    certificate: Path,
    passphrase: str | None,
    output: Path,
    *,
    name: str,
    is_visible: bool,
) -> Signed:
    workspace.store.require_writable()
    proposal, issued = _issued_pdf(workspace, name, data)
    now = workspace.clock.now()
    keys = load_certificate(read(certificate, limit=CERTIFICATE_LIMIT), passphrase, location=certificate.name, now=now)
    from diag_app.report.seal_stamp import STAMP_BOX, seal_stamp  # noqa: PLC0415

    language: Language = "en" if issued.language == "en" else "zh"
    translate = load_translator(language)
    head = translate("Signed")
    stamp = seal_stamp(head, keys.holder, f"{now:%Y-%m-%d %H:%M %Z}", language) if is_visible else None
    signed = sign_pdf(data, keys, box=STAMP_BOX, stamp=stamp)
    (signature,) = pdf_signatures(signed, location=output.name)
    if not (signature.is_intact and signature.covers_all and signed.startswith(data)):
        raise DiagError("SIGNATURE_FAILED", location=output.name)
    sha256 = workspace.store.put_blob(signed)
    case = workspace.store.entity(proposal.proposal_id).case
    with workspace.store.operation("sign_proposal", case) as operation:
        if not write_new(output, signed):
            raise DiagError("FILE_EXISTS", location=str(output))
        signature_id = operation.create("signature", parent=proposal.proposal_id)
        recorded = {"name": output.name, "sha256": sha256, "size": len(signed), "media_type": issued.media_type}
        operation.set(signature_id, "file", {**recorded, "holder": signature.holder, "issued": issued.sha256})
        operation.audit("issue", {"proposal": proposal.proposal_id, "files": [sha256]})
    return Signed(proposal=proposal, path=output, sha256=sha256, signature=signature)


def signatures_in(file: Path) -> tuple[PdfSignature, ...]:
    """Return the signatures of a PDF file, the oldest first; `PDF_UNREADABLE` for what is no PDF."""
    return pdf_signatures(read(file), location=file.name)


def _issued_pdf(workspace: Workspace, name: str, data: bytes) -> tuple[IssuedProposal, IssuedFile]:
    found = issued_file(workspace, data)
    if found is None or found[1].media_type != "application/pdf":
        raise DiagError("PROPOSAL_NOT_ISSUED", location=name)
    return found
