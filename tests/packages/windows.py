"""A Windows without Windows: a prefix of wine, and small programs that stand in for the app inside the setup."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from digests import write_digests
from package_windows import make_setup

WINE = "/usr/lib/wine/wine64"
LONGEST_S = 120
# Writes its version and its arguments into a file of the person's data, as the app would its settings.
PROGRAM = r"""
Unicode true
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
OutFile "{target}"
!include FileFunc.nsh
Section
  CreateDirectory "$LOCALAPPDATA\QiZhen"
  ${{GetParameters}} $1
  FileOpen $0 "$LOCALAPPDATA\QiZhen\called.txt" a
  FileSeek $0 0 END
  FileWrite $0 "{name} {version} $1$\r$\n"
  FileClose $0
SectionEnd
"""


@dataclass(frozen=True)
class Windows:
    """One wine prefix with one person in it."""

    prefix: Path

    @property
    def local(self) -> Path:
        """The person's folder for local data of programs."""
        (person,) = [path for path in (self.prefix / "drive_c" / "users").iterdir() if path.name != "Public"]
        return person / "AppData" / "Local"

    @property
    def installed(self) -> Path:
        return self.local / "Programs" / "QiZhen"

    @property
    def called(self) -> list[str]:
        """What the stand-in programs were called with so far."""
        path = self.local / "QiZhen" / "called.txt"
        return [line.strip() for line in path.read_text().splitlines()] if path.exists() else []

    def run(self, program: Path | str, *arguments: str) -> int:
        environment = os.environ | {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "LANG": "C.UTF-8"}
        command = (WINE, str(program), *arguments)
        done = subprocess.run(command, env=environment, timeout=LONGEST_S, check=False, capture_output=True)
        # What a program started goes on after it; the next step wants it finished.
        subprocess.run(("/usr/lib/wine/wineserver64", "-w"), env=environment, timeout=LONGEST_S, check=False)
        return done.returncode

    def log_on(self) -> None:
        """Do what Windows does at a log-on and wine does not: run once what the person's registry names for it."""
        section = re.search(r"CurrentVersion.{2}RunOnce\].*?(?=\n\[|\Z)", self.registry(), re.DOTALL)
        commands = re.findall(r'^"QiZhen"="(.*)"$', section[0], re.MULTILINE) if section else []
        for command in commands:
            plain = command.replace('\\"', '"').replace("\\\\", "\\")
            script = self.prefix / "drive_c" / "once.bat"
            script.write_text(f"@{plain}\r\n")
            self.run("cmd.exe", "/c", r"C:\once.bat")

    def make_new(self) -> None:
        """Make the prefix when there is none, and bring it back to what it was when new."""
        new = self.prefix.with_name("new.reg")
        if not new.exists():
            self.run("wineboot.exe")
            shutil.copyfile(self.prefix / "user.reg", new)
        shutil.copyfile(new, self.prefix / "user.reg")
        for folder in ("Programs", "QiZhen", "other"):
            shutil.rmtree(self.local / folder, ignore_errors=True)

    def registry(self) -> str:
        """The person's registry as text."""
        return (self.prefix / "user.reg").read_text(encoding="utf-8", errors="replace")


def stand_in(folder: Path, version: str) -> Path:
    """Make a small Windows folder of the app at a version, with a file only this version has."""
    (folder / "_internal" / "sub folder").mkdir(parents=True)
    for name in ("QiZhen", "diag"):
        script = folder / f"{name}.nsi"
        script.write_text(PROGRAM.format(target=folder / f"{name}.exe", name=name, version=version))
        subprocess.run(("makensis", "-V1", str(script)), check=True)
        script.unlink()
    (folder / "_internal" / "sub folder" / f"only in {version}.dat").write_text(version)
    (folder / "_internal" / "common.dat").write_text(version)
    write_digests(folder)
    return folder


def setup_of(scratch: Path, version: str, *, cut_at: str | None = None) -> Path:
    """Return the setup of the stand-in at a version; with `cut_at` the power fails in it there."""
    folder = scratch / version
    if not folder.exists():
        stand_in(folder, version)
    target = scratch / f"setup-{version}-{cut_at or 'whole'}.exe"
    return make_setup(folder, target, release=version, cut_at=cut_at)
