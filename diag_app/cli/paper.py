"""Commands about proposals."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.codec import unstructure
from diag_app.errors import DiagError, Problem
from diag_app.forms.definition import Language
from diag_app.i18n import LANGUAGES
from diag_app.model.edition import ENTERPRISE, HOUSE_TEMPLATE, PROPOSAL, Edition
from diag_app.model.proposal.changes import kind_names
from diag_app.operations.chain import WITHOUT_PLAN, excuse_orphan
from diag_app.operations.proposal import check_proposal, find_changes, issue_proposal, verify_proposal
from diag_app.operations.rendering import OfficeFormat
from diag_app.operations.signature import sign_proposal, signatures_in

FILE = click.Path(path_type=Path)


@click.group()
def proposal() -> None:
    """Proposals."""


@proposal.command("issue")
@click.argument("assessment_id")
@click.option("--kind", default=PROPOSAL, show_default=True, help="diagnosis, proposal, summary, visit, evidence.")
@click.option("--audience", default=ENTERPRISE, show_default=True, help="enterprise, or a copy for city or public.")
@click.option("--template", default=HOUSE_TEMPLATE, show_default=True, help="A report pack: its id, or id@version.")
@click.option("--format", "formats", default="pdf", show_default=True, help="pdf, or pdf,docx,xlsx.")
@click.option("--report-language", "languages", default="zh", show_default=True, help="zh, en, or zh,en.")
@click.option("--output", type=FILE, required=True, help="Folder for the files.")
@click.option("--without-path", "reason", default="", help="Why the needs go out without a path; printed in the paper.")
@click.option("--accept-warnings", is_flag=True, help="Issue with its warnings; at a terminal it is asked otherwise.")
@click.pass_obj
def proposal_issue(
    frame: Frame,
    assessment_id: str,
    kind: str,
    audience: str,
    template: str,
    formats: str,
    languages: str,
    output: Path,
    reason: str,
    accept_warnings: bool,
) -> None:
    """Freeze a report of the kind named and write its files."""
    edition = Edition(kind=kind, audience=audience, template=template)
    chosen, office = _languages(languages), _formats(formats)
    issue_into = partial(issue_proposal, languages=chosen, output=output, edition=edition, formats=office)
    unseen = None if accept_warnings or not sys.stdin.isatty() else ()
    with frame.workspace(create=False) as workspace:
        if reason:
            excuse_orphan(workspace, assessment_id, WITHOUT_PLAN, reason)
        try:
            issue = issue_into(workspace, assessment_id, accepted=unseen)
        except DiagError as error:
            if error.code != "PROPOSAL_WARNINGS" or not _agreed(frame, error.problems):
                raise
            issue = issue_into(workspace, assessment_id, accepted=error.problems)
    digests = {file.name: file.sha256 for file in issue.proposal.files}
    answer = {
        "proposal_id": issue.proposal.proposal_id,
        "number": issue.proposal.number,
        "kind": issue.proposal.kind,
        "files": [{"path": str(path), "sha256": digests[path.name]} for path in issue.paths],
        "problems": [frame.problem_json(problem) for problem in issue.problems],
    }
    frame.answer(answer, [str(path) for path in issue.paths] + frame.problem_lines(issue.problems))


@proposal.command("check")
@click.argument("assessment_id")
@click.option("--kind", default=PROPOSAL, show_default=True, help="diagnosis, proposal, summary, visit, evidence.")
@click.option("--report-language", "languages", default="zh", show_default=True, help="zh, en, or zh,en.")
@click.pass_obj
def proposal_check(frame: Frame, assessment_id: str, kind: str, languages: str) -> int:
    """List what keeps a report from being issued, and what would be printed as it is."""
    spoken, edition = _languages(languages), Edition(kind=kind)
    with frame.workspace(create=False) as workspace:
        found = [check_proposal(workspace, assessment_id, language, edition) for language in spoken]
    problems = tuple(problem for problems in found for problem in problems)
    return frame.check_answer(problems, frame.translate("Nothing keeps the proposal from being issued."))


@proposal.command("changes")
@click.argument("assessment_id")
@click.option("--kind", default=PROPOSAL, show_default=True, help="diagnosis, proposal, summary, visit, evidence.")
@click.option("--since", help="The number of an issue; the newest when not given.")
@click.option("--report-language", "languages", default="zh", show_default=True, help="zh or en.")
@click.pass_obj
def proposal_changes(frame: Frame, assessment_id: str, kind: str, since: str | None, languages: str) -> None:
    """List what a report made now says otherwise than the issue before."""
    language, edition = _languages(languages)[0], Edition(kind=kind)
    with frame.workspace(create=False) as workspace:
        number, changes = find_changes(workspace, assessment_id, language, edition, since=since)
    names = kind_names(frame.translate)
    lines = [
        f"{names[item.kind]}  {item.chapter}  {item.item} {item.what}: {item.before or '—'} → {item.after or '—'}"
        for item in changes
    ]
    nothing = frame.translate("Nothing that this report says is different.")
    frame.answer({"since": number, "changes": unstructure(changes)}, lines or [nothing])


@proposal.command("sign")
@click.argument("file", type=FILE)
@click.option("--certificate", type=FILE, required=True, help="PKCS#12, or PEM with key and certificates.")
@click.option("--certificate-passphrase-file", type=FILE, help="Holds the certificate's passphrase; else it is asked.")
@click.option("--visible", is_flag=True, help="Show the signature in the seal area.")
@click.option("--output", type=FILE, help="The signed file; FILE with -signed when not given.")
@click.pass_obj
def proposal_sign(
    frame: Frame,
    file: Path,
    certificate: Path,
    certificate_passphrase_file: Path | None,
    visible: bool,
    output: Path | None,
) -> None:
    """Sign FILE, an issued PDF, with the organisation's certificate."""
    secret = _secret(frame, certificate_passphrase_file)
    target = output or file.with_name(f"{file.stem}-signed.pdf")
    with frame.workspace(create=False) as workspace:
        signed = sign_proposal(workspace, file, certificate, secret, target, is_visible=visible)
    answer = {
        "number": signed.proposal.number,
        "file": {"path": str(signed.path), "sha256": signed.sha256},
        "holder": signed.signature.holder,
        "signed_at": signed.signature.signed_at,
    }
    frame.answer(answer, [str(signed.path)])


