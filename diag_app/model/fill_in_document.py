"""The fill-in sheet as a document, and as lines to copy: what stands beside each field, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.definition import Pack, Question
from diag_app.model.content import NO_COVER, Block, Cell, Chapter, Column, Document, Notice, Row, Table
from diag_app.model.fill_in import FillField, FillItem, FillModule, FillSheet
from diag_app.model.proposal.voice import Voice

BOX = "□"
TICK = "✓"


@dataclass(frozen=True, kw_only=True)
class SheetHead:
    """Whose sheet this is and where it stands; the date is that of the printing."""

    firm: str
    issuer: str
    reference: str  # of the assessment
    printed_on: str  # ISO date
    is_demonstration: bool


def field_label(field: FillField, pack: Pack, voice: Voice) -> str:
    """Return what a field is called: the figure's name, `Option`, or `Level`."""
    if field.kind == "number":
        return voice.text(pack.number(field.ref).label)
    if field.kind == "level":
        return voice.translate("Level")
    several = pack.question(field.ref).kind.value == "multiple"
    return voice.translate("Options") if several else voice.translate("Option")


def field_unit(field: FillField, pack: Pack, voice: Voice) -> str:
    """Return the unit of a figure, else an empty text."""
    return voice.text(pack.number(field.ref).unit) if field.kind == "number" else ""


def field_texts(field: FillField, pack: Pack, voice: Voice) -> tuple[str, ...]:
    """Return what the value stands for, a line each: options, criterion, or why it does not apply."""
    if field.kind == "options":
        question = pack.question(field.ref)
        return tuple(voice.option(question.option(key)) for key in field.options)
    if field.kind == "number" or not field.value:
        return ()
    if field.not_applicable is not None:
        reason = voice.translate("not applicable: {reason}", reason=field.not_applicable)
        return (reason, voice.translate("counts as level 0"))
    criteria = {str(item.level): voice.text(item.text) for item in pack.scenario(field.ref).criteria}
    return (criteria.get(field.value, voice.translate("the criterion of level 1 is not met")),)


def item_title(item: FillItem, pack: Pack, voice: Voice) -> str:
    """Return number and name: `3 设备联网率`, `7 质量管理★`."""
    found = _question(item, pack)
    if found is not None:
        return f"{item.number} {voice.text(found.name)}"
    scenario = pack.scenario(item.target)
    return f"{item.number} {voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}"


def module_title(module: FillModule, pack: Pack, voice: Voice) -> str:
    """Return the dimension's name."""
    return next(voice.text(item.label) for item in pack.dimensions if item.dimension_id == module.dimension_id)


def item_lines(item: FillItem, pack: Pack, voice: Voice) -> str:
    """Return an item as lines to copy: its title, then every field that has a value."""
    lines = [item_title(item, pack, voice)]
    for field in item.fields:
        if field.value:
            unit = field_unit(field, pack, voice)
            lines.append(f"{field_label(field, pack, voice)}\t{field.value}{' ' if unit else ''}{unit}")
            lines += field_texts(field, pack, voice)
    return "\n".join(lines)


def entered_words(field: FillField, voice: Voice) -> str:
    """Return when a field was entered, that it has changed since, or an empty text."""
    if field.entered is None:
        return ""
    if field.has_lapsed:
        return voice.translate("changed since {day}", day=field.entered.on)
    return voice.translate("entered on {day}", day=field.entered.on)


def fill_in_document(sheet: FillSheet, pack: Pack, head: SheetHead, voice: Voice) -> Document:
    """Return the sheet for the typesetter: no cover, one table for each module, a box to tick by hand."""
    translate = voice.translate
    title = translate("Fill-in sheet for the official system")
    total, filled, entered, lapsed = sheet.counts()
    counted = translate(
        "{filled} of {total} fields have a value, {entered} are entered", filled=filled, total=total, entered=entered
    )
    printed = translate("printed on {day}", day=voice.day(head.printed_on))
    blocks: list[Block] = [
        Notice(
            title=translate("How to use this sheet"),
            text=translate(
                "The fields stand in the order of the official form. Type what stands under Enter; the words beside it "
                "show that the right option is marked. Tick the box once it is typed in."
            ),
        )
    ]
    if lapsed:
        blocks.append(
            Notice(
                title=translate("Changed since it was entered"),
                text=translate.plural(
                    "{count} field was changed after it had been entered; type it in again.",
                    "{count} fields were changed after they had been entered; type them in again.",
                    lapsed,
                ),
                kind="estimate",
            )
        )
    for number, module in enumerate(sheet.modules, start=1):
        blocks.append(_table(module, number, pack, voice))
    return Document(
        language=voice.language,
        title=f"{head.firm}: {title}",
        author=head.issuer,
        report_number=head.reference,
        issued_on=head.printed_on,
        running_head=title,
        pack_line=translate("Pack {pack}  digest {digest}", pack=pack.reference, digest=pack.digest[:8]),
        demonstration_mark=translate("DEMO: not a real firm") if head.is_demonstration else "",
        contents_title="",
        continued=translate(" (continued)"),
        cover=NO_COVER,
        chapters=(
            Chapter(
                number="",
                name=title,
                finding="",
                lead=voice.joined((head.firm, counted, printed)),
                blocks=tuple(blocks),
            ),
        ),
        number_label=translate("Diagnosis"),
    )


def _table(module: FillModule, number: int, pack: Pack, voice: Voice) -> Table:
    translate = voice.translate
    rows: list[Row] = []
    for item in module.items:
        question = _question(item, pack)
        if question is not None:
            rows.append(_group(item, question, voice))
        rows += [_row(item, field, pack, voice) for field in item.fields]
    return Table(
        label=translate("Table {chapter}", chapter=number),
        caption=module_title(module, pack, voice),
        columns=(
            Column(head=translate("No."), width_mm=11),
            Column(head=translate("Field"), width_mm=46),
            Column(head=translate("Enter"), width_mm=27),
            Column(head=translate("In words"), width_mm=54),
            Column(head=translate("Entered"), width_mm=28),
        ),
        rows=tuple(rows),
    )


def _group(item: FillItem, question: Question, voice: Voice) -> Row:
    several = voice.translate("several choices") if question.kind.value == "multiple" else voice.translate("one choice")
    cells = (Cell(text=str(item.number)), Cell(text=voice.text(question.name)), Cell(), Cell(text=several), Cell())
    return Row(cells=cells, kind="group")


def _row(item: FillItem, field: FillField, pack: Pack, voice: Voice) -> Row:
    is_scenario = field.kind == "level"
    name = item_title(item, pack, voice).partition(" ")[2] if is_scenario else field_label(field, pack, voice)
    unit = field_unit(field, pack, voice)
    value = (
        Cell(text=field.value, tone="bold") if field.value else Cell(text=voice.translate("no answer"), tone="signal")
    )
    words = list(field_texts(field, pack, voice))
    if field.is_derived:
        words.append(voice.translate("from the figures above"))
    mark = TICK if field.is_entered else BOX
    return Row(
        cells=(
            Cell(text=str(item.number) if is_scenario else ""),
            Cell(text=f"{name} ({unit})" if unit and voice.language == "en" else f"{name}（{unit}）" if unit else name),
            value,
            Cell(text="\n".join(words), tone="soft"),
            Cell(text=f"{mark} {entered_words(field, voice)}".strip(), tone="signal" if field.has_lapsed else "plain"),
        )
    )


def _question(item: FillItem, pack: Pack) -> Question | None:
    return next((question for question in pack.questions if question.question_id == item.target), None)
