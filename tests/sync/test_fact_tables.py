"""Facts as CSV: exact numbers, no formulas, and a descriptor that fits."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.codec import digest
from diag_app.sync.csv_files import protected
from diag_app.sync.fact_tables import FactTables, MetricRow, NumberRow, fact_files
from tests.sync.samples import CASES


def metric(number: int, *, value: Decimal | None = None, source: str = "") -> MetricRow:
    return MetricRow(need_id=CASES[0], metric_id=f"m{number}", unit="%", value=value, period="", source=source)


def cells(table: str, tables: FactTables) -> list[dict[str, str]]:
    text = fact_files(tables)[f"data/facts/{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("sign", list("=+-@\t\r\n＝＋－＠'"))
def test_no_text_reaches_a_spreadsheet_as_a_formula(sign: str) -> None:
    found = cells("metrics", FactTables(metrics=(metric(1, source=f"{sign}cmd|'/c calc'!A1"),)))
    assert found[0]["source"] == f"'{sign}cmd|'/c calc'!A1"


@given(st.text())
def test_the_text_comes_back_when_one_apostrophe_is_dropped(text: str) -> None:
    shown = protected(text)
    assert (shown.removeprefix("'") if shown.startswith("'") else shown) == text


@pytest.mark.parametrize(
    ("value", "shown"), [("-5.50", "-5.5"), ("1E+3", "1000"), ("0", "0"), ("0.000001", "0.000001"), (None, "")]
)
def test_a_number_stays_an_exact_number(value: str | None, shown: str) -> None:
    number = None if value is None else Decimal(value)
    assert cells("metrics", FactTables(metrics=(metric(1, value=number),)))[0]["value"] == shown


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_text_survives_the_csv(texts: list[str]) -> None:
    rows = tuple(metric(number, source=text) for number, text in enumerate(texts))
    assert [row["source"] for row in cells("metrics", FactTables(metrics=rows))] == [protected(text) for text in texts]


def test_rows_come_in_the_order_of_their_keys() -> None:
    rows = tuple(metric(number) for number in (3, 1, 2))
    assert fact_files(FactTables(metrics=rows)) == fact_files(FactTables(metrics=rows[::-1]))


def test_tables_add_up() -> None:
    one, two = (FactTables(numbers=(NumberRow(assessment_id=case, number_id="n", value=Decimal(1)),)) for case in CASES)
    assert (one + two).numbers == one.numbers + two.numbers


def test_the_descriptor_fits_the_files() -> None:
    files = fact_files(FactTables(metrics=(metric(1),)))
    descriptor = json.loads(files["data/datapackage.json"])
    assert len(descriptor["resources"]) == len(files) - 1
    for resource in descriptor["resources"]:
        data = files[f"data/{resource['path']}"]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{digest(data)}"
        header = data.decode("utf-8-sig").split("\r\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert set(resource["schema"]["primaryKey"]) <= set(header)
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert {field["type"] for field in resource["schema"]["fields"]} <= {"string", "number", "integer", "boolean"}
