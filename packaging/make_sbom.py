"""Writes the software bill of materials: every pinned package with its digests, as CycloneDX 1.6 JSON.

`python packaging/make_sbom.py TARGET.json`; the same pins give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from product import ROOT, version

CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)")
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One package at one version, with the SHA-256 of every file that may be installed for it."""

    name: str
    version: str
    digests: tuple[str, ...]


def pins(text: str) -> Iterator[Pin]:
    """Yield the pins of a constraints file in its order."""
    for entry in re.split(r"\n(?=[A-Za-z])", text):
        found = _PIN.match(entry)
        if found:
            yield Pin(name=found["name"], version=found["version"], digests=tuple(_DIGEST.findall(entry)))


def sbom(text: str) -> str:
    """Return the bill of materials of a constraints file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bom = Bom(serial_number=UUID(int=0))
    application = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=version(),
        bom_ref=project["name"],
    )
    bom.metadata.component = application
    for pin in pins(text):
        url = PackageURL(type="pypi", name=pin.name.lower(), version=pin.version)
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.digests]
        bom.components.add(
            Component(
                type=ComponentType.LIBRARY,
                name=pin.name,
                version=pin.version,
                bom_ref=str(url),
                purl=url,
                hashes=hashes,
            )
        )
    bom.register_dependency(application, bom.components)
    content = json.loads(JsonV1Dot6(bom).output_as_string())
    content["metadata"].pop("timestamp", None)  # the pins decide the bytes, not the clock
    content.pop("serialNumber", None)
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the bill of materials to the file named."""
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sbom(CONSTRAINTS.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{target}: {len(json.loads(target.read_text(encoding='utf-8'))['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
