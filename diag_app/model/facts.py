"""The app's own facts as frozen dataclasses, read from entity views; a view never reaches a page or a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from diag_app.forms.answers import Answers
from diag_app.model.calculators.definition import Working

Barrier = Literal["unwilling", "afraid", "unable"]  # 不愿转 / 不敢转 / 不会转
Priority = Literal["must", "should", "could"]
PRIORITIES: tuple[Priority, ...] = ("must", "should", "could")  # the first come first
Readiness = Literal["ready", "partly", "missing"]
Status = Literal["in_progress", "completed", "amended"]


@dataclass(frozen=True, kw_only=True)
class EnterpriseProfile:
    """What is recorded of an enterprise; figures in 10,000 CNY. Size class and scale are derived, never typed."""

    name: str
    uscc: str | None = None
    sector: str = "industry"  # key of the size standard
    industry: str | None = None  # GB/T 4754 division, e.g. C34
    employees: int | None = None
    revenue_10k_cny: Decimal | None = None
    assets_10k_cny: Decimal | None = None
    address: str = ""
    founded_on: str = ""
    products: str = ""
    processes: str = ""
    equipment: str = ""
    software: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    """One enterprise with its derived classes; `size_class` and `is_above_scale` are null where figures are missing."""

    enterprise_id: str
    profile: EnterpriseProfile
    size_class: str | None  # large, medium, small, micro
    is_above_scale: bool | None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person at the enterprise."""

    contact_id: str
    enterprise_id: str
    name: str
    role: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Overruling:
    """Why what a rule found may stand; `judged` names by register the op that was shown when it was judged."""

    reason: str
    by: str
    at: str
    judged: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One run of one questionnaire at one enterprise."""

    assessment_id: str
    enterprise_id: str
    pack: str  # id@version
    pack_digest: str
    status: Status
    started_on: str  # ISO date
    visited_on: tuple[str, ...]  # ISO dates of the survey
    answers: Answers
    notes: Mapping[str, str] = field(default_factory=dict)  # question or scenario id -> text
    overrulings: Mapping[str, Overruling] = field(default_factory=dict)  # by the key of what a rule found


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a camera says that a picture was taken: degrees, south and west negative."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One item of evidence with its newest version's file. Dates are ISO text."""

    evidence_id: str
    assessment_id: str
    number: int  # E-001 … within the assessment, by time of entry
    sha256: str
    name: str
    media_type: str
    size: int
    caption: str
    shows_on: str | None
    captured_at: str | None
    received_at: str
    targets: tuple[str, ...]  # question and scenario ids
    picture_sha256: str | None = None  # the reduced copy that pages and reports show; null where there is none
    version: int = 1  # an edited picture is a new version of the item
    redactions: int = 0  # how many of its versions, to this one, blacked something out
    place: Place | None = None
    keeps_place: bool = False  # place and camera data go out with exported copies


@dataclass(frozen=True, kw_only=True)
class BaselineMetric:
    """A measured present state; `value` null means not measured, which is never zero."""

    metric_id: str
    value: Decimal | None
    period: str = ""
    source: str = ""
    evidence: tuple[str, ...] = ()  # evidence ids
    working: Working | None = None  # how a calculator came to the value


@dataclass(frozen=True, kw_only=True)
class PreconditionState:
    """How far a precondition is met at the enterprise, and what was found."""

    state: Readiness
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ScenarioNeed:
    """A need the enterprise confirmed for one scenario."""

    need_id: str
    assessment_id: str
    number: int  # N-01 … within the assessment
    form_id: str
    scenario_id: str
    title: str
    owner_words: str = ""
    process: str = ""
    pain: str = ""
    wish: str = ""
    barrier: Barrier | None = None
    barrier_reason: str = ""
    priority: Priority = "should"
    target_level: int | None = None
    metrics: tuple[BaselineMetric, ...] = ()
    training: str = ""
    depths: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    entries: Mapping[str, Any] = field(default_factory=dict)  # field id of the form -> value as stored
    preconditions: Mapping[str, PreconditionState] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class IssuedFile:
    """One rendered file of an issued proposal."""

    name: str
    language: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class IssuedProposal:
    """A frozen report of any kind; `is_superseded` when a fact it was made from has changed since."""

    proposal_id: str
    assessment_id: str
    number: str
    issued_at: str
    content_digest: str
    pack: str
    files: tuple[IssuedFile, ...]
    is_superseded: bool
    kind: str = "proposal"
    audience: str = "enterprise"
    templates: Mapping[str, str] = field(default_factory=dict)  # digest by `id@version`; empty in old records
