"""How a bundle is cut into parts: each a whole bag, the first with all ops, the others with evidence only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from diag_app.codec import digest
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import is_there, refusal
from diag_app.sync.limits import MIB, Limits
from diag_app.sync.names import TAG_NAMES
from diag_app.sync.statement import Statement

_PART_NAME = re.compile(r"(.+)-[0-9]{1,4}of([0-9]{1,4})")
_MOST_PARTS = 1000
ENTRY_ROOM = 512  # headers and manifest line of one entry, generous
TAGS_ROOM = 16 * 1024  # tag files, but for what grows with the contents


def planned(
    blobs: Mapping[str, int], *, others: int, other_entries: int, room: int, limits: Limits
) -> tuple[tuple[str, ...], ...]:
    """Return the digests of the evidence in each part; the first part also takes the `others` bytes.

    One part where all of it has room. Otherwise part 1 holds no evidence, so that what is small and matters most
    travels in a small file, and the rest is filled by digest.

    Raises:
        DiagError: `BUNDLE_TOO_LARGE` where one piece of evidence, or what part 1 must hold, is beyond a part.
    """
    taken = {sha256: size + ENTRY_ROOM for sha256, size in sorted(blobs.items())}
    most = limits.entries - len(TAG_NAMES)
    if others + sum(taken.values()) <= room and len(taken) + other_entries <= most:
        return (tuple(taken),)
    room_left = room - TAGS_ROOM
    parts: list[list[str]] = [[]]
    if others > room or any(size > room_left for size in taken.values()):
        raise DiagError("BUNDLE_TOO_LARGE", limit=str(room // MIB))
    filled = room_left + 1
    for sha256, size in taken.items():
        if filled + size > room_left or len(parts[-1]) >= most:
            parts, filled = [*parts, []], 0
        parts[-1].append(sha256)
        filled += size
    return tuple(map(tuple, parts))


SUFFIX = ".qzb"  # of bundles as they are written; a double click opens them
SUFFIXES = (SUFFIX, ".zip", ".age")  # what bundles may be called that are looked for; what they are, their bytes tell


def part_paths(output: Path, count: int) -> tuple[Path, ...]:
    """Return where the parts lie: `output` itself for one, `name-1of3.qzb` and so on for several."""
    if count == 1:
        return (output,)
    return tuple(output.with_name(f"{output.stem}-{number}of{count}{output.suffix}") for number in range(1, count + 1))


def earlier_parts(output: Path) -> tuple[Path, ...]:
    """Return the files named as parts of a bundle `output` are, however many those would be.

    Raises:
        DiagError: a file code where the folder cannot be read.
    """
    try:
        beside = sorted(output.parent.iterdir()) if is_there(output.parent) else []
    except OSError as error:
        raise refusal(error, output.parent) from error
    return tuple(path for path in beside if _is_part_of(output, path))


def _is_part_of(output: Path, path: Path) -> bool:
    """Return whether `path` could be a part; some disks take `ACME` and `acme` for one name."""
    named = _PART_NAME.fullmatch(path.stem)
    found = (named[1], path.suffix) if named else ("", "")
    return tuple(map(str.casefold, found)) == (output.stem.casefold(), output.suffix.casefold())


def parts_beside(path: Path) -> tuple[Path, ...]:
    """Return `path` and, where its name says that it is one of several parts, the others that lie beside it."""
    named = _PART_NAME.fullmatch(path.stem)
    if named is None:
        return (path,)
    beside = (
        path.with_name(f"{named[1]}-{number}of{named[2]}{path.suffix}")
        for number in range(1, min(int(named[2]), _MOST_PARTS) + 1)
    )
    return (path, *(one for one in beside if one != path and is_there(one)))


def set_id(manifests: Iterable[str]) -> str:
    """Return the id of a bundle whose parts have manifests with these SHA-256: of one part, the digest itself."""
    found = tuple(manifests)
    return found[0] if len(found) == 1 else digest("".join(f"{one}\n" for one in found).encode("ascii"))


def numbers_text(numbers: Iterable[int]) -> str:
    """Return ascending numbers with runs drawn together: `1, 3-7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def set_problems(parts: Collection[tuple[Statement, str]], *, location: str) -> tuple[Problem, ...]:
    """Return what is wrong with parts that came together, each a verified statement and its manifest's SHA-256.

    `PART_DISAGREES` where a whole set is not the one that was sealed. Each part is good by itself, so the rest are
    warnings: `PART_FOREIGN` for parts of several bundles, `PART_TWICE`, and `PART_MISSING` for what is not among them.
    """
    sets: dict[tuple[str, str, int], list[tuple[int, str]]] = {}
    for statement, manifest in parts:
        key = (statement.bundle_set, statement.signer.keyid, statement.part[1])
        sets.setdefault(key, []).append((statement.part[0], manifest))
    found = [_warning("PART_FOREIGN", location)] if len(sets) > 1 else []
    for (bundle_set, _, of), numbered in sets.items():
        found += _problems_of_one(bundle_set, of, numbered, location)
    return tuple(found)


def _problems_of_one(
    bundle_set: str, of: int, numbered: Collection[tuple[int, str]], location: str
) -> Iterator[Problem]:
    manifests = dict(numbered)
    for number, times in sorted(Counter(number for number, _ in numbered).items()):
        if times > 1:
            yield _warning("PART_TWICE", location, part=str(number), of=str(of))
    missing = list(islice((number for number in range(1, of + 1) if number not in manifests), _MOST_PARTS))
    if missing:
        yield _warning("PART_MISSING", location, parts=numbers_text(missing), of=str(of))
    if not missing and set_id(manifests[number] for number in sorted(manifests)) != bundle_set:
        yield Problem(code="PART_DISAGREES", location=location)


def _warning(code: str, location: str, **parameters: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING, parameters=parameters)
