"""Redacted pixels cannot be recovered: not from exported files, previews, metadata, reports or bundles."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from diag_app.codec import digest, load_json
from diag_app.model.actor import Actor
from diag_app.model.edition import Edition
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.bundle import export_bundle, import_bundle, verify_bundle
from diag_app.operations.bundle_profile import PROFILES, Profile
from diag_app.operations.enterprise import add_enterprise, find_contacts, save_contact
from diag_app.operations.evidence import NewEvidence, add_evidence_files, evidence_picture, find_evidence
from diag_app.operations.evidence_export import export_evidence
from diag_app.operations.evidence_facts import keep_place
from diag_app.operations.evidence_versions import find_versions, redact_evidence, rotate_evidence
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.survey import load_survey, record_group_photo, save_participant
from diag_app.operations.visit_signature import record_signature
from diag_app.operations.workspace import Workspace, open_workspace
from tests.evidence.photos import (
    CAMERA,
    SECRET,
    files_with,
    left_half,
    likeness,
    metadata,
    noise,
    photo,
    pieces,
    pixels,
    preview,
    shows_secret,
)

TRACES = (*pieces(photo()), *pieces(preview(), step=101), CAMERA.encode())
ACTOR = Actor(name="甲", firm="乙", device="丙")


@pytest.fixture
def item(workspace: Workspace, assessment_id: str) -> str:
    record_answer(workspace, assessment_id, "B3", ("C",))
    [added] = add_evidence_files(workspace, assessment_id, [NewEvidence(name="a.jpg", data=photo(), targets=("B3",))])
    return added.evidence_id


def entries(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_traces_are_there_before() -> None:
    """What the tests below look for is in the original: a search that cannot find would prove nothing."""
    original = photo()
    assert all(trace in original for trace in TRACES)
    assert shows_secret(pixels(original))


def test_the_exported_file_its_preview_and_its_metadata_hold_nothing(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    redact_evidence(workspace, item, [SECRET])
    file, _ = export_evidence(workspace, assessment_id, tmp_path / "out").paths
    assert not shows_secret(pixels(file.read_bytes()))
    assert metadata(file.read_bytes()) == {}
    assert files_with(tmp_path / "out", *TRACES) == []
    small = evidence_picture(workspace, item, 160)
    assert small is not None
    assert not shows_secret(pixels(small))
    assert metadata(small) == {}


def test_a_proposal_shows_and_holds_the_redacted_picture_only(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    redact_evidence(workspace, item, [SECRET])
    issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "out")
    assert files_with(tmp_path / "out", *TRACES) == []
    secret = left_half(noise(1))
    images = [image.image for page in pypdf.PdfReader(issued.paths[0]).pages for image in page.images]
    pictures = [image.convert("RGB") for image in images if image is not None]
    photos = [picture for picture in pictures if picture.size == noise(1).size]
    assert photos
    assert not any(shows_secret(picture) for picture in photos)
    assert all(likeness(left_half(picture), secret) > 60 for picture in photos)


@pytest.mark.parametrize("profile", PROFILES)
def test_no_bundle_holds_the_original_and_every_bundle_verifies(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path, profile: Profile
) -> None:
    rotate_evidence(workspace, item, 2)
    rotate_evidence(workspace, item, 2)
    issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "before")
    sealed_digests = [version.sha256 for version in find_versions(workspace, item)]
    redact_evidence(workspace, item, [SECRET])
    bundle = tmp_path / "bundle.zip"
    export_bundle(workspace, bundle, profile=profile)
    assert [problem.code for problem in verify_bundle(bundle, home=workspace.directory)] == []
    assert files_with(bundle, *TRACES, *(sha256.encode() for sha256 in sealed_digests)) == []
    inside = entries(bundle)
    blobs = [data for name, data in inside.items() if name.startswith("data/blobs/")]
    assert len(blobs) == 2  # the redacted picture and its reduced copy
    assert not any(shows_secret(pixels(data)) or metadata(data) for data in blobs)
    assert not [name for name in inside if name.startswith("data/reports/")]  # issued before, it shows the original
    states = [
        load_json(line, location="")["value_state"]
        for name, data in inside.items()
        if name.startswith("data/ops/")
        for line in data.splitlines()
        if b'"register":"file"' in line
    ]
    assert states == ["withheld"] * 3 + ["present"]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_receiver_sees_the_redacted_picture_and_nothing_else(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path, profile: Profile
) -> None:
    redact_evidence(workspace, item, [SECRET])
    bundle = tmp_path / "bundle.zip"
    export_bundle(workspace, bundle, profile=profile)
    with open_workspace(tmp_path / "there", actor=ACTOR) as there:
        assert [problem.code for problem in import_bundle(there, bundle).problems] == ["SIGNER_UNKNOWN"]
        [found] = find_evidence(there, assessment_id)
        assert (found.version, found.redactions) == (2, 1)
        assert [version.number for version in find_versions(there, item)] == [2]
        assert there.store.check(read_data=True) == ()
    assert files_with(tmp_path / "there", *TRACES) == []


def test_after_erasing_no_file_of_the_workspace_holds_a_trace(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    assert files_with(workspace.directory, *TRACES)
    done = redact_evidence(workspace, item, [SECRET], erase_because="本人要求")
    assert done.problems == ()
    assert files_with(workspace.directory, *TRACES) == []
    for profile in PROFILES:
        export_bundle(workspace, tmp_path / f"{profile}.zip", profile=profile)
        assert files_with(tmp_path / f"{profile}.zip", *TRACES) == []
    assert workspace.store.check(read_data=True) == ()


def test_undoing_the_redaction_lets_the_picture_out_again(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    redact_evidence(workspace, item, [SECRET])
    workspace.store.undo()
    export_bundle(workspace, tmp_path / "bundle.zip")
    assert digest(photo()) in {name.rpartition("/")[2] for name in entries(tmp_path / "bundle.zip")}


def test_where_two_people_edited_at_once_the_hidden_one_is_shown_and_sealed_for(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    export_bundle(workspace, tmp_path / "to.zip")
    with open_workspace(tmp_path / "there", actor=ACTOR) as there:
        import_bundle(there, tmp_path / "to.zip")
        redact_evidence(there, item, [SECRET])
        export_bundle(there, tmp_path / "back.zip")
    rotate_evidence(workspace, item, 1)  # later, and so the one shown where the newest wins
    assert len(import_bundle(workspace, tmp_path / "back.zip").result.conflicts) == 1
    [found] = find_evidence(workspace, assessment_id)
    assert found.redactions == 1
    export_bundle(workspace, tmp_path / "on.zip", profile="client-safe")
    assert files_with(tmp_path / "on.zip", *TRACES) == []


def test_a_client_safe_bundle_withholds_people_places_and_camera_files(
    workspace: Workspace, enterprise_id: str, assessment_id: str, item: str, tmp_path: Path
) -> None:
    save_contact(workspace, enterprise_id, name="张某某", role="厂长", phone="13900000000")
    save_participant(workspace, assessment_id, name="李某某", role="会计", side="firm")
    record_signature(workspace, assessment_id, "firm", name="王某某", strokes=[[(1, 1), (377, 233), (400, 100)]])
    bundle = tmp_path / "bundle.zip"
    export_bundle(workspace, bundle, profile="client-safe")
    marks = (
        *(name.encode() for name in ("张某某", "李某某", "王某某")),
        b"13900000000",
        b'"strokes"',
        b"31.2356",
        *TRACES,
    )
    assert files_with(bundle, *marks) == []
    names = [name.rpartition("/")[2] for name in entries(bundle) if name.startswith("data/blobs/")]
    [found] = find_evidence(workspace, assessment_id)
    assert names == [found.picture_sha256]
    assert str(found.picture_sha256).encode() in entries(bundle)["data/facts/evidence.csv"]
    with open_workspace(tmp_path / "there", actor=ACTOR) as there:
        import_bundle(there, bundle)
        assert find_contacts(there, enterprise_id) == ()
        assert [person.name for person in load_survey(there, assessment_id).people] == [""]
        assert evidence_picture(there, item, 100) is not None
        assert {problem.severity for problem in there.store.check()} == {"warning"}


def test_the_photo_of_who_took_part_stays_with_the_firm(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    record_group_photo(workspace, assessment_id, item)
    [photo] = find_evidence(workspace, assessment_id)
    held = {}
    for profile in PROFILES:
        export_bundle(workspace, tmp_path / f"{profile}.zip", profile=profile)
        whole = b"".join(
            (*entries(tmp_path / f"{profile}.zip").values(), "".join(entries(tmp_path / f"{profile}.zip")).encode())
        )
        held[profile] = {str(name) for name in (photo.name, photo.picture_sha256) if str(name).encode() in whole}
    assert held["full"] == held["city"] == {photo.name, photo.picture_sha256}
    assert held["client-safe"] == set()


def test_of_issued_files_a_client_safe_bundle_holds_those_for_readers_who_are_not_told_of_people(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    reports = {
        audience: issue_proposal(
            workspace, assessment_id, ("zh",), tmp_path / audience, edition=Edition(kind="visit", audience=audience)
        )
        for audience in ("enterprise", "city")
    }
    digests = {audience: digest(issued.paths[0].read_bytes()) for audience, issued in reports.items()}
    held = {}
    for profile in PROFILES:
        export_bundle(workspace, tmp_path / f"{profile}.zip", profile=profile)
        names = {name.rpartition("/")[2].partition(".")[0] for name in entries(tmp_path / f"{profile}.zip")}
        held[profile] = {audience for audience, sha256 in digests.items() if sha256 in names}
    assert held == {"full": {"enterprise", "city"}, "city": {"enterprise", "city"}, "client-safe": {"city"}}


def test_a_full_bundle_holds_all_of_it(workspace: Workspace, enterprise_id: str, item: str, tmp_path: Path) -> None:
    save_contact(workspace, enterprise_id, name="张某某", role="厂长", phone="13900000000")
    export_bundle(workspace, tmp_path / "bundle.zip")
    assert files_with(tmp_path / "bundle.zip", "张某某".encode())
    assert files_with(tmp_path / "bundle.zip", *TRACES)


def test_a_place_kept_on_purpose_goes_out_with_the_camera_file(
    workspace: Workspace, assessment_id: str, item: str, tmp_path: Path
) -> None:
    keep_place(workspace, item, keep=True)
    export_bundle(workspace, tmp_path / "bundle.zip", profile="client-safe")
    assert digest(photo()) in {name.rpartition("/")[2] for name in entries(tmp_path / "bundle.zip")}
    file, index = export_evidence(workspace, assessment_id, tmp_path / "out").paths
    assert file.read_bytes() == photo()
    assert "31.235667" in index.read_text(encoding="utf-8")


def test_other_firms_keep_their_file_of_the_same_bytes(workspace: Workspace, item: str, tmp_path: Path) -> None:
    other = add_enterprise(workspace, EnterpriseProfile(name="别厂")).enterprise_id
    assessment = start_assessment(workspace, other)
    [same] = add_evidence_files(workspace, assessment, [NewEvidence(name="b.jpg", data=photo(), targets=("B1",))])
    done = redact_evidence(workspace, item, [SECRET], erase_because="本人要求")
    assert [problem.code for problem in done.problems] == ["EVIDENCE_SHARED"] * 2
    export_bundle(workspace, tmp_path / "other.zip", [other])
    assert digest(photo()) in {name.rpartition("/")[2] for name in entries(tmp_path / "other.zip")}
    assert io.BytesIO(photo()).getvalue() == workspace.store.read_blob(same.sha256)
