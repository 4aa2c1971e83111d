"""The guide beside a question, and printed: who is asked, what is shown, boxes and ticks."""

from __future__ import annotations

import pytest

from diag_app.forms.definition import Language
from diag_app.forms.guide import Guide
from diag_app.forms.practice import load_part
from diag_app.forms.practice_guide import GUIDE
from diag_app.i18n import load_translator
from diag_app.model.content import Table
from diag_app.model.fill_in_document import SheetHead
from diag_app.model.guide_document import guide_document
from diag_app.model.guide_hints import hints_for
from diag_app.model.proposal.voice import Voice
from tests.forms.packs import shipped_pack, small_pack
from tests.forms.practices import shipped_practice
from tests.forms.test_guide import small_guide


def shipped_guide() -> Guide:
    guide = load_part(shipped_practice(), GUIDE, shipped_pack())
    assert guide is not None
    return guide


def test_a_question_has_its_roles_prompts_papers_and_photos_at_hand() -> None:
    hints = hints_for(shipped_guide(), "B3")
    assert [role.role_id for role, _ in hints.asks] == ["equipment_energy", "it"]
    assert [item.item_id for _, items in hints.asks for item in items][:2] == [
        "equipment_energy_network_ground",
        "equipment_energy_vendor_ports",
    ]
    assert [paper.item_id for paper in hints.papers] == ["paper_equipment_list"]
    assert [photo.item_id for photo in hints.photos] == ["photo_controller_port"]
    assert [stop.item_id for stop in hints.stops] == ["stop_bottleneck"]
    assert not hints.is_empty


def test_what_the_guide_does_not_know_has_no_hints() -> None:
    assert hints_for(shipped_guide(), "Z9").is_empty


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_guide_is_printed_with_its_five_parts_and_what_is_done_is_ticked(
    language: Language, is_demonstration: bool
) -> None:
    voice = Voice(language=language, translate=load_translator(language))
    head = SheetHead(
        firm="厂", issuer="甲", reference="AB12CD", printed_on="2026-03-12", is_demonstration=is_demonstration
    )
    done = {"half_opening": "2026-03-12", "owner_spend": "2026-03-12"}
    document = guide_document(shipped_guide(), "half_day", done, shipped_pack(), head, voice)
    assert len(document.chapters) == 5
    assert bool(document.demonstration_mark) is is_demonstration
    tables = [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    assert sum(row.cells[0].text == "✓" for row in rows) == 2
    assert tables[0].rows[1].cells[1].text == "0:15–0:50"


def test_a_role_without_papers_or_minutes_says_neither() -> None:
    guide = small_guide()
    voice = Voice(language="en", translate=load_translator("en"))
    head = SheetHead(firm="F", issuer="", reference="X", printed_on="2026-03-12", is_demonstration=False)
    owner = guide.roles[0]
    bare = type(owner)(
        role_id=owner.role_id, label=owner.label, aim=owner.aim, minutes=(), paper_ids=(), questions=owner.questions
    )
    plain = type(guide)(
        visits=guide.visits,
        roles=(bare,),
        papers=guide.papers,
        principle=guide.principle,
        stops=guide.stops,
        photos=guide.photos,
        rules=guide.rules,
    )
    captions = []
    for each in (guide, plain):
        document = guide_document(each, "short", {}, small_pack(), head, voice)
        (table,) = [block for block in document.chapters[1].blocks if isinstance(block, Table)]
        captions.append((table.caption, len(table.rows)))
    assert captions == [("20 minutes; Aims", 2), ("Aims", 1)]
