"""A consultant's data on one machine, opened: the store, the packs, the clock, and who is working."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any, Self, TypeVar

from diag_app.clock import Clock, SystemClock
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import is_there, make_folder, read
from diag_app.forms.definition import Pack
from diag_app.forms.practice import Part
from diag_app.forms.report_template import ReportTemplate
from diag_app.model.actor import Actor
from diag_app.model.audience import Audience, audiences_from
from diag_app.model.content import Document
from diag_app.model.edition import HOUSE_TEMPLATE
from diag_app.model.ops import EntityView
from diag_app.model.review import Role, roles_from
from diag_app.model.size_class import SizeStandard, size_standard_from
from diag_app.operations.carried import carried
from diag_app.operations.pack_folders import (
    FromPractice,
    PartRead,
    load_pack_from,
    load_template_from,
    pack_roots,
    read_part,
)
from diag_app.operations.rendering import (
    FileKind,
    OfficeFormat,
    Rendered,
    RenderedFile,
    read_back,
    render_here,
    write_here,
)
from diag_app.operations.summaries import Remembered
from diag_app.operations.texts import NAME_LIMIT, one_line
from diag_app.paths import resource
from diag_app.storage import plain_remains
from diag_app.storage.database import KEY_FILE, STORE_FILE
from diag_app.storage.encrypting import is_plain
from diag_app.storage.lock import Holder, WindowLock, open_elsewhere, take_window_lock
from diag_app.storage.store import Store, open_store

DEFAULT_PACK = "miit-sme-2024"
ANSWERS_LIMIT = 16 * 1024**2
NOBODY = Actor(name="", firm="", device="")

T = TypeVar("T")
Renderer = Callable[[Document, Mapping[str, bytes]], Rendered]
OfficeWriter = Callable[[Document, Mapping[str, bytes], OfficeFormat], RenderedFile]
FileReader = Callable[[Document, bytes, FileKind], tuple[Problem, ...]]


@dataclass(kw_only=True)
class Workspace:
    """An open workspace. Every operation takes it first; close it, or use it as a context manager."""

    directory: Path
    store: Store
    clock: Clock
    actor: Actor
    renderer: Renderer
    key: bytes | None = field(default=None, repr=False)  # the store key of an encrypted workspace
    lock: WindowLock | None = None
    writer: OfficeWriter = write_here
    reader: FileReader = read_back
    _packs: dict[str, Pack] = field(default_factory=dict)
    _parts: dict[tuple[str, str], tuple[tuple[FromPractice[Any], ...], tuple[Problem, ...]]] = field(
        default_factory=dict
    )
    _templates: dict[str, ReportTemplate] = field(default_factory=dict)
    _sizes: SizeStandard | None = None
    _roles: tuple[Role, ...] = ()
    _audiences: Mapping[str, Audience] = field(default_factory=dict)
    summaries: Remembered[Any] = field(default_factory=Remembered, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store and let go of its key; what was saved stays saved."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()
        self.key = None

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return what a person should know about this opening: `REPLICA_NEW` for a copied or restored workspace."""
        if not self.store.identity.former:
            return ()
        return (Problem(code="REPLICA_NEW", location=str(self.directory), severity=Severity.WARNING),)

    def pack(self, reference: str | None = None) -> Pack:
        """Return the pack `id@version`; without a version the newest, without a reference the default pack.

        Raises:
            DiagError: `PACK_UNKNOWN`, or `PACK_INVALID` with everything wrong in it.
        """
        wanted = reference or DEFAULT_PACK
        if wanted not in self._packs:
            self._packs[wanted] = load_pack_from(pack_roots(self.directory), wanted)
        return self._packs[wanted]

    def template(self, reference: str = HOUSE_TEMPLATE) -> ReportTemplate:
        """Return the report template `id@version`, or the newest of an id, laid over the house's own.

        Raises:
            DiagError: `TEMPLATE_UNKNOWN`, or `PACK_INVALID` with everything wrong in it.
        """
        if reference not in self._templates:
            self._templates[reference] = load_template_from(pack_roots(self.directory), reference)
        return self._templates[reference]

    def practice(self, method: Pack, part: Part[T]) -> tuple[FromPractice[T], ...]:
        """Return what each practice pack that extends `method` says in `part`; read when first asked for.

        A pack that cannot be read takes none of the others away; `practice_problems` names it.
        """
        return self._practice(method, part)[0]

    def practice_problems(self, method: Pack, part: Part[Any]) -> tuple[Problem, ...]:
        """Return which practice packs cannot be read in `part`, as `PRACTICE_UNREADABLE`."""
        return self._practice(method, part)[1]

    def _practice(self, method: Pack, part: Part[T]) -> PartRead[T]:
        key = (method.digest, part.file)
        if key not in self._parts:
            self._parts[key] = read_part(pack_roots(self.directory), method, part)
        return self._parts[key]

    @property
    def sizes(self) -> SizeStandard:
        """Return the size standard that size class and scale are derived by."""
        if self._sizes is None:
            self._sizes = size_standard_from(tomllib.loads(read(resource("classification", "size.toml")).decode()))
        return self._sizes

    @property
    def audiences(self) -> Mapping[str, Audience]:
        """Return for whom copies of a report can be made, by id."""
        if not self._audiences:
            self._audiences = audiences_from(tomllib.loads(read(resource("audiences.toml")).decode()))
        return self._audiences

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles of an enterprise whose people may be asked, in the order shown."""
        if not self._roles:
            self._roles = roles_from(tomllib.loads(read(resource("roles.toml")).decode()))
        return self._roles


def open_workspace(
    directory: Path,
    *,
    actor: Actor = NOBODY,
    clock: Clock | None = None,
    renderer: Renderer = render_here,
    writer: OfficeWriter = write_here,
    reader: FileReader = read_back,
    create: bool = True,
    key: bytes | None = None,
    exclusive: bool = False,
    read_only: bool = False,
) -> Workspace:
    """Return the workspace in `directory`, made when it does not exist and `create` is true.

    An `exclusive` handle is the window's: a second window is refused with `WORKSPACE_OPEN_ELSEWHERE`. A `read_only`
    handle refuses every write with that code. Other handles take no lock and write.

    An encrypted one takes its store `key` (`operations.security.unlock`); a new one made here is not encrypted.

    Raises:
        DiagError: `STORE_MISSING` when it does not exist and may not be made; `STORE_…` when it cannot be opened;
            `WORKSPACE_LOCKED` when it is encrypted and there is no key, `WORKSPACE_NOT_ENCRYPTED` the other way round.
    """
    clock = clock or SystemClock()
    if is_encrypted(directory) != (key is not None):
        raise DiagError("WORKSPACE_LOCKED" if key is None else "WORKSPACE_NOT_ENCRYPTED", location=str(directory))
    reading = open_elsewhere(directory) if read_only else None
    with ExitStack() as on_failure:
        lock = _window_lock(directory, actor, clock, create=create) if exclusive else None
        if lock is not None:
            on_failure.callback(lock.release)
        store = open_store(directory, clock=clock, actor=actor_text(actor), create=create, key=key, reading=reading)
        on_failure.callback(store.close)
        if key is not None and plain_remains.is_under_way(directory):  # an encryption that was cut short ends here
            plain_remains.clear_evidence(directory, key)
            from diag_app.sync.signer_file import clear_signer  # noqa: PLC0415 - a plain workspace loads no cipher

            clear_signer(signing_key_path(directory), key)
            plain_remains.end(directory)
        on_failure.pop_all()
    return Workspace(
        directory=directory,
        store=store,
        clock=clock,
        actor=actor,
        renderer=renderer,
        writer=writer,
        reader=reader,
        key=key,
        lock=lock,
    )


def is_encrypted(directory: Path) -> bool:
    """Return whether the workspace in `directory` takes a key; one whose encryption was cut short does not."""
    return is_there(directory / KEY_FILE) and not is_plain(directory / STORE_FILE)


def signing_key_path(directory: Path) -> Path:
    """Return where the signing key of the workspace in `directory` lies; the sealed one lies beside it."""
    return directory / "keys" / "signing.pem"


def _window_lock(directory: Path, actor: Actor, clock: Clock, *, create: bool) -> WindowLock | None:
    if create:
        make_folder(directory)
    elif not is_there(directory):
        return None  # opening says what is missing
    since = clock.now().isoformat(timespec="seconds")
    return take_window_lock(directory, Holder(who=actor_text(actor), since=since))


def actor_text(actor: Actor) -> str:
    """Return who acts as one text, as it stands in every op."""
    words = (one_line(part.encode(errors="replace").decode()) for part in (actor.name, actor.firm, actor.device))
    return " · ".join(word[:NAME_LIMIT] for word in words if word)


def signed_now(workspace: Workspace) -> dict[str, str]:
    """Return who acts and when, as it is stored with what somebody vouches for."""
    moment = workspace.clock.now().astimezone(UTC)
    return {"by": one_line(workspace.actor.name)[:NAME_LIMIT], "at": moment.isoformat(timespec="seconds")}


def known(workspace: Workspace, entity_id: str, kind: str, *, to_change: bool = False) -> EntityView:
    """Return the entity of this kind with this id.

    Raises:
        DiagError: `ENTITY_UNKNOWN` where there is none of this kind, `ENTITY_DELETED` for a deleted one `to_change`.
    """
    view = workspace.store.entity(entity_id)
    if view.kind != kind:
        raise DiagError("ENTITY_UNKNOWN", location=entity_id)
    if to_change and view.is_deleted:
        raise DiagError("ENTITY_DELETED", location=entity_id)
    return carried(workspace.store, view) if kind == "assessment" else view
