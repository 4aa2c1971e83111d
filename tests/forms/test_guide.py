"""The interview guide: read strictly, every fault at its place; what is shipped is sound and marked as ours."""

from __future__ import annotations

import pytest

from diag_app.forms.definition import Confidence
from diag_app.forms.guide import Guide, joined
from diag_app.forms.practice import check_practice, load_part
from diag_app.forms.practice_guide import GUIDE
from diag_app.forms.practice_parts import PARTS
from tests.forms.packs import shipped_pack, small_pack
from tests.forms.practices import shipped_practice, small_practice

SMALL = """
[confidence]
agenda = 'authored'
paper = 'authored'
photo = 'authored'
question = 'authored'
role = 'authored'
rule = 'authored'
walk = 'authored'
[[visits]]
id = 'short'
label = { zh = '短', en = 'Short' }
total_min = 60
[[visits.agenda]]
id = 'opening'
track = 'both'
start_min = 0
minutes = 20
label = { zh = '开场', en = 'Opening' }
roles = ['owner']
[[visits.agenda]]
id = 'floor'
track = 'a'
start_min = 20
minutes = 40
label = { zh = '现场', en = 'Floor' }
[[roles]]
id = 'owner'
label = { zh = '负责人', en = 'Owner' }
aim = { zh = '目标', en = 'Aims' }
minutes = { short = 20 }
papers_first = ['licence']
[[roles.questions]]
id = 'worries'
zh = '担心什么'
en = 'What worries you'
questions = ['Q1']
[[papers]]
id = 'licence'
role = 'owner'
zh = '执照'
en = 'Licence'
scenarios = ['starred']
[walk]
principle = { zh = '跟一张单', en = 'Follow one order' }
[[walk.stops]]
id = 'gate'
label = { zh = '门口', en = 'Gate' }
look_for = { zh = '告示', en = 'Notices' }
photos = ['sign']
[[photos]]
id = 'sign'
zh = '告示牌'
en = 'Sign'
care = { zh = '不拍人脸', en = 'No faces' }
[[safety]]
id = 'helmet'
zh = '戴帽'
en = 'Wear a helmet'
[[confidentiality]]
id = 'ask'
zh = '先问'
en = 'Ask first'
[[conduct]]
id = 'promise'
zh = '不许诺'
en = 'Promise nothing'
"""


def small_guide() -> Guide:
    guide = load_part(small_practice({"guide.toml": SMALL}), GUIDE, small_pack())
    assert guide is not None
    return guide


def test_a_guide_is_read_whole() -> None:
    guide = small_guide()
    assert [item.item_id for item in guide.items()] == [
        "opening", "floor", "worries", "licence", "gate", "sign", "helmet", "ask", "promise",
    ]  # fmt: skip
    assert (guide.visits[0].agenda[1].track, guide.visits[0].agenda[1].role_ids) == ("a", ())
    assert guide.role("owner").minutes == (("short", 20),)
    assert guide.papers[0].targets == ("starred",)
    with pytest.raises(KeyError):
        guide.role("nobody")


def test_several_packs_make_one_guide_in_their_order() -> None:
    assert joined([]) is None
    both = joined([small_guide(), small_guide()])
    assert both is not None
    assert len(both.visits) == len(both.roles) == len(both.papers) == len(both.stops) == len(both.photos) == 2
    assert [(kind, len(rules)) for kind, rules in both.rules] == [("safety", 2), ("confidentiality", 2), ("conduct", 2)]


FAULTS = [
    ("id = 'floor'", "id = 'opening'", "PACK_ID_TWICE", "guide.toml:visits[0].agenda[1].id"),
    ("id = 'floor'", "id = '9'", "PACK_ID_SHAPE", "guide.toml:visits[0].agenda[1].id"),
    ("id = 'helmet'", "id = 'licence'", "PACK_ID_TWICE", "guide.toml:safety[0].id"),
    ("track = 'a'", "track = 'c'", "PACK_WORD", "guide.toml:visits[0].agenda[1].track"),
    ("start_min = 20", "start_min = 10", "GUIDE_OVERLAP", "guide.toml:visits[0].agenda[1]"),
    ("total_min = 60", "total_min = 50", "GUIDE_BEYOND_END", "guide.toml:visits[0].agenda[1]"),
    ("roles = ['owner']", "roles = ['boss']", "PACK_ID_UNKNOWN", "guide.toml:visits[0].agenda[0].roles"),
    ("short = 20", "long = 20", "PACK_ID_UNKNOWN", "guide.toml:roles[0].minutes"),
    ("['licence']", "['deed']", "PACK_ID_UNKNOWN", "guide.toml:roles[0].papers_first"),
    ("['Q1']", "['Q9']", "PACK_ID_UNKNOWN", "guide.toml:roles[0].questions[0]"),
    ("role = 'owner'", "role = 'boss'", "PACK_ID_UNKNOWN", "guide.toml:papers[0].role"),
    ("['starred']", "['flying']", "PACK_ID_UNKNOWN", "guide.toml:papers[0]"),
    ("photos = ['sign']", "photos = ['map']", "PACK_ID_UNKNOWN", "guide.toml:walk.stops[0].photos"),
    ("photos = ['sign']", "questions = ['Q9']", "PACK_ID_UNKNOWN", "guide.toml:walk.stops[0]"),
    ("care = {", "questions = ['Q9']\ncare = {", "PACK_ID_UNKNOWN", "guide.toml:photos[0]"),
    ("en = 'Wear a helmet'", "", "PACK_LANGUAGE_MISSING", "guide.toml:safety[0].en"),
    ("en = 'Wear a helmet'", "en = 'Wear'\nfr = 'casque'", "PACK_KEY_UNKNOWN", "guide.toml:safety[0].fr"),
    ("walk = 'authored'", "", "PACK_CONFIDENCE_MISSING", "guide.toml:confidence.walk"),
]


@pytest.mark.parametrize(("old", "new", "code", "place"), FAULTS)
def test_a_fault_is_found_at_its_place(old: str, new: str, code: str, place: str) -> None:
    assert old in SMALL
    found = check_practice(small_practice({"guide.toml": SMALL.replace(old, new, 1)}), small_pack(), PARTS)
    assert [(problem.code, problem.location) for problem in found] == [(code, place)]


def test_the_guide_shipped_serves_every_question_and_scenario_and_never_claims_to_be_official() -> None:
    guide = load_part(shipped_practice(), GUIDE, shipped_pack())
    assert guide is not None
    served = {target for role in guide.roles for item in role.questions for target in item.targets}
    pack = shipped_pack()
    assert {item.question_id for item in pack.questions} <= served
    assert {item.scenario_id for item in pack.scenarios} <= served
    assert {item.text.confidence for item in guide.items()} == {Confidence.AUTHORED}
    assert [visit.total_min for visit in guide.visits] == [240, 515]
