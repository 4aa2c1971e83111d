"""What the delivery page lets the worker do: Qt-free, with progress, cancelled through it."""

from __future__ import annotations

from pathlib import Path

from diag_app.clock import Progress
from diag_app.errors import refuse
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import SealedBundle, verify_bundle
from diag_app.operations.delivery_order import Order, write_order
from diag_app.operations.handover import hand_over
from diag_app.operations.workspace import Workspace


def write_and_verify(
    workspace: Workspace, path: Path, ids: tuple[str, ...] | None, order: Order, *, progress: Progress
) -> SealedBundle:
    """Write a bundle and check it once more as a stranger would; any error in it is raised.

    What only the city can open was read back while it was written; a stranger could not open it.
    """
    sealed = write_order(workspace, path, ids, order, progress=progress)
    if not order.is_encrypted:
        refuse(verify_bundle(*sealed.paths))
    return sealed


def hand_over_case(
    workspace: Workspace, enterprise_id: str, holder: str, note: str, path: Path, *, progress: Progress
) -> SealedBundle:
    """Give a case to a colleague as a bundle."""
    return hand_over(workspace, enterprise_id, holder, path, note=note, progress=progress)


def back_up_into(workspace: Workspace, folder: Path, *, progress: Progress) -> Path:
    """Write a verified copy of the workspace into a folder."""
    return create_backup(workspace, folder, progress=progress)
