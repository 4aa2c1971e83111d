"""The cost of a guess: what the standard says, between two bounds, the same for all ways of typing."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from argon2.low_level import Type, hash_secret_raw

from diag_app.crypto.kdf import (
    CEILING,
    DEFAULT_COST,
    FLOOR,
    SMALL_COST,
    KdfCost,
    check_cost,
    derive_key,
    require_passphrase,
)
from diag_app.errors import DiagError
from tests.storage.children import run_python

SALT = bytes(range(16))


@pytest.mark.parametrize("cost", [FLOOR, SMALL_COST])
def test_the_key_is_that_of_another_argon2id(cost: KdfCost) -> None:
    other = hash_secret_raw(
        b"correct horse battery",
        SALT,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    assert derive_key("correct horse battery", SALT, cost, location="") == other


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ｐａｓｓｗｏｒｄ　２０２４", "password 2024"),  # full-width letters, digits and space
        ("cafe\u0301 au lait", "caf\u00e9 au lait"),  # composed and decomposed
    ],
)
def test_ways_of_typing_one_passphrase_give_one_key(typed: str, meant: str) -> None:
    assert derive_key(typed, SALT, FLOOR, location="") == derive_key(meant, SALT, FLOOR, location="")


@pytest.mark.parametrize("cost", [DEFAULT_COST, SMALL_COST, FLOOR, CEILING])
def test_costs_within_the_bounds_are_taken(cost: KdfCost) -> None:
    check_cost(cost, SALT, location="")


@pytest.mark.parametrize(
    "cost",
    [
        replace(FLOOR, memory_kib=FLOOR.memory_kib - 1),
        replace(FLOOR, passes=FLOOR.passes - 1),
        replace(FLOOR, lanes=0),
        replace(FLOOR, memory_kib=-1),
    ],
)
def test_one_less_than_the_floor_is_refused(cost: KdfCost) -> None:
    with pytest.raises(DiagError, match="KEY_PARAMETERS_WEAK"):
        derive_key("passphrase", SALT, cost, location="")


@pytest.mark.parametrize(
    "cost",
    [
        replace(CEILING, memory_kib=CEILING.memory_kib + 1),
        replace(CEILING, passes=CEILING.passes + 1),
        replace(CEILING, lanes=CEILING.lanes + 1),
    ],
)
def test_one_more_than_the_ceiling_is_refused_before_any_work(cost: KdfCost) -> None:
    with pytest.raises(DiagError, match="KEY_PARAMETERS_EXCESSIVE"):
        derive_key("passphrase", SALT, cost, location="")


def test_a_short_or_endless_salt_is_refused() -> None:
    with pytest.raises(DiagError, match="KEY_PARAMETERS_WEAK"):
        check_cost(FLOOR, SALT[:15], location="")
    with pytest.raises(DiagError, match="KEY_PARAMETERS_EXCESSIVE"):
        check_cost(FLOOR, bytes(65), location="")


def test_a_new_passphrase_has_ten_characters() -> None:
    require_passphrase("十个字的口令一定够长")
    with pytest.raises(DiagError, match="PASSPHRASE_SHORT") as refused:
        require_passphrase("九个字的口令不够长")
    assert refused.value.parameters == {"minimum": "10"}


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a process be given less memory")
def test_without_the_memory_it_says_so_and_a_new_passphrase_takes_the_smaller_cost() -> None:
    told = run_python(
        "-c",
        "import resource\n"
        "from diag_app.crypto.kdf import DEFAULT_COST, derive_key\n"
        "from diag_app.crypto.sealing import new_store_key\n"
        "from diag_app.crypto.wraps import wrap_by_passphrase\n"
        "from diag_app.errors import DiagError\n"
        "resource.setrlimit(resource.RLIMIT_AS, (240 << 20, 240 << 20))\n"
        "try: derive_key('passphrase', bytes(16), DEFAULT_COST, location='')\n"
        "except DiagError as error: print(error.code, error.parameters['mebibytes'])\n"
        "print(wrap_by_passphrase(new_store_key(), 'passphrase').cost.memory_kib)\n",
    )
    assert told.stdout.split() == ["KEY_MEMORY_SHORT", "256", str(SMALL_COST.memory_kib)], told.stderr
