"""Builds the wheel and proves that it works alone: `python packaging/check_wheel.py FOLDER`.

Every file of `resources/` is in it, and the app finds its catalogue, fonts and packs there without the checkout.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
PROBE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from diag_app.i18n import load_translator
from diag_app.paths import resource
load_translator("zh")
assert resource("packs").is_dir() and resource("fonts").is_dir()
assert Path(sys.argv[1]).resolve() in resource().parents, resource()
"""


def build(folder: Path) -> Path:
    """Build the wheel into an empty `folder` and return its path."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], check=True, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def absent(wheel: Path) -> list[str]:
    """Return the resources that the wheel does not carry."""
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    wanted = [path.relative_to(ROOT).as_posix() for path in RESOURCES.rglob("*") if path.is_file()]
    return sorted(f"diag_app/{name}" for name in wanted if f"diag_app/{name}" not in carried)


def probe(wheel: Path, folder: Path) -> None:
    """Unpack the wheel and start the package from there; raise when it does not find what it needs."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    subprocess.run([sys.executable, "-P", "-c", PROBE, str(folder)], check=True, cwd=folder)


def main(folder: str) -> int:
    """Build and check; return 1 when resources are missing."""
    wheel = build(Path(folder).resolve())
    missing = absent(wheel)
    if missing:
        print("The wheel lacks:", *missing, sep="\n  ")
        return 1
    probe(wheel, Path(folder).resolve() / "unpacked")
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, resources complete")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
