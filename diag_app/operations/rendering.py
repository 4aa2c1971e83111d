"""Where a document is laid out: in this process, or in one warm process of its own so that the window stays quick."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import TYPE_CHECKING, Literal

from diag_app.errors import Problem
from diag_app.images import REDUCED_PIXELS, Picture, picture_of_pixels
from diag_app.model.content import Document
from diag_app.report.page_map import PageMap
from diag_app.report.rendered import OutlineEntry, Rendered, RenderedFile

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext
    from multiprocessing.process import BaseProcess

    from diag_app.report.preview import PagePicture

__all__ = [
    "OutlineEntry", "PageMap", "RenderProcess", "Rendered", "RenderedFile", "first_page", "leaks_in", "page_count",
    "page_picture", "read_back", "render_here", "write_here",
]  # fmt: skip

OfficeFormat = Literal["docx", "xlsx"]  # what may stand beside the PDF
FileKind = Literal["pdf", "docx", "xlsx"]
PAGE_SECONDS = 20.0  # a page that takes longer was made to take longer


def render_here(document: Document, pictures: Mapping[str, bytes]) -> Rendered:
    """Return the PDF of `document`; `pictures` holds the reduced JPEG of each photo by its evidence digest."""
    from diag_app.report.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(document, pictures.__getitem__)


def write_here(document: Document, pictures: Mapping[str, bytes], kind: OfficeFormat) -> RenderedFile:
    """Return `document` as an office file of the given kind; `pictures` as for `render_here`."""
    if kind == "docx":
        from diag_app.report.word import render_word  # noqa: PLC0415

        return render_word(document, pictures.__getitem__)
    from diag_app.report.report_workbook import render_workbook  # noqa: PLC0415

    return render_workbook(document)


def read_back(document: Document, data: bytes, kind: FileKind) -> tuple[Problem, ...]:
    """Return where a written file does not say what the tree says; see `report.read_back`."""
    from diag_app.report.read_back import differences  # noqa: PLC0415

    return differences(document, data, kind)


def leaks_in(
    data: bytes, kind: FileKind, secrets: Sequence[tuple[str, str]], pictures: frozenset[str]
) -> tuple[Problem, ...]:
    """Return where a finished file holds one of the withheld values or pictures; see `report.leaks`."""
    from diag_app.report.leaks import leaks  # noqa: PLC0415

    return leaks(data, kind, secrets, pictures)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    from diag_app.report.preview import page_count as count  # noqa: PLC0415

    return count(pdf)


def page_picture(pdf: bytes, page: int, scale: float) -> PagePicture:
    """Return page number `page` (from 0) as RGB pixels; `scale` 1 is 72 dots an inch."""
    from diag_app.report.preview import page_picture as draw  # noqa: PLC0415

    return draw(pdf, page, scale)


def first_page(pdf: bytes) -> Picture | None:
    """Return the first page of somebody's PDF as a picture, null where it cannot be drawn.

    It is drawn in a process of its own, which a hostile file may bring down or hold up without harm.
    """
    context = _spawning()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_draw_first_page, args=(there, pdf), daemon=True)
    process.start()
    there.close()
    try:
        page: PagePicture | None = here.recv() if here.poll(PAGE_SECONDS) else None
    except EOFError:  # it went down
        page = None
    finally:
        process.kill()
        process.join()
        here.close()
    return None if page is None else picture_of_pixels(page.rgb, page.width, page.height)


def _spawning() -> SpawnContext:
    from multiprocessing import get_context  # noqa: PLC0415 - a window that draws no page loads no second process

    return get_context("spawn")


def _draw_first_page(there: Connection, pdf: bytes) -> None:
    from diag_app.report.preview import first_page_picture  # noqa: PLC0415

    try:
        there.send(first_page_picture(pdf, REDUCED_PIXELS))
    except Exception:  # noqa: BLE001  whatever the file makes the library say: there is no picture of it
        there.send(None)


class RenderProcess:
    """A renderer in a process of its own, started on first use and kept warm."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, document: Document, pictures: Mapping[str, bytes]) -> Rendered:
        """Return the PDF of `document`, laid out in the other process."""
        return self._started().submit(render_here, document, dict(pictures)).result()

    def write(self, document: Document, pictures: Mapping[str, bytes], kind: OfficeFormat) -> RenderedFile:
        """Return `document` as an office file, written in the other process."""
        return self._started().submit(write_here, document, dict(pictures), kind).result()

    def read_back(self, document: Document, data: bytes, kind: FileKind) -> tuple[Problem, ...]:
        """Return where a written file does not say what the tree says, read in the other process."""
        return self._started().submit(read_back, document, data, kind).result()

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

            self._pool = ProcessPoolExecutor(1, mp_context=_spawning(), initializer=_end_with_parent)
        return self._pool


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: if that was killed, nobody else would."""
    from multiprocessing import parent_process  # noqa: PLC0415

    parent = parent_process()
    if parent is not None:
        Thread(target=_await_end, args=(parent,), daemon=True).start()


def _await_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)
