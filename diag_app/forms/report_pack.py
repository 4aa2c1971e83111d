"""Reading a report pack strictly: every fault is found with file, path and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from diag_app.errors import DiagError, Problem
from diag_app.forms.check import pack_digest
from diag_app.forms.definition import Confidence, LocalText
from diag_app.forms.logo import LOGO_FILES, Logo, LogoRefused, read_logo
from diag_app.forms.pack_laws import ID_SHAPE, check_head
from diag_app.forms.pack_parts import FORMAT, PACK, REPORT, toml_content
from diag_app.forms.pack_table import NO_TEXT, Findings, Table, open_table
from diag_app.forms.report_template import Branding, OwnSection, ReportKind, ReportTemplate, SectionChange

KINDS, TEXTS, BRANDING = "kinds.toml", "texts.toml", "branding.toml"
MARKS: Mapping[str, frozenset[str]] = {
    PACK: frozenset({"english", "title"}),
    KINDS: frozenset({"title"}),
    TEXTS: frozenset({"text"}),
    BRANDING: frozenset({"text"}),
}
FORMATS = ("pdf", "docx", "xlsx")
LEADING = "ref:"  # before the section in a field that leads to it
FIELD = re.compile(r"\{([^{}]*)\}")
NUMBER_SHAPE = re.compile(r"([1-9][0-9]?|[A-Z])?", re.ASCII)
CHANGED_NUMBER_SHAPE = re.compile(r"[1-9][0-9]?(\.[1-9])?|[A-Z][1-9]?", re.ASCII)
MARK_SHAPE = re.compile(r"[A-Z]", re.ASCII)
COLOUR_SHAPE = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
LEAST_CONTRAST = 4.5
LONGEST_TEXT = 4000
MOST_SECTIONS = 60


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What a template may name: the sections that the program makes, and the fields of its own texts.

    A field `ref:SECTION` is said as the number that the section has in the report, so that no template types one.
    """

    sections: frozenset[str]
    fields: frozenset[str]

    def with_sections(self, own: Iterable[str]) -> Vocabulary:
        """Return what the texts of a template may name that adds sections of its `own`."""
        leading = (f"{LEADING}{section}" for section in (*self.sections, *own))
        return replace(self, fields=self.fields | frozenset(leading))


def load_template(files: Mapping[str, bytes], words: Vocabulary) -> ReportTemplate:
    """Return the report pack in `files` (file name to bytes).

    Raises:
        DiagError: `PACK_INVALID` at the first fault, with every fault in `problems`.
    """
    template, problems = _read(files, words)
    if template is None or problems:
        raise DiagError("PACK_INVALID", location=problems[0].location, problems=problems, count=str(len(problems)))
    return template


def check_template(files: Mapping[str, bytes], words: Vocabulary) -> tuple[Problem, ...]:
    """Return every fault of the report pack in `files`, located as `file:path`; none when it is sound."""
    return _read(files, words)[1]


