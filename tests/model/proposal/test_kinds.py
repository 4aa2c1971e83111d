"""Reports of every kind: their sections, their words after a template, and what a copy for others leaves out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from diag_app.forms.definition import Confidence, Language, LocalText
from diag_app.forms.logo import Logo, LogoShape
from diag_app.forms.practice import load_part
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.forms.report_template import Branding, OwnSection, SectionChange
from diag_app.i18n import load_translator
from diag_app.model.audience import OWN_COPY, Audience
from diag_app.model.content import Heading, Photo, PhotoGrid, SideBySide, SignatureBoxes, Table
from diag_app.model.content_texts import blocks_of, texts_of
from diag_app.model.drawn_signature import DrawnSignature
from diag_app.model.plan import CaseMeasure, Offer
from diag_app.model.proposal.copies import Secret, scrubbed, secrets_of, shown_pictures, without_pictures
from diag_app.model.proposal.visit_record import said_digest
from diag_app.model.proposal.voice import Voice
from diag_app.model.survey import Participant, SurveyRecord, VisitDay
from tests.forms.practices import shipped_practice
from tests.model.proposal.cases import answered, bare, best_answers, demonstration
from tests.templates import built, house_template

KINDS = ["proposal", "diagnosis", "summary", "visit", "evidence"]


def text(words: str) -> LocalText:
    return LocalText(zh=words, en=words, confidence=Confidence.AUTHORED)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_from_a_full_case_and_from_a_bare_one(kind: str, language: Language) -> None:
    full, empty = built(demonstration(language), language, kind), built(bare(), language, kind)
    assert full.chapters
    assert all(chapter.blocks for chapter in (*full.chapters, *empty.chapters))
    assert (len(empty.chapters) == 0) == (kind == "evidence")


def test_a_template_orders_adds_and_renames_sections_without_code() -> None:
    house = house_template()
    (kind,) = [item for item in house.kinds if item.kind_id == "diagnosis"]
    own = OwnSection(
        section_id="notice",
        number="15",
        name=text("Notice"),
        finding=text("For {firm}"),
        lead=text("No. {report_number}, {issued_on}, {issuer}, {score}, {level}, {pack}"),
        paragraphs=(text("{firm} {firm}"),),
    )
    plain = replace(own, section_id="plain", finding=None, lead=None)
    template = replace(
        house,
        kinds=(replace(kind, sections=("notice", "rating", "plain", "summary")),),
        own={"notice": own, "plain": plain},
        changes={
            "rating": SectionChange(name=text("Grade")),
            "summary": SectionChange(finding=text("F"), lead=text("L")),
        },
        branding=Branding(
            name=text("City"),
            service=text("Service"),
            disclaimer=text("None"),
            accent="#123456",
            logo=Logo(width=2.0, height=1.0, shapes=(LogoShape("#000000", (("Z", ()),)),)),
        ),
    )
    facts = demonstration()
    firm = replace(facts.enterprise, profile=replace(facts.enterprise.profile, name="A {level} firm"))
    document = built(replace(facts, enterprise=firm), kind="diagnosis", template=template)
    assert [chapter.name for chapter in document.chapters] == ["Notice", "Grade", "Notice", "Summary"]
    notice, rating, second, summary = document.chapters
    assert (notice.finding, list(texts_of(notice))) == ("For A {level} firm", ["A {level} firm A {level} firm"])
    assert facts.report_number in notice.lead
    assert (second.finding, second.lead) == ("Notice", "")
    assert rating.finding != "Grade"
    assert (summary.finding, summary.lead) == ("F", "L")
    cover = document.cover
    assert (cover.issuer, cover.service, cover.disclaimer, document.accent) == ("City", "Service", "None", "#123456")
    assert cover.logo is not None
    assert (cover.logo.sha256, len(cover.logo.shapes)) == ("", 1)
    png = replace(template, branding=Branding(logo=Logo(width=1.0, height=1.0, png=b"x")))
    logo = built(facts, kind="diagnosis", template=png).cover.logo
    assert logo is not None
    assert len(logo.sha256) == 64


def test_the_visit_record_says_what_is_missing_and_shows_what_holds() -> None:
    facts = demonstration()
    days = (VisitDay(day="2026-03-12", start="09:00", place="Hall 1"), VisitDay(day="2026-03-13"))
    people = (Participant(participant_id="p", name="Wang", role="Owner"), Participant(participant_id="q", name="Li"))
    survey = SurveyRecord(days=days, people=people, summary="First line\n\nSecond line")
    drawn = DrawnSignature(
        signer="consultant",
        name="Zhao",
        strokes=(((0, 0), (9, 9)),),
        at="2026-03-13T10:00:00",
        by="Zhao",
        signed_on="x",
    )
    signed = replace(facts, survey=survey, signatures=(drawn, replace(drawn, signer="firm", holds=False)))
    (chapter,) = built(signed, kind="visit").chapters
    assert {"Wang (Owner), Li", "Hall 1", "First line", "Second line"} <= set(texts_of(chapter))
    (boxes,) = [block for block in chapter.blocks if isinstance(block, SignatureBoxes)]
    assert [(item.box, item.text) for item in boxes.drawn] == [(1, "Zhao 2026-03-13")]
    (empty,) = built(bare(), kind="visit").chapters
    assert empty.finding == "The days on site are not recorded"
    (best,) = built(replace(answered(facts, best_answers()), views=()), kind="visit").chapters
    assert "All answers" in set(texts_of(best))


def test_what_was_signed_is_what_the_record_says_however_it_is_laid_out() -> None:
    (chapter,) = built(demonstration(), kind="visit").chapters
    table = chapter.blocks[0]
    assert isinstance(table, Table)
    columns = tuple(replace(column, width_mm=column.width_mm / 2, align="right") for column in table.columns)
    loud = tuple(
        replace(row, kind="group", cells=tuple(replace(cell, tone="bold") for cell in row.cells)) for row in table.rows
    )
    laid_out = replace(
        chapter, new_page=False, blocks=(replace(table, columns=columns, rows=loud), *chapter.blocks[1:])
    )
    assert said_digest(laid_out) == said_digest(chapter)
    for other in (
        replace(chapter, finding="Other"),
        replace(chapter, lead="Other"),
        replace(chapter, blocks=(replace(table, rows=table.rows[1:]), *chapter.blocks[1:])),
    ):
        assert said_digest(other) != said_digest(chapter)


def test_the_owners_page_names_no_annex_and_knows_the_highest_level() -> None:
    facts = demonstration()
    exact = replace(facts.pack, level_rule=replace(facts.pack.level_rule, confidence=Confidence.EXACT))
    for case in (facts, replace(facts, pack=exact), answered(facts, best_answers())):
        said = " ".join(words for chapter in built(case, kind="summary").chapters for words in texts_of(chapter))
        assert "annex" not in said.lower()
        assert ("official text" in said) == (case.pack is facts.pack)


def test_money_is_said_in_bands_and_drawn_at_their_ends() -> None:
    bands = tuple(map(Decimal, (5, 10, 100)))
    voice = Voice(language="en", translate=load_translator("en"), bands=bands)
    said = [voice.money(Decimal(amount)) for amount in ("0.5", "5", "99.9", "100", "7000")]
    assert said == ["under 5", "5–10", "10–100", "≥ 100", "≥ 100"]
    ranges = ((1, 2), (1, 50), (6, 50), (6, 500), (100, 500), (1, 500))
    assert [voice.span(Decimal(low), Decimal(high)) for low, high in ranges] == [
        "under 5", "under 100", "5–100", "≥ 5", "≥ 100", "≥ 0",
    ]  # fmt: skip
    assert [voice.drawn(Decimal(amount)) for amount in (1, 7, 300)] == [5, 10, 100]
    exact = Voice(language="en", translate=load_translator("en"))
    assert (exact.money(Decimal("1.5")), exact.span(Decimal(1), Decimal(2))) == ("1.5", "1–2")
    assert exact.drawn(Decimal(3)) == Decimal(3)
    assert (exact.clipped("a\nb", 40), len(exact.clipped("x" * 100, 10))) == ("a b", 20)


SECRETS = (Secret("person", "海棠"), Secret("phone", "139 1234"), Secret("money", "5,980"), Secret("money", "12.09"))


def test_a_value_is_scrubbed_as_written_but_not_out_of_a_longer_one() -> None:
    (chapter,) = built(demonstration(), kind="visit").chapters
    lead = "海棠139 1234; 5,980 5980 15980 5980.5 1212.09 12.09 x139 1234"
    document = replace(built(demonstration(), kind="visit"), chapters=(replace(chapter, lead=lead),))
    (clean,) = scrubbed(document, SECRETS, "#").chapters
    assert clean.lead == "##; # # 15980 5980.5 1212.09 # x139 1234"


def test_what_says_nothing_by_itself_is_no_secret() -> None:
    facts = demonstration()
    profile = replace(
        facts.enterprise.profile, revenue_10k_cny=Decimal(2026), assets_10k_cny=Decimal(12), name="甲", uscc="A1"
    )
    audience = Audience(audience_id="x", withheld=frozenset({"firm", "money"}))
    short = secrets_of(replace(bare(), enterprise=replace(facts.enterprise, profile=profile)), audience)
    assert short == ()
    assert secrets_of(facts, OWN_COPY) == ()
    catalogue = load_part(shipped_practice(), MEASURES_PART, facts.pack)
    assert catalogue is not None
    measure = CaseMeasure(measure=catalogue.measures[0], offer=Offer(source="Quote of Wei"))
    audience = Audience(audience_id="x", withheld=frozenset({"offers", "money"}))
    assert Secret("offer", "Quote of Wei") in secrets_of(replace(facts, offers=(measure,)), audience)


def test_pictures_go_by_profile_and_a_heading_goes_with_them() -> None:
    facts = demonstration()
    item = facts.evidence[0]
    covered = replace(item, sha256="c" * 64, redactions=1)
    shown = [shown_pictures((item, covered), Audience(pictures=choice)) for choice in ("all", "covered", "none")]
    assert shown == [{item.sha256, "c" * 64}, {"c" * 64}, set()]
    photo = Photo(sha256="a", label="E", caption="c", detail="d")
    grid = PhotoGrid(photos=(photo,))
    chapter = built(facts, kind="visit").chapters[0]
    beside = SideBySide(left=(grid,), right=(Heading(text="kept"),), left_mm=80)
    chapters = (replace(chapter, blocks=(Heading(text="Pictures"), grid, beside)), replace(chapter, blocks=(grid,)))
    (left,) = without_pictures(chapters, frozenset())
    assert left.blocks == (replace(beside, left=()),)
    assert without_pictures(chapters, frozenset("a")) == chapters
    assert [block for block in blocks_of(left.blocks) if isinstance(block, Table)] == []
