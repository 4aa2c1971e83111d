#!/usr/bin/env python3
"""Sets up the environment and does a developer's few jobs: `setup`, `run`, `test`, `package`, `bench`, `shots`.

Standard library only, Python 3.11 or newer. Everything it makes lies in `.venv/`, `out/`, `build/` and `dist/`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
DEMO = OUT / "demo"
FROZEN = ROOT / "dist" / "QiZhen"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
BENCH_CONSTRAINTS = ROOT / "packaging" / "constraints-bench.txt"
HEAVY_PATHS = ROOT / "tests" / "heavy_paths.txt"
WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")

# Debian packages: what Qt needs without a screen, what it needs with one, what the gate and the bench add.
QT = ("libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfreetype6", "libfontconfig1", "libdbus-1-3")
SCREEN = ("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0")
TOOLS = ("qpdf", "poppler-utils", "unzip", "openssl", "strace", "binutils", "git", "gcc", "libc6-dev")
# What the heavy tests start: an office suite that reads and reckons our files, and a screen with its accessibility bus.
OFFICE = ("libreoffice-calc-nogui", "libreoffice-writer-nogui")
READER = ("xvfb", "dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0")
# What opens encrypted bundles without us.
AGE = ("age",)
# What the bench writes bundles beside.
BACKUPS = (*AGE, "restic", "borgbackup")
# What makes the packages, and what the heavy tests install them into: a clean Debian, and wine for the Windows setup.
PACKERS = ("nsis", "zstd", "dpkg")
INSTALLED_INTO = ("mmdebstrap", "wine64", "desktop-file-utils", "appstream")
HEAVY = OFFICE + SCREEN + READER + AGE + PACKERS + INSTALLED_INTO
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

MINIMUM = (3, 11)
PORTABLE = "portable and not heavy"
CORE = ("forms", "model", "planning")  # the pure packages: every branch is tested


def main() -> int:
    """Do the job named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(dest="job", required=True)
    jobs.add_parser("setup", help="make the environment from pinned versions, and nothing else")
    jobs.add_parser("run", help="open the app on the demonstration workspace; without a display, run the demonstration")
    test = jobs.add_parser("test", help="the whole gate: style, types, architecture, tests, packages")
    which = test.add_mutually_exclusive_group()
    which.add_argument("--heavy", action="store_true", help="add the long-running tests")
    which.add_argument("--portable", action="store_true", help="only the tests that must pass on every system")
    jobs.add_parser("package", help="the frozen app and its packages: .deb, portable archives, Windows setup")
    jobs.add_parser("bench", help="measure side by side with the references and compare with the limits")
    jobs.add_parser("shots", help="take the pictures of docs/screenshots")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    if arguments.job == "run":
        return run()
    if arguments.job == "test":
        return portable() if arguments.portable else gate(heavy=arguments.heavy)
    others = {"setup": setup, "package": package, "bench": bench, "shots": shots}
    return others[arguments.job]()


# --- the jobs -------------------------------------------------------------------------------------------------------


def setup() -> int:
    """Make the environment, as the other jobs do before they begin."""
    set_up(QT + TOOLS + frozen_build_packages())
    return 0


def run() -> int:
    """Open the window on the demonstration workspace, or make the demonstration's files where there is no display."""
    screen = has_display()
    set_up(QT + (SCREEN if screen else ()))
    if not screen:
        folder = next_free(DEMO)
        status = call(diag("--json", "demo", str(folder)))
        if status == 0:
            print(f"No display: the demonstration was run instead of the window. Its files lie in {folder}")
        return status
    workspace = DEMO / "workspace"
    if not workspace.is_dir():
        status = call(diag("--json", "demo", str(DEMO)))
        if status:
            return status
    return call(diag("--workspace", str(workspace)))


