"""How deep JSON text is nested, told before any parser recurses into it."""

from __future__ import annotations

import re

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_STEPS = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}


def is_deeper(data: bytes, limit: int) -> bool:
    """Return whether arrays and objects in `data` are nested deeper than `limit`."""
    if data.count(b"{") + data.count(b"[") <= limit:
        return False
    depth = 0
    for sign in _STRING.sub(b"", data):
        depth += _STEPS.get(sign, 0)
        if depth > limit:
            return True
    return False
