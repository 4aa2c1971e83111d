"""Commands about bundles: what leaves the laptop, and what comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.errors import Severity
from diag_app.operations.bundle import PART_MB, SealedBundle, import_bundle, verify_bundle
from diag_app.operations.bundle_keys import own_recipient, recipients_listed
from diag_app.operations.bundle_profile import PROFILES, Profile
from diag_app.operations.delivery_order import Order, find_destination, write_order

FILE = click.Path(path_type=Path)
WITHOUT_ABSENT = click.option("--without-absent", is_flag=True, help="Leave out files that are not on this computer.")
IDENTITY = click.option(
    "--identity-file", type=FILE, help="Secret key (as age-keygen writes it) that opens the bundle, beside our own."
)


@click.group()
def bundle() -> None:
    """Sealed bundles."""


@bundle.command("export")
@click.argument("ids", metavar="[ASSESSMENT_ID]...", nargs=-1)
@click.option("--output", type=FILE, required=True, help="The file to write; of several parts, name-1of3.qzb and on.")
@click.option("--for", "city", metavar="CITY", help="What this city has not receipted, and so that only it opens it.")
@click.option("--receiver", default="", metavar="NAME", help="Of a city with several receivers, the one it is for.")
@click.option("--full", is_flag=True, help="Everything, also what the city has receipted.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default="full",
    show_default=True,
    help="city: without what is said inside the firm; client-safe: also without people, places, camera originals.",
)
@click.option("--recipient", "recipients", metavar="KEY", multiple=True, help="Encrypt to this public key (age1…).")
@click.option("--recipients-file", type=FILE, help="Encrypt to every public key of a list, one a line.")
@click.option(
    "--part-mb", type=click.IntRange(1, PART_MB[1]), default=PART_MB[0], show_default=True, help="Largest file."
)
@WITHOUT_ABSENT
@click.pass_obj
def bundle_export(
    frame: Frame,
    ids: tuple[str, ...],
    output: Path,
    city: str | None,
    receiver: str,
    full: bool,
    profile: Profile,
    recipients: tuple[str, ...],
    recipients_file: Path | None,
    part_mb: int,
    without_absent: bool,
) -> None:
    """Seal the cases of these assessments (or enterprises), or all, into verified files."""
    to = (*recipients, *(recipients_listed(recipients_file) if recipients_file else ()))
    with frame.workspace(create=False) as workspace:
        order = Order(
            profile=profile,
            destination=find_destination(workspace, city or "", receiver) if city or receiver else None,
            only_new=not full,
            is_encrypted=True,
            recipients=to,
            part_size=part_mb * 1024**2,
            without_absent=without_absent,
        )
        sealed = write_order(workspace, output, ids or None, order)
    paths = [str(path) for path in sealed.paths]
    written = frame.translate("Written, read back and verified. You can pull the stick.")
    frame.answer(sealed_json(frame, sealed), [*paths, written, *frame.problem_lines(sealed.problems)])


def sealed_json(frame: Frame, sealed: SealedBundle) -> dict[str, Any]:
    """Return what the commands that write a bundle answer."""
    return {
        "bundle_id": sealed.bundle_id,
        "parts": [str(path) for path in sealed.paths],
        "ops": sealed.ops,
        "blobs": sealed.blobs,
        "problems": [frame.problem_json(problem) for problem in sealed.problems],
    }


@bundle.command("verify")
@click.argument("files", metavar="FILE...", type=FILE, nargs=-1, required=True)
@IDENTITY
@click.pass_obj
def bundle_verify(frame: Frame, files: tuple[Path, ...], identity_file: Path | None) -> int:
    """Check every byte and the signature of a bundle, given by its file or its parts."""
    problems = verify_bundle(*files, home=frame.directory, key=frame.key_at_hand(), identity_file=identity_file)
    is_good = all(problem.severity is not Severity.ERROR for problem in problems)
    if any(problem.code == "PART_MISSING" for problem in problems):
        good = frame.translate("What was given is whole and its signature holds; parts of the bundle are missing.")
    else:
        good = frame.translate("The bundle is whole and its signature holds.")
    lines = [good] if is_good else []
    frame.answer(
        {"ok": is_good, "problems": [frame.problem_json(problem) for problem in problems]},
        lines + frame.problem_lines(problems),
    )
    return 0 if is_good else CHECK_FOUND_PROBLEMS


@bundle.command("import")
@click.argument("files", metavar="FILE...", type=FILE, nargs=-1, required=True)
@IDENTITY
@click.pass_obj
def bundle_import(frame: Frame, files: tuple[Path, ...], identity_file: Path | None) -> int:
    """Verify a bundle, given by its file or its parts, and take in what is new; a second time changes nothing."""
    with frame.workspace() as workspace:
        done = import_bundle(workspace, *files, identity_file=identity_file)
    answer = {
        "applied": done.result.applied,
        "already_here": done.result.already_here,
        "conflicts": [
            {"entity": item.entity, "register": item.register, "values": list(item.values)}
            for item in done.result.conflicts
        ],
        "problems": [frame.problem_json(problem) for problem in done.problems],
    }
    counts = frame.translate(
        "{applied} new, {already_here} already here, {conflicts} conflicts",
        applied=done.result.applied,
        already_here=done.result.already_here,
        conflicts=len(done.result.conflicts),
    )
    frame.answer(answer, [counts, *frame.problem_lines(done.problems)])
    is_good = all(problem.severity is not Severity.ERROR for problem in done.problems)
    return 0 if is_good else CHECK_FOUND_PROBLEMS


@bundle.command("recipient")
@click.pass_obj
def bundle_recipient(frame: Frame) -> None:
    """Tell the public key that others encrypt bundles for this workspace to."""
    with frame.workspace() as workspace:
        text = own_recipient(workspace)
    frame.answer({"recipient": text}, [text])
