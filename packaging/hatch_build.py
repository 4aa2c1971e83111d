"""Build hook: compiles the message catalogues, renders the handbook and puts `resources/` into the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesBuildHook(BuildHookInterface[Any]):
    """An installed wheel carries the resources inside the package; an editable install reads them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues and render the handbook before the files are gathered."""
        for name in ("compile_catalogues.py", "make_handbook.py"):
            script = Path(self.root) / "packaging" / name
            subprocess.run([sys.executable, str(script)], check=True, stdout=subprocess.DEVNULL)
        if version == "standard":
            build_data["force_include"]["resources"] = "diag_app/resources"
