"""Many commands in one process, for disks that live only as long as it: JSON lists in, pairs of answers out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from tests.journeys.bad import LANGUAGES, ask

if __name__ == "__main__":
    for line in sys.stdin:
        both = [asdict(ask(*json.loads(line), language=language)) for language in LANGUAGES]
        sys.stdout.write(json.dumps(both) + "\n")
