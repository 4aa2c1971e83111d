"""Word's styles after the printed report's: native ones by identifier, restyled by a person in one place."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from diag_app.forms.definition import Language
from diag_app.report.styles import MM, Styles, TextStyle
from diag_app.report.word_xml import NAMESPACES

# Fonts that every Windows has; the printed report embeds its own, which a text file cannot.
LATIN_FONT, CHINESE_FONT = "Arial", "Microsoft YaHei"
TABLE_STYLE = "TableNormal"
_LANGUAGE_TAGS = {"zh": ("zh-CN", "zh-CN"), "en": ("en-GB", "zh-CN")}
_OWN = {  # identifier: name shown in Word's list of styles
    "QZKicker": "QZ Finding",
    "QZLead": "QZ Lead",
    "QZNote": "QZ Note",
    "QZCell": "QZ Table Text",
    "QZHead": "QZ Table Head",
    "QZFigure": "QZ Key Figure",
    "QZCard": "QZ Card Text",
    "QZPicture": "QZ Picture",
}
BODY, TITLE, SUBTITLE, CAPTION, NUMBERED = "BodyText", "Title", "Subtitle", "Caption", "ListNumber"
CHAPTER, HEADING_2, HEADING_3 = "Heading1", "Heading2", "Heading3"
FINDING, LEAD, NOTE, CELL, HEAD, KEY_FIGURE, CARD, PICTURE = _OWN
CONTENTS_HEAD, CONTENTS_1, CONTENTS_2 = "TOCHeading", "TOC1", "TOC2"
RUNNING_HEAD, FOOT = "Header", "Footer"


def prepare_styles(file: WordFile, styles: Styles, language: Language) -> None:
    """Give the native styles the report's sizes, colours and gaps, and add the few that Word has none for."""
    _defaults(file, language)
    body = styles.body
    _dress(_named(file, "Normal"), body.spaced())
    for identifier, style in (
        (BODY, body),
        (TITLE, styles.cover_title.spaced(after=4 * MM)),
        (SUBTITLE, styles.cover_firm.spaced(after=6 * MM)),
        (CHAPTER, styles.kicker.spaced(after=0.5 * MM)),
        (HEADING_2, styles.h2),
        (HEADING_3, styles.h3),
        (CAPTION, styles.caption.spaced(before=3 * MM, after=1.5 * MM)),
        (NUMBERED, body.of(justify=False).spaced(after=1.2 * MM)),
        (CONTENTS_HEAD, styles.h1.spaced(after=5 * MM)),
        (RUNNING_HEAD, styles.note.spaced()),
        (FOOT, styles.note.spaced()),
    ):
        _dress(_named(file, identifier), style)
    for identifier, base in ((CONTENTS_1, body), (CONTENTS_2, body)):
        _dress(_added(file, identifier, identifier.replace("TOC", "toc ")), base.of(justify=False).spaced(after=1 * MM))
    for identifier, style in (
        (FINDING, styles.h1.spaced(after=1.5 * MM)),
        (LEAD, styles.lead.spaced(after=4 * MM)),
        (NOTE, styles.note),
        (CELL, styles.cell.spaced()),
        (HEAD, styles.head.spaced()),
        (KEY_FIGURE, styles.key_figure.spaced()),
        (CARD, styles.card.spaced(after=0.8 * MM)),
        (PICTURE, styles.cell.spaced(after=1 * MM)),
    ):
        _dress(_added(file, identifier, _OWN[identifier]), style)
    for identifier in (CHAPTER, FINDING, HEADING_2, HEADING_3, CAPTION, LEAD):
        _named(file, identifier).paragraph_format.keep_with_next = True
    _named(file, PICTURE).paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def set_page(file: WordFile) -> None:
    """Make the page A4 with the printed report's margins."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(28), Mm(22)
    section.header_distance, section.footer_distance = Mm(13), Mm(11)
    section.different_first_page_header_footer = True  # the cover carries neither


def _defaults(file: WordFile, language: Language) -> None:
    latin, chinese = _LANGUAGE_TAGS[language]
    properties = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        properties.remove(child)
    fonts = f'w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:cs="{LATIN_FONT}" w:eastAsia="{CHINESE_FONT}"'
    properties.append(parse_xml(f"<w:rFonts {NAMESPACES} {fonts}/>"))
    properties.append(parse_xml(f'<w:lang {NAMESPACES} w:val="{latin}" w:eastAsia="{chinese}"/>'))


def _named(file: WordFile, identifier: str) -> Any:
    return next(style for style in file.styles if style.style_id == identifier)


def _added(file: WordFile, identifier: str, name: str) -> Any:
    style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), identifier)
    style.base_style = _named(file, "Normal")
    style.quick_style = True
    return style


def _dress(style: Any, like: TextStyle) -> None:
    """Give a style the look of the printed one; what the template said of fonts and colours goes."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    if style.element.pPr is not None:
        for tag in ("w:pBdr", "w:contextualSpacing", "w:tabs"):
            for child in style.element.pPr.findall(qn(tag)):
                style.element.pPr.remove(child)
    style.font.size = Pt(like.size)
    style.font.bold = like.bold
    style.font.color.rgb = RGBColor.from_string(like.colour.removeprefix("#").upper())
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(like.before), Pt(like.after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(like.leading)
