from enum import Enum

class SigSeedSubFilter(Enum):
    PADES = ...

class SigFieldSpec:
    def __init__(self, sig_field_name: str, *, on_page: int, box: tuple[float, float, float, float] | None) -> None: ...
