"""How a scenario opens its workspace: plain, or encrypted with a raw key; everything costly is made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from diag_app.clock import Clock
from diag_app.forms.definition import Pack
from diag_app.model.content import Document
from diag_app.model.facts import Actor
from diag_app.operations.pack_folders import load_pack_from, pack_roots
from diag_app.operations.rendering import Rendered
from diag_app.operations.workspace import DEFAULT_PACK, Workspace, actor_text
from diag_app.storage import connect
from diag_app.storage.migrations import MIGRATIONS, Migration
from diag_app.storage.store import open_store
from tests.fixed_clock import FixedClock

ACTOR = Actor(name="顾问", firm="公司", device="电脑")
KEY = bytes(range(32))
PAPER = b"%PDF-1.7\n" + b"0123456789abcdef" * 2_500 + b"\n%%EOF\n"  # a rendering, whose making is not what fails


@dataclass(frozen=True, kw_only=True)
class Opener:
    """Opens workspaces; `key` is the raw key of encrypted ones, `steps` are migrations that come on top."""

    key: bytes | None = None
    steps: tuple[Migration, ...] = ()
    clock: Clock = field(default_factory=FixedClock)

    def open(self, home: Path) -> Workspace:
        with patch.object(connect, "MIGRATIONS", (*MIGRATIONS, *self.steps)):
            store = open_store(home, clock=self.clock, actor=actor_text(ACTOR), key=self.key)
        return Workspace(
            directory=home, store=store, clock=self.clock, actor=ACTOR, renderer=rendered_before, _packs=packs()
        )


def rendered_before(document: Document, pictures: Mapping[str, bytes]) -> Rendered:
    """A renderer that is done already."""
    return Rendered(pdf=PAPER, outline=(), page_count=1, problems=())


@cache
def packs() -> dict[str, Pack]:
    pack = load_pack_from(pack_roots(Path("none")), DEFAULT_PACK)
    return {DEFAULT_PACK: pack, pack.reference: pack}
