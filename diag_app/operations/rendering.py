"""Where a document is laid out: in this process, or in one warm process of its own so that the window stays quick."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Literal

from diag_app.model.content import Document
from diag_app.report.rendered import OutlineEntry, Rendered, RenderedFile

if TYPE_CHECKING:
    from diag_app.report.preview import PagePicture

__all__ = ["OutlineEntry", "RenderProcess", "Rendered", "RenderedFile", "page_picture", "render_here", "write_here"]

OfficeFormat = Literal["docx"]  # what may stand beside the PDF


def render_here(document: Document, pictures: Mapping[str, bytes]) -> Rendered:
    """Return the PDF of `document`; `pictures` holds the reduced JPEG of each photo by its evidence digest."""
    from diag_app.report.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(document, pictures.__getitem__)


def write_here(document: Document, pictures: Mapping[str, bytes], kind: OfficeFormat) -> RenderedFile:
    """Return `document` as an office file of the given kind; `pictures` as for `render_here`."""
    from diag_app.report.word import render_word  # noqa: PLC0415

    writers = {"docx": render_word}
    return writers[kind](document, pictures.__getitem__)


def page_picture(pdf: bytes, page: int, scale: float) -> PagePicture:
    """Return page number `page` (from 0) as RGB pixels; `scale` 1 is 72 dots an inch."""
    from diag_app.report.preview import page_picture as draw  # noqa: PLC0415

    return draw(pdf, page, scale)


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

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        return self._pool
