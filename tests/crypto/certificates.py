"""Certificates made for tests: self-signed, of a kind and with dates as asked."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

Kind = Literal["ec", "rsa", "rsa_short", "ed25519"]
HOLDER = "示例咨询有限公司"
PASSPHRASE = "geheim"  # noqa: S105 - of a key made for one test run
NOW = dt.datetime(2024, 1, 2, 9, 0, tzinfo=dt.UTC)


@cache
def key_of(kind: Kind) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, 1024 if kind == "rsa_short" else 2048)


def certificate_of(kind: Kind, *, days: int = 365) -> x509.Certificate:
    """Return a certificate valid from the day before `NOW`, for `days`."""
    key, name = key_of(kind), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOLDER)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW - dt.timedelta(days=1) + dt.timedelta(days=days))
    )
    return builder.sign(key, None if kind == "ed25519" else hashes.SHA256())


def p12(kind: Kind = "ec", *, passphrase: str | None = PASSPHRASE, days: int = 365) -> bytes:
    """Return key and certificate as PKCS#12."""
    sealed: serialization.KeySerializationEncryption = (
        serialization.NoEncryption()
        if passphrase is None
        else serialization.BestAvailableEncryption(passphrase.encode())
    )
    return pkcs12.serialize_key_and_certificates(b"x", key_of(kind), certificate_of(kind, days=days), None, sealed)


def pem(kind: Kind = "rsa", *, passphrase: str | None = None, with_key: bool = True) -> bytes:
    """Return certificate and key as PEM."""
    sealed: serialization.KeySerializationEncryption = (
        serialization.NoEncryption()
        if passphrase is None
        else serialization.BestAvailableEncryption(passphrase.encode())
    )
    key = key_of(kind).private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)
    return certificate_of(kind).public_bytes(serialization.Encoding.PEM) + (key if with_key else b"")
