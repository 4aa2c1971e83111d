"""The part of pyhanko-certvalidator that the project uses."""

from collections.abc import Sequence
from typing import Any

class ValidationContext:
    def __init__(self, *, trust_roots: Sequence[Any], allow_fetching: bool) -> None: ...
