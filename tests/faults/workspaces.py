"""How a scenario opens its workspace: plain, or encrypted with a raw key; everything costly is made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from diag_app.clock import Clock
from diag_app.crypto.kdf import FLOOR
from diag_app.crypto.key_file import KeyFile, key_file_bytes
from diag_app.crypto.sealing import StoreKey
from diag_app.crypto.wraps import wrap_by_passphrase, wrap_by_sheet
from diag_app.errors import Problem
from diag_app.forms.definition import Pack
from diag_app.model.actor import Actor
from diag_app.model.content import Document
from diag_app.operations.pack_folders import load_pack_from, pack_roots
from diag_app.operations.rendering import FileKind, Rendered
from diag_app.operations.workspace import (
    DEFAULT_PACK,
    Workspace,
    is_encrypted,
    open_workspace,
)
from diag_app.storage import connect
from diag_app.storage.database import KEY_FILE
from diag_app.storage.migrations import MIGRATIONS, Migration
from tests.fixed_clock import FixedClock

ACTOR = Actor(name="顾问", firm="公司", device="电脑")
KEY = bytes(range(32))
SECRET = bytes(range(32, 64))  # of the recovery sheet
PHRASE, NEW_PHRASE = "four unrelated words", "four other words here"
COST = FLOOR  # what a guess costs is not what fails here
PAPER = b"%PDF-1.7\n" + b"0123456789abcdef" * 2_500 + b"\n%%EOF\n"  # a rendering, whose making is not what fails


@dataclass(frozen=True, kw_only=True)
class Opener:
    """Opens workspaces; `key` is the raw key of encrypted ones, `steps` are migrations that come on top."""

    key: bytes | None = None
    steps: tuple[Migration, ...] = ()
    clock: Clock = field(default_factory=FixedClock)

    def open(self, home: Path) -> Workspace:
        key = self.key if is_encrypted(home) else None
        with patch.object(connect, "MIGRATIONS", (*MIGRATIONS, *self.steps)):
            workspace = open_workspace(
                home, clock=self.clock, actor=ACTOR, renderer=rendered_before, reader=read_before, key=key
            )
        workspace._packs.update(packs())
        return workspace

    def make_ways_in(self, home: Path) -> None:
        """Write the key file, as the program does before it makes an encrypted store."""
        if self.key is not None:
            home.mkdir(parents=True, exist_ok=True)
            (home / KEY_FILE).write_bytes(key_file_bytes(key_file()))


@cache
def key_file() -> KeyFile:
    """The ways into an encrypted workspace: a passphrase, and a sheet that was typed back."""
    key = StoreKey(KEY)
    sheet = wrap_by_sheet(key, SECRET, "zh", is_confirmed=True)
    return KeyFile(wraps=(wrap_by_passphrase(key, PHRASE, COST), sheet))


def read_before(document: Document, data: bytes, kind: FileKind) -> tuple[Problem, ...]:
    """A reader of what `rendered_before` gives, which says nothing."""
    return ()


def rendered_before(document: Document, pictures: Mapping[str, bytes]) -> Rendered:
    """A renderer that is done already."""
    return Rendered(pdf=PAPER, outline=(), page_count=1, problems=())


@cache
def packs() -> dict[str, Pack]:
    pack = load_pack_from(pack_roots(Path("none")), DEFAULT_PACK)
    return {DEFAULT_PACK: pack, pack.reference: pack}
