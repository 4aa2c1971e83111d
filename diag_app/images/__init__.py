"""Pictures: recognised, reduced, edited. Pillow is loaded when first used."""

from diag_app.images.editing import Edited, bare_copy, blacked_out, marked, turned
from diag_app.images.kinds import sniff_media_type, unreadable_picture
from diag_app.images.pictures import (
    MAXIMUM_PIXELS,
    REDUCED_PIXELS,
    Picture,
    picture_of_pixels,
    prepare_picture,
    thumbnail,
)

__all__ = [
    "MAXIMUM_PIXELS",
    "REDUCED_PIXELS",
    "Edited",
    "Picture",
    "bare_copy",
    "blacked_out",
    "marked",
    "picture_of_pixels",
    "prepare_picture",
    "sniff_media_type",
    "thumbnail",
    "turned",
    "unreadable_picture",
]
