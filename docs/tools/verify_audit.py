"""Verify an exported audit trail of QiZhen. Needs Python 3.9 or later and nothing else.

    python3 verify_audit.py TRAIL.jsonl [BUNDLE.qzb …]

TRAIL.jsonl is what `diag audit export` wrote: one row a line, with actor, at, details, event, id, prev and seq.
A row's id is the SHA-256 of the canonical JSON (RFC 8785) of its other fields. `prev` is the id of the row before, so
no row can be changed, left out or put in without every later id changing. The end of the trail could still be cut off,
or the whole of it written anew: each bundle states where the trail ended when it was sealed, and the person who got
the bundle holds it. Whether a bundle is genuine is told by the commands of `docs/bundle-format.md`, not here.

Exit status: 0 the trail holds, 1 it does not (each fault on a line), 2 a file cannot be read.
"""

import base64
import hashlib
import json
import sys
import zipfile
from pathlib import Path

FIELDS = {"actor", "at", "details", "event", "id", "prev", "seq"}


def say(text):
    """Write a line, in UTF-8 wherever it goes."""
    sys.stdout.buffer.write(f"{text}\n".encode())


def canonical(value):
    """Return RFC 8785 bytes; a trail has only ASCII keys, texts, whole numbers, booleans and null."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_trail(path):
    """Return the rows of an exported trail."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def faults_of(rows):
    """Yield what is wrong with the rows in themselves."""
    before = None
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or row.keys() != FIELDS:
            yield f"row {number}: not a row of an audit trail"
            return
        if row["seq"] != number:
            yield f"row {number}: has the number {row['seq']}"
        if row["prev"] != before:
            yield f"row {number}: does not follow the row before it"
        covered = {name: row[name] for name in FIELDS - {"id"}}
        if hashlib.sha256(canonical(covered)).hexdigest() != row["id"]:
            yield f"row {number}: is not as it was written"
        before = row["id"]


def stated_end(path):
    """Return where the trail ended when the bundle was sealed, as its statement says, or None."""
    with zipfile.ZipFile(path) as bundle:
        envelope = json.loads(bundle.read("signature.dsse.json"))
    return json.loads(base64.b64decode(envelope["payload"])).get("audit")


def disagreement(rows, end):
    """Return in what the trail is not the one that ended there, or an empty text."""
    if end is None:
        return "states no end of an audit trail"
    if not rows or rows[0]["id"] != end["trail"]:
        return "saw another trail"
    if end["seq"] > len(rows):
        return f"saw {end['seq']} rows, of which {end['seq'] - len(rows)} are missing at the end"
    if rows[end["seq"] - 1]["id"] != end["head"]:
        return f"saw another row {end['seq']}"
    return ""


def main(arguments):
    """Verify and print; return the exit status."""
    if not arguments:
        say(__doc__)
        return 2
    try:
        rows = read_trail(arguments[0])
        faults = list(faults_of(rows))
        if not faults:
            found = ((path, disagreement(rows, stated_end(path))) for path in arguments[1:])
            faults = [f"{path}: {fault}" for path, fault in found if fault]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        say(f"cannot be read: {error}")
        return 2
    for fault in faults:
        say(fault)
    if not faults:
        say(f"{len(rows)} rows hold; {len(arguments) - 1} bundles agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
