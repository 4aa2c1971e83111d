"""Another program on an encrypted workspace: `python opened_elsewhere.py FOLDER PASSPHRASE HOW`.

`open` opens it as the command line does, says so, and waits for a line; `killed` records one firm and ends as a killed
program does, with what it recorded in the log beside the store alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.security import unlock
from diag_app.operations.workspace import open_workspace

LATE_FIRM = "断电前一刻录入厂"


def main(directory: Path, passphrase: str, how: str) -> None:
    key = unlock(directory, passphrase=passphrase)
    with open_workspace(directory, key=key) as workspace:
        if how == "killed":
            add_enterprise(workspace, EnterpriseProfile(name=LATE_FIRM))
            os._exit(0)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
