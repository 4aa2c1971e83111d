"""Chapter 3: who the firm is, and by which rule its classes follow."""

from __future__ import annotations

from decimal import Decimal

from diag_app.model.content import Block, Cell, Chapter, Column, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text

SIZE_RULE = ("中小企业划型标准规定", "工信部联企业〔2011〕300号")


def profile_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the profile; what is missing is named."""
    translate = voice.translate
    blocks: list[Block] = [profile_table(facts, voice)]
    if facts.contacts:
        blocks.append(contact_table(facts, voice))
    return Chapter(
        number="3",
        origin="enterprise",
        name=translate("Enterprise profile"),
        finding=finding(facts, voice),
        lead=lead(facts, voice),
        blocks=tuple(blocks),
    )


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return the firm in one line, or the chapter's name when the figures are missing."""
    profile, translate = facts.enterprise.profile, voice.translate
    if facts.enterprise.size_class is None or profile.employees is None or profile.revenue_10k_cny is None:
        return translate("Enterprise profile")
    if voice.bands:
        return translate("{size}: {employees} people", size=size_text(facts, voice), employees=profile.employees)
    return translate(
        "{size}: {employees} people, CNY {millions} m revenue",
        size=size_text(facts, voice),
        employees=number_text(profile.employees),
        revenue=number_text(profile.revenue_10k_cny),
        millions=number_text(profile.revenue_10k_cny / 100),
    )


def lead(facts: ProposalFacts, voice: Voice) -> str:
    """Return the industry, or what is not on record."""
    profile, translate = facts.enterprise.profile, voice.translate
    missing = [
        name
        for name, value in (
            (translate("credit code"), profile.uscc),
            (translate("industry"), profile.industry),
            (translate("employees"), profile.employees),
            (translate("revenue"), profile.revenue_10k_cny),
            (translate("address"), profile.address),
        )
        if value in (None, "")
    ]
    if missing:
        return translate("Not provided: {names}.", names=voice.listed(missing))
    return translate(
        "Industry: {industry}. Size and scale are derived from the figures, not typed.",
        industry=facts.industry_label or profile.industry,
    )


def profile_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the firm's data with what each is based on."""
    profile, translate = facts.enterprise.profile, voice.translate
    stated = translate("stated by the firm")
    rule = translate("Classification standard of the ministries, {number}", number=SIZE_RULE[1])
    scale = facts.enterprise.is_above_scale
    rows = (
        (translate("Name"), profile.name, stated),
        (translate("Unified social credit code"), profile.uscc or "", translate("check character computed")),
        (translate("Industry (GB/T 4754)"), facts.industry_label or profile.industry or "", stated),
        (translate("Employees"), number_text(profile.employees) if profile.employees is not None else "", stated),
        (
            translate("Revenue last year, 10k CNY"),
            revenue_text(profile.revenue_10k_cny, voice) if profile.revenue_10k_cny is not None else "",
            stated,
        ),
        (translate("Size class"), size_text(facts, voice) if facts.enterprise.size_class else "", rule),
        (
            translate("Scale"),
            {None: "", True: translate("above scale"), False: translate("below scale")}[scale],
            translate("derived from revenue of last year"),
        ),
        *assets_row(facts, voice),
        (translate("Founded on"), profile.founded_on or "", stated),
        (translate("Address"), profile.address or "", stated),
    )
    return Table(
        caption=translate("Who the firm is, and on what each entry rests"),
        columns=(
            Column(head=translate("Entry"), width_mm=44),
            Column(head=translate("Content"), width_mm=68),
            Column(head=translate("Rests on"), width_mm=54),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=name, tone="soft"),
                    Cell(text=value) if value else Cell(text=translate("not provided"), tone="signal"),
                    Cell(text=basis if value else NOTHING, tone="soft"),
                )
            )
            for name, value, basis in rows
        ),
    )


def revenue_text(revenue: Decimal, voice: Voice) -> str:
    """Return the revenue, in English also as the finding says it; a copy that prints bands says the band alone."""
    if voice.bands:
        return voice.money(revenue)
    return voice.translate(
        "{revenue} (CNY {millions} m)", revenue=voice.money(revenue), millions=number_text(revenue / 100)
    )


def assets_row(facts: ProposalFacts, voice: Voice) -> tuple[tuple[str, str, str], ...]:
    """Return the assets, which only some sectors are classed by, where they were given."""
    assets = facts.enterprise.profile.assets_10k_cny
    if assets is None:
        return ()
    translate = voice.translate
    return ((translate("Total assets, 10k CNY"), voice.money(assets), translate("stated by the firm")),)


def contact_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return who at the firm is to be asked; telephone numbers stay in the app."""
    translate = voice.translate
    return Table(
        caption=translate("Contacts at the firm"),
        columns=(Column(head=translate("Role"), width_mm=66), Column(head=translate("Person"), width_mm=100)),
        rows=tuple(Row(cells=cells(contact.role or NOTHING, contact.name)) for contact in facts.contacts),
    )


def size_text(facts: ProposalFacts, voice: Voice) -> str:
    """Return the size class in words; empty when it could not be derived."""
    words = {
        "large": voice.translate("Large enterprise"),
        "medium": voice.translate("Medium enterprise"),
        "small": voice.translate("Small enterprise"),
        "micro": voice.translate("Micro enterprise"),
    }
    return words.get(facts.enterprise.size_class or "", "")


def firm_kind(facts: ProposalFacts, voice: Voice) -> str:
    """Return industry, size class and scale on one line, as far as known."""
    scale = {True: voice.translate("above scale"), False: voice.translate("below scale")}
    parts = (
        facts.industry_label,
        size_text(facts, voice),
        scale.get(facts.enterprise.is_above_scale, "") if facts.enterprise.is_above_scale is not None else "",
    )
    return voice.translate("  |  ").join(part for part in parts if part)
