"""A folder that a camera writes to: which pictures are new and whole since the watch began."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError
from diag_app.files import refusal
from diag_app.operations.evidence_intake import OTHER_PICTURES, READABLE_PICTURES

DEEPEST = 3  # card, DCIM, 100CANON
MOST_FILES = 20_000
_KINDS = frozenset((*READABLE_PICTURES, *OTHER_PICTURES))


@dataclass(frozen=True)
class _State:
    """One file as a look at the folder found it."""

    name: str  # below the folder
    size: int
    changed_ns: int


@dataclass(kw_only=True)
class FolderWatch:
    """Watches one folder; call `look` every few seconds. It never writes to the folder.

    A picture is given once, when two looks in a row found it alike and not empty. What was there at the start is old.
    A card may be pulled out and put back: what was seen before stays seen, and of another card nothing is taken.
    """

    folder: Path
    _seen: set[_State] | None = None  # null before the first look
    _growing: dict[str, _State] = field(default_factory=dict)
    _is_away: bool = False

    def look(self, progress: Progress = no_progress) -> tuple[Path, ...]:
        """Return the pictures that are new and whole since the last look, oldest first; the first look finds none.

        Raises:
            DiagError: `NOT_FOUND` while the folder is away (a card pulled out), `WATCH_TOO_MANY`, or a file code.
        """
        found = self._found(progress)
        if self._seen is None or self._is_other_card(found):
            self._seen, self._growing = set(found), {}
        self._is_away = False
        fresh = [state for state in found if state not in self._seen]
        whole = [state for state in fresh if state.size and self._growing.get(state.name) == state]
        self._growing = {state.name: state for state in fresh}
        self._seen.update(whole)
        return tuple(self.folder / state.name for state in sorted(whole, key=lambda one: (one.changed_ns, one.name)))

    def again(self, path: Path) -> None:
        """Give a picture once more: it could not be taken in."""
        name = str(path.relative_to(self.folder))
        self._seen = {state for state in self._seen or set() if state.name != name}

    def _is_other_card(self, found: list[_State]) -> bool:
        return bool(self._is_away and self._seen and found and self._seen.isdisjoint(found))

    def _found(self, progress: Progress) -> list[_State]:
        try:
            return list(self._walk(self.folder, "", DEEPEST, progress))
        except OSError as error:
            self._is_away = True
            raise refusal(error, self.folder) from error
        except DiagError:
            self._is_away = True
            raise

    def _walk(self, folder: Path, below: str, depth: int, progress: Progress) -> Iterator[_State]:
        """Yield the pictures of `folder` and of the folders in it; hidden ones and links are passed over."""
        progress(0, 0)
        with os.scandir(folder) as entries:
            for count, entry in enumerate(sorted(entries, key=lambda one: one.name)):
                if count > MOST_FILES:
                    raise DiagError("WATCH_TOO_MANY", location=str(folder), limit=str(MOST_FILES))
                if entry.name.startswith(".") or entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False) and depth:
                    yield from self._walk(Path(entry.path), f"{below}{entry.name}/", depth - 1, progress)
                elif entry.name.rpartition(".")[2].lower() in _KINDS:
                    status = entry.stat(follow_symlinks=False)
                    yield _State(f"{below}{entry.name}", status.st_size, status.st_mtime_ns)
