"""Writes the test vectors of docs/bundle-format.md into a folder: `python3 packaging/make_bundle_vectors.py FOLDER`.

Good bundles, and bad ones with the code each is refused by, for whoever writes a receiver. The same every time.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sync.vectors import file_name, index, vectors


def main(folder: Path) -> None:
    """Write every vector and their list, `vectors.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        found = vectors(Path(scratch))
    for number, vector in enumerate(found):
        (folder / file_name(number, vector)).write_bytes(vector.data)
    (folder / "vectors.json").write_bytes(index(found))
    good = sum(vector.code is None for vector in found)
    print(f"{good} good and {len(found) - good} bad bundles in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