def gate(*, heavy: bool) -> int:
    """Run every step of the gate, print what each took, and return 1 when one failed."""
    heavy = heavy or touches_heavy()
    set_up(QT + TOOLS + frozen_build_packages() + (HEAVY if heavy else ()))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    results = [perform(step) for step in steps(heavy=heavy)]
    print("\nThe gate:")
    for name, seconds, passed in results:
        print(f"  {'ok    ' if passed else 'FAILED'} {seconds:7.1f} s  {name}")
    print(f"  total  {sum(seconds for _, seconds, _ in results):7.1f} s")
    failed = [name for name, _, passed in results if not passed]
    if failed:
        print(f"The gate is closed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def portable() -> int:
    """Run the tests that must pass on every system, Windows first; `tests/portable_paths.txt` lists them."""
    set_up(QT + TOOLS)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return call(python(*pytest(), "-m", PORTABLE))


def package() -> int:
    """Build the frozen app, prove it, and leave its packages, their digests and the bill of materials in `dist/`."""
    set_up(QT + TOOLS + frozen_build_packages() + (PACKERS if sys.platform == "linux" else ()))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    packages = ROOT / "dist" / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    made = (
        *frozen_commands(),
        python("packaging/make_sbom.py", str(packages / "sbom.json")),
        python("packaging/make_handbook.py", "--pdf", str(packages)),
        python("packaging/make_packages.py", str(FROZEN), str(packages)),
    )
    return next((status for status in map(call, made) if status), 0)


def bench() -> int:
    """Install what the comparison needs, measure, print the table; return 1 when a limit is exceeded."""
    set_up(QT + PANGO + BACKUPS + PACKERS + frozen_build_packages())
    pip("install", "--no-deps", "--require-hashes", "-r", str(BENCH_CONSTRAINTS))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return call(python("-m", "benchmarks"))


def shots() -> int:
    """Draw every page of the window and of the demonstration's reports into `docs/screenshots/`."""
    set_up(QT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return call(python("packaging/make_screenshots.py")) or call(python("packaging/make_report_sheet.py"))


# --- the gate -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Step:
    """One part of the gate: commands that all must succeed."""

    name: str
    commands: tuple[tuple[str, ...], ...]


def steps(*, heavy: bool) -> Iterable[Step]:
    """Return the steps of the gate, the quick ones first."""
    coverage = OUT / "coverage.json"
    wheels = OUT / "wheel"
    sources = ("diag_app", "tests", "benchmarks", "packaging", "dev.py")
    yield step("ruff format", tool("ruff", "format", "--check", *sources))
    yield step("ruff check", tool("ruff", "check", *sources))
    yield step("mypy", tool("mypy"))
    yield step("import-linter", tool("lint-imports"))
    yield step("bandit", tool("bandit", "-q", "-r", "diag_app", "-c", "pyproject.toml"))
    yield step("wheel", python("packaging/check_wheel.py", str(wheels)))
    yield step("bill of materials", python("packaging/make_sbom.py", str(OUT / "sbom.json")))
    yield step("pytest", python(*pytest(), "--cov", "--cov-report=", f"--cov-report=json:{coverage}"))
    yield step("coverage", python("packaging/check_coverage.py", str(coverage), *CORE))
    yield step("frozen app", *frozen_commands())
    if heavy:
        yield step("pytest, heavy", python(*pytest(), "-m", "heavy"))


def pytest() -> tuple[str, ...]:
    """Return the arguments that run the tests on all processors."""
    return ("-m", "pytest", "-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal")


def frozen_commands() -> tuple[tuple[str, ...], ...]:
    """Return the commands that build the frozen app, list its digests in it, and use it."""
    return (
        python("-m", "PyInstaller", "packaging/diag.spec", "--noconfirm", "--log-level", "WARN"),
        python("packaging/digests.py", str(FROZEN)),
        python("packaging/smoke_test.py", str(FROZEN)),
    )


def touches_heavy() -> bool:
    """Tell whether the work since `origin/main` (standing there: the last commit) is for the heavy tests."""
    here = lines_of("git", "rev-parse", "HEAD")
    base = "HEAD~1" if lines_of("git", "merge-base", "origin/main", "HEAD") in (here, []) else "origin/main"
    paths = [line for line in HEAVY_PATHS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return any(name.startswith(tuple(paths)) for name in lines_of("git", "diff", "--name-only", base))


def step(name: str, *commands: tuple[str, ...]) -> Step:
    """Return the step called `name`."""
    return Step(name=name, commands=commands)


def perform(part: Step) -> tuple[str, float, bool]:
    """Run one step; return its name, the seconds it took, and whether it passed."""
    print(f"\n== {part.name}", flush=True)
    begun = time.monotonic()
    passed = all(call(command) == 0 for command in part.commands)
    seconds = time.monotonic() - begun
    print(f"== {part.name}: {'ok' if passed else 'FAILED'} in {seconds:.1f} s", flush=True)
    return part.name, seconds, passed


# --- the environment ------------------------------------------------------------------------------------------------


def set_up(packages: tuple[str, ...]) -> None:
    """Bring system packages, `.venv`, message catalogues and handbook up to date; quick when they are."""
    if importlib.util.find_spec("ensurepip") is None:
        packages = (*packages, "python3-venv")
    install_system_packages(packages)
    wanted = fingerprint()
    stamp = VENV / "qizhen-stamp"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted or not works(PYTHON):
        make_environment()
        stamp.write_text(wanted, encoding="utf-8")
    must(python("packaging/compile_catalogues.py"))
    must(python("packaging/make_handbook.py"))


def fingerprint() -> str:
    """Return a digest of everything that decides what the environment holds."""
    digest = hashlib.sha256(str(ROOT).encode())
    for source in (CONSTRAINTS, ROOT / "pyproject.toml", ROOT / "packaging" / "hatch_build.py"):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Create `.venv` when it is absent or broken and install the pinned packages and the project itself."""
    if not works(PYTHON):
        print("Creating .venv", flush=True)
        must((sys.executable, "-m", "venv", "--clear", str(VENV)))
    pip("install", "--no-deps", "--require-hashes", "-r", str(CONSTRAINTS))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    pip("check")


def pip(*arguments: str) -> None:
    """Run pip in the environment; end when it fails."""
    verb, *rest = arguments
    must(python("-m", "pip", "--quiet", "--disable-pip-version-check", verb, *rest))


def works(interpreter: Path) -> bool:
    """Tell whether the interpreter starts and is one that the app supports."""
    if not interpreter.is_file():
        return False
    asks = (str(interpreter), "-c", f"import sys; sys.exit(sys.version_info[:2] < {MINIMUM})")
    return subprocess.run(asks, check=False, capture_output=True).returncode == 0


# --- system packages (Debian and its family; elsewhere there is nothing to install) -----------------------------------


def install_system_packages(packages: tuple[str, ...]) -> None:
    """Install the Debian packages that are missing; where that is not allowed, print the line to run and end."""
    missing = [name for name in packages if not is_installed(name)] if shutil.which("dpkg-query") else []
    if not missing:
        return
    install = ("apt-get", "install", "-y", "--no-install-recommends", *missing)
    if os.geteuid() != 0:
        sys.exit(f"Some system packages are missing. Run this line, then try again:\n  sudo {' '.join(install)}")
    print(f"Installing {' '.join(missing)}", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    must(("apt-get", "update", "-q"))
    must(install)


def is_installed(package: str) -> bool:
    """Tell whether a Debian package is installed, under its own name or the later one with 64-bit time."""
    for name in (package, f"{package}t64"):
        asks = ("dpkg-query", "--show", "--showformat=${db:Status-Status}", name)
        answer = subprocess.run(asks, check=False, capture_output=True, text=True)
        if answer.returncode == 0 and answer.stdout == "installed":
            return True
    return False


def frozen_build_packages() -> tuple[str, ...]:
    """Return the package with the shared library of Debian's own Python, which the frozen build carries along."""
    own = sys.platform == "linux" and sys.base_prefix == "/usr"
    return (f"libpython3.{sys.version_info.minor}",) if own else ()


def has_display() -> bool:
    """Tell whether a window can be shown; Windows and macOS always have a screen."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- commands -------------------------------------------------------------------------------------------------------


def python(*arguments: str) -> tuple[str, ...]:
    """Return the command that runs the environment's Python."""
    return (str(PYTHON), *arguments)


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a tool installed in the environment."""
    return (str(SCRIPTS / (f"{name}.exe" if WINDOWS else name)), *arguments)


def diag(*arguments: str) -> tuple[str, ...]:
    """Return the command that runs the app."""
    return python("-m", "diag_app", *arguments)


def call(command: tuple[str, ...]) -> int:
    """Run a command with its output shown; return its exit status."""
    return subprocess.run(command, check=False, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}).returncode


def lines_of(*command: str) -> list[str]:
    """Return what a command prints, by lines; nothing when it fails."""
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.splitlines() if done.returncode == 0 else []


def must(command: tuple[str, ...]) -> None:
    """Run a command; end when it fails."""
    status = call(command)
    if status:
        sys.exit(f"This failed with status {status}:\n  {' '.join(command)}")


def next_free(folder: Path) -> Path:
    """Return `folder`, or the first of `folder-2`, `folder-3`, … that does not exist yet."""
    candidate, number = folder, 1
    while candidate.exists():
        number += 1
        candidate = folder.with_name(f"{folder.name}-{number}")
    return candidate


if __name__ == "__main__":
    if sys.version_info[:2] < MINIMUM:
        sys.exit("Python 3.11 or newer is needed.")
    sys.exit(main())
