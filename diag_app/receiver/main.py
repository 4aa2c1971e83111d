"""The command line `diag-receiver`, by the conventions of `diag`: 0 done, 1 something refused, 2 wrong use."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import freeze_support
from pathlib import Path
from typing import Any

import click

from diag_app import __version__
from diag_app.codec import unstructure
from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.crypto.signing import public_key_from_text
from diag_app.errors import DiagError, bare_trace
from diag_app.files import read, write
from diag_app.i18n import Translator, load_translator
from diag_app.receiver.arrivals import all_arrivals
from diag_app.receiver.intake import Receipted, finish_open, take_in
from diag_app.receiver.office import SIGNERS_FILE, Office, create_office, enrol, open_office, revoke
from diag_app.receiver.review import items, refuse, write_return
from diag_app.receiver.watching import Watch
from diag_app.sync.parts import numbers_text
from diag_app.sync.receipt_file import SIZE_LIMIT
from diag_app.usage import usage_words

FILE = click.Path(path_type=Path)
LANGUAGES = {"zh_CN": "zh", "en": "en"}
REFUSED = 2
SOMETHING_REFUSED = 1
LOOK_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said of one file: to a program, to a person, and by the exit status."""

    answer: dict[str, Any]
    line: str
    status: int


class Desk:
    """One run: which receiver, in which language, for a person or a program."""

    def __init__(self, folder: Path | None, translate: Translator, *, as_json: bool) -> None:
        self._folder, self.translate, self.as_json = folder, translate, as_json

    @property
    def directory(self) -> Path:
        """Return the receiver's folder; it is asked for only now, so that the help of a command needs none."""
        if self._folder is None:
            raise DiagError("USAGE", detail=self.translate("{name} is missing.", name="--office"))
        return self._folder

    def office(self) -> Office:
        """Return the receiver of this run."""
        return open_office(self.directory)

    def answer(self, value: Any, lines: Iterable[str]) -> None:
        """Print one JSON value, or lines."""
        for line in [json.dumps(value, ensure_ascii=False)] if self.as_json else lines:
            click.echo(line)

    def refusal(self, error: DiagError) -> dict[str, Any]:
        """Return a refusal with its words."""
        words = {"message": self.translate.problem(error), "remedy": self.translate.remedy(error)}
        return {"error": {"code": error.code, "location": error.location, **words}}

    def named(self, name: str) -> str:
        """Return a name to be shown; somebody may have typed none."""
        return name or self.translate("(no name)")

    def told_refusal(self, error: DiagError) -> Told:
        """Return a refusal, to be told."""
        line = f"{error.code}: {self.translate.problem(error)}"
        return Told(answer=self.refusal(error), line=line, status=REFUSED)

    def told(self, path: Path, done: Receipted) -> list[Told]:
        """Return what became of a file, and before it what came earlier and still refuses."""
        status = SOMETHING_REFUSED if done.receipt.faults else 0
        lines = (self.line(path.name, done), *self.waiting(path.name, done))
        one = Told(answer=summary(path.name, done), line="\n".join(lines), status=status)
        return [*map(self.told_refusal, done.unfinished), one]

    def line(self, name: str, done: Receipted) -> str:
        """Return what became of a file, in words."""
        receipt = done.receipt
        if receipt.faults:
            codes = ", ".join(dict.fromkeys(fault.code for fault in receipt.faults))
            return self.translate("{name}: in quarantine, nothing taken in ({codes})", name=name, codes=codes)
        return self.translate(
            "{name}: accepted {accepted}, here already {duplicate}, files missing {missing}, sent back {refused}",
            name=name, accepted=receipt.accepted, duplicate=receipt.duplicate, missing=len(receipt.blobs_missing),
            refused=len(receipt.refused),
        )  # fmt: skip

    def waiting(self, name: str, done: Receipted) -> Iterator[str]:
        """Yield which other parts of the bundle have not arrived yet, in words."""
        receipt = done.receipt
        if receipt.missing and receipt.part:
            part, of = receipt.part
            parts = numbers_text(receipt.missing)
            yield self.translate(
                "{name}: part {part} of {of}; not arrived yet: {parts}", name=name, part=part, of=of, parts=parts
            )


