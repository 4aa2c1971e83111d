"""Two stores that know one case, and how they meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from diag_app.storage.store import Store, open_store
from tests.fixed_clock import FixedClock
from tests.storage.stores import add_case


class Pair(NamedTuple):
    """The stores of two consultants; `entity` is what came with the case."""

    left: Store
    right: Store
    case: str
    entity: str


@contextmanager
def paired(folder: Path) -> Iterator[Pair]:
    """Open two stores, the case made in the left one and taken in by the right one."""
    with ExitStack() as stack:
        left, right = (
            stack.enter_context(open_store(folder / name, clock=FixedClock(), actor=f"{name} · 公司 · {name}"))
            for name in ("王工", "李工")
        )
        case, entity = add_case(left)
        right.import_ops(left.ops())
        yield Pair(left, right, case, entity)


def meet(pair: Pair) -> None:
    """Let each take in what the other has."""
    pair.left.import_ops(pair.right.ops())
    pair.right.import_ops(pair.left.ops())
