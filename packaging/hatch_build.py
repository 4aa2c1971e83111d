"""Build hook: compiles the message catalogues and puts `resources/` into the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesBuildHook(BuildHookInterface[Any]):
    """An installed wheel carries the resources inside the package; an editable install reads them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues before the files are gathered."""
        script = Path(self.root) / "packaging" / "compile_catalogues.py"
        subprocess.run([sys.executable, str(script)], check=True, stdout=subprocess.DEVNULL)
        if version == "standard":
            build_data["force_include"]["resources"] = "diag_app/resources"
