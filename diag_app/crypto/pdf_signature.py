"""Signatures in PDF files (PAdES) with an organisation's own X.509 certificate; nothing is fetched from anywhere."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from diag_app.errors import DiagError

FIELD = "Issuer"
MINIMUM_RSA_BITS = 2048
_PEM = b"-----BEGIN"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """An organisation's key with its certificate and those above it. It never shows the key."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def __repr__(self) -> str:
        return f"Certificate({self.holder!r})"

    @property
    def holder(self) -> str:
        """Return the name in the certificate."""
        return _holder(self.certificate)


@dataclass(frozen=True, kw_only=True)
class PdfSignature:
    """One signature found in a PDF. Whether its certificate is to be trusted is for the reader to judge."""

    holder: str
    issuer: str
    signed_at: str  # ISO, as the signer's clock said
    is_intact: bool  # the bytes it covers are those that were signed, and the certificate's key signed them
    covers_all: bool  # nothing was added after it


def load_certificate(data: bytes, passphrase: str | None, *, location: str, now: dt.datetime) -> Certificate:
    """Return the certificate in a PKCS#12 file, or in a PEM file with key and certificates.

    Raises:
        DiagError: `CERTIFICATE_UNREADABLE`, `CERTIFICATE_PASSPHRASE` (wrong or missing), `CERTIFICATE_NO_KEY`,
            `CERTIFICATE_KEY_KIND` (only RSA from 2048 bits and elliptic curves), `CERTIFICATE_DATES`.
    """
    secret = None if passphrase is None else passphrase.encode()
    loaded = _from_pem(data, secret, location) if _PEM in data else _from_pkcs12(data, secret, location)
    if not loaded.certificate.not_valid_before_utc <= now <= loaded.certificate.not_valid_after_utc:
        until = loaded.certificate.not_valid_after_utc.date().isoformat()
        raise DiagError("CERTIFICATE_DATES", location=location, until=until)
    return loaded


def sign_pdf(pdf: bytes, certificate: Certificate, *, box: tuple[float, float, float, float], stamp: Any) -> bytes:
    """Return `pdf` with a signature (PAdES baseline B) appended; its own bytes stay as they are, at the beginning.

    `box` is the place of the signature on the first page, in points from the lower left; `stamp`, a Pillow
    image, is shown there; with null the signature is invisible.
    """
    from pyhanko.pdf_utils.images import PdfImage  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415

    signer = signers.SimpleSigner.load_pkcs12_data(_bundled(certificate), other_certs=[], passphrase=None)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=certificate.holder
    )
    place = fields.SigFieldSpec(FIELD, on_page=0, box=None if stamp is None else box)
    shown = (
        None if stamp is None else StaticStampStyle(background=PdfImage(stamp), border_width=0, background_opacity=1)
    )
    target = BytesIO()
    with _quiet():
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signers.PdfSigner(meta, signer=signer, new_field_spec=place, stamp_style=shown).sign_pdf(writer, output=target)
    return target.getvalue()


def pdf_signatures(pdf: bytes, *, location: str) -> tuple[PdfSignature, ...]:
    """Return the signatures of a PDF, the oldest first; `PDF_UNREADABLE` for what is no PDF."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        with _quiet():
            return tuple(_checked(item) for item in PdfFileReader(BytesIO(pdf)).embedded_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise DiagError("PDF_UNREADABLE", location=location) from None


def _checked(found: Any) -> PdfSignature:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    state = validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))
    certificate = x509.load_der_x509_certificate(found.signer_cert.dump())
    at = found.self_reported_timestamp
    return PdfSignature(
        holder=_holder(certificate),
        issuer=certificate.issuer.rfc4514_string(),
        signed_at="" if at is None else at.isoformat(),
        is_intact=bool(state.intact and state.valid),
        covers_all=state.coverage.name == "ENTIRE_FILE",
    )


def _from_pkcs12(data: bytes, secret: bytes | None, location: str) -> Certificate:
    try:
        loaded = pkcs12.load_key_and_certificates(data, secret)
    except ValueError as error:
        is_secret = "password" in str(error).lower() or "mac" in str(error).lower()
        code = "CERTIFICATE_PASSPHRASE" if is_secret else "CERTIFICATE_UNREADABLE"
        raise DiagError(code, location=location) from None
    return _certificate(loaded[0], [item for item in (loaded[1], *loaded[2]) if item is not None], location)


def _from_pem(data: bytes, secret: bytes | None, location: str) -> Certificate:
    try:
        certificates = x509.load_pem_x509_certificates(data)
    except ValueError:
        raise DiagError("CERTIFICATE_UNREADABLE", location=location) from None
    if b"PRIVATE KEY" not in data:
        raise DiagError("CERTIFICATE_NO_KEY", location=location)
    try:
        key = serialization.load_pem_private_key(data, secret if b"ENCRYPTED" in data else None)
    except (ValueError, TypeError):  # a type error: encrypted, and no passphrase was given
        code = "CERTIFICATE_PASSPHRASE" if b"ENCRYPTED" in data else "CERTIFICATE_UNREADABLE"
        raise DiagError(code, location=location) from None
    return _certificate(key, certificates, location)


def _certificate(key: object, certificates: list[x509.Certificate], location: str) -> Certificate:
    if key is None or not certificates:
        raise DiagError("CERTIFICATE_NO_KEY", location=location)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or (
        isinstance(key, rsa.RSAPrivateKey) and key.key_size < MINIMUM_RSA_BITS
    ):
        raise DiagError("CERTIFICATE_KEY_KIND", location=location)
    own = [item for item in certificates if item.public_key() == key.public_key()]
    if not own:
        raise DiagError("CERTIFICATE_NO_KEY", location=location)
    return Certificate(key=key, certificate=own[0], chain=tuple(item for item in certificates if item is not own[0]))


def _bundled(certificate: Certificate) -> bytes:
    """Return key and certificates in the one form that the signing library reads from memory."""
    return pkcs12.serialize_key_and_certificates(
        None, certificate.key, certificate.certificate, list(certificate.chain), serialization.NoEncryption()
    )


def _holder(certificate: x509.Certificate) -> str:
    for kind in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        found = certificate.subject.get_attributes_for_oid(kind)
        if found:
            return str(found[0].value)
    return certificate.subject.rfc4514_string()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's log to itself: that a certificate is not known here is an answer, not a fault."""
    names = ("pyhanko", "pyhanko_certvalidator")
    before = [logging.getLogger(name).level for name in names]
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in zip(names, before, strict=True):
            logging.getLogger(name).setLevel(level)
