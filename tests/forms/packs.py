"""The shipped pack, and one small enough to be read at a glance and broken in every way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from diag_app.forms.definition import Pack
from diag_app.forms.pack import load_pack
from diag_app.paths import resource

SMALL = {
    "pack.toml": """
format = 1
id = 'small'
version = '0.1.0'
title = { zh = '小', en = 'Small' }
[confidence]
english = 'authored'
title = 'exact'
label = 'exact'
short = 'authored'
points = 'exact'
[document]
number = '1'
[[dimensions]]
id = 'basis'
label = { zh = '基', en = 'Basis' }
weight_pct = 100
max_points = 100
[[dimensions]]
id = 'operation'
label = { zh = '营', en = 'Operation' }
[[indicators]]
id = 'all'
dimension = 'basis'
label = { zh = '全', en = 'All' }
short = { zh = '全', en = 'All' }
weight_pct = 100
max_points = 100
""",
    "questions.toml": """
[confidence]
name = 'exact'
label = 'shortened'
option = 'shortened'
points = 'exact'
bands = 'exact'
rounding = 'authored'
formula = 'authored'
number = 'authored'
unit = 'authored'
guidance = 'authored'
[[numbers]]
id = 'whole'
label = { zh = '总', en = 'Whole' }
unit = { zh = '台', en = 'units' }
maximum = 1000
[[numbers]]
id = 'part'
label = { zh = '分', en = 'Part' }
unit = { zh = '台', en = 'units' }
not_above = 'whole'
[[numbers]]
id = 'part_1'
label = { zh = '分1', en = 'Part 1' }
unit = { zh = '台', en = 'units' }
[[numbers]]
id = 'whole_1'
label = { zh = '总1', en = 'Whole 1' }
unit = { zh = '台', en = 'units' }
[[questions]]
id = 'Q1'
name = { zh = '多', en = 'Several' }
indicator = 'all'
label = { zh = '多？', en = 'Several?' }
kind = 'multiple'
max_points = 50
options = [
  { key = 'A', points = 0, none = true, zh = '无', en = 'None' },
  { key = 'B', points = 20, zh = '乙', en = 'B' },
  { key = 'C', points = 30, zh = '丙', en = 'C', confidence = 'unknown' },
]
[[questions]]
id = 'Q2'
name = { zh = '率', en = 'Share' }
indicator = 'all'
label = { zh = '率？', en = 'Share?' }
kind = 'single'
max_points = 30
options = [{ key = 'A', points = 0, zh = '低', en = 'Low' }, { key = 'B', points = 30, zh = '高', en = 'High' }]
numbers = ['whole', 'part']
more_numbers = ['part_1', 'whole_1']
guidance = { zh = '看', en = 'Look' }
[questions.share]
numerator = 'part'
denominator = 'whole'
yearly = [['part_1', 'whole_1']]
bands = [{ key = 'A', up_to = 50 }, { key = 'B', above = 50, up_to = 100 }]
formula = { zh = '分/总', en = 'part / whole' }
[[questions]]
id = 'Q3'
name = { zh = '势', en = 'Trend' }
indicator = 'all'
label = { zh = '势？', en = 'Trend?' }
kind = 'single'
max_points = 20
options = [
  { key = 'A', points = 0, zh = '降', en = 'Down' },
  { key = 'B', points = 10, zh = '平', en = 'Flat' },
  { key = 'C', points = 20, zh = '升', en = 'Up' },
]
numbers = ['whole', 'part', 'whole_1']
[questions.trend]
last = ['part', 'whole']
previous = ['whole_1']
decimals = 2
unit = { zh = '%', en = '%' }
up = 'C'
flat = 'B'
down = 'A'
formula = { zh = '比', en = 'compare' }
""",
    "scenarios.toml": """
level_heads = [{ zh = '一', en = 'One' }, { zh = '二', en = 'Two' }]
[confidence]
label = 'exact'
short = 'authored'
kind = 'exact'
criterion = 'shortened'
note = 'authored'
level_head = 'authored'
[[groups]]
id = 'group'
label = { zh = '组', en = 'Group' }
[[scenarios]]
id = 'starred'
group = 'group'
label = { zh = '星', en = 'Starred' }
short = { zh = '星', en = 'Star' }
kind = 'constrained'
criteria = [{ zh = '甲', en = 'first' }, { zh = '乙', en = 'second' }]
note = { zh = '注', en = 'note' }
[[scenarios]]
id = 'plain'
group = 'group'
label = { zh = '平', en = 'Plain' }
short = { zh = '平', en = 'Plain' }
kind = 'guiding'
criteria = [{ zh = '甲', en = 'first' }, { zh = '乙', en = 'second' }]
""",
    "level_rule.toml": """
basis = { zh = '据', en = 'Basis' }
[confidence]
rule = 'reconstructed'
name = 'reconstructed'
basis = 'authored'
[[conditions]]
level = 1
name = { zh = '一级', en = 'First' }
min_score = 20
min_scenarios = 1
min_constrained = 0
[[conditions]]
level = 2
name = { zh = '二级', en = 'Second' }
min_score = 60
min_scenarios = 2
min_constrained = 1
""",
    "evidence.toml": """
[confidence]
evidence = 'authored'
kind = 'authored'
demand = 'authored'
[demands]
question = 1
option = 1
scenario = 1
items = { plain = 2 }
[kinds]
photo = { zh = '照片', en = 'photo' }
[questions]
Q1 = [{ kind = 'photo', options = ['B'], zh = '证', en = 'proof' }]
[scenarios.starred]
level_1 = [{ kind = 'photo', zh = '证', en = 'proof' }]
""",
    "needs.toml": """
[confidence]
label = 'authored'
formula = 'authored'
method = 'authored'
prompt = 'authored'
unit = 'authored'
[units]
day = { zh = '天', en = 'days' }
[[metrics]]
id = 'wait'
label = { zh = '等待', en = 'Wait' }
unit = 'day'
better = 'lower'
formula = { zh = '式', en = 'formula' }
method = { zh = '法', en = 'method' }
period = { zh = '期', en = 'period' }
source = { zh = '源', en = 'source' }
[[forms]]
id = 'form'
label = { zh = '表', en = 'Form' }
scenario = 'starred'
also_serves = ['plain']
metrics = ['wait']
prompts = [{ zh = '问', en = 'ask' }]
""",
    "open_items.toml": """
[confidence]
text = 'authored'
[[items]]
id = 'rule'
status = 'unknown'
text = { zh = '未知', en = 'unknown' }
effect = { zh = '影响', en = 'effect' }
""",
}


def small_files(changes: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """Return the small pack's files with whole files replaced, or left out where null."""
    texts: dict[str, str | None] = {**SMALL, **(changes or {})}
    return {name: text.encode() for name, text in texts.items() if text is not None}


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the small pack's files with `old` replaced once by `new` in `file`."""
    assert old in SMALL[file], f"{old!r} does not stand in {file}"
    return small_files({file: SMALL[file].replace(old, new, 1)})


def shipped_files() -> dict[str, bytes]:
    """Return the files of the 2024 pack."""
    return {path.name: path.read_bytes() for path in resource("packs", "miit-sme-2024", "1.0.0").glob("*.toml")}


@cache
def shipped_pack() -> Pack:
    """Return the 2024 pack."""
    return load_pack(shipped_files())


@cache
def small_pack() -> Pack:
    """Return the small pack."""
    return load_pack(small_files())
