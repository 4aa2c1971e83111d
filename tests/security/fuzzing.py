"""Hostile bytes for readers of outside input, and the one law that all of them are held to."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.i18n.codes import CODES

MOST_SECONDS = 2.0  # of the processor's time
MOST_MEMORY = 256 * 1024 * 1024
PLACEHOLDER = "\ue000here\ue000"

# Written as they stand, not as values: some of them no JSON writer would write.
JSON_TOKENS = (
    "null", "true", "-1", "0", "1.5", "-0.0", "1e400", "1e999999", "1e99999999999", "-1e-99999999999",
    "NaN", "Infinity",
    "9223372036854775808", "9" * 5000, '""', '"\\u0000"', '"\\ud800"', '"\u202e"', '"' + "长" * 3000 + '"', "[]", "{}",
    "[null]", '{"a":{}}', "[" * 3000 + "]" * 3000, '{"a":' * 3000 + "1" + "}" * 3000, '{"a":1,"a":2}', '"1e999999"',
    '"../../x"', '"1"', '"2024-02-31"', "'", "",
)  # fmt: skip
TOML_TOKENS = (
    "true", "-1", "0", "1.5", "1e400", "1e999999999", "nan", "inf", "-inf", "9" * 5000, '""', '"\\u0000"', '"\\ud800"',
    "2024-02-31", "2024-02-29T12:00:00Z", "[]", "{}", "[[1]]", "{ a = 1, a = 2 }", "[" * 3000, "'", "",
    '"' + "长" * 3000 + '"',
    "0x7fffffffffffffffff", "12:00:00",
)  # fmt: skip


def lawful(read: Callable[[], object]) -> str:
    """Run a reader in bounded memory; return its refusal's code or an empty text. Any other end fails the test."""
    begun = time.process_time()
    try:
        with bounded_memory():
            read()
        code = ""
    except DiagError as error:
        code = error.code
        unknown = {code, *(problem.code for problem in error.problems)} - CODES.keys()
        assert not unknown, f"codes without words: {unknown}"
    spent = time.process_time() - begun
    assert spent < MOST_SECONDS, f"took {spent:.1f} s"
    return code


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Let the block take no more than `MOST_MEMORY` beyond what the process has now; more is a `MemoryError`."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MOST_MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Bytes with flips, cuts, insertions, repetitions and zeroes."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 64))
        match draw(st.sampled_from(("flip", "cut", "drop", "insert", "repeat", "zero"))):
            case "flip" if data:
                data[place] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[place:]
            case "drop":
                del data[place : place + length]
            case "insert":
                data[place:place] = draw(st.binary(min_size=1, max_size=32))
            case "repeat":
                data[place:place] = data[place : place + length] * draw(st.integers(1, 8))
            case _:
                data[place : place + length] = bytes(len(data[place : place + length]))
    return bytes(data)


@st.composite
def reshaped(draw: st.DrawFn, good: bytes) -> bytes:
    """JSON of almost the right shape: one to three values replaced, left out, or joined by another."""
    value = json.loads(good)
    tokens: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(_places(value) or [([value], 0)]))
        mark = f"{PLACEHOLDER}{len(tokens)}"
        match draw(st.sampled_from(("replace", "replace", "replace", "drop", "add", "rename"))):
            case "replace":
                holder[key] = mark
            case "drop":
                del holder[key]
                continue
            case "rename" if isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = holder.pop(key)
                continue
            case _ if isinstance(holder, dict):
                holder[draw(st.sampled_from(("", "x", "v", "name", "\x00", "长")))] = mark
            case _:
                holder.append(mark)
        tokens.append(draw(st.sampled_from(JSON_TOKENS)))
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for number, token in enumerate(tokens):
        text = text.replace(f'"{PLACEHOLDER}{number}"', token)
    return text.encode(errors="surrogatepass")


@st.composite
def rewritten(draw: st.DrawFn, good: bytes) -> bytes:
    """TOML of almost the right shape: lines left out, repeated, exchanged, given other values."""
    lines = good.decode().split("\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("value", "value", "value", "drop", "repeat", "exchange", "key"))):
            case "value" if "=" in lines[place]:
                lines[place] = f"{lines[place].partition('=')[0]}= {draw(st.sampled_from(TOML_TOKENS))}"
            case "key" if "=" in lines[place]:
                lines[place] = f"{draw(st.text(max_size=6))} ={lines[place].partition('=')[2]}"
            case "repeat":
                lines.insert(other, lines[place])
            case "exchange":
                lines[place], lines[other] = lines[other], lines[place]
            case _ if len(lines) > 1:
                del lines[place]
            case _:
                pass
    return "\n".join(lines).encode(errors="surrogatepass")


def hostile_json(good: bytes) -> st.SearchStrategy[bytes]:
    """Damaged, reshaped, both, and bytes that never were JSON."""
    return st.one_of(
        reshaped(good), reshaped(good), damaged(good), reshaped(good).flatmap(damaged), st.binary(max_size=200)
    )


def hostile_toml(good: bytes) -> st.SearchStrategy[bytes]:
    """Damaged and rewritten TOML."""
    return st.one_of(rewritten(good), rewritten(good), damaged(good), st.binary(max_size=200))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return where values stand: (holder, key or index) of each."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys: Any = holder if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found
