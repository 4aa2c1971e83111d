"""Bundles for whoever writes a receiver: good ones, and bad ones with the code each is refused by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from diag_app.codec import digest
from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.sync.bundle_contents import BundleContents, Sender, source_of
from diag_app.sync.bundle_write import write_bundle
from diag_app.sync.limits import LIMITS, Limits
from tests.sync import test_hostile_containers as containers
from tests.sync import test_hostile_contents as contents
from tests.sync.forge import Files, Forgery, Raw, pack, raw, reseal, true_files
from tests.sync.samples import CASES, PHOTO, REPLICAS, SENDER, make_contents, make_op, make_ops, signer

SPLIT = replace(LIMITS, split=200_000)
TOO_BIG_TO_SHIP = {"large file", "long line", "bomb"}  # said in the document; the tests build them


@dataclass(frozen=True, kw_only=True)
class Vector:
    """A file, and the code it is refused by; null for one that is accepted."""

    name: str
    data: bytes
    code: str | None = None
    note: str = ""


def vectors(folder: Path) -> tuple[Vector, ...]:
    """Return all vectors; `folder` is for what is written on the way."""
    return (*good_vectors(folder), *bad_vectors(folder))


def good_vectors(folder: Path) -> Iterator[Vector]:
    """Yield what every receiver takes in."""
    for name, what in _GOOD.items():
        yield from _written(folder, name, what, LIMITS)
    yield from _written(folder, "in-parts", _photographed(), SPLIT)
    files = true_files(folder)
    for name, forgery in _LATER.items():
        yield Vector(name=name, data=pack(raw(reseal(files, forgery))))


def bad_vectors(folder: Path) -> Iterator[Vector]:
    """Yield what every receiver refuses."""
    files = true_files(folder)
    entries = raw(files)
    for name, code in containers.NAMES.items():
        yield _bad(
            f"name {name[:40]!r}",
            code,
            pack([*entries, Raw(name=name, data=b"evil", flags=0 if name.isascii() else 0x800)]),
        )
    for lie, (tamper, code) in containers.LIES.items():
        if lie not in TOO_BIG_TO_SHIP:
            yield _bad(lie, code, pack(tamper(entries)))
    for fault, (build, code) in containers.WHOLES.items():
        yield _bad(f"file {fault}", code, build(entries))
    for lie, (change, code) in contents.OPS.items():
        if lie not in TOO_BIG_TO_SHIP:
            yield _bad(f"op {lie}", code, _forged(files, Forgery(payload=change)))
    for lie, (forgery, code) in contents.TAGS.items():
        yield _bad(f"tag {lie}", code, _forged(files, forgery))
    for lie, (stated, code) in contents.STATEMENTS.items():
        yield _bad(f"statement {lie}", code, _forged(files, Forgery(statement=stated)))


def index(found: tuple[Vector, ...]) -> bytes:
    """Return the list of vectors as JSON: file, what it is, the code it is refused by."""
    rows = [{"file": file_name(number, one), "code": one.code, "note": one.note} for number, one in enumerate(found)]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode() + b"\n"


def file_name(number: int, vector: Vector) -> str:
    """Return the name of a vector's file."""
    words = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in vector.name)
    return f"{'good' if vector.code is None else 'bad'}-{number:03d}-{words.strip('-')[:40]}.zip"


def _bad(name: str, code: str, data: bytes) -> Vector:
    return Vector(name=name, data=data, code=code, note=name)


def _forged(files: Files, forgery: Forgery) -> bytes:
    return pack(raw(reseal(files, forgery)))


def _written(folder: Path, name: str, what: BundleContents, limits: Limits) -> Iterator[Vector]:
    for path in write_bundle(folder / f"{name}.zip", contents=what, signer=signer(), limits=limits).paths:
        yield Vector(name=path.stem, data=path.read_bytes())


def _bare(*ops: Op, **changed: object) -> BundleContents:
    return make_contents(ops=ops, **{"blobs": {}, "reports": {}, "facts": None, **changed})


def _photographed() -> BundleContents:
    photos = [bytes([number]) * 60_000 for number in range(5)]
    return make_contents(blobs={digest(data): source_of(data) for data in photos})


def _hidden(op: Op, state: ValueState) -> Op:
    return replace(op, value=None, salt=None, value_state=state)


_GOOD: dict[str, BundleContents] = {
    "one-op": _bare(make_op(1)),
    "everything": make_contents(),
    "without-tables": make_contents(facts=None),
    "ops-and-report": make_contents(blobs={}, facts=None),
    "files-without-ops": make_contents(ops=(), facts=None, reports={}),
    "empty-file": make_contents(blobs={digest(b""): source_of(b"")}),
    "two-cases-two-replicas": _bare(*make_ops()),
    "of-no-firm": _bare(make_op(1, case="workspace", entity=CASES[1], register="reviewer")),
    "gap": _bare(make_op(1), make_op(5)),
    "fork": _bare(*sorted((make_op(1, value="甲"), make_op(1, value="乙")), key=lambda op: op.op_id)),
    "only-what-is-new": _bare(make_op(3), base_vv={(REPLICAS[0], CASES[0]): 2}),
    "base-ahead-of-the-receiver": _bare(make_op(90), base_vv={(REPLICAS[0], CASES[0]): 89}),
    "withheld": _bare(make_op(1), _hidden(make_op(2), ValueState.WITHHELD), profile="client-safe"),
    "redacted": _bare(make_op(1), _hidden(make_op(2), ValueState.REDACTED)),
    "for-a-city": _bare(make_op(1), sender=Sender(name="示例顾问", org="示例服务商", device="test", city="示例市")),
    "rare-characters": _bare(make_op(1, value='䶮㛃𬭎𠅤\u202e"\\\x00\n')),
    "clock-of-2099": _bare(make_op(1, hlc=(4_070_908_800_000, 0))),
    "cleared": _bare(make_op(1, kind=OpKind.CLEAR, value=None, value_digest=None, salt=None)),
    "photo-only-of-a-known-case": BundleContents(
        ops=tuple, sender=SENDER, blobs={digest(PHOTO): source_of(PHOTO)}, base_vv={(REPLICAS[0], CASES[0]): 3}
    ),
    "answer-that-is-a-number": _bare(make_op(1, register="answer:B1", value=5)),
    "file-of-another-shape": _bare(make_op(1, register="file", value={"x": 1})),
    "later-kind": _bare(make_op(1, kind="merge_cells", extra={"tint": "blue"}, v=2)),
}
_LATER: dict[str, Forgery] = {
    "later-minor-schema": Forgery(statement={"schema": "1.7", "seal_of_the_city": "x"}),
    "before-1-1": Forgery(statement={"schema": "1.0", "audit": ..., "profile": ..., "set_blob_count": ...}),
    "tag-file-to-pass-on": Forgery(tags=contents.put("x-route.json", b"{}")),
}
