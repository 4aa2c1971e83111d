"""Laws of a pack's ids: each stands once, and whatever is named exists. Each function reports all it finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from diag_app.forms.definition import EvidenceHint, Question, ShareDerivation, TrendDerivation
from diag_app.forms.pack_parts import EVIDENCE, ITEMS, NEEDS, PACK, QUESTIONS, SCENARIOS, Parts
from diag_app.forms.pack_sums import check_bands, check_points, check_rule, check_weights
from diag_app.forms.pack_table import Findings

ID_SHAPE = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
PACK_ID_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
VERSION_SHAPE = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)


def check_laws(parts: Parts, findings: Findings) -> None:
    """Report every law that the pack breaks."""
    _check_ids(parts, findings)
    _check_places(parts, findings)
    for index, question in enumerate(parts.questions):
        _check_question(question, f"questions[{index}]", parts, findings)
        check_points(question, f"questions[{index}]", findings)
        check_bands(question, f"questions[{index}]", findings)
    _check_scenarios(parts, findings)
    _check_evidence(parts, findings)
    _check_needs(parts, findings)
    check_weights(parts, findings)
    check_rule(parts, findings)


def check_head(pack_id: str, version: str, findings: Findings) -> None:
    """Report a pack's own id or version that has not the shape of one."""
    if not PACK_ID_SHAPE.fullmatch(pack_id):
        findings.unlawful("PACK_ID_SHAPE", PACK, "id", value=pack_id)
    if not VERSION_SHAPE.fullmatch(version):
        findings.unlawful("PACK_ID_SHAPE", PACK, "version", value=version)


def _check_ids(parts: Parts, findings: Findings) -> None:
    check_head(parts.pack_id, parts.version, findings)
    lists: tuple[tuple[str, str, Sequence[str]], ...] = (
        (PACK, "dimensions", [item.dimension_id for item in parts.dimensions]),
        (PACK, "indicators", [item.indicator_id for item in parts.indicators]),
        (QUESTIONS, "numbers", [item.number_id for item in parts.numbers]),
        (QUESTIONS, "questions", [item.question_id for item in parts.questions]),
        (SCENARIOS, "groups", [item.group_id for item in parts.groups]),
        (SCENARIOS, "scenarios", [item.scenario_id for item in parts.scenarios]),
        (NEEDS, "metrics", [item.metric_id for item in parts.metrics]),
        (NEEDS, "forms", [item.form_id for item in parts.need_forms]),
        (ITEMS, "items", [item.item_id for item in parts.open_items]),
    )
    for file, name, ids in lists:
        _check_list(file, name, "id", ids, findings)
    # A note or a piece of evidence belongs to a question or to a scenario by its id alone.
    questions = {question.question_id for question in parts.questions}
    for index, scenario in enumerate(parts.scenarios):
        if scenario.scenario_id in questions:
            findings.unlawful("PACK_ID_TWICE", SCENARIOS, f"scenarios[{index}].id", value=scenario.scenario_id)


def _check_list(file: str, path: str, key: str, ids: Sequence[str], findings: Findings) -> None:
    seen: set[str] = set()
    for index, value in enumerate(ids):
        place = f"{path}[{index}].{key}"
        if not ID_SHAPE.fullmatch(value):
            findings.unlawful("PACK_ID_SHAPE", file, place, value=value)
        elif value in seen:
            findings.unlawful("PACK_ID_TWICE", file, place, value=value)
        seen.add(value)


def _check_known(file: str, path: str, value: str, known: Collection[str], findings: Findings) -> None:
    if value not in known:
        findings.unlawful("PACK_ID_UNKNOWN", file, path, value=value)


def _check_places(parts: Parts, findings: Findings) -> None:
    scored = {item.dimension_id: item.max_points is not None for item in parts.dimensions}
    for index, indicator in enumerate(parts.indicators):
        place = f"indicators[{index}].dimension"
        _check_known(PACK, place, indicator.dimension_id, scored, findings)
        if not scored.get(indicator.dimension_id, True):
            findings.unlawful("PACK_DIMENSION_UNSCORED", PACK, place, value=indicator.dimension_id)
    numbers = {number.number_id for number in parts.numbers}
    for index, number in enumerate(parts.numbers):
        if number.not_above is not None:
            _check_known(QUESTIONS, f"numbers[{index}].not_above", number.not_above, numbers, findings)


