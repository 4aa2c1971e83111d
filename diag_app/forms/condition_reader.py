"""Conditions read from a pack's tables: a condition is a table with one word and what it applies to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from diag_app.forms.conditions import (
    OPERATORS,
    AllOf,
    Answered,
    AnyOf,
    Bounds,
    Chosen,
    Compare,
    Condition,
    CountChosen,
    CountLevels,
    Figure,
    Level,
    Not,
    NotApplicable,
    Number,
    Score,
)
from diag_app.forms.definition import Pack
from diag_app.forms.pack_table import Table

DEEPEST = 12
NOTHING = AnyOf(parts=())  # stands in for what cannot be read
KINDS = {"constrained": True, "guiding": False}


@dataclass(frozen=True, kw_only=True)
class ConditionReader:
    """Reads conditions on the answers to one method; each id must be one of it."""

    method: Pack

    def read(self, table: Table, depth: int = 0) -> Condition:
        """Return the condition in `table`; the faults of form are noted in its findings."""
        words = [*table.content]
        table.taken.update(words)
        if len(words) != 1 or words[0] not in READERS or depth > DEEPEST:
            known = ", ".join(READERS)
            table.findings.unreadable("PACK_CONDITION", table.file, table.path, expected=known)
            return NOTHING
        return READERS[words[0]](self, table, words[0], depth)

    def chosen(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `chosen` (one option) or `chosen_any` (several)."""
        entry = table.table(word)
        question = self._question(entry)
        named = {"option": entry.text("option")} if word == "chosen" else _listed(entry, "options")
        known = self._options(question)
        for place, option in named.items() if known else ():
            self._known(entry, place, option, known)
        entry.close()
        return Chosen(question=question, options=tuple(named.values()))

    def count_chosen(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `count_chosen`."""
        entry = table.table(word)
        question = self._question(entry)
        count = _bounds(entry, maximum=len(self._options(question)))
        entry.close()
        return CountChosen(question=question, count=count)

    def level(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `level`."""
        entry = table.table(word)
        scenario = entry.text("scenario")
        self._known(entry, "scenario", scenario, self._scenarios())
        level = _bounds(entry, maximum=len(self.method.level_rule.conditions))
        entry.close()
        return Level(scenario=scenario, level=level)

    def count_levels(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `count_levels` over a list of scenarios, all, a group, or a kind."""
        entry = table.table(word)
        scenarios = self._counted_scenarios(entry)
        levels = len(self.method.level_rule.conditions)
        level = entry.integer("level_at_least")
        if not 1 <= level <= levels:
            entry.fault("PACK_BOUNDS", "level_at_least", minimum="1", maximum=str(levels))
        count = _bounds(entry, maximum=len(scenarios))
        entry.close()
        return CountLevels(scenarios=scenarios, level_at_least=level, count=count)

    def score(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `score` of one dimension, or of all with `total = true`."""
        entry = table.table(word)
        scored = {item.dimension_id for item in self.method.dimensions if item.max_points is not None}
        dimension = ""
        if entry.has("dimension") == entry.flag("total"):
            entry.taken.add("dimension")
            entry.fault("PACK_CHOICE", "dimension", expected="dimension, total")
        elif entry.has("dimension"):
            dimension = entry.text("dimension")
            self._known(entry, "dimension", dimension, scored)
        questions = [item for item in self.method.questions if dimension in ("", item.dimension_id)]
        points = _bounds(entry, maximum=sum(item.max_points for item in questions))
        entry.close()
        return Score(questions=tuple(item.question_id for item in questions), points=points)

    def number(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `number`: a figure against a constant."""
        entry = table.table(word)
        found = Number(figure=self._figure(entry, "figure"), relation=_relation(entry), value=entry.decimal("value"))
        entry.close()
        return found

    def compare(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `compare`: two figures."""
        entry = table.table(word)
        found = Compare(left=self._figure(entry, "left"), relation=_relation(entry), right=self._figure(entry, "right"))
        entry.close()
        return found

    def answered(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `answered`: the id of a question, a figure or a scenario."""
        target = table.text(word)
        known = {item.question_id for item in self.method.questions} | self._numbers() | self._scenarios()
        self._known(table, word, target, known)
        return Answered(target=target)

    def not_applicable(self, table: Table, word: str, _depth: int) -> Condition:
        """Read `not_applicable`: the id of a scenario."""
        scenario = table.text(word)
        self._known(table, word, scenario, self._scenarios())
        return NotApplicable(scenario=scenario)

    def several(self, table: Table, word: str, depth: int) -> Condition:
        """Read `all` or `any`: a list of conditions."""
        parts = tuple(self.read(part, depth + 1) for part in table.tables(word))
        if not parts:
            table.fault("PACK_TYPE", word, expected="array of table")
        return AllOf(parts=parts) if word == "all" else AnyOf(parts=parts)

    def negation(self, table: Table, word: str, depth: int) -> Condition:
        """Read `not`: a condition."""
        return Not(part=self.read(table.table(word), depth + 1))

    def _question(self, entry: Table) -> str:
        question = entry.text("question")
        self._known(entry, "question", question, {item.question_id for item in self.method.questions})
        return question

    def _options(self, question_id: str) -> tuple[str, ...]:
        found = (item for item in self.method.questions if item.question_id == question_id)
        return next((tuple(option.key for option in item.options) for item in found), ())

    def _scenarios(self) -> set[str]:
        return {item.scenario_id for item in self.method.scenarios}

    def _numbers(self) -> set[str]:
        return {item.number_id for item in self.method.numbers}

    def _counted_scenarios(self, entry: Table) -> tuple[str, ...]:
        ways = [key for key in ("scenarios", "group", "kind") if entry.has(key)]
        if len(ways) != 1:
            entry.taken.update(ways)
            entry.fault("PACK_CHOICE", "scenarios", expected="scenarios, group, kind")
            return ()
        if ways == ["group"]:
            group = entry.text("group")
            self._known(entry, "group", group, {item.group_id for item in self.method.scenario_groups})
            return tuple(item.scenario_id for item in self.method.scenarios if item.group_id == group)
        if ways == ["kind"]:
            kind = entry.text("kind")
            if kind and kind not in KINDS:
                entry.fault("PACK_WORD", "kind", value=kind, expected=", ".join(KINDS))
            return tuple(item.scenario_id for item in self.method.scenarios if item.is_constrained is KINDS.get(kind))
        if entry.content["scenarios"] == "all":
            entry.taken.add("scenarios")
            return tuple(item.scenario_id for item in self.method.scenarios)
        listed = _listed(entry, "scenarios")
        for place, scenario in listed.items():
            self._known(entry, place, scenario, self._scenarios())
        return tuple(dict.fromkeys(listed.values()))

    def _figure(self, entry: Table, key: str) -> Figure:
        figure: Figure = ("", None)
        match entry.content.get(key):
            case [str(numerator), str(denominator)]:
                entry.taken.add(key)
                figure = (numerator, denominator)
                self._known(entry, f"{key}[0]", numerator, self._numbers())
                self._known(entry, f"{key}[1]", denominator, self._numbers())
            case list():
                entry.taken.add(key)
                entry.fault("PACK_TYPE", key, expected="id / [id, id]")
            case _:
                figure = (entry.text(key), None)
                if figure[0]:
                    self._known(entry, key, figure[0], self._numbers())
        return figure

    def _known(self, entry: Table, key: str, value: str, known: Collection[str]) -> None:
        # An unknown id makes the condition unreadable: what would follow from it is not reported as well.
        if value and value not in known:
            entry.fault("PACK_ID_UNKNOWN", key, value=value)


def _listed(entry: Table, key: str) -> dict[str, str]:
    """Return the texts listed under `key` by their places; an empty list is a fault."""
    found = entry.texts(key, required=True)
    if entry.content.get(key) == []:
        entry.fault("PACK_TYPE", key, expected="array of string")
    return {f"{key}[{index}]": text for index, text in enumerate(found)}


def _bounds(entry: Table, *, maximum: Decimal | int) -> Bounds:
    low, high = entry.optional_decimal("at_least"), entry.optional_decimal("at_most")
    if low is None and high is None:
        entry.fault("PACK_CHOICE", "at_least", expected="at_least, at_most")
    # What is counted must be known before its number can be judged.
    is_counted = entry.findings.can_judge(entry.file, entry.path)
    for key, bound in (("at_least", low), ("at_most", high)):
        if is_counted and bound is not None and bound > maximum:
            entry.fault("PACK_BOUNDS", key, minimum="0", maximum=str(maximum))
    if low is not None and high is not None and low > high:
        entry.fault("PACK_BOUNDS", "at_least", minimum="0", maximum=str(high))
    return Bounds(at_least=low, at_most=high)


def _relation(entry: Table) -> str:
    word = entry.text("op")
    if word in OPERATORS:
        return word
    if word:
        entry.fault("PACK_WORD", "op", value=word, expected=", ".join(OPERATORS))
    return "eq"


READERS: Mapping[str, Callable[[ConditionReader, Table, str, int], Condition]] = {
    "all": ConditionReader.several,
    "any": ConditionReader.several,
    "not": ConditionReader.negation,
    "chosen": ConditionReader.chosen,
    "chosen_any": ConditionReader.chosen,
    "count_chosen": ConditionReader.count_chosen,
    "level": ConditionReader.level,
    "count_levels": ConditionReader.count_levels,
    "score": ConditionReader.score,
    "number": ConditionReader.number,
    "compare": ConditionReader.compare,
    "answered": ConditionReader.answered,
    "not_applicable": ConditionReader.not_applicable,
}
