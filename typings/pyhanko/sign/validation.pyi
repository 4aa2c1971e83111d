from typing import Any

from pyhanko_certvalidator import ValidationContext

def validate_pdf_signature(embedded_sig: Any, signer_validation_context: ValidationContext) -> Any: ...
