"""What is brought: told by its bytes, stored once, refused by code; dates and captions as people know them."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from diag_app.errors import DiagError
from diag_app.model.facts import Place
from diag_app.operations import evidence_intake, history
from diag_app.operations.evidence import (
    NewEvidence,
    add_evidence,
    add_evidence_files,
    bring_evidence,
    bring_evidence_files,
    caption_evidence,
    evidence_picture,
    find_evidence,
    remove_evidence,
)
from diag_app.operations.evidence_facts import DateKind, date_evidence, keep_place
from diag_app.operations.workspace import Workspace
from tests.evidence.photos import photo, pixels


def pdf(colour: tuple[float, float, float] = (1, 0, 0)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 400), invariant=1)
    canvas.setFillColorRGB(*colour)
    canvas.rect(0, 0, 200, 400, fill=1, stroke=0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def new(name: str, data: bytes, *targets: str) -> NewEvidence:
    return NewEvidence(name=name, data=data, targets=targets or ("B3",))


def stored_files(workspace: Workspace) -> int:
    return sum(1 for path in (workspace.directory / "evidence").rglob("*") if path.is_file())


def test_the_same_bytes_twice_are_one_item_under_whichever_name(workspace: Workspace, assessment_id: str) -> None:
    first = bring_evidence_files(workspace, assessment_id, [new("a.jpg", photo(1)), new("b.jpg", photo(2))])
    before = stored_files(workspace)
    again = bring_evidence_files(workspace, assessment_id, [new("c.jpg", photo(1), "quality"), new("d.jpg", photo(3))])
    assert first.known == ()
    assert [item.name for item in again.items] == ["a.jpg", "d.jpg"]
    assert [item.name for item in again.known] == ["a.jpg"]
    assert again.items[0].targets == ("B3", "quality")
    assert stored_files(workspace) == before + 2
    history.undo(workspace)
    assert [item.targets for item in find_evidence(workspace, assessment_id)] == [("B3",), ("B3",)]


def test_the_same_bytes_twice_in_one_group_are_one_item(workspace: Workspace, assessment_id: str) -> None:
    brought = bring_evidence_files(workspace, assessment_id, [new("a.jpg", photo()), new("a.jpg", photo(), "B4")])
    assert [item.number for item in brought.items] == [1, 1]
    assert brought.items[0].targets == ("B3", "B4")
    assert brought.known == ()


def test_what_was_taken_off_may_be_brought_again(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence_files(workspace, assessment_id, [new("a.jpg", photo())])
    remove_evidence(workspace, item.evidence_id)
    [again] = add_evidence_files(workspace, assessment_id, [new("a.jpg", photo())])
    assert (again.number, len(find_evidence(workspace, assessment_id))) == (2, 1)


def test_the_camera_says_when_and_where_a_photo_was_taken(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence_files(workspace, assessment_id, [new("a.jpg", photo())])
    assert item.captured_at == "2026-03-12T10:41:05"
    assert item.place == Place(latitude=Decimal("31.235667"), longitude=Decimal("121.47"))
    assert not item.keeps_place
    keep_place(workspace, item.evidence_id, keep=True)
    assert find_evidence(workspace, assessment_id)[0].keeps_place
    history.undo(workspace)
    assert not find_evidence(workspace, assessment_id)[0].keeps_place


def test_a_document_shows_its_first_page(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence_files(workspace, assessment_id, [new("方案.pdf", pdf())])
    picture = evidence_picture(workspace, item.evidence_id, 100)
    assert picture is not None
    page = pixels(picture)
    assert (page.size, item.media_type) == ((50, 100), "application/pdf")
    assert page.getpixel((25, 50)) == pytest.approx((254, 0, 0), abs=3)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 torn", pdf()[:200], b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R]/Count 1>>\ntrailer<</Root 1 0 R>>"],
)
def test_a_broken_document_is_kept_without_a_picture(workspace: Workspace, assessment_id: str, data: bytes) -> None:
    [item] = add_evidence_files(workspace, assessment_id, [new("a.pdf", data)])
    assert (item.picture_sha256, item.size) == (None, len(data))


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("walk.mp4", b"\x00\x00\x00\x18ftypisom....", "video/mp4"),
        ("walk.MOV", b"\x00\x00\x00\x14ftypqt  ....", "video/quicktime"),
        ("walk.avi", b"RIFF....AVI ....", "video/x-msvideo"),
        ("voice.m4a", b"\x00\x00\x00\x18ftypM4A ....", "audio/mp4"),
        ("清单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/vnd.ms-excel"),
        ("no suffix", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/x-ole-storage"),
        ("方案.pptx", b"PK\x03\x04....", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("program.exe", b"MZ\x90\x00", "application/octet-stream"),
    ],
)
def test_any_file_may_be_attached_and_its_bytes_say_what_it_is(
    workspace: Workspace, assessment_id: str, name: str, data: bytes, media_type: str
) -> None:
    [item] = add_evidence_files(workspace, assessment_id, [new(name, data)])
    assert (item.media_type, item.picture_sha256) == (media_type, None)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.heic", "photo"])
def test_a_picture_that_cannot_be_shown_is_told_by_its_bytes(
    workspace: Workspace, assessment_id: str, name: str
) -> None:
    with pytest.raises(DiagError) as refused:
        add_evidence_files(workspace, assessment_id, [new(name, b"\x00\x00\x00\x18ftypheic....")])
    assert (refused.value.code, refused.value.parameters["kind"]) == ("IMAGE_KIND", "HEIC")


def test_a_card_pulled_while_it_is_read_is_refused_and_nothing_is_added(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    here = tmp_path / "a.jpg"
    here.write_bytes(photo())
    with pytest.raises(DiagError, match="NOT_FOUND"):
        add_evidence(workspace, assessment_id, "B3", [here, tmp_path / "gone.jpg"])
    assert find_evidence(workspace, assessment_id) == ()


def test_files_that_are_too_large_are_named(
    workspace: Workspace, assessment_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).write_bytes(b"x" * 600_000)
    monkeypatch.setattr(evidence_intake, "GROUP_LIMIT", 1_000_000)
    with pytest.raises(DiagError) as refused:
        add_evidence(workspace, assessment_id, "B3", [tmp_path / "a.mp4", tmp_path / "b.mp4"])
    assert (refused.value.code, refused.value.location) == ("EVIDENCE_GROUP_TOO_LARGE", "b.mp4")
    monkeypatch.setattr(evidence_intake, "SIZE_LIMIT", 500_000)
    with pytest.raises(DiagError) as refused:
        add_evidence(workspace, assessment_id, "B3", [tmp_path / "a.mp4"])
    assert (refused.value.code, refused.value.location) == ("EVIDENCE_TOO_LARGE", "a.mp4")


def test_files_of_one_name_and_rare_characters_are_kept_apart(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    paths = [tmp_path / "one" / "䶮𬭎 铭牌.txt", tmp_path / "two" / "䶮𬭎 铭牌.txt"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(str(path))
    brought = bring_evidence(workspace, assessment_id, "B3", paths)
    assert [(item.number, item.name) for item in brought.items] == [(1, "䶮𬭎 铭牌.txt"), (2, "䶮𬭎 铭牌.txt")]


@pytest.fixture
def item(workspace: Workspace, assessment_id: str) -> str:
    [added] = add_evidence_files(workspace, assessment_id, [new("a.jpg", photo())])
    return added.evidence_id


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("shows_on", "2026-01-05", "2026-01-05"),
        ("shows_on", " 2026-01-05 08:30 ", "2026-01-05T08:30"),
        ("captured_at", "2026-01-05T08:30:15", "2026-01-05T08:30:15"),
        ("captured_at", "", None),
        ("received_at", "2026-01-06", "2026-01-06"),
        ("received_at", "2024-06-03T09:00:07+00:00", "2024-06-03T09:00:07+00:00"),
    ],
)
def test_each_date_is_what_a_person_knows_better(
    workspace: Workspace, assessment_id: str, item: str, kind: DateKind, typed: str, kept: str | None
) -> None:
    [before] = find_evidence(workspace, assessment_id)
    date_evidence(workspace, item, kind, typed)
    [after] = find_evidence(workspace, assessment_id)
    assert getattr(after, kind) == kept
    others = {"shows_on", "captured_at", "received_at"} - {kind}
    assert all(getattr(after, name) == getattr(before, name) for name in others)
    history.undo(workspace)
    assert find_evidence(workspace, assessment_id) == (before,)


@pytest.mark.parametrize(
    "refuse",
    [
        lambda w, e: date_evidence(w, e, "shows_on", "2026-02-30"),
        lambda w, e: date_evidence(w, e, "shows_on", "yesterday"),
        lambda w, e: date_evidence(w, e, "captured_at", "2026-01-05T25:00"),
        lambda w, e: date_evidence(w, e, "received_at", ""),
        lambda w, e: caption_evidence(w, e, "字" * 10_000),
    ],
)
def test_what_is_no_date_or_an_endless_caption_is_refused(
    workspace: Workspace, assessment_id: str, item: str, refuse: Callable[[Workspace, str], object]
) -> None:
    before = find_evidence(workspace, assessment_id)
    with pytest.raises(DiagError) as refused:
        refuse(workspace, item)
    assert refused.value.code in ("DATE_INVALID", "TEXT_TOO_LONG")
    assert find_evidence(workspace, assessment_id) == before
