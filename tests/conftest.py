"""What every test stands on: compiled catalogues, a clock in the hand, no network, no unexpected warning."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from compile_catalogues import compile_catalogues
from hypothesis import settings
from make_handbook import make_handbook

from diag_app.i18n import Translator, load_translator
from tests.faults.bench import hold_to_least, print_tallies
from tests.fixed_clock import FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("gate", deadline=None, print_blob=True)
settings.load_profile("gate")

# Runs the program around the pure core: counting lines there proves nothing of the core and takes a quarter longer.
UNCOUNTED = (
    "tests/accessibility/", "tests/audit/", "tests/care/", "tests/crypto/", "tests/evidence/", "tests/faults/",
    "tests/house/", "tests/journeys/", "tests/packages/", "tests/receiver/", "tests/report/", "tests/security/",
    "tests/storage/", "tests/sync/", "tests/test_", "tests/ui/",
)  # fmt: skip

outside_addresses: list[str] = []

# Here, because with several workers only this file is read by the first process.
pytest_terminal_summary, pytest_sessionfinish = print_tallies, hold_to_least


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues and the handbook before anything is collected, and watch the sockets from here on."""
    config.addinivalue_line("markers", "warns_in_log: the test provokes log warnings and looks at them itself")
    compile_catalogues()
    make_handbook()
    sys.addaudithook(_refuse_network)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what must pass on every system, and what the coverage of the core is not counted in."""
    lines = (Path(__file__).parent / "portable_paths.txt").read_text(encoding="utf-8").splitlines()
    places = tuple(line for line in lines if line and not line.startswith("#"))
    for item in items:
        name = item.path.relative_to(Path(__file__).parent.parent).as_posix()
        if name.startswith(places):
            item.add_marker("portable")
        if name.startswith(UNCOUNTED):
            item.add_marker("no_cover")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep settings, data and logs of the person at this machine out of the tests."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name.lower())
    for name in [name for name in os.environ if name.startswith("DIAG_")]:
        del os.environ[name]


@pytest.fixture(autouse=True)
def no_unexpected_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that leaves a warning in the log, or that reached for the network."""
    outside_addresses.clear()
    yield
    if outside_addresses:
        pytest.fail(f"reached for the network: {', '.join(outside_addresses)}")
    if request.node.get_closest_marker("warns_in_log") is None:
        records = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
        if records:
            pytest.fail("unexpected in the log: " + "; ".join(record.getMessage() for record in records))


@pytest.fixture
def clock() -> FixedClock:
    """A clock that starts on 3 June 2024, 09:00 UTC, and goes on by a second at each look."""
    return FixedClock()


@pytest.fixture(scope="session")
def translate_zh() -> Translator:
    """The Chinese words of the app."""
    return load_translator("zh")


@pytest.fixture(scope="session")
def translate_en() -> Translator:
    """The English words of the app."""
    return load_translator("en")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: only sockets of this machine may be connected, bound or written to."""
    if event not in {"socket.connect", "socket.sendto", "socket.bind"}:
        return
    address = arguments[-1]
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        outside_addresses.append(str(address[0]))
        raise ConnectionRefusedError(f"tests use no network: {address[0]}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
