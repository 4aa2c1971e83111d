"""What a value must look like to be read from a register, whoever wrote it.

A log may hold anything: a bundle comes from a stick, from a newer app, from an enemy. A value of another shape stays in
the log and goes on to others as it is, but nothing is read from it: its register shows nothing, as one left out would.
What is written here fits, or is refused, so that this table cannot lag behind those who write.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from diag_app.forms.validation import HIGHEST_LEVEL, LOWEST_LEVEL
from diag_app.model.calculators.definition import Working
from diag_app.model.custody import Custody
from diag_app.model.economics import MOST_YEARS, Role
from diag_app.model.facts import (
    Barrier,
    Overruling,
    Place,
    PreconditionState,
    Priority,
    Readiness,
    Status,
)
from diag_app.model.fill_in import Entered
from diag_app.model.json_shape import Between, NotNegative, Written, fits, words_fit
from diag_app.model.plan import MeasureState
from diag_app.model.review import ReviewStep
from diag_app.model.survey import Side

Level = Annotated[int, Between(LOWEST_LEVEL, HIGHEST_LEVEL)]
Digest = Annotated[str, Written("[0-9a-f]{64}")]  # of a file: it is looked for under this name
Weeks = Annotated[int, Between(0, 1_000)]
Reference = Annotated[str, Written(r"[A-Za-z0-9._-]{1,80}@[A-Za-z0-9._-]{1,40}")]  # of a pack: `id@version`
_Mark = TypedDict("_Mark", {"reference": Reference, "digest": str, "from": NotRequired[Reference]})  # "from": a keyword


class _Signed(TypedDict):
    by: str
    at: str


class _Size(TypedDict):
    sector: str
    employees: int | None
    revenue_10k_cny: Decimal | None
    assets_10k_cny: Decimal | None


class _Contact(TypedDict):
    name: str
    role: NotRequired[str]
    phone: NotRequired[str]


class _Participant(TypedDict):
    name: str
    role: NotRequired[str]
    side: NotRequired[Side]


class _Options(TypedDict):
    options: list[str]


class _Rating(TypedDict):
    level: Level


class _NotApplicable(TypedDict):
    not_applicable: str


class _Tick(_Signed):
    on: dict[str, list[Any]]


class _Ruling(_Signed):
    reason: str
    on: dict[str, list[Any]]


class _Review(_Signed):
    step: ReviewStep
    note: str


class _About(_Signed):
    target: str


class _Done(TypedDict):
    on: str


class _Paper(TypedDict):
    state: Readiness
    remark: str


class _Previsit(TypedDict):
    on: str
    sha256: str
    filled_by: str
    filled_on: str


class _VisitDay(TypedDict):
    start: str
    end: str
    place: str


class _Drawn(_Signed):
    name: str
    strokes: list[list[list[int]]]
    signed_on: str


class _File(TypedDict):
    """Of evidence, whose edited versions count on, and of a signed report."""

    name: str
    media_type: str
    sha256: Digest
    size: int
    picture: NotRequired[Digest | None]
    version: NotRequired[int]
    redactions: NotRequired[int]
    how: NotRequired[str]
    holder: NotRequired[str]
    issued: NotRequired[Digest]


class _Dates(TypedDict):
    shows_on: NotRequired[str | None]
    captured_at: NotRequired[str | None]
    received_at: NotRequired[str | None]


class _Metric(TypedDict):
    value: Decimal | None
    period: str
    source: str
    evidence: NotRequired[list[str]]
    working: NotRequired[Working | None]


class _BarrierReason(TypedDict):
    kind: Barrier | None
    reason: str


class _Assumption(TypedDict):
    label: str
    unit: str
    low: Decimal
    likely: Decimal
    high: Decimal
    source: str
    dated: str
    owner: str


class _Amount(TypedDict):
    subject: str
    role: Role
    label: str
    factors: list[str]


class _Terms(TypedDict):
    rate: str | None
    years: Annotated[int, Between(1, MOST_YEARS)] | None


class _Cost(TypedDict):
    low: Decimal | None
    likely: Decimal | None
    high: Decimal | None
    source: str
    dated: str
    owner: str


class _Provider(TypedDict):
    provider: str
    product: str


class _Plan(TypedDict):
    level: int
    target_level: int | None
    budget_10k_cny: Decimal | None
    months: Weeks | None
    on_high: bool
    measures: list[str]
    start_on: date | Literal[""]
    trial_weeks: Weeks


class _Tree(TypedDict):
    language: str
    sha256: Digest
    size: int


class _IssuedFile(TypedDict):
    name: str
    language: str
    media_type: str
    sha256: Digest
    size: int


class _Issued(TypedDict):
    number: str
    kind: NotRequired[str]
    sections: NotRequired[list[str]]
    audience: NotRequired[str]
    templates: NotRequired[dict[str, str]]
    issued_at: str
    content_digest: str
    pack: str
    trees: NotRequired[list[_Tree]]
    files: list[_IssuedFile]
    heads: list[str]


class _Same(TypedDict):
    same: bool


class _Settled(TypedDict):
    register: str
    reason: str


class _Refusal(_Signed):
    reason: str
    judged: list[str]
    code: NotRequired[str]


_Rows = list[dict[str, Any]]
_TEXTS = (
    "name industry uscc address founded_on products processes equipment software title owner_words process pain wish "
    "training form_id scenario_id caption text measure_id survey_agenda survey_summary survey_photo target started_on "
    "note: orphan: portal:"
)
SHAPES: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(_TEXTS.split(), (str,)),
    "size": (_Size,),
    "is_demonstration": (bool,),
    "contact": (_Contact,),
    "participant": (_Participant,),
    "pack": (_Mark,),
    "status": (Status,),
    "visited_on": (list[date],),
    "answer:": (_Options,),
    "number:": (Annotated[Decimal, NotNegative()],),
    "scenario:": (_Rating, _NotApplicable),
    "said:": (_Options, _Rating),
    "overruled:": (Overruling,),
    "tick:": (_Tick,),
    "ruling:": (_Ruling,),
    "review": (_Review,),
    "custody": (Custody,),
    "about": (_About,),
    "resolved": (_Signed,),
    "entered:": (Entered,),
    "guide:": (_Done,),
    "paper:": (_Paper,),
    "previsit": (_Previsit,),
    "visit:": (_VisitDay,),
    "drawn_signature:": (_Drawn,),
    "file": (_File,),
    "dates": (_Dates,),
    "place": (Place,),
    "keeps_place": (bool,),
    "barrier": (_BarrierReason,),
    "priority": (Priority,),
    "target_level": (Level,),
    "depths": (list[str],),
    "technologies": (list[str],),
    "benefits": (list[str],),
    "field:": (str, list[str], _Rows),
    "metric:": (_Metric,),
    "precondition:": (PreconditionState,),
    "assumption": (_Assumption,),
    "amount": (_Amount,),
    "terms": (_Terms,),
    "cost": (_Cost,),
    "provider": (_Provider,),
    "weeks": (Weeks,),
    "state": (MeasureState,),
    "definition": (dict[str, Any],),
    "plan": (_Plan,),
    "issued": (_Issued,),
    "same:": (_Same,),
    "settled": (_Settled,),
    "refusal:": (_Refusal,),
}
_OVER = ("stated", "earlier")  # + register: what the firm stated for it; what had no place in a newer pack


def is_legible(register: str, value: Any) -> bool:
    """Return whether `value` can be read from `register`; null always, and anything from a register not known here.

    The words of a value in another language (`<register>@<language>`) are a text, or texts under those of its keys that
    hold text.
    """
    base, _, language = register.partition("@")
    name, colon, rest = base.partition(":")
    if name in _OVER and colon:
        return is_legible(rest, value)
    shapes = SHAPES.get(name + colon, ())
    if value is None or not shapes:
        return True
    if language and str not in shapes:
        return all(words_fit(value, shape) for shape in shapes)
    return any(fits(value, shape) for shape in shapes)
