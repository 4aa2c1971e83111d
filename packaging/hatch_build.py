"""Build hook: compiles the message catalogues and puts `resources/` into the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesBuildHook(BuildHookInterface[Any]):
    """An installed wheel carries the resources inside the package; an editable install reads them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues before the files are gathered."""
        sys.path.insert(0, str(Path(self.root) / "packaging"))
        from compile_catalogues import compile_catalogues  # noqa: PLC0415 (found through the line above)

        compile_catalogues()
        if version == "standard":
            build_data["force_include"]["resources"] = "diag_app/resources"
