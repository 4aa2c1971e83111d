"""What undo took back or redo did again, in words: `B3 set to D`, read from the answers before and after."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Pack
from diag_app.i18n.translator import Translator
from diag_app.model.facts import Assessment
from diag_app.operations.assessment import assessment_pack, load_assessment
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.figures import plain_text, target_code


def read_answers(workspace: Workspace, assessment_id: str) -> tuple[Assessment, Pack]:
    """Return the answers as they stand, with their method."""
    return load_assessment(workspace, assessment_id), assessment_pack(workspace, assessment_id)


def answer_words(earlier: Assessment, later: Assessment, pack: Pack, translate: Translator) -> str:
    """Return what was answered from `earlier` to `later`; empty where that is not exactly one answer."""
    found = [
        *(
            _option_words(question, later.answers.options.get(question, ()), translate)
            for question in _differing(earlier.answers.options, later.answers.options)
        ),
        *(
            _scenario_words(target_code(pack, scenario, translate.language), answer, translate)
            for scenario in _differing(earlier.answers.scenarios, later.answers.scenarios)
            for answer in (later.answers.scenarios.get(scenario),)
        ),
        *(
            _figure_words(number, later, pack, translate)
            for number in _differing(earlier.answers.numbers, later.answers.numbers)
        ),
        *(
            translate("note of {answer}", answer=target_code(pack, target, translate.language))
            for target in _differing(earlier.notes, later.notes)
        ),
    ]
    return found[0] if len(found) == 1 else ""


def _differing(earlier: Mapping[str, object], later: Mapping[str, object]) -> list[str]:
    return sorted(key for key in {*earlier, *later} if earlier.get(key) != later.get(key))


def _option_words(question: str, options: tuple[str, ...], translate: Translator) -> str:
    if not options:
        return translate("{answer} cleared", answer=question)
    return translate("{answer} set to {options}", answer=question, options=" ".join(options))


def _scenario_words(name: str, answer: ScenarioAnswer | None, translate: Translator) -> str:
    if answer is None:
        return translate("{answer} cleared", answer=name)
    if answer.level is None:
        return translate("{answer} not applicable", answer=name)
    return translate("{answer} at level {level}", answer=name, level=answer.level)


def _figure_words(number: str, later: Assessment, pack: Pack, translate: Translator) -> str:
    name, value = pack.number(number).label.text(translate.language), later.answers.numbers.get(number)
    return translate("{answer} cleared", answer=name) if value is None else f"{name} {plain_text(value)}"
