"""How facts are said in one language: texts, lists, levels, dates, labels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from diag_app.forms.definition import Confidence, Language, LocalText, Metric, Option, Pack
from diag_app.forms.scorecard import ToNext
from diag_app.model.content import Cell, Tone
from diag_app.model.facts import BaselineMetric, Evidence
from diag_app.model.proposal.figures import NOTHING, evidence_number, points_text
from diag_app.model.said import Translate, number_text

HEAD_WIDTH = {"zh": 26.0, "en": 90.0}  # of a finding: han characters, or letters on two lines
HAN_FROM = 0x2E80
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One language with its translator."""

    language: Language
    translate: Translate
    bands: tuple[Decimal, ...] = ()  # bounds that money is said within; exact without them
    sections: frozenset[str] = frozenset()  # those that the report is asked to have, with data or without

    def money(self, amount: Decimal) -> str:
        """Return an amount of money, or the band it lies in; a lower bound belongs to its band."""
        if not self.bands:
            return number_text(amount)
        low, high = self._band(amount)
        if low is None:
            return self.translate("under {bound}", bound=number_text(self.bands[0]))
        return f"{number_text(low)}–{number_text(high)}" if high is not None else f"≥ {number_text(low)}"

    def span(self, low: Decimal, high: Decimal) -> str:
        """Return a range of money, in bands from the lower end's to the upper end's; where that is open, from it on."""
        if not self.bands:
            return f"{number_text(low)}–{number_text(high)}"
        first, last = self._band(low)[0], self._band(high)[1]
        if last is None:
            return f"≥ {number_text(first or Decimal(0))}"
        if first is None:
            return self.translate("under {bound}", bound=number_text(last))
        return f"{number_text(first)}–{number_text(last)}"

    def drawn(self, amount: Decimal) -> Decimal:
        """Return where an amount is drawn: at itself, or at the end of its band, so that no length tells more."""
        low, high = self._band(amount) if self.bands else (None, amount)
        return high if high is not None else low or amount

    def _band(self, amount: Decimal) -> tuple[Decimal | None, Decimal | None]:
        below = [bound for bound in self.bands if bound <= amount]
        above = [bound for bound in self.bands if bound > amount]
        return below[-1] if below else None, above[0] if above else None

    def text(self, local: LocalText) -> str:
        """Return a text of the pack."""
        return local.text(self.language)

    def listed(self, texts: Iterable[str]) -> str:
        """Return the texts as an enumeration."""
        return self.translate(", ").join(texts)

    def joined(self, parts: Iterable[str]) -> str:
        """Return the parts as clauses of one line; empty ones are left out."""
        return self.translate("; ").join(part for part in parts if part)

    def sentences(self, parts: Iterable[str]) -> str:
        """Return whole sentences one after the other; empty ones are left out."""
        return ("" if self.language == "zh" else " ").join(part for part in parts if part)

    def both(self, parts: Sequence[str]) -> str:
        """Return the parts joined by "and"."""
        return self.translate(" and ").join(parts)

    def head(self, *candidates: str) -> str:
        """Return the first candidate short enough for a chapter head, else the last."""
        limit = HEAD_WIDTH[self.language]
        return next((text for text in candidates if width(text, self.language) <= limit), candidates[-1])

    def clipped(self, text: str, most: int) -> str:
        """Return a text on one line, cut after `most` characters of Chinese or twice as many of English."""
        line = " ".join(text.split())
        room, end = (most, "…") if self.language == "zh" else (2 * most, "...")  # as paper sets it in English
        return line if len(line) <= room else f"{line[: room - len(end)]}{end}"

    def level(self, level: int) -> str:
        """Return a level in running text."""
        return self.translate("level {level}", level=level)

    def level_name(self, pack: Pack, level: int) -> str:
        """Return the pack's name of a level; 0 has none."""
        for condition in pack.level_rule.conditions:
            if condition.level == level:
                return self.text(condition.name)
        return self.translate("no level")

    def named_level(self, pack: Pack, level: int) -> str:
        """Return a level with its name."""
        return self.translate("level {level}, {name}", level=level, name=self.level_name(pack, level))

    def points(self, count: str) -> str:
        """Return points with their unit."""
        return self.translate("{points} points", points=count)

    def scenarios(self, count: int) -> str:
        """Return a number of scenarios."""
        return self.translate.plural("{count} scenario", "{count} scenarios", count)

    def gap(self, gap: ToNext) -> str:
        """Return what is missing for the next level, shortest true form.

        A constrained scenario counts for both conditions; where more of them are missing than scenarios in all, they
        are what has to be raised.
        """
        parts = [self.points(points_text(gap.points))] if gap.points else []
        if gap.constrained > gap.scenarios:
            parts.append(
                self.translate.plural("{count} constrained scenario", "{count} constrained scenarios", gap.constrained)
            )
        elif gap.scenarios:
            parts.append(self.scenarios(gap.scenarios))
        return self.both(parts)

    def option(self, option: Option) -> str:
        """Return an option's key and label."""
        return f"{option.key} {self.text(option.label)}"

    def measured(self, metric: Metric, baseline: BaselineMetric | None) -> Cell:
        """Return a baseline value with its unit; what was not measured says so."""
        if baseline is None or baseline.value is None:
            return Cell(text=self.translate("not measured"), tone="signal")
        unit = self.text(metric.unit)
        gap = "" if unit == "%" or not unit[:1].isascii() else " "  # a Latin unit stands apart in Chinese too
        return Cell(text=f"{number_text(baseline.value)}{gap}{unit}", tone="bold")

    def cited(self, evidence: Sequence[Evidence]) -> str:
        """Return evidence numbers, or a dash when there is none."""
        return " ".join(evidence_number(item.number) for item in evidence) or NOTHING

    def day(self, iso: str) -> str:
        """Return an ISO date in words."""
        day = date.fromisoformat(iso)
        month = MONTHS[day.month - 1]
        return self.translate("{day} {month} {year}", day=day.day, month=month, number=day.month, year=day.year)

    def days(self, isos: Sequence[str]) -> str:
        """Return ISO dates in words, days running within one month as a range."""
        found = sorted({date.fromisoformat(iso) for iso in isos})
        first, last = found[0], found[-1]
        runs = all(later - earlier == timedelta(days=1) for earlier, later in pairwise(found))
        if len(found) > 1 and runs and (first.year, first.month) == (last.year, last.month):
            month = MONTHS[first.month - 1]
            return self.translate(
                "{first}–{last} {month} {year}",
                first=first.day,
                last=last.day,
                month=month,
                number=first.month,
                year=first.year,
            )
        return self.listed(self.day(day.isoformat()) for day in found)

    def confidence(self, confidence: Confidence) -> str:
        """Return the word for how far a fact of the method can be trusted."""
        words = {
            Confidence.EXACT: self.translate("exact"),
            Confidence.SHORTENED: self.translate("shortened"),
            Confidence.RECONSTRUCTED: self.translate("reconstructed"),
            Confidence.AUTHORED: self.translate("authored"),
            Confidence.MEMORY: self.translate("from memory"),
            Confidence.UNKNOWN: self.translate("unknown"),
        }
        return words[confidence]


def width(text: str, language: Language) -> float:
    """Return the width of a head: in han characters, a Latin one being half; in letters for English."""
    if language == "en":
        return float(len(text))
    return sum(1.0 if ord(character) >= HAN_FROM else 0.5 for character in text)


def cells(*texts: str, tone: Tone = "plain") -> tuple[Cell, ...]:
    """Return cells of one tone."""
    return tuple(Cell(text=text, tone=tone) for text in texts)


def half_widths(text: str) -> int:
    """Return how many half-width characters `text` takes; a han character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