def summary(name: str, done: Receipted) -> dict[str, Any]:
    """Return what became of a file, for a program."""
    receipt = done.receipt
    return {
        "file": name,
        "receipt": str(done.beside or done.kept),
        "bundle_id": receipt.bundle_set,
        "accepted": receipt.accepted,
        "duplicate": receipt.duplicate,
        "missing": list(receipt.missing),
        "refused": len(receipt.refused),
        "faults": [unstructure(fault) for fault in receipt.faults],
    }


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="diag-receiver")
@click.option("--office", type=FILE, envvar="DIAG_RECEIVER", help="Folder of the receiver.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh_CN", help="Language of messages.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.pass_context
def root(context: click.Context, office: Path | None, language: str, as_json: bool) -> None:
    """Takes bundles in for a city and gives signed receipts. Opens no connection."""
    context.obj = Desk(office, load_translator("en" if language == "en" else "zh"), as_json=as_json)


@root.command("create")
@click.option("--city", required=True, help="The city.")
@click.option("--name", required=True, help="What this desk is called.")
@click.pass_obj
def create(desk: Desk, city: str, name: str) -> None:
    """Make a receiver with its keys and an empty list of consultants."""
    create_office(desk.directory, city=city, name=name)
    _say_city(desk)


@root.command("enrol")
@click.argument("card", type=FILE)
@click.option("--words", required=True, help="The six words on the person's paper card.")
@click.pass_obj
def enrol_command(desk: Desk, card: Path, words: str) -> None:
    """Take the person on CARD into the list of signers."""
    with desk.office() as office:
        person = enrol(office, card, words=words)
    desk.answer(unstructure(person), [desk.translate("{name} is on the list now.", name=desk.named(person.name))])


@root.command("revoke")
@click.argument("keyid")
@click.option("--reason", required=True, help="Why the key no longer counts.")
@click.pass_obj
def revoke_command(desk: Desk, keyid: str, reason: str) -> None:
    """Let a key count no longer; what was receipted before stays good."""
    with desk.office() as office:
        gone = revoke(office, keyid, reason=reason)
    desk.answer(unstructure(gone), [desk.translate("The key of {name} no longer counts.", name=desk.named(gone.name))])


@root.command("signers")
@click.option("--output", type=FILE, help="Write the signed list there, for the consultants.")
@click.pass_obj
def signers(desk: Desk, output: Path | None) -> None:
    """Show the list of signers, or write it for the consultants."""
    if output is not None:
        with desk.office():
            write(output, read(desk.directory / SIGNERS_FILE, limit=SIZE_LIMIT))
    _say_city(desk)


@root.command("ingest")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.pass_obj
def ingest(desk: Desk, files: tuple[Path, ...]) -> int:
    """Take in FILES and write a receipt beside each; a file that came before gets the same receipt."""
    told: list[Told] = []
    with desk.office() as office:
        for path in files:
            try:
                done = take_in(office, path)
            except DiagError as error:
                told.append(desk.told_refusal(error))
            else:
                told += desk.told(path, done)
    desk.answer([one.answer for one in told], [one.line for one in told])
    return max(one.status for one in told)


@root.command("watch")
@click.argument("directory", type=FILE)
@click.option("--once", is_flag=True, help="Look once and end.")
@click.pass_obj
def watch(desk: Desk, directory: Path, once: bool) -> None:
    """Take in every bundle that appears in DIRECTORY, until stopped: a JSON value for each, or with --once one list."""
    with desk.office() as office:
        if once and desk.as_json:
            desk.answer([one.answer for one in _watched(desk, office, directory, once=True)], [])
            return
        for one in _watched(desk, office, directory, once=once):
            desk.answer(one.answer, [one.line])


def _watched(desk: Desk, office: Office, directory: Path, *, once: bool) -> Iterator[Told]:
    """Yield what became of each file, as it comes."""
    watching = Watch(directory)
    yield from map(desk.told_refusal, finish_open(office))
    while True:
        for path, done in watching.look(office, is_settled=once):
            yield from [desk.told_refusal(done)] if isinstance(done, DiagError) else desk.told(path, done)
        if once:
            return
        time.sleep(LOOK_SECONDS)


@root.command("items")
@click.pass_obj
def items_command(desk: Desk) -> None:
    """Show what can be sent back."""
    with desk.office() as office:
        found = items(office)
    desk.answer([unstructure(item) for item in found], [f"{one.firm}  {one.words}  {one.item}" for one in found])


@root.command("refuse")
@click.argument("item")
@click.option("--reason", required=True, help="What is missing or wrong, for the consultant to read.")
@click.option("--by", default="", help="The reviewer.")
@click.option("--code", default="", help="The city's own code for it.")
@click.pass_obj
def refuse_command(desk: Desk, item: str, reason: str, by: str, code: str) -> None:
    """Send ITEM back; the next receipt and return bundle carry it."""
    with desk.office() as office:
        refused = refuse(office, item, reason=reason, by=by, code=code)
    desk.answer(unstructure(refused), [desk.translate("Sent back: {item}", item=item)])


@root.command("return")
@click.option("--output", type=FILE, required=True, help="The bundle to write.")
@click.pass_obj
def return_command(desk: Desk, output: Path) -> None:
    """Write what was sent back into a bundle for the consultants."""
    with desk.office() as office:
        sealed = write_return(office, output)
    desk.answer({"bundle_id": sealed.bundle_id, "parts": [str(sealed.path)], "ops": sealed.ops}, [str(sealed.path)])


@root.command("report")
@click.pass_obj
def report(desk: Desk) -> None:
    """Show what arrived and how far it has come."""
    with desk.office() as office:
        found = all_arrivals(office.store)
    answer = [
        {
            "container": one.container, "names": list(one.names), "stage": one.stage, "received_at": one.received_at,
            "faults": [unstructure(fault) for fault in one.receipt.faults] if one.receipt else [],
        }
        for one in found
    ]  # fmt: skip
    desk.answer(answer, [f"{one.received_at}  {one.stage:11}  {', '.join(one.names)}" for one in found])


def _say_city(desk: Desk) -> None:
    with desk.office() as office:
        listed, key = office.signers, office.city_key
    language = desk.translate.language
    answer = {
        "city": listed.city,
        "version": listed.version,
        "words": list(fingerprint_words(key, "en")),
        "signers": unstructure(listed)["signers"],
    }
    lines = [
        desk.translate(
            "{city}, list edition {version}: {words}",
            city=listed.city, version=listed.version, words=" ".join(fingerprint_words(key, language)),
        )
    ]  # fmt: skip
    for signer in listed.signers:
        words = " ".join(fingerprint_words(public_key_from_text(signer.public_key, location=signer.name), language))
        lines.append(f"{signer.role:10}  {desk.named(signer.name)}  {words}  {signer.revoked_at or ''}")
    desk.answer(answer, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    desk = Desk(None, load_translator("en" if "en" in given else "zh"), as_json="--json" in given)
    try:
        status = root.main(given, prog_name="diag-receiver", standalone_mode=False)
    except DiagError as error:
        return _refused(desk, error)
    except click.ClickException as error:
        return _refused(desk, DiagError("USAGE", detail=usage_words(desk.translate, error)))
    except (click.Abort, KeyboardInterrupt):
        return _refused(desk, DiagError("INTERRUPTED"))
    except Exception as error:  # noqa: BLE001  a bug: its bare trace, which holds nothing that was typed or stored
        with suppress(OSError):
            click.echo(bare_trace(error), err=True)
        return _refused(desk, DiagError("INTERNAL", location=type(error).__name__))
    return status if isinstance(status, int) else 0


def _refused(desk: Desk, error: DiagError) -> int:
    found = desk.refusal(error)
    with suppress(OSError):
        if desk.as_json:
            click.echo(json.dumps(found, ensure_ascii=False), err=True)
        else:
            click.echo(f"{error.code}: {found['error']['message']}\n{found['error']['remedy']}", err=True)
    return REFUSED
