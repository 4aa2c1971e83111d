"""The digest that stands on the cover: of the content, because a file cannot hold its own."""

from __future__ import annotations

from diag_app.codec import canonical_json, digest, unstructure
from diag_app.model.content import Document


def content_digest(document: Document) -> str:
    """Return the SHA-256, in hex, of the canonical JSON (RFC 8785) of the content tree."""
    return digest(canonical_json(unstructure(document)))
