"""A city in the hand: its key, its list of signers, and receipts as one likes them, true or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.crypto.signing import Signer, create_signer
from diag_app.model.receipt import Receipt, StatedReceiver
from diag_app.model.signers import ListedSigner, SignerList
from diag_app.operations.keys import import_signers
from diag_app.operations.workspace import Workspace
from diag_app.sync.bundle_write import SealedBundle
from diag_app.sync.receipt_file import RECEIPT, SIGNERS, SignedList

CITY = "示例市"
SINCE = "2024-01-01T00:00:00.000Z"
AT = "2024-06-03T12:00:00.000Z"
LATER = "2024-06-03T13:00:00.000Z"


@dataclass(kw_only=True)
class City:
    """Keys of nobody, and what is signed with them."""

    folder: Path
    key: Signer = field(default_factory=create_signer)
    receiver: Signer = field(default_factory=create_signer)

    @property
    def words(self) -> str:
        return " ".join(fingerprint_words(self.key.public_key, "en"))

    def signers(self, version: int = 1, **changed: Any) -> SignerList:
        listed = ListedSigner(
            name="签收站", org="", device="", keyid=self.receiver.public_key.keyid,
            public_key=self.receiver.public_key.text, role="receiver", since=SINCE,
        )  # fmt: skip
        return SignerList(city=CITY, version=version, at=AT, signers=(replace(listed, **changed),))

    def list_file(self, signers: SignerList, signer: Signer | None = None) -> Path:
        signer = signer or self.key
        path = self.folder / f"signers-{signers.version}.json"
        path.write_bytes(SIGNERS.seal(SignedList(city_key=signer.public_key.text, signers=signers), signer))
        return path

    def trusted_by(self, workspace: Workspace) -> None:
        self.trusted_as(workspace, self.signers())

    def trusted_as(self, workspace: Workspace, signers: SignerList) -> None:
        import_signers(workspace, self.list_file(signers), fingerprint=self.words)

    def receipt(self, sealed: SealedBundle, vector: Mapping[tuple[str, str], int], **changed: Any) -> Receipt:
        nested: dict[str, dict[str, int]] = {}
        for (replica, case), seq in vector.items():
            nested.setdefault(replica, {})[case] = seq
        public = self.receiver.public_key
        whole = Receipt(
            bundle_set=sealed.bundle_id, part=(1, 1), container_sha256="0" * 64, statement_sha256="1" * 64,
            accepted=sealed.ops, duplicate=0, classes={}, missing=(), faults=(), refused=(), conflicts=(), gaps=(),
            vv_after=nested, blobs_have=(), blobs_missing=(),
            receiver=StatedReceiver(name="签收站", city=CITY, keyid=public.keyid, public_key=public.text), at=AT,
        )  # fmt: skip
        return replace(whole, **changed)

    def receipt_file(self, receipt: Receipt, signer: Signer | None = None, name: str = "a.receipt.json") -> Path:
        path = self.folder / name
        path.write_bytes(RECEIPT.seal(receipt, signer or self.receiver))
        return path
