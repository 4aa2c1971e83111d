"""The fill-in sheet: official order, figures before their option, ticks beside values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Language
from diag_app.forms.scoring import score
from diag_app.i18n import load_translator
from diag_app.model.content import NO_COVER, Notice, Table
from diag_app.model.fill_in import Entered, FillSheet, fill_in_sheet
from diag_app.model.fill_in_document import SheetHead, fill_in_document, item_lines
from diag_app.model.proposal.voice import Voice
from tests.forms.packs import shipped_pack

PACK = shipped_pack()
HEAD = SheetHead(firm="示例厂", issuer="甲", reference="AB12CD", printed_on="2026-03-12", is_demonstration=True)
ANSWERS = Answers(
    numbers={"equipment_total": Decimal("120.0"), "equipment_digital": Decimal(66)},
    options={"B1": ("C", "B"), "M1": ("D",)},
    scenarios={
        "quality": ScenarioAnswer(level=3),
        "hr": ScenarioAnswer(not_applicable="外包"),
        "office": ScenarioAnswer(level=0),
    },
)


def sheet(entered: dict[str, Entered] | None = None, answers: Answers = ANSWERS) -> FillSheet:
    return fill_in_sheet(PACK, answers, score(PACK, answers), entered or {})


def voice(language: Language) -> Voice:
    return Voice(language=language, translate=load_translator(language))


def test_modules_stand_in_official_order_and_figures_before_the_option_they_decide() -> None:
    modules = sheet().modules
    assert [module.dimension_id for module in modules] == ["basis", "management", "results", "operation"]
    assert [item.number for module in modules[:3] for item in module.items] == list(range(1, 16))
    assert [item.number for item in modules[3].items] == list(range(1, 17))
    assert [field.field_id for field in modules[0].items[1].fields] == [
        "B2.equipment_total",
        "B2.equipment_digital",
        "B2",
    ]


def test_values_are_what_is_typed() -> None:
    values = {field.field_id: field.value for field in sheet().fields()}
    assert (values["B1"], values["B2"], values["B2.equipment_total"]) == ("B C", "D", "120")
    assert (values["quality"], values["hr"], values["office"], values["finance"]) == ("3", "0", "0", "")


def test_figures_that_may_be_given_instead_stand_there_once_they_are_given() -> None:
    more = Answers(numbers={"digital_spend_year1_10k_cny": Decimal("7.5")})
    assert "M4.digital_spend_year1_10k_cny" not in {field.field_id for field in sheet().fields()}
    assert "M4.digital_spend_year1_10k_cny" in {field.field_id for field in sheet(answers=more).fields()}


def test_counts_tell_what_is_left_to_type() -> None:
    ticked = {"B1": Entered(on="2026-03-11", value="B C"), "quality": Entered(on="2026-03-11", value="2")}
    total, filled, entered, lapsed = sheet(ticked).counts()
    assert (filled, entered, lapsed) == (9, 1, 1)
    assert total == 51


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_has_no_cover_one_table_for_each_module_and_says_what_lapsed(language: Language) -> None:
    lapsed = fill_in_document(sheet({"B1": Entered(on="2026-03-11", value="B")}), PACK, HEAD, voice(language))
    plain = fill_in_document(sheet(), PACK, HEAD, voice(language))
    assert lapsed.cover == NO_COVER
    (chapter,) = lapsed.chapters
    assert sum(isinstance(block, Table) for block in chapter.blocks) == 4
    assert sum(isinstance(block, Notice) for block in chapter.blocks) == 2
    assert sum(isinstance(block, Notice) for block in plain.chapters[0].blocks) == 1
    assert lapsed.demonstration_mark


def test_a_row_says_the_value_its_words_and_when_it_was_entered() -> None:
    document = fill_in_document(sheet({"quality": Entered(on="2026-03-11", value="3")}), PACK, HEAD, voice("en"))
    tables = [block for block in document.chapters[0].blocks if isinstance(block, Table)]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert ["", "Production equipment, all (units)", "120", "", "□"] in rows
    assert any(row[1:3] == ["Quality management★", "3"] and row[4] == "✓ entered on 2026-03-11" for row in rows)
    assert any(row[1] == "Human resources" and row[3] == "not applicable: 外包\ncounts as level 0" for row in rows)
    assert any(row[1] == "Collaborative office" and row[3] == "the criterion of level 1 is not met" for row in rows)
    assert any(row[2] == "no answer" for row in rows)
    derived = next(row for row in rows if row[2] == "D" and "from the figures above" in row[3])
    assert derived[1] == "Option"


def test_an_item_is_copied_with_all_that_was_answered_and_nothing_else() -> None:
    modules = sheet().modules
    words = voice("en")
    equipment = item_lines(modules[0].items[1], PACK, words).splitlines()
    assert equipment[:3] == [
        "2 Equipment digitisation",
        "Production equipment, all\t120 units",
        "of these digital\t66 units",
    ]
    assert equipment[3] == "Option\tD"
    assert item_lines(modules[0].items[3], PACK, words) == "4 Data acquisition"


def test_a_real_firm_carries_no_demonstration_mark() -> None:
    head = SheetHead(firm="厂", issuer="", reference="X", printed_on="2026-03-12", is_demonstration=False)
    assert fill_in_document(sheet(), PACK, head, voice("zh")).demonstration_mark == ""
