"""Memory stays bounded whatever the size of the evidence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEAL = """
import resource, sys
from hashlib import file_digest
from pathlib import Path
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.bundle_contents import source_at
from diag_app.sync.bundle_write import write_bundle
from tests.sync.samples import make_contents, seal, signer
folder = Path(sys.argv[1])
seal(folder / "warm.zip")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
photo = folder / "photo"
with photo.open("wb") as file:
    for n in range(128):
        file.write(bytes([n]) * 1_000_000)
with photo.open("rb") as file:
    name = file_digest(file, "sha256").hexdigest()
sealed = write_bundle(folder / "x.zip", contents=make_contents(blobs={name: source_at(photo)}), signer=signer())
assert sealed.size > 128_000_000 and verify_bundle(sealed.path).ok
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
def test_a_file_of_128_megabytes_takes_less_than_16_of_memory(tmp_path: Path) -> None:
    found = subprocess.run([sys.executable, "-c", SEAL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert int(found.stdout) < 16
