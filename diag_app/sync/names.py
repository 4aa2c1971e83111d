"""The names inside a bundle: machine-made ASCII after one fixed pattern, and why another name is refused."""

from __future__ import annotations

import re
import unicodedata

BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAGMANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "signature.dsse.json"
TAG_NAMES = (BAG_INFO, BAGIT, MANIFEST, SIGNATURE, TAGMANIFEST)
DESCRIPTOR = "data/datapackage.json"

_ID = r"[0-9a-f-]{32,36}"
_LAYOUT = re.compile(
    rf"""bagit\.txt | bag-info\.txt | manifest-sha256\.txt | tagmanifest-sha256\.txt | signature\.dsse\.json
    | x-[a-z0-9-]{{1,40}}\.(?:json|txt)
    | data/datapackage\.json
    | data/facts/[a-z_]{{1,40}}\.csv
    | data/blobs/(?P<folder>[0-9a-f]{{2}})/(?P=folder)[0-9a-f]{{62}}
    | data/reports/[0-9a-f]{{64}}\.pdf
    | data/ops/{_ID}-(?:{_ID}|workspace)-[0-9]{{10}}-[0-9]{{10}}\.jsonl""",
    re.VERBOSE | re.ASCII,
)
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)


def blob_name(sha256: str) -> str:
    """Return where a blob lies."""
    return f"data/blobs/{sha256[:2]}/{sha256}"


def report_name(sha256: str) -> str:
    """Return where an issued report lies."""
    return f"data/reports/{sha256}.pdf"


def fact_name(table: str) -> str:
    """Return where a table of facts lies."""
    return f"data/facts/{table}.csv"


def segment_name(*, replica: str, case: str, first: int, last: int) -> str:
    """Return where the ops `first` to `last` of one replica and case lie; numbers padded so that names sort."""
    return f"data/ops/{replica}-{case}-{first:010d}-{last:010d}.jsonl"


def is_payload(name: str) -> bool:
    """Return whether `name` is covered by the manifest rather than the tag manifest."""
    return name.startswith("data/")


def place(name: str) -> tuple[bool, str]:
    """Return the sort key of the container: payload first, so that it can be streamed, then tag files; each by name."""
    return not is_payload(name), name


def digest_in(name: str) -> str | None:
    """Return the digest a blob or report is named after, or null for other names."""
    if name.startswith("data/blobs/"):
        return name.rpartition("/")[2]
    if name.startswith("data/reports/"):
        return name.rpartition("/")[2].removesuffix(".pdf")
    return None


def in_layout(name: str) -> bool:
    """Return whether `name` follows the pattern."""
    return _LAYOUT.fullmatch(name) is not None


def name_faults(name: str) -> tuple[str, ...]:
    """Return the codes of everything wrong with `name`; empty when it follows the pattern."""
    if in_layout(name):
        return ()
    parts = re.split(r"[/\\]", name)
    has_drive = _DRIVE.match(name) is not None
    faults = {
        "ENTRY_NUL": "\0" in name,
        "ENTRY_ABSOLUTE": name.startswith(("/", "\\")),
        "ENTRY_DRIVE": has_drive,
        "ENTRY_STREAM": ":" in (name[2:] if has_drive else name),
        "ENTRY_PARENT": ".." in parts,
        "ENTRY_BACKSLASH": "\\" in name,
        "ENTRY_CONTROL": any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in name if sign != "\0"),
        "ENTRY_RESERVED": any(_RESERVED.fullmatch(part) or part.rstrip(". ") != part for part in parts if part != ".."),
        "ENTRY_FETCH": name.lower() == "fetch.txt",
    }
    return tuple(code for code, found in faults.items() if found) or ("ENTRY_FOREIGN",)


def shown(name: str) -> str:
    """Return `name` fit for a message: signs that would not print, or turn the line around, are spelt out."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in name)[:200]
