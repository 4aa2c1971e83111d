"""What a character is to the line breaker: which side of a line it may stand on, and where its ink leaves room."""

from __future__ import annotations

import unicodedata
from functools import cache

CLOSING = frozenset("，。；：！？、）》」』】〕｝〉〗”’．")
OPENING = frozenset("（《「『【〔｛〈〖“‘")
# Beside the closing marks: signs that belong to what stands before them.
NO_LINE_START = CLOSING | frozenset(",.;:!?)]}%‰％℃°′″…—–～·・／/★☆々ーァィゥェォッャュョヵヶ゛゜")
NO_LINE_END = OPENING | frozenset("([{¥$€£№#≥≤≈±＋＜＞≠／")
# The ink of these stands in the left (right) half of their square; the other half may be given up.
BLANK_RIGHT = frozenset("，。、；：！？）》」』】〕｝〉〗”’．")
BLANK_LEFT = OPENING
_WIDE_SIGNS = frozenset("“”‘’…—·★☆≥≤→←↑↓×÷±∞○●◎□■△▲◇◆①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ")
_UNITS = (  # longer ones first
    *("个百分点", "吨标准煤", "立方米", "平方米", "千瓦时", "百分点", "工作日", "摄氏度", "个工位", "个场景"),
    *("万元", "亿元", "千元", "个月", "小时", "分钟"),
    *"种台套个人名件项元年月日号分秒天周次级章节页条款家处班吨度米层倍岁张份步题道组期批路点部间座",
)
_HAN_NUMERALS = frozenset("一二三四五六七八九十百两几")
_HAN_COUNTED = frozenset("级章节项条款年月个家台件人名天次步层类种段期轮")
_LATIN_LEADS = frozenset(
    [
        *(
            "level",
            "levels",
            "table",
            "figure",
            "annex",
            "section",
            "chapter",
            "question",
            "scenario",
            "step",
            "version",
        ),
        *("month", "months", "week", "cny", "rmb", "usd", "no.", "short", "now"),
    ]
)
_LATIN_UNITS = frozenset(["%", "kw", "kwh", "mwh", "kva", "mm", "m", "mb", "gb", "kb", "cny", "px"])


@cache
def is_han(character: str) -> bool:
    """Return whether `character` is an ideograph, kana or syllable: lines break on either side of it."""
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character)[0] == "L"


@cache
def is_wide(character: str) -> bool:
    """Return whether `character` is set in a full square: an ideograph or a full-width sign."""
    return unicodedata.east_asian_width(character) in "WF" or character in _WIDE_SIGNS


@cache
def is_word(character: str) -> bool:
    """Return whether `character` is a letter or digit that is not set in a full square."""
    return not is_wide(character) and unicodedata.category(character)[0] in "LNM"


@cache
def takes_quarter(character: str) -> bool:
    """Return whether a little room is drawn between `character` and a neighbouring ideograph."""
    return is_word(character) or character in "%‰+−-#@$¥"


def unit_length(text: str, start: int) -> int:
    """Return how many characters from `start` are a Chinese unit that belongs to the number before it."""
    return next((len(unit) for unit in _UNITS if text.startswith(unit, start)), 0)


def belongs_together(text: str, index: int) -> bool:
    """Return whether the characters at `index` and `index + 1`, both breakable by nature, must share a line."""
    left, right = text[index], text[index + 1]
    if right.isdecimal() and (left == "第" or left in "／—～"):
        return True
    return left in _HAN_NUMERALS and right in _HAN_COUNTED


def latin_pair_holds(before: str, after: str) -> bool:
    """Return whether the words around one space belong together: `level 2`, `18.6 kWh`, `CNY 3`."""
    if after[:1].isdecimal() and before.lower() in _LATIN_LEADS:
        return True
    return before[-1:].isdecimal() and (after[:1].islower() or after.lower().rstrip(".,;:)") in _LATIN_UNITS)
