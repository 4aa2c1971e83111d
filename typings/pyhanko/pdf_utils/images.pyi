from PIL.Image import Image

class PdfImage:
    def __init__(self, image: Image) -> None: ...
