"""Figures as printed: exact, never rounded into a better light."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from diag_app.model.said import number_text

MINUS = "\u2212"
NOTHING = "—"  # does not apply; what was not measured has a word of its own


def points_text(points: Decimal) -> str:
    """Return points with two decimals, with more where two would not be exact (`1.875`)."""
    two = points.quantize(Decimal("0.01"))
    return f"{two if two == points else points.normalize():f}"


def signed_text(number: Decimal) -> str:
    """Return a figure that may lie below zero, with the sign that printers use for it."""
    return number_text(number).replace("-", MINUS)


def share_text(part: Decimal, whole: Decimal) -> str:
    """Return `part` of `whole` in per cent with one decimal, half up."""
    share = (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share:f}%"


def size_text(size: int) -> str:
    """Return a file size in KB or MB (1000 bytes), rounded up to the last digit shown."""
    if size < 1_000_000:
        return f"{-(-size // 1000)} KB"
    return f"{Decimal(-(-size // 100_000)) / 10:.1f} MB"


def evidence_number(number: int) -> str:
    """Return the number evidence is cited by."""
    return f"E-{number:03d}"


def need_number(number: int) -> str:
    """Return the number a need is cited by."""
    return f"N-{number:02d}"


def minute_text(moment: str) -> str:
    """Return an ISO date or time as date and minute, without zone: `2026-03-12 10:41`."""
    return moment[:16].replace("T", " ")
