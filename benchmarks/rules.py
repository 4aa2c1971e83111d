"""How long all rules take on a full answer set: they run after every answer, before the next paint."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from benchmarks.measurement import Measurement, alternate, timed_ms
from diag_app.forms.answers import Answers
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.conditions import situation
from diag_app.forms.definition import Pack
from diag_app.forms.pack import load_pack
from diag_app.forms.practice import load_part
from diag_app.forms.practice_rules import RULES, fired
from diag_app.forms.scoring import score
from diag_app.operations.pack_folders import pack_files
from diag_app.paths import resource

LIMIT_MS = 20.0
LIMIT_RATIO = 5.0
WARM_UP, ROUNDS = 10, 300


def measure() -> Measurement:
    """Return the median time of all rules shipped, in milliseconds."""
    ours, scoring, count = _medians()
    return Measurement(
        name=f"all {count} rules on a full answer set",
        ours_ms=ours,
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"one scoring of the same answers in the same run: {scoring:.2f} ms",
    )


def measure_beside_scoring() -> Measurement:
    """Return the median time of all rules beside that of one plain scoring of the same answers."""
    ours, scoring, count = _medians()
    return Measurement(
        name=f"all {count} rules beside one scoring", ours_ms=ours, reference_ms=scoring, limit=LIMIT_RATIO
    )


def _medians() -> tuple[float, float, int]:
    pack = load_pack(pack_files(resource("packs", "miit-sme-2024", "1.0.0")))
    rules = load_part(pack_files(resource("packs", "miit-sme-2024-practice", "1.0.0")), RULES, pack) or ()
    answers = _full_answers(pack)

    def ours() -> float:
        return timed_ms(lambda: tuple(fired(rules, situation(pack, answers))))

    def scoring() -> float:
        return timed_ms(lambda: score(pack, answers))

    alternate(ours, scoring, rounds=WARM_UP)
    medians = alternate(ours, scoring, rounds=ROUNDS)
    return *medians, len(rules)


def _full_answers(pack: Pack) -> Answers:
    """Return the demonstration's answers with every question, figure and scenario filled in."""
    source = resource("demo", "answers.json")
    answers = parse_answers(source.read_bytes(), pack, location=source.name)
    options = {item.question_id: (item.options[-1].key,) for item in pack.questions}
    numbers = {item.number_id: Decimal(1) for item in pack.numbers}
    return replace(answers, options={**options, **answers.options}, numbers={**numbers, **answers.numbers})
