"""Strict reading of a pack's tables: every fault is collected with file and path, reading goes on with a stand-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from diag_app.errors import Problem
from diag_app.forms.definition import Confidence, LocalText

LARGEST, MOST_PLACES = 1_000_000, 6
NO_TEXT = LocalText(zh="", en="", confidence=Confidence.UNKNOWN)


@dataclass(kw_only=True)
class Findings:
    """The faults found so far. A law about things that could not be read is not reported a second time."""

    problems: list[Problem] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def unreadable(self, code: str, file: str, path: str, **parameters: str) -> None:
        """Note a fault of form at `path`."""
        self.broken.append(f"{file}:{path}")
        self._add(code, file, path, parameters)

    def unlawful(self, code: str, file: str, path: str, *, over: str | None = None, **parameters: str) -> None:
        """Note a broken law at `path`, unless something under `over` (default: `path`) could not be read."""
        if self.can_judge(file, path if over is None else over):
            self._add(code, file, path, parameters)

    def can_judge(self, file: str, path: str) -> bool:
        """Return whether `path`, all under it and all above it could be read."""
        place = f"{file}:{path}"
        return not any(
            broken.startswith(place) or place.startswith((f"{broken}.", f"{broken}[")) for broken in self.broken
        )

    def _add(self, code: str, file: str, path: str, parameters: Mapping[str, str]) -> None:
        place = f"{file}:{path}" if path else file
        self.problems.append(Problem(code=code, location=place, parameters={"file": file, "path": path, **parameters}))


@dataclass(kw_only=True)
class Table:
    """One table of a pack file. Each key is taken once; `close` reports the keys that nobody asked for."""

    file: str
    path: str
    content: Mapping[str, Any]
    findings: Findings
    marks: Mapping[str, Confidence]
    english: Confidence
    taken: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Report every key that was not taken."""
        for key in self.content:
            if key not in self.taken:
                self.fault("PACK_KEY_UNKNOWN", key)

    def fault(self, code: str, key: str, **parameters: str) -> None:
        """Note a fault of form at `key`."""
        self.findings.unreadable(code, self.file, self.at(key), **parameters)

    def at(self, key: str) -> str:
        """Return the path of `key` in the file."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Return whether `key` is there."""
        return key in self.content

    def take(self, key: str, kind: type | tuple[type, ...], expected: str, stand_in: Any, *, required: bool) -> Any:
        """Return the value of `key`, or `stand_in` after noting why it cannot be used."""
        self.taken.add(key)
        if key not in self.content:
            if required:
                self.fault("PACK_KEY_MISSING", key)
            return stand_in
        value = self.content[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault("PACK_TYPE", key, expected=expected)
            return stand_in
        return value

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a non-empty text; "" stands in."""
        value: str = self.take(key, str, "string", "", required=required)
        if key in self.content and value == "" and isinstance(self.content[key], str):
            self.fault("PACK_TEXT_EMPTY", key)
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a text, or null when the key is not there."""
        return self.text(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """Return true or false; false when the key is not there."""
        return bool(self.take(key, bool, "boolean", stand_in=False, required=False))

    def integer(self, key: str) -> int:
        """Return a whole number from 0 to a million; 0 stands in."""
        return int(self._bounded(key, Decimal(self.take(key, int, "integer", 0, required=True))))

    def decimal(self, key: str) -> Decimal:
        """Return an exact decimal from 0 to a million with at most six places; 0 stands in."""
        return self._bounded(key, Decimal(self.take(key, (int, Decimal), "number", 0, required=True)))

    def _bounded(self, key: str, value: Decimal) -> Decimal:
        # Sums and products of figures within these bounds are exact in Python's 28 digits.
        if not value.is_finite() or value.is_signed():
            self.fault("PACK_NUMBER_NEGATIVE", key, value=str(value))
        elif value > LARGEST or int(value.as_tuple().exponent) < -MOST_PLACES:
            self.fault("PACK_NUMBER_TOO_LARGE", key, maximum=f"{LARGEST} (0.{'0' * (MOST_PLACES - 1)}1)")
        else:
            return value
        return Decimal(0)

    def optional_decimal(self, key: str) -> Decimal | None:
        """Return an exact decimal, or null when the key is not there."""
        return self.decimal(key) if self.has(key) else None

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; the empty list stands in."""
        values = self.take(key, list, "array of string", [], required=required)
        if all(isinstance(value, str) for value in values):
            return tuple(values)
        self.fault("PACK_TYPE", key, expected="array of string")
        return ()

    def table(self, key: str) -> Table:
        """Return the table under `key`; an empty one stands in."""
        return self._under(self.at(key), self.take(key, dict, "table", {}, required=True))

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables listed under `key`, each closed after use."""
        for index, value in enumerate(self.take(key, list, "array of table", [], required=True)):
            place = f"{key}[{index}]"
            if isinstance(value, dict):
                table = self._under(self.at(place), value)
                yield table
                table.close()
            else:
                self.fault("PACK_TYPE", place, expected="table")

    def local(self, key: str, mark: str) -> LocalText:
        """Return the text in both languages under `key`; its confidence is its own or the file's for `mark`."""
        if not self.has(key):
            self.fault("PACK_KEY_MISSING", key)
            return NO_TEXT
        table = self.table(key)
        if not self.findings.can_judge(self.file, table.path):
            return NO_TEXT
        text = table.both(mark)
        table.close()
        return text

    def optional_local(self, key: str, mark: str) -> LocalText | None:
        """Return the text in both languages, or null when the key is not there."""
        return self.local(key, mark) if self.has(key) else None

    def both(self, mark: str) -> LocalText:
        """Return this table itself as a text in both languages."""
        zh, en = self.text("zh", required=False), self.text("en", required=False)
        for language in ("zh", "en"):
            if language not in self.content:
                self.fault("PACK_LANGUAGE_MISSING", language, language=language)
        return LocalText(zh=zh, en=en, confidence=self.confidence(mark), en_confidence=self.english)

    def confidence(self, mark: str, key: str = "confidence") -> Confidence:
        """Return the confidence given under `key`, else the file's for `mark`."""
        return self.status(key) if self.has(key) else self.marks.get(mark, Confidence.UNKNOWN)

    def status(self, key: str) -> Confidence:
        """Return the confidence named under `key`; an unknown word is a fault."""
        word = self.text(key)
        if word in set(Confidence):
            return Confidence(word)
        if word:
            self.fault("PACK_CONFIDENCE_UNKNOWN", key, value=word, known=", ".join(Confidence))
        return Confidence.UNKNOWN

    def _under(self, path: str, content: Mapping[str, Any]) -> Table:
        return Table(
            file=self.file,
            path=path,
            content=content,
            findings=self.findings,
            marks=self.marks,
            english=self.english,
        )


def open_table(file: str, content: Mapping[str, Any], findings: Findings, marks: frozenset[str]) -> Table:
    """Return a file's outermost table; under `confidence` it must declare each of `marks` and nothing else."""
    outer = Table(
        file=file, path="", content=content, findings=findings, marks={}, english=Confidence.UNKNOWN, taken=set()
    )
    declared = outer.table("confidence")
    found = {mark: declared.status(mark) for mark in sorted(marks) if declared.has(mark)}
    declared.close()
    for mark in sorted(marks - found.keys()):
        findings.unreadable("PACK_CONFIDENCE_MISSING", file, f"confidence.{mark}", mark=mark)
    return replace(outer, marks=found)
