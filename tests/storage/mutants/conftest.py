from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.mutants.kit import copy_program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it is."""
    folder = tmp_path_factory.mktemp("program")
    copy_program(folder)
    return folder
