"""Practice packs: what practice adds to a method (rules, guide, measures), in parts that are read when first wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from diag_app.errors import DiagError, Problem
from diag_app.forms.check import pack_digest
from diag_app.forms.definition import Confidence, LocalText, Pack
from diag_app.forms.pack_laws import check_head
from diag_app.forms.pack_parts import FORMAT, PACK, PRACTICE, toml_content
from diag_app.forms.pack_table import Findings, Table, open_table

T = TypeVar("T")
HEAD_MARKS = frozenset({"english", "title"})


@dataclass(frozen=True, kw_only=True)
class PracticePack:
    """The head of a practice pack: who it is, and which method it extends."""

    pack_id: str
    version: str
    digest: str  # SHA-256 over the canonical form of all its files
    title: LocalText
    extends: str  # id of the method pack, whatever its version

    @property
    def reference(self) -> str:
        """Return `id@version`."""
        return f"{self.pack_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class Part(Generic[T]):
    """One kind of part file: its name, the marks it declares under `confidence`, and its reader.

    `read` takes the file's outermost table and the method that the pack extends; faults go to the table's findings.
    `check` finds what reading need not find out each time: `diag pack check` and the installing of a pack ask it.
    """

    file: str
    marks: frozenset[str]
    read: Callable[[Table, Pack], T]
    check: Callable[[T, Pack, Findings], None] | None = None


def load_practice(files: Mapping[str, bytes]) -> PracticePack:
    """Return the head of the practice pack in `files` (file name to bytes); its parts are not read.

    Raises:
        DiagError: `PACK_INVALID` at the first fault of the head, with every fault in `problems`.
    """
    findings = Findings()
    head = _head(files, findings)
    if head is None or findings.problems:
        raise _refusal(findings)
    return head


def load_part(files: Mapping[str, bytes], part: Part[T], method: Pack) -> T | None:
    """Return what the practice pack in `files` says in `part`, read against `method`; null when it has no such file.

    Raises:
        DiagError: `PACK_INVALID` at the first fault, with every fault of the part in `problems`.
    """
    head, findings = load_practice(files), Findings()
    found = _read(files, part, method, head, findings) if part.file in files else None
    if findings.problems:
        raise _refusal(findings)
    return found


def check_practice(files: Mapping[str, bytes], method: Pack | None, parts: Iterable[Part[Any]]) -> tuple[Problem, ...]:
    """Return every fault of the practice pack in `files`, located as `file:path`.

    `method` is the pack that it extends; null means that there is none here, a fault itself.
    """
    findings = Findings()
    head = _head(files, findings)
    known = {part.file: part for part in parts}
    for name in sorted(files.keys() - known.keys() - {PACK}):
        findings.unreadable("PACK_FILE_UNKNOWN", name, "")
    if head is not None and method is not None:
        for name in sorted(files.keys() & known.keys()):
            _check(files, known[name], method, head, findings)
    elif head is not None:
        findings.unlawful("PACK_EXTENDS_UNKNOWN", PACK, "extends", value=head.extends)
    return tuple(findings.problems)


def _head(files: Mapping[str, bytes], findings: Findings) -> PracticePack | None:
    content = toml_content(PACK, files, findings)
    if content is None:
        return None
    table = open_table(PACK, content, findings, HEAD_MARKS)
    table = replace(table, english=table.marks.get("english", Confidence.UNKNOWN))
    if table.integer("format") != FORMAT:
        findings.unlawful("PACK_FORMAT", PACK, "format", expected=str(FORMAT))
    kind = table.text("kind")
    if kind != PRACTICE:
        findings.unlawful("PACK_WORD", PACK, "kind", value=kind, expected=PRACTICE)
    head = PracticePack(
        pack_id=table.text("id"),
        version=table.text("version"),
        digest=pack_digest(files),
        title=table.local("title", "title"),
        extends=table.text("extends"),
    )
    table.close()
    check_head(head.pack_id, head.version, findings)
    return head


def _check(files: Mapping[str, bytes], part: Part[T], method: Pack, head: PracticePack, findings: Findings) -> None:
    found = _read(files, part, method, head, findings)
    if found is not None and part.check is not None:
        part.check(found, method, findings)


def _read(files: Mapping[str, bytes], part: Part[T], method: Pack, head: PracticePack, findings: Findings) -> T | None:
    content = toml_content(part.file, files, findings)
    if content is None:
        return None
    table = replace(open_table(part.file, content, findings, part.marks), english=head.title.en_confidence)
    found = part.read(table, method)
    table.close()
    return found


def _refusal(findings: Findings) -> DiagError:
    problems = tuple(findings.problems)
    return DiagError("PACK_INVALID", location=problems[0].location, problems=problems, count=str(len(problems)))
