"""Nothing is installed that is not pinned to its bytes, and what is installed is listed."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from make_sbom import CONSTRAINTS, pins, sbom
from product import ROOT

TEXT = CONSTRAINTS.read_text(encoding="utf-8")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("file", sorted(CONSTRAINTS.parent.glob("constraints*.txt")), ids=lambda file: file.stem)
def test_every_pin_names_the_digests_of_its_files(file: Path) -> None:
    found = list(pins(file.read_text(encoding="utf-8")))
    assert found
    assert [pin.name for pin in found if not pin.digests] == []


def test_nothing_is_installed_but_by_its_digests() -> None:
    for name in ("dev.py", "benchmarks/beside_vorta.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        asked = re.findall(r'"-r", str\(\w+\)', text)
        assert asked
        assert len(asked) == text.count('"--require-hashes"')
        assert re.findall(r"[\"'](?:\w|-)+==", text) == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pinned = {normal(pin.name) for pin in pins(TEXT)}
    assert {normal(re.split(r"[=<>~ ]", name)[0]) for name in asked} - pinned == set()


def test_the_bill_of_materials_lists_every_pin_and_nothing_else() -> None:
    listed = json.loads(sbom(TEXT))
    found = {(item["name"], item["version"], len(item["hashes"])) for item in listed["components"]}
    assert found == {(pin.name, pin.version, len(set(pin.digests))) for pin in pins(TEXT)}
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")


def test_the_bill_of_materials_depends_on_the_pins_alone() -> None:
    assert sbom(TEXT) == sbom(TEXT)
