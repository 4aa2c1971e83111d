"""What practice asks about a need beyond the method: fields, preconditions, acceptance, risks, tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from diag_app.forms.definition import LocalText


class FieldKind(StrEnum):
    """What a field of a need form takes."""

    NUMBER = "number"
    CHOICE = "choice"
    MULTIPLE = "multiple"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True, kw_only=True)
class FieldOption:
    """One choice of a field."""

    option_id: str
    label: LocalText


@dataclass(frozen=True, kw_only=True)
class FieldColumn:
    """One column of a table field; a column is never a table itself."""

    column_id: str
    kind: FieldKind
    label: LocalText
    options: tuple[FieldOption, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NeedField:
    """One fact to record of a need. `same_as` names the field of another form that holds the same fact."""

    field_id: str
    kind: FieldKind
    label: LocalText
    why: LocalText
    unit: str | None = None  # id of `NeedForms.units`
    formula: LocalText | None = None
    inputs: tuple[str, ...] = ()  # fields the formula reads
    same_as: str | None = None
    questions: tuple[str, ...] = ()  # questions of the method that the fact bears on
    options: tuple[FieldOption, ...] = ()
    columns: tuple[FieldColumn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Precondition:
    """What must be there before a measure can work, at one of the depths."""

    precondition_id: str
    depth: str
    text: LocalText


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What is checked at acceptance, how, and by which evidence; target values are agreed by both sides."""

    acceptance_id: str
    what: LocalText
    verified_by: LocalText
    evidence: LocalText
    metric_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class NeedRisk:
    """What usually goes wrong, and the answer to it."""

    risk_id: str
    risk: LocalText
    response: LocalText


@dataclass(frozen=True, kw_only=True)
class NeedDetails:
    """What practice adds to one need form of the method."""

    form_id: str
    fields: tuple[NeedField, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    acceptance: tuple[Acceptance, ...] = ()
    risks: tuple[NeedRisk, ...] = ()
    solutions: tuple[LocalText, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MetricUse:
    """What a metric of the method is counted in, and the calculator that works it out where there is one."""

    unit: str
    calculator: str | None = None


@dataclass(frozen=True, kw_only=True)
class NeedForms:
    """All details of the need forms, with the words for units, depths and tags."""

    units: Mapping[str, LocalText] = field(default_factory=dict)
    depths: Mapping[str, LocalText] = field(default_factory=dict)
    technologies: Mapping[str, LocalText] = field(default_factory=dict)
    benefits: Mapping[str, LocalText] = field(default_factory=dict)
    metrics: Mapping[str, MetricUse] = field(default_factory=dict)
    forms: Mapping[str, NeedDetails] = field(default_factory=dict)

    def details(self, form_id: str) -> NeedDetails:
        """Return the details of a form; none where no practice pack adds any."""
        return self.forms.get(form_id, NeedDetails(form_id=form_id))

    def joined(self, other: NeedForms) -> NeedForms:
        """Return both together; where both say something, `other` does: the city's or the firm's own goes first."""
        return NeedForms(
            units={**self.units, **other.units},
            depths={**self.depths, **other.depths},
            technologies={**self.technologies, **other.technologies},
            benefits={**self.benefits, **other.benefits},
            metrics={**self.metrics, **other.metrics},
            forms={**self.forms, **other.forms},
        )


def holds_same_fact(field: NeedField, other: NeedField) -> bool:
    """Return whether two fields of different forms hold one fact, in the same kind, unit and options."""
    is_same = (field.same_as or field.field_id) == (other.same_as or other.field_id)
    return is_same and (field.kind, field.unit, field.options) == (other.kind, other.unit, other.options)
