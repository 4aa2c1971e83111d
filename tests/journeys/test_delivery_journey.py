"""Two laptops, one stick, a receiver, a conflict and a refusal on the way: from first answer to imported receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diag_app.cli.main import main as diag_main
from diag_app.paths import resource
from diag_app.receiver.main import main as receiver_main

CITY = "示例市"


@dataclass(kw_only=True)
class Desk:
    """Runs both command lines as a person would, in this process; each answer is one JSON value."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def diag(self, who: str, *arguments: str | Path, status: int = 0) -> Any:
        found = diag_main(["--workspace", str(self.root / who), "--json", *map(str, arguments)])
        return self._answer(found, status, arguments)

    def words(self, who: str, *arguments: str) -> str:
        """Return what a person reads."""
        assert diag_main(["--workspace", str(self.root / who), "--language", "en", *arguments]) == 0
        return self.capsys.readouterr().out

    def city(self, *arguments: str | Path, status: int = 0) -> Any:
        found = receiver_main(["--office", str(self.root / "office"), "--json", *map(str, arguments)])
        return self._answer(found, status, arguments)

    def _answer(self, found: int, status: int, arguments: tuple[str | Path, ...]) -> Any:
        said = self.capsys.readouterr()
        assert found == status, (arguments, said.err or said.out)
        return json.loads(said.err)["error"] if status == 2 else json.loads(said.out)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(root=tmp_path, capsys=capsys)


def answers(desk: Desk, option: str) -> Path:
    path = desk.root / f"{option}.json"
    path.write_text(json.dumps({"pack": "miit-sme-2024", "answers": {"M1": [option]}}), encoding="utf-8")
    return path


def introduced(desk: Desk, who: str) -> None:
    card = desk.root / f"{who}.card.json"
    words = desk.diag(who, "key", "card", "--city", CITY, "--output", card)["words"]
    desk.city("enrol", card, "--words", " ".join(words))
    listed = desk.root / "signers.json"
    city_words = desk.city("signers", "--output", listed)["words"]
    assert desk.diag(who, "key", "trust", listed, status=2)["code"] == "FINGERPRINT_NEEDED"
    desk.diag(who, "key", "trust", listed, "--words", " ".join(city_words))


def delivered(desk: Desk, who: str, stick: Path, name: str, *options: str) -> tuple[Any, Any]:
    """Write to the stick, let the city look at it, and take the receipt home."""
    written = desk.diag(who, "bundle", "export", "--for", CITY, "--output", stick / name, *options)
    (taken,) = desk.city("watch", stick, "--once")
    return written, desk.diag(who, "receipt", "import", stick / f"{name}.receipt.json") | {"taken": taken}


def test_two_laptops_one_stick_and_a_city(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.city("create", "--city", CITY, "--name", "签收站")

    firm = desk.diag("a", "enterprise", "add", "--name", "示例精密")["enterprise_id"]
    assessment = desk.diag("a", "assessment", "start", firm)["assessment_id"]
    desk.diag("a", "assessment", "load", assessment, resource("demo", "answers.json"))
    desk.diag("a", "bundle", "export", "--output", stick / "to-b.zip")
    desk.diag("b", "bundle", "import", stick / "to-b.zip")
    desk.diag("a", "assessment", "load", assessment, answers(desk, "B"))
    desk.diag("b", "assessment", "load", assessment, answers(desk, "C"))
    desk.diag("b", "bundle", "export", "--output", stick / "to-a.zip")
    (conflict,) = desk.diag("a", "bundle", "import", stick / "to-a.zip")["conflicts"]
    assert conflict["register"] == "answer:M1"
    (open_one,) = desk.diag("a", "conflict", "list")
    told = desk.words("a", "conflict", "list")
    assert "answer:M1  示例精密" in told
    assert told.count("(no name)") == 2
    side = open_one["sides"][0]["op_id"]
    desk.diag("a", "conflict", "resolve", assessment, "answer:M1", "--take", side, "--reason", "看了报表")
    assert desk.diag("a", "conflict", "list") == []
    for used in stick.iterdir():
        used.unlink()

    assert desk.diag("a", "bundle", "export", "--for", CITY, "--output", stick / "x.zip", status=2)["code"] == (
        "DESTINATION_UNKNOWN"
    )
    introduced(desk, "a")
    whole, receipt = delivered(desk, "a", stick, "1.zip")
    assert (receipt["accepted"], receipt["refused"], receipt["taken"]["faults"]) == (whole["ops"], [], [])
    assert (
        desk.diag(
            "a",
            "backup",
            "status",
        )["undelivered"]
        == 0
    )
    assert desk.words("a", "backup", "status").endswith("0 items without a receipt\n")
    again = desk.diag("a", "bundle", "export", "--for", CITY, "--output", stick / "x.zip", status=2)
    assert again["code"] == "NOTHING_NEW"

    item = next(one["item"] for one in desk.city("items") if one["words"] == "answer:M1")
    desk.city("refuse", item, "--reason", "与报表不符", "--by", "王科")
    desk.city("return", "--output", stick / "return.zip")
    desk.diag("a", "bundle", "import", stick / "return.zip")
    (stick / "return.zip").unlink()
    (task,) = desk.diag("a", "receipt", "tasks")
    assert (task["place"], task["item"], task["refusal"]["reason"]) == ("question", "M1", "与报表不符")
    desk.diag("a", "assessment", "load", assessment, answers(desk, "A"))
    assert desk.diag("a", "receipt", "tasks") == []
    new, receipt = delivered(desk, "a", stick, "2.zip")
    assert new["ops"] < whole["ops"]
    assert (receipt["accepted"], receipt["duplicate"], receipt["refused"]) == (new["ops"] - 1, 1, [])  # its own refusal
    assert desk.diag("a", "backup", "status")["undelivered"] == 0
    assert len(desk.diag("a", "receipt", "list")) == 2
    assert [arrival["stage"] for arrival in desk.city("report")] == ["ingested", "ingested"]