def _check_question(question: Question, path: str, parts: Parts, findings: Findings) -> None:
    indicators = {indicator.indicator_id for indicator in parts.indicators}
    _check_known(QUESTIONS, f"{path}.indicator", question.indicator_id, indicators, findings)
    keys = [option.key for option in question.options]
    _check_list(QUESTIONS, f"{path}.options", "key", keys, findings)
    numbers = {number.number_id for number in parts.numbers}
    for name in ("numbers", "more_numbers"):
        for index, number in enumerate(getattr(question, name)):
            _check_known(QUESTIONS, f"{path}.{name}[{index}]", number, numbers, findings)
    derivation = question.derivation
    if derivation is None:
        return
    place = f"{path}.{'share' if isinstance(derivation, ShareDerivation) else 'trend'}"
    is_listed = all(findings.can_judge(QUESTIONS, f"{path}.{name}") for name in ("numbers", "more_numbers"))
    for key, number in derived_from(derivation):
        _check_known(QUESTIONS, f"{place}.{key}", number, numbers, findings)
        if is_listed and number in numbers and number not in (*question.numbers, *question.more_numbers):
            findings.unlawful("PACK_NUMBER_NOT_ASKED", QUESTIONS, f"{place}.{key}", value=number)
    for key, option in _derived_options(derivation):
        _check_known(QUESTIONS, f"{place}.{key}", option, keys, findings)


def derived_from(derivation: ShareDerivation | TrendDerivation) -> Iterable[tuple[str, str]]:
    """Yield (key in the pack, number id) of every figure that the derivation reads."""
    if isinstance(derivation, ShareDerivation):
        yield "numerator", derivation.numerator
        yield "denominator", derivation.denominator
        for year, pair in enumerate(derivation.yearly):
            for place, number in enumerate(pair):
                yield f"yearly[{year}][{place}]", number
        return
    for key, figure in (("last", derivation.last), ("previous", derivation.previous)):
        for place, part in enumerate(figure):
            if part is not None:
                yield f"{key}[{place}]", part


def _derived_options(derivation: ShareDerivation | TrendDerivation) -> Iterable[tuple[str, str]]:
    if isinstance(derivation, ShareDerivation):
        return [(f"bands[{index}].key", band.key) for index, band in enumerate(derivation.bands)]
    return [("up", derivation.up), ("flat", derivation.flat), ("down", derivation.down)]


def _check_scenarios(parts: Parts, findings: Findings) -> None:
    levels = len(parts.level_rule.conditions)
    groups = {group.group_id for group in parts.groups}
    for index, scenario in enumerate(parts.scenarios):
        _check_known(SCENARIOS, f"scenarios[{index}].group", scenario.group_id, groups, findings)
        _check_count(f"scenarios[{index}].criteria", len(scenario.criteria), levels, findings)
    _check_count("level_heads", len(parts.level_heads), levels, findings)


def _check_count(path: str, found: int, expected: int, findings: Findings) -> None:
    if found != expected:
        findings.unlawful("PACK_COUNT", SCENARIOS, path, expected=str(expected), found=str(found))


def _check_evidence(parts: Parts, findings: Findings) -> None:
    options = {question.question_id: {option.key for option in question.options} for question in parts.questions}
    for question_id, hints in parts.question_evidence.items():
        place = f"questions.{question_id}"
        _check_known(EVIDENCE, place, question_id, options, findings)
        for index, hint in enumerate(hints):
            _check_known(EVIDENCE, f"{place}[{index}].kind", hint.kind, parts.evidence_kinds, findings)
            for position, key in enumerate(hint.options):
                known = options.get(question_id, {key})
                _check_known(EVIDENCE, f"{place}[{index}].options[{position}]", key, known, findings)
    scenarios = {scenario.scenario_id: len(scenario.criteria) for scenario in parts.scenarios}
    for scenario_id, cells in parts.scenario_evidence.items():
        place = f"scenarios.{scenario_id}"
        _check_known(EVIDENCE, place, scenario_id, scenarios, findings)
        _check_cells(place, cells, scenarios.get(scenario_id), parts, findings)
    for target in parts.demands.items:
        _check_known(EVIDENCE, f"demands.items.{target}", target, {*options, *scenarios}, findings)


def _check_cells(
    place: str, cells: Mapping[str, Sequence[EvidenceHint]], levels: int | None, parts: Parts, findings: Findings
) -> None:
    known = {f"level_{level}" for level in range(1, levels + 1)} if levels is not None else set(cells)
    for cell, hints in cells.items():
        _check_known(EVIDENCE, f"{place}.{cell}", cell, known, findings)
        for index, hint in enumerate(hints):
            _check_known(EVIDENCE, f"{place}.{cell}[{index}].kind", hint.kind, parts.evidence_kinds, findings)
            if hint.options:
                findings.unlawful("PACK_KEY_UNKNOWN", EVIDENCE, f"{place}.{cell}[{index}].options")


def _check_needs(parts: Parts, findings: Findings) -> None:
    scenarios = {scenario.scenario_id for scenario in parts.scenarios}
    metrics = {metric.metric_id for metric in parts.metrics}
    for index, form in enumerate(parts.need_forms):
        place = f"forms[{index}]"
        _check_known(NEEDS, f"{place}.scenario", form.scenario_id, scenarios, findings)
        for position, scenario_id in enumerate(form.also_serves):
            _check_known(NEEDS, f"{place}.also_serves[{position}]", scenario_id, scenarios, findings)
        for position, metric_id in enumerate(form.metric_ids):
            _check_known(NEEDS, f"{place}.metrics[{position}]", metric_id, metrics, findings)
