"""What kind of file somebody brought: told by its first bytes, by its name only where these leave it open."""

from __future__ import annotations

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"ID3", "audio/mpeg"),
)
ZIP_SIGNATURE = b"PK\x03\x04"
MEDIA_TYPES_BY_SUFFIX = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
OLD_OFFICE_BY_SUFFIX = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "et": "application/vnd.ms-excel",
    "wps": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
}
TEXT_TYPES_BY_SUFFIX = {"csv": "text/csv", "txt": "text/plain", "json": "application/json", "md": "text/markdown"}
RIFF_KINDS = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
UNREADABLE_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"heif": "HEIC", b"avif": "AVIF"}
AUDIO_BRANDS = (b"M4A ", b"M4B ")
MOVIE_BRANDS = (b"qt  ",)


def sniff_media_type(data: bytes, name: str) -> str:
    """Return the media type by the first bytes, by the name only where the bytes leave it open.

    A file whose name promises a picture but whose bytes are none is `application/octet-stream`.
    """
    for signature, media_type in SIGNATURES:
        if data.startswith(signature):
            return _old_office(name) if media_type == "application/x-ole-storage" else media_type
    if data[:4] == b"RIFF" and data[8:12] in RIFF_KINDS:
        return RIFF_KINDS[data[8:12]]
    if data[4:8] == b"ftyp" and data[8:12] not in UNREADABLE_BRANDS:
        return _film(data[8:12])
    suffix = _suffix(name)
    if data.startswith(ZIP_SIGNATURE):
        return MEDIA_TYPES_BY_SUFFIX.get(suffix, "application/zip")
    if suffix in TEXT_TYPES_BY_SUFFIX and b"\x00" not in data[:4096]:
        return TEXT_TYPES_BY_SUFFIX[suffix]
    return "application/octet-stream"


def unreadable_picture(data: bytes) -> str | None:
    """Return the name of a picture format that is known here and cannot be shown, else null."""
    return UNREADABLE_BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None


def _film(brand: bytes) -> str:
    if brand in AUDIO_BRANDS:
        return "audio/mp4"
    return "video/quicktime" if brand in MOVIE_BRANDS else "video/mp4"


def _old_office(name: str) -> str:
    return OLD_OFFICE_BY_SUFFIX.get(_suffix(name), "application/x-ole-storage")


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()
