"""Rules on the small pack, for tests: every kind of condition once, none implied by another."""

from __future__ import annotations

RULES_HEAD = """
[confidence]
text = 'authored'
rule = 'authored'
"""
RULE = """
[[rules]]
id = '{id}'
severity = 'warning'
text = {{ zh = '{id}需要说明', en = '{id} needs explanation' }}
uses = {uses}
when = {when}
fires_on = {fires}
silent_on = {silent}
"""
# id | uses | when | fires on | silent on
LINES = """
starred_high | ['Q1', 'starred'] | { all = [{ chosen = { question = 'Q1', option = 'B' } }, { level = { scenario = 'starred', at_least = 2 } }] } | { answers = { Q1 = ['B'] }, scenarios = { starred = 2 } } | { answers = { Q1 = ['B'] }, scenarios = { starred = 1 } }
share_low | ['Q2', 'part'] | { all = [{ chosen_any = { question = 'Q2', options = ['A'] } }, { number = { figure = 'part', op = 'gt', value = 100 } }] } | { answers = { Q2 = ['A'] }, numbers = { part = 101 } } | { answers = { Q2 = ['A'] }, numbers = { part = 100 } }
plain_out | ['plain', 'Q3'] | { all = [{ not_applicable = 'plain' }, { answered = 'Q3' }, { not = { count_chosen = { question = 'Q3', at_most = 0 } } }] } | { answers = { Q3 = ['A'] }, scenarios = { plain = { not_applicable = 'x' } } } | { answers = { Q3 = ['A'] }, scenarios = { plain = 1 } }
years | ['part', 'whole', 'part_1', 'whole_1'] | { compare = { left = ['part', 'whole'], op = 'lt', right = ['part_1', 'whole_1'] } } | { numbers = { part = 1, whole = 4, part_1 = 1, whole_1 = 3 } } | { numbers = { part = 1, whole = 4, part_1 = 1, whole_1 = 4 } }
both | ['starred', 'plain', 'Q1', 'Q2', 'Q3'] | { all = [{ count_levels = { scenarios = 'all', level_at_least = 2, at_least = 2 } }, { score = { total = true, at_most = 0 } }] } | { answers = { Q1 = ['A'], Q2 = ['A'], Q3 = ['A'] }, scenarios = { starred = 2, plain = 2 } } | { answers = { Q1 = ['A'], Q2 = ['A'], Q3 = ['A'] }, scenarios = { starred = 1, plain = 2 } }
"""  # noqa: E501  one rule a line


def rules_text(lines: str = LINES) -> str:
    """Return a rules file with one rule a line."""
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines.strip().splitlines()]
    keys = ("id", "uses", "when", "fires", "silent")
    return RULES_HEAD + "".join(RULE.format(**dict(zip(keys, row, strict=True))) for row in rows)


GOOD = rules_text()


def changed_rules(old: str, new: str) -> str:
    """Return the rules file with `old` replaced once by `new`."""
    assert old in GOOD, f"{old!r} does not stand in the rules"
    return GOOD.replace(old, new, 1)
