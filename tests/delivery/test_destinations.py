"""Whom a bundle is for, where several cities, or a city with several receivers, are known."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from diag_app.crypto.signing import create_signer
from diag_app.errors import DiagError
from diag_app.operations.delivery_order import Order, find_destination, find_destinations, write_order
from diag_app.operations.workspace import Workspace
from diag_app.sync.bundle_read import verify_bundle
from tests.delivery.city import CITY, City
from tests.delivery.test_receipts import refusal_of

OTHER = "临江市"


@pytest.fixture
def cities(workspace: Workspace, city: City) -> tuple[str, str, str]:
    """Two receivers of one city and one of another, all on lists that count here; their key ids."""
    listed = city.signers().signers[0]
    second = create_signer().public_key
    two = (listed, replace(listed, name="二号站", keyid=second.keyid, public_key=second.text))
    city.trusted_as(workspace, replace(city.signers(), signers=two))
    other = City(folder=city.folder / "other")
    other.folder.mkdir()
    other.trusted_as(workspace, replace(other.signers(), city=OTHER))
    return listed.keyid, second.keyid, other.receiver.public_key.keyid


def test_who_is_meant_is_said_or_refused_with_the_choices(workspace: Workspace, cities: tuple[str, str, str]) -> None:
    assert {one.keyid for one in find_destinations(workspace)} == set(cities)
    for city, receiver, meant in (
        (OTHER, "", cities[2]),
        (OTHER, "签收站", cities[2]),
        (CITY, "二号站", cities[1]),
        (CITY, cities[0], cities[0]),
        ("", "二号站", cities[1]),
    ):
        assert find_destination(workspace, city, receiver).keyid == meant, (city, receiver)
    for city, receiver, named in ((CITY, "", cities[:2]), ("", "签收站", (cities[0], cities[2]))):
        with pytest.raises(DiagError) as refused:
            find_destination(workspace, city, receiver)
        assert refused.value.code == "DESTINATION_SEVERAL"
        assert [keyid in refused.value.parameters["choices"] for keyid in cities] == [one in named for one in cities]
    for city, receiver in (("新市", ""), (OTHER, "二号站")):
        assert refusal_of(partial(find_destination, workspace, city, receiver)) == "DESTINATION_UNKNOWN"


@pytest.mark.usefixtures("assessment_id", "cities")
def test_a_bundle_states_the_city_that_was_chosen(workspace: Workspace, tmp_path: Path) -> None:
    for city, receiver in ((OTHER, ""), (CITY, "二号站")):
        order = Order(destination=find_destination(workspace, city, receiver))
        sealed = write_order(workspace, tmp_path / f"{city}.zip", None, order)
        statement = verify_bundle(sealed.path).statement
        assert statement is not None
        assert statement.city == city
