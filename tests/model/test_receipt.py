"""A receipt moves what it names, on or back, and only where nothing later was told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.receipt import (
    Gap,
    ItemClass,
    Receipt,
    ReceiptFault,
    Refusal,
    StatedReceiver,
    Tally,
    Told,
    class_of,
    gaps_of,
    moved,
    moved_files,
    tallies,
)
from diag_app.model.signers import ListedSigner, SignerList, require_follows

AT, LATER = "2024-06-03T12:00:00.000Z", "2024-06-03T13:00:00.000Z"
SIGNER = ListedSigner(name="甲", org="乙", device="丙", keyid="k", public_key="p", role="consultant", since=AT)
LIST = SignerList(city="示例市", version=2, at=AT, signers=(SIGNER,))


def receipt(at: str = AT, vv: dict[str, dict[str, int]] | None = None, have: tuple[str, ...] = ()) -> Receipt:
    return Receipt(
        bundle_set="b", part=(1, 1), container_sha256="c", statement_sha256="s", accepted=1, duplicate=0, classes={},
        missing=(), faults=(), refused=(), conflicts=(), gaps=(), vv_after=vv or {"r": {"x": 5}}, blobs_have=have,
        blobs_missing=("lost",), receiver=StatedReceiver(name="n", city="c", keyid="k", public_key="p"), at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "after"),
    [
        ({}, {("r", "x"): Told(value=5, at=AT)}),
        ({("r", "x"): Told(value=9, at=LATER)}, {}),  # late
        ({("r", "x"): Told(value=5, at=AT)}, {}),  # again
        ({("r", "x"): Told(value=9, at="2024-01-01T00:00:00.000Z")}, {("r", "x"): Told(value=5, at=AT)}),  # went back
    ],
)
def test_of_two_receipts_the_later_one_counts(
    known: dict[tuple[str, str], Told], after: dict[tuple[str, str], Told]
) -> None:
    assert moved(known, receipt()) == after


@given(st.permutations([receipt(f"2024-06-03T12:00:0{n}.000Z", {"r": {"x": n, "y" * n: n}}) for n in range(1, 6)]))
def test_the_order_receipts_come_in_does_not_matter(arriving: list[Receipt]) -> None:
    known: dict[tuple[str, str], Told] = {}
    for one in arriving:
        known |= moved(known, one)
    assert {chain: told.value for chain, told in known.items()} == {
        ("r", "x"): 5, **{("r", "y" * n): n for n in range(1, 6)}
    }  # fmt: skip


def test_files_are_told_apart_by_whether_they_arrived() -> None:
    found = moved_files({}, receipt(have=("here",)))
    assert {sha256: told.value for sha256, told in found.items()} == {"here": 1, "lost": 0}
    assert moved_files(found, receipt(LATER, have=("lost",)))["lost"].value == 1


def test_a_part_with_faults_was_not_taken_in() -> None:
    assert receipt().was_taken_in
    assert not replace(receipt(), faults=(ReceiptFault(code="SIGNATURE_INVALID"),)).was_taken_in


def test_a_refusal_is_answered_once_something_else_stands_there() -> None:
    refusal = Refusal(
        case="c", entity="e", register="answer:R1", reason="缺第 2 页", by="审", at=AT, judged=("h1", "h2")
    )
    assert refusal.is_open(("h1",))
    assert not refusal.is_open(("h3",))


@pytest.mark.parametrize(
    ("register", "kind", "expected"),
    [
        ("answer:B1", "assessment", "answers"), ("number:staff", "assessment", "answers"),
        ("file", "evidence", "evidence"), ("owner_words", "need", "needs"), ("issued", "proposal", "proposals"),
        ("name", "enterprise", "other"),
    ],
)  # fmt: skip
def test_ops_are_counted_by_class(register: str, kind: str, expected: ItemClass) -> None:
    assert class_of("e", register, {"e": kind}.__getitem__) == expected


def test_classes_without_ops_are_left_out() -> None:
    assert tallies({"answers": 3}, {"needs": 1}) == {
        "answers": Tally(accepted=3),
        "needs": Tally(duplicate=1),
    }


def test_gaps_are_named_from_to() -> None:
    assert gaps_of({("r", "x"): (1, 2, 5, 5, 9), ("r", "y"): (1, 2)}) == (
        Gap(replica="r", case="x", first=3, last=4),
        Gap(replica="r", case="x", first=6, last=8),
    )


@pytest.mark.parametrize(
    ("revoked", "received", "expected"),
    [
        (None, LATER, "good"),
        (LATER, AT, "good"),
        (LATER, LATER, "revoked"),
        (AT, "2014-01-01T00:00:00.000Z", "revoked"),
    ],
)
def test_a_signature_counts_until_the_day_of_revocation_by_the_receivers_time(
    revoked: str | None, received: str, expected: str
) -> None:
    """A clock far behind the list is no way round it."""
    signers = replace(LIST, signers=(replace(SIGNER, revoked_at=revoked),))
    assert signers.standing("k", "consultant", received_at=received) == expected


def test_a_consultant_is_no_receiver_and_a_stranger_nothing() -> None:
    assert LIST.standing("k", "receiver", received_at=AT) == "unknown"
    assert LIST.standing("other", "consultant", received_at=AT) == "unknown"


def test_a_later_edition_follows_and_the_same_one_changes_nothing() -> None:
    assert require_follows(None, LIST)
    assert require_follows(LIST, replace(LIST, version=3))
    assert not require_follows(LIST, LIST)
    gone = replace(LIST, version=3, signers=(replace(SIGNER, revoked_at=LATER),))
    assert require_follows(gone, replace(gone, version=4, signers=(replace(SIGNER, revoked_at=AT),)))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (LIST, replace(LIST, version=1), "SIGNERS_OLDER"),
        (LIST, replace(LIST, at=LATER), "SIGNERS_FORKED"),
        (replace(LIST, signers=(replace(SIGNER, revoked_at=AT),)), replace(LIST, version=3), "SIGNERS_FORKED"),
        (
            replace(LIST, signers=(replace(SIGNER, revoked_at=AT),)),
            replace(LIST, version=3, signers=()),
            "SIGNERS_FORKED",
        ),
        (
            replace(LIST, signers=(replace(SIGNER, revoked_at=AT),)),
            replace(LIST, version=3, signers=(replace(SIGNER, revoked_at=LATER),)),
            "SIGNERS_FORKED",
        ),
    ],
)
def test_no_list_goes_back(old: SignerList, new: SignerList, code: str) -> None:
    with pytest.raises(DiagError) as refused:
        require_follows(old, new)
    assert refused.value.code == code
