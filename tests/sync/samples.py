"""Small true bundles for the tests: ops as the store writes them, evidence, a report, facts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from diag_app.codec import digest
from diag_app.crypto.signing import Signer, signer_from_pem
from diag_app.model.op_text import digest_value
from diag_app.model.ops import Op, OpKind
from diag_app.sync.bundle_contents import BundleContents, Sender, source_of
from diag_app.sync.bundle_write import SealedBundle, write_bundle
from diag_app.sync.fact_tables import FactTables, NumberRow

# Keys of nobody, only for tests: fixed, so that bundles can be compared byte by byte.
SIGNER_PEM = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
"""
OTHER_PEM = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJXvCCElEqwFbuhNN9vq3PENDoAbTJTabRXQOq94qEQM
-----END PRIVATE KEY-----
"""
REPLICAS = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
CASES = ("0190a5b0-0000-7000-8000-000000000001", "0190a5b0-0000-7000-8000-000000000002")
SALT = "000102030405060708090a0b0c0d0e0f"
SENDER = Sender(name="示例顾问", org="示例服务商", device="test")
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 12
REPORT = b"%PDF-1.7 " + b"x" * 500


def signer() -> Signer:
    """Return the test signer."""
    return signer_from_pem(SIGNER_PEM, location="tests")


def other_signer() -> Signer:
    """Return the signer of somebody else."""
    return signer_from_pem(OTHER_PEM, location="tests")


def make_op(seq: int = 1, *, value: Any = "恒信精密机械", replica: str = REPLICAS[0], **changed: Any) -> Op:
    """Return an op with a true value digest."""
    fields: dict[str, Any] = {
        "kind": OpKind.SET,
        "case": CASES[0],
        "entity": CASES[0],
        "register": "name",
        "value_digest": digest_value(value, SALT),
        "preds": (),
        "replica": replica,
        "seq": seq,
        "prev": None,
        "hlc": (1_717_405_200_000 + seq, 0),
        "actor": "示例顾问 · 示例服务商 · test",
        "operation_id": "0190a5b0-0000-7000-8000-0000000000aa",
        "operation": "add_enterprise",
        "pack": None,
        "value": value,
        "salt": SALT,
    }
    return Op(**{**fields, **changed})


def make_ops() -> tuple[Op, ...]:
    """Return ops of two replicas and two cases, in bundle order."""
    return (
        make_op(1, kind=OpKind.ENTITY_NEW, register="", value={"kind": "enterprise", "parent": None}),
        make_op(2),
        make_op(3, register="answer:B1", value={"options": ["B", "C"]}, pack="miit-sme-2024@1.0.0"),
        make_op(1, case=CASES[1], kind=OpKind.CLEAR, value=None, value_digest=None, salt=None),
        make_op(7, replica=REPLICAS[1], value="名" * 5000),
    )


def make_contents(ops: Iterable[Op] | None = None, **changed: Any) -> BundleContents:
    """Return contents with one photo, one report and one table row."""
    fields: dict[str, Any] = {
        "ops": lambda: make_ops() if ops is None else ops,
        "sender": SENDER,
        "blobs": {digest(PHOTO): source_of(PHOTO)},
        "reports": {digest(REPORT): source_of(REPORT)},
        "facts": FactTables(numbers=(NumberRow(assessment_id=CASES[0], number_id="staff", value=Decimal("-5.50")),)),
    }
    return BundleContents(**{**fields, **changed})


def seal(output: Path, **changed: Any) -> SealedBundle:
    """Write the sample bundle to `output`."""
    return write_bundle(output, contents=make_contents(**changed), signer=signer())
