"""Signed PDF files: what is signed stays as it was, any other byte is noticed, and a stranger's program agrees."""

from __future__ import annotations

import datetime as dt
import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diag_app.crypto.pdf_signature import load_certificate, pdf_signatures, sign_pdf
from diag_app.errors import DiagError
from diag_app.model.content import Paragraph
from diag_app.report.pdf import render_pdf
from diag_app.report.seal_stamp import STAMP_BOX, seal_stamp
from tests.crypto.certificates import HOLDER, NOW, PASSPHRASE, Kind, p12, pem
from tests.report.sample import document_of, photo


@cache
def unsigned() -> bytes:
    return render_pdf(document_of(Paragraph(text="甲")), photo).pdf


@cache
def signed(kind: Kind = "ec", *, visible: bool = False) -> bytes:
    keys = load_certificate(p12(kind), "geheim", location="firm.p12", now=NOW)
    stamp = seal_stamp("已签名", HOLDER, "2026-03-12", "zh") if visible else None
    return sign_pdf(unsigned(), keys, box=STAMP_BOX, stamp=stamp)


@pytest.mark.parametrize("kind", ["ec", "rsa"])
@pytest.mark.parametrize("visible", [False, True])
def test_a_signature_keeps_what_it_signs_and_verifies(kind: Kind, visible: bool) -> None:
    data = signed(kind, visible=visible)
    assert data.startswith(unsigned())
    (found,) = pdf_signatures(data, location="a.pdf")
    assert (found.holder, found.is_intact, found.covers_all) == (HOLDER, True, True)


@pytest.mark.parametrize("visible", [False, True])
def test_pdfsig_and_qpdf_agree(visible: bool, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed(visible=visible))
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


@settings(max_examples=25, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_in_what_was_signed_is_noticed(place: float, bit: int) -> None:
    data = bytearray(signed())
    data[int(place * len(unsigned()))] ^= 1 << bit
    try:
        found = pdf_signatures(bytes(data), location="a.pdf")
    except DiagError:  # what was signed can no longer be read at all
        return
    assert not any(signature.is_intact for signature in found)


def test_what_is_added_after_a_signature_is_told() -> None:
    keys = load_certificate(p12("rsa"), "geheim", location="firm.p12", now=NOW)
    added = signed() + b"\n% more\n"
    (found,) = pdf_signatures(added, location="a.pdf")
    assert found.is_intact
    assert not found.covers_all
    assert keys.holder == HOLDER


def test_an_unsigned_file_has_no_signature() -> None:
    assert pdf_signatures(unsigned(), location="a.pdf") == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello", b"\x00" * 2000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(DiagError, match="PDF_UNREADABLE"):
        pdf_signatures(data, location="a.pdf")


CERTIFICATES: list[tuple[bytes, str | None, str]] = [
    (p12(), "geheim", ""),
    (p12(passphrase=None), None, ""),
    (pem(), None, ""),
    (pem(passphrase=PASSPHRASE), PASSPHRASE, ""),
    (p12(), "falsch", "CERTIFICATE_PASSPHRASE"),
    (p12(), None, "CERTIFICATE_PASSPHRASE"),
    (pem(passphrase=PASSPHRASE), "falsch", "CERTIFICATE_PASSPHRASE"),
    (pem(passphrase=PASSPHRASE), None, "CERTIFICATE_PASSPHRASE"),
    (pem(with_key=False), None, "CERTIFICATE_NO_KEY"),
    (p12("ed25519"), "geheim", "CERTIFICATE_KEY_KIND"),
    (p12("rsa_short"), "geheim", "CERTIFICATE_KEY_KIND"),
    (p12(days=1), "geheim", "CERTIFICATE_DATES"),
]


@pytest.mark.parametrize(("data", "passphrase", "code"), CERTIFICATES, ids=range(len(CERTIFICATES)))
def test_certificates_are_taken_or_refused_by_name(data: bytes, passphrase: str | None, code: str) -> None:
    now = NOW + dt.timedelta(hours=1)
    if not code:
        assert load_certificate(data, passphrase, location="x", now=now).holder == HOLDER
        return
    with pytest.raises(DiagError, match=code):
        load_certificate(data, passphrase, location="x", now=now)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.just(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
def test_no_bytes_make_a_certificate(data: bytes) -> None:
    with pytest.raises(DiagError, match="CERTIFICATE_"):
        load_certificate(data, "x", location="x", now=NOW)


def test_a_certificate_never_shows_its_key() -> None:
    assert "key" not in repr(load_certificate(p12(), "geheim", location="x", now=NOW)).lower()
