"""Figures, dates and heads as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.proposal.figures import points_text, share_text
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import number_text


def voice(language: Language) -> Voice:
    return Voice(language=language, translate=load_translator(language))


@pytest.mark.parametrize(
    ("points", "text"),
    [("50.7", "50.70"), ("0", "0.00"), ("1.875", "1.875"), ("5.6250", "5.625"), ("100", "100.00"), ("1E+1", "10.00")],
)
def test_points_have_two_decimals_or_as_many_as_are_exact(points: str, text: str) -> None:
    assert points_text(Decimal(points)) == text


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_printed_points_and_numbers_are_exactly_what_was_recorded(value: Decimal) -> None:
    assert Decimal(points_text(value)) == value
    assert Decimal(number_text(value).replace(",", "")) == value


@pytest.mark.parametrize(
    ("number", "text"), [("6240", "6,240"), ("0.6610", "0.661"), ("1E+3", "1,000"), ("0", "0"), ("1200.50", "1,200.5")]
)
def test_numbers_are_grouped_and_end_without_zeros(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(("part", "whole", "text"), [("4.2", "10", "42.0%"), ("1", "3", "33.3%"), ("2", "3", "66.7%")])
def test_shares_have_one_decimal(part: str, whole: str, text: str) -> None:
    assert share_text(Decimal(part), Decimal(whole)) == text


@pytest.mark.parametrize(
    ("days", "chinese", "english"),
    [
        (("2026-03-12",), "2026年3月12日", "12 March 2026"),
        (("2026-03-13", "2026-03-12"), "2026年3月12—13日", "12–13 March 2026"),
        (("2026-03-12", "2026-03-12"), "2026年3月12日", "12 March 2026"),
        (("2026-03-12", "2026-03-16"), "2026年3月12日、2026年3月16日", "12 March 2026, 16 March 2026"),
        (("2026-03-31", "2026-04-01"), "2026年3月31日、2026年4月1日", "31 March 2026, 1 April 2026"),
    ],
)
def test_days_running_within_a_month_are_a_range(days: tuple[str, ...], chinese: str, english: str) -> None:
    assert voice("zh").days(days) == chinese
    assert voice("en").days(days) == english


def test_a_head_takes_the_first_wording_that_fits_or_the_last() -> None:
    assert voice("zh").head("十" * 27, "十" * 26, "短") == "十" * 26
    assert voice("zh").head("十" * 27, "二" * 28) == "二" * 28
    assert voice("en").head("x" * 91, "y") == "y"