@proposal.command("verify")
@click.argument("file", type=FILE)
@click.pass_obj
def proposal_verify(frame: Frame, file: Path) -> int:
    """Tell whether FILE is an issued file of this workspace, byte for byte."""
    with frame.workspace(create=False) as workspace:
        issued, problems = verify_proposal(workspace, file)
    signatures = signatures_in(file) if issued and file.suffix == ".pdf" else ()
    answer = {
        "ok": issued is not None,
        "number": issued.number if issued else None,
        "kind": issued.kind if issued else None,
        "signatures": [{"holder": item.holder, "signed_at": item.signed_at} for item in signatures],
        "problems": [frame.problem_json(problem) for problem in problems],
    }
    good = [frame.translate("{number}, issued {when}", number=issued.number, when=issued.issued_at)] if issued else []
    frame.answer(answer, good + frame.problem_lines(problems))
    return 0 if issued else CHECK_FOUND_PROBLEMS


def _agreed(frame: Frame, problems: tuple[Problem, ...]) -> bool:
    """Return whether the person at the terminal wants to issue with these warnings."""
    for line in frame.problem_lines(problems):
        click.echo(line, err=True)
    return click.confirm(frame.translate("Issue it with these?"), err=True)


def _secret(frame: Frame, file: Path | None) -> str | None:
    """Return the certificate's passphrase: from its file, typed in unseen, or null where nobody can be asked."""
    if file is not None:
        return frame.passphrase_in(file)
    return frame.ask_secret(frame.translate("Passphrase of the certificate")) if sys.stdin.isatty() else None


def _formats(text: str) -> list[OfficeFormat]:
    """Return the office formats asked for; the PDF is always written, because it is what is looked at before."""
    wanted = [part.strip() for part in text.split(",")]
    known: dict[str, OfficeFormat] = {"docx": "docx", "xlsx": "xlsx"}
    for name in wanted:
        if name != "pdf" and name not in known:
            raise DiagError("FORMAT_UNKNOWN", location="--format", format=name[:40])
    return [known[name] for name in dict.fromkeys(wanted) if name != "pdf"]


def _languages(text: str) -> tuple[Language, ...]:
    chosen: tuple[Language, ...] = tuple(language for language in LANGUAGES if language in text.split(","))
    if sorted(chosen) != sorted(text.split(",")):
        raise DiagError("LANGUAGE_UNKNOWN", location="--report-language", value=text)
    return chosen
