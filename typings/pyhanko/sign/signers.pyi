from collections.abc import Sequence
from typing import Any, BinaryIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle

class SimpleSigner:
    @classmethod
    def load_pkcs12_data(
        cls, pkcs12_bytes: bytes, other_certs: Sequence[Any], passphrase: bytes | None
    ) -> SimpleSigner: ...

class PdfSignatureMetadata:
    def __init__(self, *, field_name: str, md_algorithm: str, subfilter: SigSeedSubFilter, name: str) -> None: ...

class PdfSigner:
    def __init__(
        self,
        signature_meta: PdfSignatureMetadata,
        *,
        signer: SimpleSigner,
        new_field_spec: SigFieldSpec,
        stamp_style: StaticStampStyle | None,
    ) -> None: ...
    def sign_pdf(self, pdf_out: IncrementalPdfFileWriter, *, output: BinaryIO) -> BinaryIO: ...
