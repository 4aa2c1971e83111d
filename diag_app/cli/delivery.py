"""Commands about what was delivered: receipts, and the keys that tell whose they are."""

from __future__ import annotations

from pathlib import Path

import click

from diag_app.cli.frame import Frame
from diag_app.codec import unstructure
from diag_app.model.receipt import Receipt
from diag_app.operations.delivery import find_tasks, free, plan_free
from diag_app.operations.keys import import_signers, own_key, trusted_cities, write_card
from diag_app.operations.receipt import find_receipts, import_receipt, mark_handed_over
from diag_app.operations.receipt_words import receipt_sentences

FILE = click.Path(path_type=Path)


@click.group()
def receipt() -> None:
    """Receipts: what has arrived."""


@receipt.command("import")
@click.argument("file", type=FILE)
@click.pass_obj
def receipt_import(frame: Frame, file: Path) -> None:
    """Take in a receipt; only this makes anything delivered."""
    with frame.workspace(create=False) as workspace:
        taken = import_receipt(workspace, file)
    answer = {**_counts(taken.receipt), "is_new": taken.is_new, "vv_after": unstructure(taken.receipt.vv_after)}
    lines = [_line(frame, taken.receipt), *receipt_sentences(taken.receipt, frame.translate)]
    if not taken.is_new:
        lines.append(frame.translate("It was here already; nothing was moved."))
    frame.answer(answer, lines)


@receipt.command("list")
@click.pass_obj
def receipt_list(frame: Frame) -> None:
    """Receipts taken in here, the last one first."""
    with frame.workspace(create=False) as workspace:
        found = find_receipts(workspace)
    frame.answer([_counts(kept.receipt) for kept in found], [_line(frame, kept.receipt) for kept in found])


@receipt.command("handed-over")
@click.argument("bundle_id")
@click.option("--to", required=True, help="Who took it.")
@click.option("--note", default="", help="How, and what was said.")
@click.pass_obj
def receipt_handed_over(frame: Frame, bundle_id: str, to: str, note: str) -> None:
    """Record that a bundle was given to somebody without a receiver; it does not count as delivered."""
    with frame.workspace(create=False) as workspace:
        said = mark_handed_over(workspace, bundle_id, to, note=note)
    words = frame.translate("Handed over to {to}. It counts as delivered once a receipt comes.", to=said.to)
    frame.answer(unstructure(said), [words])


@receipt.command("tasks")
@click.pass_obj
def receipt_tasks(frame: Frame) -> None:
    """What a city sent back and nobody has changed since."""
    with frame.workspace(create=False) as workspace:
        found = find_tasks(workspace)
    lines = [f"{task.firm}  {task.item or task.about or task.place}  {task.refusal.reason}" for task in found]
    frame.answer([unstructure(task) for task in found], lines or [frame.translate("Nothing was sent back.")])


@click.command("free")
@click.option("--yes", "is_agreed", is_flag=True, help="Remove them; without it they are only counted.")
@click.pass_obj
def free_command(frame: Frame, is_agreed: bool) -> None:
    """Remove the originals of pictures that a receipt names; their reduced copies stay."""
    with frame.workspace(create=False) as workspace:
        plan = plan_free(workspace)
        if is_agreed:
            plan = free(workspace, plan)
    words = {"count": len(plan.blobs), "megabytes": plan.size // 1_000_000}
    line = (
        frame.translate("Removed: {count} originals, {megabytes} MB. The city has them by its receipt.", **words)
        if is_agreed
        else frame.translate("{count} originals, {megabytes} MB, are receipted and could be removed.", **words)
    )
    frame.answer({"removed": is_agreed, "files": list(plan.blobs), "bytes": plan.size}, [line])


@click.group()
def key() -> None:
    """Keys: yours, and whose a city knows."""


@key.command("list")
@click.pass_obj
def key_list(frame: Frame) -> None:
    """Your key, and the cities whose lists of signers count here."""
    language = frame.translate.language
    with frame.workspace() as workspace:
        own, cities = own_key(workspace), trusted_cities(workspace)
    answer = {
        "own": {"keyid": own.keyid, "words": list(own.words(language))},
        "cities": [
            {
                "city": city.signers.city,
                "version": city.signers.version,
                "words": list(city.words(language)),
                "signers": unstructure(city.signers)["signers"],
            }
            for city in cities
        ],
    }
    lines = [frame.translate("Your key: {words}", words=" ".join(own.words(language)))]
    lines += [
        frame.translate(
            "{city}, list edition {version}: {words}",
            city=city.signers.city,
            version=city.signers.version,
            words=" ".join(city.words(language)),
        )
        for city in cities
    ]
    frame.answer(answer, lines)


@key.command("card")
@click.option("--output", type=FILE, required=True, help="The card as a file, or on paper where it ends in .pdf.")
@click.option("--city", default="", help="The city it is for.")
@click.pass_obj
def key_card(frame: Frame, output: Path, city: str) -> None:
    """Write the card that a city enrols you by."""
    with frame.workspace() as workspace:
        own = write_card(workspace, output, city=city, language=frame.translate.language)
    words = own.words(frame.translate.language)
    answer = {"keyid": own.keyid, "words": list(words), "files": [str(output)]}
    frame.answer(answer, [str(output), frame.translate("Your key: {words}", words=" ".join(words))])


@key.command("trust")
@click.argument("file", type=FILE)
@click.option("--words", default="", help="The six words of the city's fingerprint; the first time only.")
@click.pass_obj
def key_trust(frame: Frame, file: Path, words: str) -> None:
    """Take in a city's list of signers."""
    with frame.workspace() as workspace:
        is_new = import_signers(workspace, file, fingerprint=words)
        cities = trusted_cities(workspace)
    answer = {"is_new": is_new, "cities": [{"city": c.signers.city, "version": c.signers.version} for c in cities]}
    words_of = frame.translate("The list counts from now on.") if is_new else frame.translate("It was here already.")
    frame.answer(answer, [words_of])


def _counts(found: Receipt) -> dict[str, object]:
    return {
        "bundle_id": found.bundle_set,
        "at": found.at,
        "receiver": found.receiver.name,
        "city": found.receiver.city,
        "accepted": found.accepted,
        "duplicate": found.duplicate,
        "missing": list(found.missing),
        "refused": [unstructure(refusal) for refusal in found.refused],
        "faults": [unstructure(fault) for fault in found.faults],
        "conflicts": len(found.conflicts),
        "gaps": len(found.gaps),
        "blobs_have": len(found.blobs_have),
        "blobs_missing": list(found.blobs_missing),
    }


def _line(frame: Frame, found: Receipt) -> str:
    return frame.translate(
        "{day}  {city}: accepted {accepted}, here already {duplicate}, refused {refused}, files missing {missing}",
        day=found.at[:16].replace("T", " "), city=found.receiver.city, accepted=found.accepted,
        duplicate=found.duplicate, refused=len(found.refused) + len(found.faults), missing=len(found.blobs_missing),
    )  # fmt: skip