def contrast_on_white(colour: str) -> float:
    """Return the contrast of `#RRGGBB` on white paper, 1 to 21, by the rule of WCAG."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _read(files: Mapping[str, bytes], words: Vocabulary) -> tuple[ReportTemplate | None, tuple[Problem, ...]]:
    findings = Findings()
    for name in sorted(files.keys() - MARKS.keys() - set(LOGO_FILES)):
        findings.unreadable("PACK_FILE_UNKNOWN", name, "")
    tables = _tables(files, findings)
    if PACK not in tables:
        return None, tuple(findings.problems)
    template = _template(files, tables, words)
    for table in tables.values():
        table.close()
    return template, tuple(findings.problems)


def _tables(files: Mapping[str, bytes], findings: Findings) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for name, marks in MARKS.items():
        if name != PACK and name not in files:
            continue
        content = toml_content(name, files, findings)
        if content is not None:
            tables[name] = open_table(name, content, findings, marks)
    english = tables[PACK].marks.get("english", Confidence.UNKNOWN) if PACK in tables else Confidence.UNKNOWN
    return {name: replace(table, english=english) for name, table in tables.items()}


def _template(files: Mapping[str, bytes], tables: Mapping[str, Table], words: Vocabulary) -> ReportTemplate:
    head = tables[PACK]
    if head.integer("format") != FORMAT:
        head.findings.unlawful("PACK_FORMAT", PACK, "format", expected=str(FORMAT))
    kind = head.text("kind")
    if kind != REPORT:
        head.findings.unlawful("PACK_WORD", PACK, "kind", value=kind, expected=REPORT)
    template = ReportTemplate(
        pack_id=head.text("id"),
        version=head.text("version"),
        digest=pack_digest(files),
        title=head.local("title", "title"),
        kinds=(),
    )
    check_head(template.pack_id, template.version, head.findings)
    words = words.with_sections(_own_ids(tables.get(TEXTS)))
    own = _own_sections(tables[TEXTS], words) if TEXTS in tables else {}
    allowed = words.sections | frozenset(own)
    return replace(
        template,
        kinds=_kinds(tables[KINDS], allowed) if KINDS in tables else (),
        branding=replace(
            _branding(tables[BRANDING]) if BRANDING in tables else Branding(), logo=_logo(files, head.findings)
        ),
        own=own,
        changes=_changes(tables[TEXTS], words) if TEXTS in tables else {},
    )


def _kinds(table: Table, allowed: frozenset[str]) -> tuple[ReportKind, ...]:
    kinds = []
    for entry in table.tables("kinds"):
        most = entry.integer("most_pages") if entry.has("most_pages") else None
        kinds.append(
            ReportKind(
                kind_id=_shaped(entry, "id", ID_SHAPE),
                title=entry.local("title", "title"),
                head=entry.local("head", "title"),
                mark=_shaped(entry, "mark", MARK_SHAPE),
                sections=_sections(entry, allowed),
                formats=_formats(entry),
                has_cover=entry.flag("cover"),
                has_contents=entry.flag("contents"),
                most_pages=most,
            )
        )
    for key, values in (("id", [kind.kind_id for kind in kinds]), ("mark", [kind.mark for kind in kinds])):
        _once(table, "kinds", key, values)
    return tuple(kinds)


def _sections(entry: Table, allowed: frozenset[str]) -> tuple[str, ...]:
    sections = entry.texts("sections", required=True)
    if not 0 < len(sections) <= MOST_SECTIONS:
        counts = {"found": str(len(sections)), "expected": f"1-{MOST_SECTIONS}"}
        entry.findings.unlawful("PACK_COUNT", entry.file, entry.at("sections"), **counts)
    for index, section in enumerate(sections):
        place = entry.at(f"sections[{index}]")
        if section not in allowed:
            entry.findings.unlawful("PACK_ID_UNKNOWN", entry.file, place, value=section[:80])
        elif section in sections[:index]:
            entry.findings.unlawful("PACK_ID_TWICE", entry.file, place, value=section)
    return sections


def _formats(entry: Table) -> tuple[str, ...]:
    formats = entry.texts("formats", required=True)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or "pdf" not in formats:  # the PDF is what is looked at before issuing
        value, expected = ", ".join(unknown)[:80], ", ".join(FORMATS)
        entry.findings.unlawful("PACK_WORD", entry.file, entry.at("formats"), value=value, expected=expected)
    return formats


def _own_ids(table: Table | None) -> list[str]:
    """Return the ids that a template gives its own sections; what is wrong with one is found when it is read."""
    entries = None if table is None else table.content.get("sections")
    named = [entry.get("id") for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    return [name for name in named if isinstance(name, str)]


def _own_sections(table: Table, words: Vocabulary) -> dict[str, OwnSection]:
    if not table.has("sections"):
        return {}
    found: list[OwnSection] = []
    for entry in table.tables("sections"):
        texts = [_filled(item.both("text"), item, words) for item in entry.tables("paragraphs")]
        found.append(
            OwnSection(
                section_id=_shaped(entry, "id", ID_SHAPE),
                number=_shaped(entry, "number", NUMBER_SHAPE) if entry.has("number") else "",
                name=entry.local("name", "text"),
                finding=_said(entry, "finding", words),
                lead=_said(entry, "lead", words),
                paragraphs=tuple(texts),
                new_page=entry.flag("new_page"),
            )
        )
        if found[-1].section_id in words.sections:
            table.findings.unlawful("PACK_ID_TWICE", table.file, entry.at("id"), value=found[-1].section_id)
    _once(table, "sections", "id", [section.section_id for section in found])
    return {section.section_id: section for section in found}


def _changes(table: Table, words: Vocabulary) -> dict[str, SectionChange]:
    if not table.has("changes"):
        return {}
    found: list[tuple[str, SectionChange]] = []
    for entry in table.tables("changes"):
        section = entry.text("section")
        if section not in words.sections:
            entry.findings.unlawful("PACK_ID_UNKNOWN", table.file, entry.at("section"), value=section[:80])
        name = entry.optional_local("name", "text")
        found.append(
            (
                section,
                SectionChange(
                    number=_shaped(entry, "number", CHANGED_NUMBER_SHAPE) if entry.has("number") else None,
                    name=name,
                    finding=_said(entry, "finding", words),
                    lead=_said(entry, "lead", words),
                ),
            )
        )
    _once(table, "changes", "section", [section for section, _ in found])
    return dict(found)


def _branding(table: Table) -> Branding:
    accent = table.optional_text("accent")
    if accent is not None and not COLOUR_SHAPE.fullmatch(accent):
        table.findings.unlawful("PACK_COLOUR", table.file, "accent", value=accent[:80])
        accent = None
    if accent is not None and contrast_on_white(accent) < LEAST_CONTRAST:
        found = f"{contrast_on_white(accent):.2f}"
        table.findings.unlawful("PACK_CONTRAST", table.file, "accent", found=found, least=str(LEAST_CONTRAST))
    return Branding(
        name=table.optional_local("name", "text"),
        service=table.optional_local("service", "text"),
        disclaimer=table.optional_local("disclaimer", "text"),
        accent=accent,
    )


def _logo(files: Mapping[str, bytes], findings: Findings) -> Logo | None:
    """Return the logo of the pack; two, or one that is not plain, are a fault."""
    names = [name for name in LOGO_FILES if name in files]
    if not names:
        return None
    reason = "two logos"
    if len(names) == 1:
        try:
            return read_logo(names[0], files[names[0]])
        except LogoRefused as refused:
            reason = str(refused)
    findings.unlawful("PACK_LOGO", names[-1], "", reason=reason)
    return None


def _said(entry: Table, key: str, words: Vocabulary) -> LocalText | None:
    text = entry.optional_local(key, "text")
    return None if text is None else _filled(text, entry, words, key)


def _filled(text: LocalText, entry: Table, words: Vocabulary, key: str = "") -> LocalText:
    """Return a text with fields, having noted each field that is not known and a text that is too long."""
    place = entry.at(key) if key else entry.path
    for said in (text.zh, text.en):
        names = FIELD.findall(said)
        rest = FIELD.sub("", said)
        unknown = [name for name in names if name not in words.fields] + [mark for mark in "{}" if mark in rest]
        if unknown:
            known = ", ".join([*sorted(name for name in words.fields if ":" not in name), f"{LEADING}SECTION"])
            entry.findings.unlawful("PACK_FIELD_UNKNOWN", entry.file, place, value=unknown[0][:80], known=known)
            return NO_TEXT
        if len(said) > LONGEST_TEXT:
            entry.findings.unlawful("PACK_TEXT_LONG", entry.file, place, maximum=str(LONGEST_TEXT))
            return NO_TEXT
    return text


def _shaped(entry: Table, key: str, shape: re.Pattern[str]) -> str:
    value = entry.text(key)
    if value and not shape.fullmatch(value):
        entry.findings.unlawful("PACK_ID_SHAPE", entry.file, entry.at(key), value=value[:80])
    return value


def _once(table: Table, path: str, key: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            table.findings.unlawful("PACK_ID_TWICE", table.file, f"{path}[{index}].{key}", value=value[:80])
        seen.add(value)
