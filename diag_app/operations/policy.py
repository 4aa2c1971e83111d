"""The organisation's rules for this machine: one small file beside the settings, read strictly or refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.codec import load_json, structure
from diag_app.errors import DiagError
from diag_app.files import is_there, read
from diag_app.paths import data_dir

SIZE_LIMIT = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the organisation asks for: new workspaces deposit their key with its age recipient `escrow_recipient`."""

    escrow_recipient: str | None = None
    escrow_name: str = ""
    forbids_keyring: bool = False


def policy_path() -> Path:
    """Return where the organisation's policy lies, if there is one."""
    return data_dir() / "policy.json"


def load_policy(path: Path | None = None) -> Policy:
    """Return the organisation's policy, an empty one where there is no file; a damaged one is `POLICY_INVALID`."""
    place = path or policy_path()
    if not is_there(place):
        return Policy()
    try:
        return structure(load_json(read(place, limit=SIZE_LIMIT), location=str(place)), Policy, location=str(place))
    except DiagError as error:
        if error.code not in ("JSON_INVALID", "SHAPE_INVALID"):
            raise
        raise DiagError("POLICY_INVALID", location=str(place), detail=error.parameters["detail"]) from None
