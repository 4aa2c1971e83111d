from pyhanko.pdf_utils.images import PdfImage

class StaticStampStyle:
    def __init__(self, *, background: PdfImage, border_width: int, background_opacity: float) -> None: ...
