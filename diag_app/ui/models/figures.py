"""How figures, levels and keys are written on the screen; the one place, so that every page writes them alike."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from diag_app.forms.definition import Language, Pack, Question, Scenario

OPTION_KEYS = "123456789ACDFGH"


def score_text(value: Decimal) -> str:
    """Return a score with at least two decimals and never rounded: `50.70`, `58.125`."""
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{value:.{max(2, decimals)}f}"


def plain_text(value: Decimal | int) -> str:
    """Return a figure without trailing zeros or exponent: `4.5`, `120`."""
    return f"{Decimal(value).normalize():f}"


def points_text(value: Decimal | int, language: Language) -> str:
    """Return points with their unit: `4.5 分`, `1 pt`."""
    figure = plain_text(value)
    if language == "zh":
        return f"{figure} 分"
    return f"{figure} pt" if figure == "1" else f"{figure} pts"


def level_figure(level: int) -> str:
    """Return what a badge shows: the level's digit, or a dash where no level is reached."""
    return str(level) if level else "–"


def level_name(pack: Pack, level: int, language: Language) -> str:
    """Return the pack's name of `level`, or an empty text for no level."""
    for condition in pack.level_rule.conditions:
        if condition.level == level:
            return condition.name.text(language)
    return ""


def target_name(pack: Pack, target: str, language: Language) -> str:
    """Return how a question or scenario is called in links: `B3 Networking`, `Quality`; an unknown id as it is."""
    for question in pack.questions:
        if question.question_id == target:
            return f"{target} {question.name.text(language)}"
    for scenario in pack.scenarios:
        if scenario.scenario_id == target:
            return scenario.label.text(language)
    return target


def target_code(pack: Pack, target: str, language: Language) -> str:
    """Return the shortest name of a question or scenario: `B3`, `Quality`; an unknown id as it is."""
    shorts = {scenario.scenario_id: scenario.short.text(language) for scenario in pack.scenarios}
    return shorts.get(target, target)


def scenario_name(scenario: Scenario, language: Language) -> str:
    """Return a scenario's name with a star when it is constrained."""
    name = scenario.label.text(language)
    return f"{name} ★" if scenario.is_constrained else name


def without_shared_word(text: str) -> str:
    """Return a name of the pack without the word that all of its kind share: `数字化基础` is `基础`."""
    short = text.removeprefix("数字化").removesuffix("数字化").removeprefix("Digital ")
    return short[:1].upper() + short[1:] if short else text


def option_key(position: int) -> str:
    """Return the key that chooses the option at `position`: 1 to 9, then A C D F G H; empty beyond."""
    return OPTION_KEYS[position] if position < len(OPTION_KEYS) else ""


def option_columns(question: Question) -> int:
    """Return in how many columns the options are laid out: two above six options."""
    return 2 if len(question.options) > 6 else 1


def size_text(size: int) -> str:
    """Return a file size in MB, or kB below 0.1 MB; powers of ten, as on file managers' property pages."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"


def local_time(moment: str) -> str:
    """Return an ISO moment in this machine's time zone as `2026-03-12 15:20`; what is no moment as it is."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return moment
