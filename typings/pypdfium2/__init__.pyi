"""The part of pypdfium2 5 that the project uses."""

from collections.abc import Iterator

from PIL.Image import Image
from typing_extensions import Buffer

class PdfBitmap:
    width: int
    height: int
    stride: int
    @property
    def buffer(self) -> Buffer: ...
    def to_pil(self) -> Image: ...

class PdfPage:
    def get_size(self) -> tuple[float, float]: ...
    def render(
        self,
        *,
        scale: float = ...,
        crop: tuple[float, float, float, float] = ...,
        rev_byteorder: bool = ...,
        prefer_bgrx: bool = ...,
    ) -> PdfBitmap: ...

class PdfDocument:
    def __init__(self, input: bytes) -> None: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> PdfPage: ...
    def __iter__(self) -> Iterator[PdfPage]: ...
    def close(self) -> None: ...
