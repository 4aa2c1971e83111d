"""What the delivery page lets the worker do: Qt-free, with progress, cancelled through it."""

from __future__ import annotations

from pathlib import Path

from diag_app.clock import Progress
from diag_app.errors import refuse
from diag_app.i18n.translator import Language
from diag_app.operations.bundle import SealedBundle, verify_bundle
from diag_app.operations.delivery_order import Order, write_order
from diag_app.operations.keys import OwnKey, write_card
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


def write_card_with_paper(workspace: Workspace, path: Path, language: Language, *, progress: Progress) -> OwnKey:
    """Write the card of this person to `path`, and on paper beside it, which takes its time to be set."""
    key = write_card(workspace, path)
    progress(1, 2)
    write_card(workspace, path.with_suffix(".pdf"), language=language)
    return key
