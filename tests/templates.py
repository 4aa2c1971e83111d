"""The house's report template and documents made after it, for tests of the content."""

from __future__ import annotations

from functools import cache

from diag_app.forms.definition import Language
from diag_app.forms.report_pack import load_template
from diag_app.forms.report_template import ReportTemplate
from diag_app.i18n import load_translator
from diag_app.model.content import Document
from diag_app.model.proposal import ProposalFacts, build_document
from diag_app.model.proposal.sections import VOCABULARY
from diag_app.paths import resource

HOUSE = resource("packs", "qizhen-report", "1.0.0")


def house_files(changed: dict[str, str] | None = None) -> dict[str, bytes]:
    """The files of the house's template, some of them changed or added."""
    files = {path.name: path.read_bytes() for path in HOUSE.glob("*.toml")}
    return files | {name: text.encode() for name, text in (changed or {}).items()}


@cache
def house_template() -> ReportTemplate:
    return load_template(house_files(), VOCABULARY)


def built(
    facts: ProposalFacts, language: Language = "en", kind: str = "proposal", template: ReportTemplate | None = None
) -> Document:
    """The report of a kind after a template, the house's where none is given."""
    template = template or house_template()
    (found,) = [item for item in template.kinds if item.kind_id == kind]
    return build_document(
        facts=facts, language=language, translate=load_translator(language), template=template, kind=found
    )
