"""How long one rescoring of the demonstration's answers takes: it happens after every answer, before the next paint."""

from __future__ import annotations

import statistics

from benchmarks.measurement import Measurement, timed_ms
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.pack import load_pack
from diag_app.forms.scoring import score
from diag_app.paths import resource

LIMIT_MS = 1.0
WARM_UP, ROUNDS = 20, 500


def measure() -> Measurement:
    """Return the median time of `score` on the demonstration's answers."""
    folder = resource("packs", "miit-sme-2024", "1.0.0")
    pack = load_pack({path.name: path.read_bytes() for path in folder.glob("*.toml")})
    source = resource("demo", "answers.json")
    answers = parse_answers(source.read_bytes(), pack, location=source.name)
    times = [timed_ms(lambda: score(pack, answers)) for _ in range(WARM_UP + ROUNDS)]
    return Measurement(
        name="rescoring the demonstration's answers",
        ours_ms=statistics.median(times[WARM_UP:]),
        reference_ms=None,
        limit=LIMIT_MS,
    )
