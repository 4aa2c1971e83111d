"""Only a true receipt of a listed receiver for a bundle of this workspace moves anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import segno
from pypdf import PdfReader

from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.crypto.signing import create_signer
from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.operations.assessment import record_answer
from diag_app.operations.bundle import export_bundle
from diag_app.operations.bundle_keys import listed_keys
from diag_app.operations.enterprise import save_contact
from diag_app.operations.evidence import add_evidence
from diag_app.operations.export_log import is_delivered, undelivered
from diag_app.operations.keys import import_signers, own_key, trusted_cities, write_card
from diag_app.operations.receipt import (
    acknowledged_by,
    find_handed_over,
    find_receipts,
    import_receipt,
    mark_handed_over,
)
from diag_app.operations.workspace import Workspace
from diag_app.report.square_code import BORDER, SCALE
from diag_app.sync.receipt_file import CARD, RECEIPT
from tests.delivery.city import AT, CITY, LATER, City


def refusal_of(action: Callable[[], object]) -> str:
    with pytest.raises(DiagError) as refused:
        action()
    return refused.value.code


def test_what_a_receipt_names_is_delivered_and_nothing_else(
    workspace: Workspace, assessment_id: str, city: City, tmp_path: Path
) -> None:
    city.trusted_by(workspace)
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    assert undelivered(workspace).total == 1
    path = city.receipt_file(city.receipt(sealed, workspace.store.version_vector()))
    case = workspace.store.entity(assessment_id).case
    assert not is_delivered(workspace, case)
    assert import_receipt(workspace, path).is_new
    assert undelivered(workspace).total == 0
    assert is_delivered(workspace, case)
    assert acknowledged_by(workspace, city.receiver.public_key.keyid)[0] == workspace.store.version_vector()

    record_answer(workspace, assessment_id, "B1", ("B", "C"))
    record_answer(workspace, assessment_id, "B4", ("A",))
    assert not is_delivered(workspace, case)
    assert undelivered(workspace).by_class == {"answers": 2, "evidence": 0, "needs": 0, "proposals": 0}
    assert not import_receipt(workspace, path).is_new
    assert undelivered(workspace).total == 2
    assert [kept.receipt.accepted for kept in find_receipts(workspace)] == [sealed.ops]


def test_evidence_is_delivered_when_its_file_is(
    workspace: Workspace, assessment_id: str, city: City, tmp_path: Path
) -> None:
    city.trusted_by(workspace)
    (tmp_path / "清单.txt").write_text("66 台", encoding="utf-8")
    (item,) = add_evidence(workspace, assessment_id, "B1", (tmp_path / "清单.txt",))
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    vector = workspace.store.version_vector()
    without = city.receipt(sealed, vector, blobs_missing=(item.sha256,))
    import_receipt(workspace, city.receipt_file(without))
    assert undelivered(workspace).by_class["evidence"] == 1
    import_receipt(workspace, city.receipt_file(city.receipt(sealed, vector, blobs_have=(item.sha256,), at=LATER)))
    assert undelivered(workspace).total == 0
    import_receipt(workspace, city.receipt_file(replace(without, at="2024-06-03T12:30:00.000Z")))
    assert undelivered(workspace).total == 0


def test_no_other_receipt_moves_anything(workspace: Workspace, assessment_id: str, city: City, tmp_path: Path) -> None:
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    vector = workspace.store.version_vector()
    true = city.receipt(sealed, vector)
    assert refusal_of(lambda: import_receipt(workspace, city.receipt_file(true))) == "RECEIVER_UNKNOWN"
    city.trusted_by(workspace)
    stranger = City(folder=city.folder)
    beyond = {chain: seq + 1 for chain, seq in vector.items()}
    flipped = city.receipt_file(true, name="flipped.json")
    flipped.write_bytes(flipped.read_bytes().replace(b'"sig":"', b'"sig":"AA', 1))
    cases = {
        "forged": (city.receipt_file(true, create_signer(), "forged.json"), "SIGNATURE_INVALID"),
        "flipped": (flipped, "ENVELOPE_INVALID"),
        "stranger": (stranger.receipt_file(stranger.receipt(sealed, vector), name="s.json"), "RECEIVER_UNKNOWN"),
        "foreign": (city.receipt_file(replace(true, bundle_set="0" * 64), name="f.json"), "RECEIPT_FOREIGN"),
        "beyond": (city.receipt_file(city.receipt(sealed, beyond), name="b.json"), "RECEIPT_DISAGREES"),
        "unread": (city.receipt_file(replace(true, bundle_set=None), name="u.json"), "RECEIPT_OF_UNREAD"),
        "time": (city.receipt_file(replace(true, at="soon"), name="t.json"), "SIGNED_FILE_INVALID"),
        "key": (
            city.receipt_file(replace(true, receiver=replace(true.receiver, keyid="x")), name="k.json"),
            "SIGNED_FILE_INVALID",
        ),
    }
    for name, (path, code) in cases.items():
        assert (name, refusal_of(partial(import_receipt, workspace, path))) == (name, code)
    assert (undelivered(workspace).total, find_receipts(workspace)) == (1, ())
    assert acknowledged_by(workspace, city.receiver.public_key.keyid) == ({}, frozenset())


def test_an_older_receipt_moves_nothing_that_a_later_one_told(
    workspace: Workspace, assessment_id: str, city: City, tmp_path: Path
) -> None:
    city.trusted_by(workspace)
    keyid = city.receiver.public_key.keyid
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    vector = workspace.store.version_vector()
    import_receipt(workspace, city.receipt_file(city.receipt(sealed, vector, at=LATER)))
    import_receipt(workspace, city.receipt_file(city.receipt(sealed, dict.fromkeys(vector, 1))))
    assert acknowledged_by(workspace, keyid)[0] == vector
    lost = city.receipt(sealed, dict.fromkeys(vector, 1), at="2024-06-04T00:00:00.000Z")
    import_receipt(workspace, city.receipt_file(lost))  # the receiver lost something: it is sent again
    assert set(acknowledged_by(workspace, keyid)[0].values()) == {1}


def test_a_revoked_receiver_gives_no_receipts_any_more(
    workspace: Workspace, assessment_id: str, city: City, tmp_path: Path
) -> None:
    city.trusted_by(workspace)
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    path = city.receipt_file(city.receipt(sealed, workspace.store.version_vector()))
    assert listed_keys(workspace) == (city.receiver.public_key,)
    import_signers(workspace, city.list_file(city.signers(2, revoked_at=AT)))
    assert refusal_of(lambda: import_receipt(workspace, path)) == "RECEIVER_REVOKED"
    assert listed_keys(workspace) == ()


def test_lists_of_signers_are_pinned_and_never_go_back(workspace: Workspace, city: City) -> None:
    first, second = city.list_file(city.signers(1)), city.list_file(city.signers(2))
    assert refusal_of(lambda: import_signers(workspace, first)) == "FINGERPRINT_NEEDED"
    assert refusal_of(lambda: import_signers(workspace, first, fingerprint="river amber")) == "FINGERPRINT_WRONG"
    zh = "".join(fingerprint_words(city.key.public_key, "zh"))
    assert import_signers(workspace, first, fingerprint=zh)
    assert import_signers(workspace, second)
    assert not import_signers(workspace, second)
    assert refusal_of(lambda: import_signers(workspace, first)) == "SIGNERS_OLDER"
    other = city.list_file(city.signers(3), create_signer())
    assert refusal_of(lambda: import_signers(workspace, other)) == "SIGNERS_OTHER_KEY"
    assert refusal_of(lambda: import_signers(workspace, city.list_file(city.signers(3, since="x")))) == (
        "SIGNED_FILE_INVALID"
    )
    assert [(found.signers.city, found.signers.version) for found in trusted_cities(workspace)] == [(CITY, 2)]


def test_handed_over_is_remembered_and_delivers_nothing(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    sealed = export_bundle(workspace, tmp_path / "a.zip")
    mark_handed_over(workspace, sealed.bundle_id, "经信局 王科", note="U 盘")
    said = find_handed_over(workspace)[sealed.bundle_id]
    assert (said.to, said.by, said.note) == ("经信局 王科", "甲", "U 盘")
    assert undelivered(workspace).total == 1
    assert refusal_of(lambda: mark_handed_over(workspace, "0" * 64, "谁")) == "BUNDLE_NOT_WRITTEN_HERE"
    assert refusal_of(lambda: mark_handed_over(workspace, sealed.bundle_id, " ")) == "HOLDER_MISSING"


def test_a_card_carries_the_key_that_seals_here(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    key = write_card(workspace, tmp_path / "card.json", city=CITY)
    card = CARD.read((tmp_path / "card.json").read_bytes(), location="card.json")
    assert (card.value.name, card.value.org, card.value.device, card.value.city) == ("甲", "乙", "丙", CITY)
    assert card.key == key.public_key == own_key(workspace).public_key
    assert export_bundle(workspace, tmp_path / "a.zip").keyid == key.keyid
    assert len(set(key.words("en")) | set(key.words("zh"))) >= 10
    with pytest.raises(DiagError, match="ENVELOPE_TYPE"):
        RECEIPT.read((tmp_path / "card.json").read_bytes(), location="card.json")


def test_what_a_profile_withheld_is_still_to_be_sent(
    workspace: Workspace, assessment_id: str, city: City, tmp_path: Path
) -> None:
    city.trusted_by(workspace)
    keyid = city.receiver.public_key.keyid
    save_contact(workspace, workspace.store.entity(assessment_id).case, name="李厂长", role="厂长")
    sealed = export_bundle(workspace, tmp_path / "a.zip", profile="client-safe")
    vector = workspace.store.version_vector()
    import_receipt(workspace, city.receipt_file(city.receipt(sealed, vector)))
    assert acknowledged_by(workspace, keyid, "client-safe")[0] == vector
    assert acknowledged_by(workspace, keyid)[0] == {}
    assert undelivered(workspace).total == 1
    whole = export_bundle(workspace, tmp_path / "b.zip")
    import_receipt(workspace, city.receipt_file(city.receipt(whole, vector, at=LATER)))
    assert (acknowledged_by(workspace, keyid)[0], undelivered(workspace).total) == (vector, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_on_paper_shows_the_words_and_holds_the_card(
    workspace: Workspace, tmp_path: Path, language: Language
) -> None:
    key = write_card(workspace, tmp_path / "card.pdf", city=CITY, language=language)
    (page,) = PdfReader(tmp_path / "card.pdf").pages
    text = "".join(page.extract_text().split())
    assert "".join(key.words("en")) in text
    assert "".join(key.words("zh")) in text
    (drawn,) = page.images
    assert drawn.image is not None
    picture = drawn.image.convert("L")
    modules = segno.make_qr(key.card, error="l", boost_error=False).matrix
    left = (picture.width - (len(modules) + 2 * BORDER) * SCALE) // 2
    middle = [BORDER * SCALE + number * SCALE + SCALE // 2 for number in range(len(modules))]
    grey = picture.tobytes()
    assert [[grey[y * picture.width + left + x] < 128 for x in middle] for y in middle] == [
        [bool(module) for module in row] for row in modules
    ]
