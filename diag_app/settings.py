"""The person's choices, in one small JSON file; what may be lost (window size) is kept apart in another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from diag_app.codec import load_json
from diag_app.errors import DiagError
from diag_app.files import read, write
from diag_app.model.actor import Actor
from diag_app.paths import data_dir

Appearance = Literal["light", "dark", "system"]
LANGUAGES = ("zh", "en")
APPEARANCES = ("light", "dark", "system")
AUTO_LOCK_MOST = 240
_MAY_BE_NULL = ("last_workspace", "second_copy")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person chose. An empty name means the app has not been started before."""

    language: Literal["zh", "en"] = "zh"
    theme: Appearance = "light"
    name: str = ""
    firm: str = ""
    device: str = ""
    last_workspace: str | None = None
    auto_lock_minutes: int = 10  # an encrypted workspace asks for its passphrase after so long without a key press
    second_copy: str | None = None  # the folder, best on another disk, that backups are copied to

    @property
    def actor(self) -> Actor:
        """Return who works here."""
        return Actor(name=self.name, firm=self.firm, device=self.device)


def settings_path() -> Path:
    """Return where the settings of this person are kept."""
    return data_dir() / "settings.json"


def window_state_path() -> Path:
    """Return where size and place of the window are kept; losing that file loses nothing."""
    return data_dir() / "window.json"


def load_settings(path: Path) -> Settings:
    """Return the settings in `path`, or the defaults when there is no such file.

    Raises:
        DiagError: `SETTINGS_INVALID` when the file is damaged, `NO_ACCESS` when it cannot be read.
    """
    if not path.exists():
        return Settings()
    try:
        return _settings_from(load_json(read(path), location=str(path)))
    except (TypeError, ValueError) as error:
        raise DiagError("SETTINGS_INVALID", location=str(path), detail=str(error)) from None
    except DiagError as error:
        if error.code == "JSON_INVALID":
            raise DiagError("SETTINGS_INVALID", location=str(path), detail=error.parameters["detail"]) from None
        raise


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all; refused with the code of what the disk said."""
    content = {
        "language": settings.language,
        "theme": settings.theme,
        "name": settings.name,
        "firm": settings.firm,
        "device": settings.device,
        "last_workspace": settings.last_workspace,
        "auto_lock_minutes": settings.auto_lock_minutes,
        "second_copy": settings.second_copy,
    }
    write(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def _settings_from(content: Any) -> Settings:
    """Unknown keys are dropped: they come from a newer version and must not stop an older one from starting."""
    if not isinstance(content, dict):
        raise TypeError("not an object")
    known = {name: content[name] for name in Settings.__dataclass_fields__ if name in content}
    minutes = known.pop("auto_lock_minutes", Settings.auto_lock_minutes)
    if type(minutes) is not int or not 1 <= minutes <= AUTO_LOCK_MOST:
        raise ValueError("auto_lock_minutes is no number of minutes")
    for name, value in known.items():
        if not isinstance(value, str) and not (name in _MAY_BE_NULL and value is None):
            raise TypeError(f"{name} is not text")
        if "\0" in (value or ""):
            raise ValueError(f"{name} holds a zero byte")
    settings = Settings(**known, auto_lock_minutes=minutes)
    if settings.language not in LANGUAGES or settings.theme not in APPEARANCES:
        raise ValueError("language or theme has an unknown value")
    return settings
