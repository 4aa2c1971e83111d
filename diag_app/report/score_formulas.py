"""Spreadsheet formulas that derive an option from figures, as `forms.derivation` does.

A spreadsheet reckons in binary: shares are rounded to nine places before they are compared with a bound, so that
100 × 1 ÷ 5 is 20.
"""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.codec import plain_decimal
from diag_app.model.calculation import Figure, ShareRule, TrendRule

_PLACES = 9


def shown_figure(rule: ShareRule | TrendRule, cells: Mapping[str, str]) -> str:
    """Return the formula of the figure an option follows from: the share in per cent, or last year's figure."""
    return f"={_share(rule, cells) if isinstance(rule, ShareRule) else _figure(rule.last, rule.decimals, cells)}"


def derived_option(rule: ShareRule | TrendRule, cells: Mapping[str, str], shown: str) -> str:
    """Return the formula of the option that follows; empty text where none does. `shown` is the cell of the figure."""
    if isinstance(rule, TrendRule):
        before = _figure(rule.previous, rule.decimals, cells)
        compared = f'IF({shown}>{before},"{rule.up}",IF({shown}<{before},"{rule.down}","{rule.flat}"))'
        return f'=IF(OR({shown}="",{before}=""),"",{compared})'
    bands = '""'
    for key, up_to in reversed(rule.bands):
        bands = f'IF(ROUND({shown},{_PLACES})<={plain_decimal(up_to)},"{key}",{bands})'
    return f'=IF({shown}="","",{bands})'


def _share(rule: ShareRule, cells: Mapping[str, str]) -> str:
    above, below = (cells[name] for name in rule.pair)
    alone = f'IF(OR({above}="",{below}="",{below}=0),"",100*{above}/{below})'
    if not rule.yearly:
        return alone
    pairs = [(cells[above], cells[below]) for above, below in rule.yearly]
    begun = "+".join(f"(COUNT({above},{below})>0)" for above, below in pairs)
    broken = "+".join(f'AND(COUNT({above},{below})>0,OR({above}="",N({below})=0))' for above, below in pairs)
    total = "+".join(f"IF(N({below})=0,0,100*N({above})/N({below}))" for above, below in pairs)
    return f'IF(({begun})=0,{alone},IF(({broken})>0,"",({total})/({begun})))'


def _figure(figure: Figure, decimals: int, cells: Mapping[str, str]) -> str:
    numerator, denominator = figure
    above = cells[numerator]
    if denominator is None:
        return f'IF({above}="","",ROUND({above},{decimals}))'
    below = cells[denominator]
    return f'IF(OR({above}="",{below}="",{below}=0),"",ROUND({above}/{below},{decimals}))'
