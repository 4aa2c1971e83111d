"""Size class and scale of an enterprise: derived from its figures by the standard, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from diag_app.forms.definition import Confidence, LocalText

SizeCode = Literal["large", "medium", "small", "micro"]
Metric = Literal["employees", "revenue_10k_cny", "assets_10k_cny"]
CLASSES: tuple[SizeCode, ...] = ("large", "medium", "small")  # those with lower bounds, from the top
METRICS: tuple[Metric, ...] = ("employees", "revenue_10k_cny", "assets_10k_cny")
SCALE_SECTOR = "industry"


@dataclass(frozen=True, kw_only=True)
class Sector:
    """One sector of the standard: for each metric that counts in it, the lower bounds of the classes."""

    sector_id: str
    label: LocalText
    bounds: Mapping[Metric, Mapping[SizeCode, Decimal]]


@dataclass(frozen=True, kw_only=True)
class SizeStandard:
    """The SME classification standard and the scale threshold of industry, with how far each can be trusted."""

    document: str  # its number
    title: LocalText
    sectors: Mapping[str, Sector]
    rule: LocalText
    rule_confidence: Confidence
    scale_threshold_10k_cny: Decimal
    scale_rule: LocalText
    scale_confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class SizeClass:
    """The class, or null with the figures that are missing (`sector` where the standard has none such).

    `decided_by` names the metrics that keep the enterprise out of the next higher class; all of them for large.
    """

    code: SizeCode | None
    decided_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rule: LocalText
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Whether an industrial enterprise is above scale; null without its revenue, and outside industry."""

    is_above_scale: bool | None
    missing: tuple[str, ...] = ()
    threshold_10k_cny: Decimal
    rule: LocalText
    confidence: Confidence


def size_standard_from(mapping: Mapping[str, Any]) -> SizeStandard:
    """Return the standard in a parsed `classification/size.toml`."""
    rule, scale = mapping["rule"], mapping["above_scale"]
    return SizeStandard(
        document=mapping["document"],
        title=_text(mapping["title"]),
        sectors={entry["id"]: _sector(entry) for entry in mapping["sectors"]},
        rule=_text(rule),
        rule_confidence=Confidence(rule["confidence"]),
        scale_threshold_10k_cny=Decimal(scale["threshold_10k_cny"]),
        scale_rule=_text(scale),
        scale_confidence=Confidence(scale["confidence"]),
    )


def size_class(
    standard: SizeStandard,
    *,
    sector: str,
    employees: int | None,
    revenue_10k_cny: Decimal | None,
    assets_10k_cny: Decimal | None,
) -> SizeClass:
    """Return the size class: the highest whose lower bounds all metrics of the sector reach, else micro.

    Revenue and assets in 10k CNY; a bound belongs to the class. Source: the standard's document, part 4.
    """
    known = standard.sectors.get(sector)
    figures = _figures(employees, revenue_10k_cny, assets_10k_cny)
    if known is None:
        return _unclassed(standard, ("sector",))
    missing = tuple(metric for metric in METRICS if metric in known.bounds and figures[metric] is None)
    if missing:
        return _unclassed(standard, missing)
    decided: tuple[str, ...] = tuple(known.bounds)
    for code in CLASSES:
        below = tuple(metric for metric, bounds in known.bounds.items() if (figures[metric] or 0) < bounds[code])
        if not below:
            return _classed(standard, code, decided)
        decided = below
    return _classed(standard, "micro", decided)


def above_scale(standard: SizeStandard, *, sector: str, revenue_10k_cny: Decimal | None) -> Scale:
    """Return whether an industrial enterprise reaches the yearly main revenue that makes it above scale."""
    is_above: bool | None = None
    missing: tuple[str, ...] = ()
    if sector == SCALE_SECTOR:
        missing = ("revenue_10k_cny",) if revenue_10k_cny is None else ()
        is_above = None if revenue_10k_cny is None else revenue_10k_cny >= standard.scale_threshold_10k_cny
    return Scale(
        is_above_scale=is_above,
        missing=missing,
        threshold_10k_cny=standard.scale_threshold_10k_cny,
        rule=standard.scale_rule,
        confidence=standard.scale_confidence,
    )


def _figures(
    employees: int | None, revenue_10k_cny: Decimal | None, assets_10k_cny: Decimal | None
) -> Mapping[Metric, Decimal | None]:
    return {
        "employees": None if employees is None else Decimal(employees),
        "revenue_10k_cny": revenue_10k_cny,
        "assets_10k_cny": assets_10k_cny,
    }


def _classed(standard: SizeStandard, code: SizeCode, decided_by: tuple[str, ...]) -> SizeClass:
    return SizeClass(code=code, decided_by=decided_by, rule=standard.rule, confidence=standard.rule_confidence)


def _unclassed(standard: SizeStandard, missing: tuple[str, ...]) -> SizeClass:
    return SizeClass(code=None, missing=missing, rule=standard.rule, confidence=standard.rule_confidence)


def _sector(entry: Mapping[str, Any]) -> Sector:
    return Sector(
        sector_id=entry["id"],
        label=_text(entry),
        bounds={
            metric: {code: Decimal(entry[metric][f"{code}_from"]) for code in CLASSES}
            for metric in METRICS
            if metric in entry
        },
    )


def _text(entry: Mapping[str, Any]) -> LocalText:
    return LocalText(zh=entry["zh"], en=entry["en"], confidence=Confidence(entry["confidence"]))
