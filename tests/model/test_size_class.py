"""Size class and scale, derived by the standard."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.definition import Confidence
from diag_app.model.size_class import SizeStandard, above_scale, size_class, size_standard_from
from diag_app.paths import resource


def read_standard() -> SizeStandard:
    return size_standard_from(tomllib.loads(resource("classification", "size.toml").read_text("utf-8")))


STANDARD = read_standard()

# sector · large from / medium from / small from, for employees, revenue and assets
BOUNDS = """
agri         -             20000/500/50     -
industry     1000/300/20   40000/2000/300   -
construction -             80000/6000/300   80000/5000/300
wholesale    200/20/5      40000/5000/1000  -
retail       300/50/10     20000/500/100    -
transport    1000/300/20   30000/3000/200   -
storage      200/100/20    30000/1000/100   -
post         1000/300/20   30000/2000/100   -
lodging      300/100/10    10000/2000/100   -
catering     300/100/10    10000/2000/100   -
infotrans    2000/100/10   100000/1000/100  -
software     300/100/10    10000/1000/50    -
realestate   -             200000/1000/100  10000/5000/2000
property     1000/300/100  5000/1000/500    -
leasing      300/100/10    -                120000/8000/100
other        300/100/10    -                -
"""


def classed(sector: str, employees: int | None, revenue: str | None, assets: str | None = None) -> str | None:
    return size_class(
        STANDARD,
        sector=sector,
        employees=employees,
        revenue_10k_cny=None if revenue is None else Decimal(revenue),
        assets_10k_cny=None if assets is None else Decimal(assets),
    ).code


def test_bounds_of_all_sectors() -> None:
    found = []
    for sector in STANDARD.sectors.values():
        cells = []
        for metric in ("employees", "revenue_10k_cny", "assets_10k_cny"):
            bounds = sector.bounds.get(metric)
            cells.append("-" if bounds is None else "/".join(str(bound) for bound in bounds.values()))
        found.append([sector.sector_id, *cells])
    assert found == [line.split() for line in BOUNDS.strip().splitlines()]


@pytest.mark.parametrize(
    ("employees", "revenue", "code"),
    [
        (1000, "40000", "large"),
        (999, "40000", "medium"),
        (1200, "30000", "medium"),
        (1000, "39999.99", "medium"),
        (300, "2000", "medium"),
        (299, "50000", "small"),
        (128, "6240", "small"),
        (20, "300", "small"),
        (19, "300", "micro"),
        (5000, "299.99", "micro"),
        (0, "0", "micro"),
    ],
)
def test_industry(employees: int, revenue: str, code: str) -> None:
    assert classed("industry", employees, revenue) == code


def test_sectors_look_at_their_own_metrics_only() -> None:
    assert classed("agri", None, "20000") == "large"
    assert classed("construction", None, "80000", "5000") == "medium"
    assert classed("leasing", 300, None, "120000") == "large"
    assert classed("other", 9, None) == "micro"


@pytest.mark.parametrize(
    ("sector", "employees", "revenue", "missing"),
    [
        ("industry", None, None, ("employees", "revenue_10k_cny")),
        ("industry", 5, None, ("revenue_10k_cny",)),
        ("leasing", 5, "100", ("assets_10k_cny",)),
        ("piracy", 5, "100", ("sector",)),
    ],
)
def test_without_a_figure_there_is_no_class(
    sector: str, employees: int | None, revenue: str | None, missing: tuple[str, ...]
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    found = size_class(STANDARD, sector=sector, employees=employees, revenue_10k_cny=amount, assets_10k_cny=None)
    assert (found.code, found.missing, found.decided_by) == (None, missing, ())


@pytest.mark.parametrize(
    ("employees", "revenue", "decided_by"),
    [
        (1000, "40000", ("employees", "revenue_10k_cny")),
        (1200, "30000", ("revenue_10k_cny",)),
        (128, "6240", ("employees",)),
        (128, "1999", ("employees", "revenue_10k_cny")),
        (19, "300", ("employees",)),
    ],
)
def test_the_metric_that_decided_is_named(employees: int, revenue: str, decided_by: tuple[str, ...]) -> None:
    found = size_class(
        STANDARD, sector="industry", employees=employees, revenue_10k_cny=Decimal(revenue), assets_10k_cny=None
    )
    assert found.decided_by == decided_by
    assert found.confidence is Confidence.RECONSTRUCTED
    assert STANDARD.document == "工信部联企业〔2011〕300号"


@given(st.integers(0, 5000), st.integers(0, 100_000), st.integers(0, 1000), st.integers(0, 50_000))
def test_growing_never_lowers_the_class(employees: int, revenue: int, more_people: int, more_revenue: int) -> None:
    order = ["micro", "small", "medium", "large"]
    before = classed("industry", employees, str(revenue))
    after = classed("industry", employees + more_people, str(revenue + more_revenue))
    assert order.index(str(after)) >= order.index(str(before))


@pytest.mark.parametrize(
    ("sector", "revenue", "is_above", "missing"),
    [
        ("industry", "2000", True, ()),
        ("industry", "1999.99", False, ()),
        ("industry", None, None, ("revenue_10k_cny",)),
        ("software", "90000", None, ()),
    ],
)
def test_scale_of_industry(sector: str, revenue: str | None, is_above: bool | None, missing: tuple[str, ...]) -> None:
    found = above_scale(STANDARD, sector=sector, revenue_10k_cny=None if revenue is None else Decimal(revenue))
    assert (found.is_above_scale, found.missing) == (is_above, missing)
    assert found.threshold_10k_cny == 2000
    assert found.confidence is Confidence.MEMORY


def test_manufacturing_divisions() -> None:
    table = tomllib.loads(resource("classification", "industries.toml").read_text("utf-8"))
    codes = [row["code"] for row in table["industry"]]
    assert codes == [f"C{number}" for number in range(13, 44)]
    assert {row["code"]: row["zh"] for row in table["industry"]}["C34"] == "通用设备制造业"
    assert all(row["en"] for row in table["industry"])
