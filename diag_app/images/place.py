"""Where a camera says that a picture was taken."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

GPS_IFD = 0x8825
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4
PLACES = Decimal("0.000001")  # a tenth of a metre; what a telephone writes beyond it is noise
_SIXTY = Decimal(60)


def place_in(gps: Any) -> tuple[Decimal, Decimal] | None:
    """Return latitude and longitude in degrees (south and west negative) from a GPS directory, null where none is."""
    latitude = _degrees(gps.get(LATITUDE), gps.get(LATITUDE_REF), negative="S", limit=90)
    longitude = _degrees(gps.get(LONGITUDE), gps.get(LONGITUDE_REF), negative="W", limit=180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(parts: Any, reference: Any, *, negative: str, limit: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
        value = degrees + minutes / _SIXTY + seconds / _SIXTY / _SIXTY
        if not value.is_finite() or not 0 <= value <= limit:
            return None
        signed = -value if str(reference).strip("\x00 ").upper() == negative else value
        return signed.quantize(PLACES, rounding=ROUND_HALF_EVEN)
    except (TypeError, ValueError, InvalidOperation, ZeroDivisionError):
        return None
