"""What the case header says of a case, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.definition import Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.i18n.translator import Translator
from diag_app.model.facts import Assessment, Enterprise
from diag_app.operations.assessment import find_assessments, score_of
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.export_log import is_delivered
from diag_app.operations.need import has_needs
from diag_app.operations.plan import assessment_has_plan
from diag_app.operations.proposal import find_proposals
from diag_app.operations.report_facts import industry_label
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.figures import level_name
from diag_app.ui.words import scale_word, size_word


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One case in a few words; `done` holds the steps that need nothing more."""

    name: str
    line: str
    level: int | None
    level_words: str
    is_demonstration: bool
    assessment_id: str | None
    done: frozenset[str]


def load_case_facts(
    workspace: Workspace, enterprise_id: str, assessment_id: str | None, translate: Translator
) -> CaseFacts:
    """Return the facts of an enterprise and one of its assessments (the newest when none is named, or none at all).

    Raises:
        DiagError: `ENTITY_UNKNOWN` when there is no such enterprise.
    """
    enterprise = load_enterprise(workspace, enterprise_id, translate.language)
    assessments = find_assessments(workspace, enterprise_id)
    assessment = _chosen(assessments, assessment_id)
    card = None if assessment is None else score_of(workspace, assessment)
    pack = None if assessment is None else workspace.pack(assessment.pack)
    return CaseFacts(
        name=enterprise.profile.name,
        line=_line(enterprise, assessments, assessment, pack, translate),
        level=None if card is None else card.level,
        level_words=level_words(pack, card, translate),
        is_demonstration=enterprise.profile.is_demonstration,
        assessment_id=None if assessment is None else assessment.assessment_id,
        done=_done(workspace, enterprise, assessment, card, pack),
    )


def level_words(pack: Pack | None, card: Scorecard | None, translate: Translator) -> str:
    """Return the level in words with its pack version and that its thresholds are unchecked where they are."""
    if pack is None or card is None:
        return translate("Not diagnosed yet")
    level = (
        translate("Level {level} {name}", level=card.level, name=level_name(pack, card.level, translate.language))
        if card.level
        else translate("No level reached")
    )
    unchecked = "" if pack.level_rule.confidence == "exact" else translate("thresholds not yet checked")
    return " · ".join(part for part in (level, pack.reference, unchecked) if part)


def _chosen(assessments: tuple[Assessment, ...], assessment_id: str | None) -> Assessment | None:
    named = [item for item in assessments if item.assessment_id == assessment_id]
    return named[0] if named else assessments[-1] if assessments else None


def _line(
    enterprise: Enterprise,
    assessments: tuple[Assessment, ...],
    assessment: Assessment | None,
    pack: Pack | None,
    translate: Translator,
) -> str:
    parts = [
        industry_label(enterprise.profile.industry, translate.language),
        size_word(enterprise.size_class, translate),
        scale_word(enterprise.is_above_scale, translate),
    ]
    if assessment is not None and pack is not None:
        number = assessments.index(assessment) + 1
        parts.append(translate("first diagnosis") if number == 1 else translate("diagnosis {number}", number=number))
        parts.append(translate("pack {pack} v{version}", pack=pack.pack_id, version=pack.version))
    return " · ".join(part for part in parts if part)


def _done(
    workspace: Workspace,
    enterprise: Enterprise,
    assessment: Assessment | None,
    card: Scorecard | None,
    pack: Pack | None,
) -> frozenset[str]:
    """Return the finished steps; delivery is finished by receipts alone, for as long as nothing is new."""
    done = {"profile"} if enterprise.profile.uscc and enterprise.size_class else set()
    if assessment is None or card is None or pack is None:
        return frozenset(done)
    if not card.missing and len(assessment.answers.scenarios) == len(pack.scenarios):
        done.add("diagnosis")
    if has_needs(workspace, assessment.assessment_id):
        done.add("needs")
    if assessment_has_plan(workspace, assessment.assessment_id):
        done.add("path")
    if any(not proposal.is_superseded for proposal in find_proposals(workspace, assessment.assessment_id)):
        done.add("proposal")
    if is_delivered(workspace, enterprise.enterprise_id):
        done.add("delivery")
    return frozenset(done)
