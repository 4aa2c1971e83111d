"""The details of the need forms: those shipped, and every fault in a file of one's own at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.definition import Confidence
from diag_app.forms.need_details import FieldColumn, FieldKind, FieldOption, NeedField, NeedForms
from diag_app.forms.need_values import Value, check_value, stored_value, value_from
from diag_app.forms.pack_table import NO_TEXT
from diag_app.forms.practice import check_practice, load_part
from diag_app.forms.practice_need_forms import NEED_FORMS
from tests.forms.packs import shipped_pack, small_pack
from tests.forms.practices import shipped_practice, small_practice

FORM = small_pack().need_forms[0].form_id
METRIC = small_pack().metrics[0].metric_id
SMALL = f"""
[confidence]
label = 'authored'
option = 'authored'
why = 'authored'
formula = 'authored'
unit = 'authored'
precondition = 'authored'
acceptance = 'authored'
risk = 'authored'
solution = 'authored'
tag = 'authored'
[units]
piece = {{ zh = '件', en = 'pieces' }}
[depths]
data = {{ zh = '采集', en = 'Collection' }}
[technologies]
iot = {{ zh = '物联网', en = 'IoT' }}
[benefits]
cost = {{ zh = '降本', en = 'Cost' }}
[[metrics]]
id = '{METRIC}'
unit = 'piece'
calculator = 'fpy'
[[forms]]
id = '{FORM}'
solutions = [{{ zh = '相机', en = 'Camera' }}]
[[forms.fields]]
id = 'volume'
kind = 'number'
unit = 'piece'
label = {{ zh = '量', en = 'Volume' }}
why = {{ zh = '因', en = 'Because' }}
questions = ['Q1']
[[forms.fields]]
id = 'light'
kind = 'choice'
label = {{ zh = '光', en = 'Light' }}
why = {{ zh = '因', en = 'Because' }}
options = [{{ id = 'day', zh = '日', en = 'day' }}, {{ id = 'lamp', zh = '灯', en = 'lamp' }}]
[[forms.fields]]
id = 'defects'
kind = 'table'
label = {{ zh = '缺陷', en = 'Defects' }}
why = {{ zh = '因', en = 'Because' }}
formula = {{ zh = '式', en = 'Formula' }}
inputs = ['volume']
same_as = 'light'
[[forms.fields.columns]]
id = 'name'
kind = 'text'
label = {{ zh = '名', en = 'Name' }}
[[forms.preconditions]]
id = 'samples'
depth = 'data'
text = {{ zh = '样本', en = 'Samples' }}
[[forms.acceptance]]
id = 'fewer'
metric = '{METRIC}'
what = {{ zh = '少', en = 'Fewer' }}
verified_by = {{ zh = '测', en = 'Test' }}
evidence = {{ zh = '表', en = 'Sheet' }}
[[forms.risks]]
id = 'glare'
risk = {{ zh = '反光', en = 'Glare' }}
response = {{ zh = '遮光', en = 'Shade' }}
"""


def shipped() -> NeedForms:
    """Return the details shipped."""
    found = load_part(shipped_practice(), NEED_FORMS, shipped_pack())
    assert found is not None
    return found


def test_all_forms_of_the_method_have_details() -> None:
    details = shipped()
    assert set(details.forms) == {form.form_id for form in shipped_pack().need_forms}
    for form in details.forms.values():
        assert form.fields, form.form_id
        assert form.acceptance, form.form_id
        assert form.risks, form.form_id
        assert {item.depth for item in form.preconditions} <= set(details.depths)
    assert sum(len(form.fields) for form in details.forms.values()) == 265


def test_the_six_named_applications_have_usual_solutions() -> None:
    with_solutions = [form.form_id for form in shipped().forms.values() if form.solutions]
    assert with_solutions == [
        "visual_inspection",
        "energy_management",
        "aps_scheduling",
        "parameter_optimisation",
        "intelligent_sorting",
        "generative_design",
    ]


def test_nothing_of_it_is_shown_as_official() -> None:
    details = shipped()
    texts = [item.label for form in details.forms.values() for item in form.fields]
    texts += [item.text for form in details.forms.values() for item in form.preconditions]
    assert {text.confidence for text in texts} == {Confidence.AUTHORED}


def test_every_metric_of_the_method_has_its_unit() -> None:
    assert set(shipped().metrics) == {metric.metric_id for metric in shipped_pack().metrics}


def test_a_form_without_details_has_none() -> None:
    details = shipped().details("nobody")
    assert (details.form_id, details.fields, details.risks) == ("nobody", (), ())


def test_the_firms_own_details_go_before_those_shipped() -> None:
    own = load_part(small_practice({"need_forms.toml": SMALL}), NEED_FORMS, small_pack())
    assert own is not None
    both = NeedForms(units={"piece": NO_TEXT}, benefits={"green": NO_TEXT}).joined(own)
    assert both.units["piece"].en == "pieces"
    assert set(both.benefits) == {"green", "cost"}
    assert both.details(FORM).solutions[0].en == "Camera"


def faults(text: str) -> list[tuple[str, str]]:
    """Return the faults of a practice pack with this `need_forms.toml`."""
    found = check_practice(small_practice({"need_forms.toml": text}), small_pack(), [NEED_FORMS])
    return [(problem.code, problem.location.removeprefix("need_forms.toml:")) for problem in found]


def test_the_small_file_is_sound() -> None:
    assert faults(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        (f"id = '{METRIC}'", "id = 'nobody'", "PACK_ID_UNKNOWN", "metrics[0].id"),
        ("unit = 'piece'\ncalc", "unit = 'ton'\ncalc", "PACK_ID_UNKNOWN", "metrics[0].unit"),
        (f"id = '{FORM}'", "id = 'nobody'", "PACK_ID_UNKNOWN", "forms[0].id"),
        ("kind = 'number'", "kind = 'figure'", "PACK_WORD", "forms[0].fields[0].kind"),
        (
            "kind = 'number'\nunit = 'piece'",
            "kind = 'number'\nunit = 'ton'",
            "PACK_ID_UNKNOWN",
            "forms[0].fields[0].unit",
        ),
        ("'Q1'", "'Q9'", "PACK_ID_UNKNOWN", "forms[0].fields[0].questions"),
        ("kind = 'choice'", "kind = 'text'", "PACK_KEY_UNKNOWN", "forms[0].fields[1].options"),
        ("id = 'lamp'", "id = 'day'", "PACK_ID_TWICE", "forms[0].fields[1].options"),
        ("kind = 'number'", "kind = 'multiple'", "PACK_KEY_MISSING", "forms[0].fields[0].options"),
        ("kind = 'text'", "kind = 'table'", "PACK_WORD", "forms[0].fields[2].columns[0].kind"),
        ("kind = 'table'", "kind = 'text'", "PACK_KEY_UNKNOWN", "forms[0].fields[2].columns"),
        ("id = 'light'", "id = 'volume'", "PACK_ID_TWICE", "forms"),
        ("inputs = ['volume']", "inputs = ['weight']", "PACK_ID_UNKNOWN", "forms"),
        ("same_as = 'light'", "same_as = 'dark'", "PACK_ID_UNKNOWN", "forms"),
        ("depth = 'data'", "depth = 'deep'", "PACK_ID_UNKNOWN", "forms[0].preconditions[0].depth"),
        (f"metric = '{METRIC}'", "metric = 'nobody'", "PACK_ID_UNKNOWN", "forms[0].acceptance[0].metric"),
        ("response = { zh", "answer = { zh", "PACK_KEY_MISSING", "forms[0].risks[0].response"),
        ("en = 'Camera'", "en = ''", "PACK_TEXT_EMPTY", "forms[0].solutions[0].en"),
    ],
)
def test_a_fault_is_found_at_its_place(old: str, new: str, code: str, place: str) -> None:
    assert old in SMALL
    assert (code, place) in faults(SMALL.replace(old, new, 1))


COLUMN = FieldColumn(column_id="share", kind=FieldKind.NUMBER, label=NO_TEXT)
OPTIONS = (FieldOption(option_id="day", label=NO_TEXT), FieldOption(option_id="lamp", label=NO_TEXT))


def field(kind: FieldKind) -> NeedField:
    """Return a field of this kind."""
    return NeedField(
        field_id="it",
        kind=kind,
        label=NO_TEXT,
        why=NO_TEXT,
        options=OPTIONS if kind in (FieldKind.CHOICE, FieldKind.MULTIPLE) else (),
        columns=(COLUMN,) if kind is FieldKind.TABLE else (),
    )


@pytest.mark.parametrize(
    ("kind", "value", "codes"),
    [
        (FieldKind.NUMBER, Decimal("12.5"), []),
        (FieldKind.NUMBER, None, []),
        (FieldKind.NUMBER, "many", ["FIELD_KIND"]),
        (FieldKind.NUMBER, Decimal("1E+400"), ["FIGURE_BEYOND"]),
        (FieldKind.NUMBER, Decimal("1E-400"), ["FIGURE_BEYOND"]),
        (FieldKind.NUMBER, Decimal("NaN"), ["FIGURE_BEYOND"]),
        (FieldKind.NUMBER, Decimal(-1), ["NUMBER_NEGATIVE"]),
        (FieldKind.TEXT, "long " * 2000, []),
        (FieldKind.TEXT, Decimal(1), ["FIELD_KIND"]),
        (FieldKind.CHOICE, "day", []),
        (FieldKind.CHOICE, "night", ["FIELD_OPTION_UNKNOWN"]),
        (FieldKind.CHOICE, ("day",), ["FIELD_KIND"]),
        (FieldKind.MULTIPLE, ("day", "lamp"), []),
        (FieldKind.MULTIPLE, ("day", "night"), ["FIELD_OPTION_UNKNOWN"]),
        (FieldKind.MULTIPLE, "day", ["FIELD_KIND"]),
        (FieldKind.TABLE, ({"share": Decimal(3)}, {}), []),
        (FieldKind.TABLE, ({"share": "much"},), ["FIELD_KIND"]),
        (FieldKind.TABLE, ({"colour": "red"},), ["FIELD_COLUMN_UNKNOWN"]),
        (FieldKind.TABLE, ("day",), ["FIELD_KIND"]),
        (FieldKind.TABLE, "day", ["FIELD_KIND"]),
        (FieldKind.TABLE, tuple({} for _ in range(501)), ["FIELD_ROWS"]),
    ],
)
def test_a_field_takes_what_its_kind_allows(kind: FieldKind, value: Value | None, codes: list[str]) -> None:
    assert [problem.code for problem in check_value(field(kind), value)] == codes


CELLS = st.decimals(min_value=0, max_value=10**9, places=3)
VALUES: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.NUMBER: CELLS,
    FieldKind.TEXT: st.text(min_size=1, max_size=50),
    FieldKind.CHOICE: st.sampled_from(["day", "lamp"]),
    FieldKind.MULTIPLE: st.lists(st.sampled_from(["day", "lamp"]), min_size=1, unique=True).map(tuple),
    FieldKind.TABLE: st.lists(st.fixed_dictionaries({"share": CELLS}), min_size=1).map(tuple),
}


@given(st.data(), st.sampled_from(sorted(VALUES)))
def test_what_is_stored_is_read_back(data: st.DataObject, kind: FieldKind) -> None:
    value = data.draw(VALUES[kind])
    assert check_value(field(kind), value) == ()
    assert value_from(field(kind), stored_value(value)) == value


@pytest.mark.parametrize("empty", [None, "", ()])
def test_nothing_recorded_is_nothing_stored(empty: Value | None) -> None:
    assert stored_value(empty) is None


@pytest.mark.parametrize(
    ("kind", "stored", "found"),
    [
        (FieldKind.NUMBER, "many", None),
        (FieldKind.NUMBER, ["1"], None),
        (FieldKind.MULTIPLE, "day", None),
        (FieldKind.MULTIPLE, [1], None),
        (FieldKind.TEXT, ["day"], None),
        (FieldKind.TABLE, "day", None),
        (FieldKind.TABLE, [1], None),
        (FieldKind.TABLE, [{"share": "3", "gone": "x"}, {"share": ["?"]}], ({"share": Decimal(3)}, {})),
    ],
)
def test_a_value_of_an_earlier_kind_is_not_misread(kind: FieldKind, stored: Any, found: Value | None) -> None:
    assert value_from(field(kind), stored) == found


def test_a_column_is_no_table() -> None:
    assert check_value(field(FieldKind.TABLE), ({"share": Decimal(1)},)) == ()
    nested = FieldColumn(column_id="x", kind=FieldKind.TABLE, label=NO_TEXT)
    assert value_from(nested, [{"a": "1"}]) == ({},)
