"""From text to broken lines: cleans, checks that every character has a glyph, and keeps what could not be shown."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from diag_app.errors import Problem, Severity
from diag_app.forms.definition import Language
from diag_app.model.content_references import Reference, by_text, parted
from diag_app.report.faces import Faces
from diag_app.report.flows import TextFlow
from diag_app.report.line_breaker import TOLERANCE, Line, Run, break_lines, widest_token
from diag_app.report.styles import JUSTIFY_FROM, SMALLEST, Styles, TextStyle, make_styles
from diag_app.report.tokens import Paper, load_paper

_NEWLINES = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})  # full squares in this font
_INVISIBLE = frozenset({"Cc", "Cf"})  # controls, direction marks, joiners: they have no shape of their own
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_THINNEST = 0.2  # em: no visible character advances less, so a longer text cannot fit
_MOST_PROBLEMS = 200  # characters listed; a text in a script without glyphs would list thousands


class Typesetter:
    """Sets text of one document in one language; `place` names the chapter and `origin` the source, for problems."""

    def __init__(
        self, language: Language, faces: Faces, paper: Paper | None = None, references: Iterable[Reference] = ()
    ) -> None:
        self.language = language
        self.faces = faces
        self.paper = paper or load_paper()
        self.place = ""
        self.origin = ""
        self._references = by_text(references)
        self._known: set[str] = set()
        self._problems: dict[tuple[str, str, str], Problem] = {}

    @cached_property
    def styles(self) -> Styles:
        """The styles of the language."""
        return make_styles(self.language, self.paper)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be shown as written, once for each character and place."""
        return tuple(self._problems.values())

    def report(self, code: str, detail: str, **parameters: str) -> None:
        """Add a warning at the present place, once for each `detail`."""
        if len(self._problems) < _MOST_PROBLEMS:
            key = (code, self.place, detail)
            named = {**parameters, "origin": self.origin} if self.origin else parameters
            problem = Problem(code=code, location=self.place, severity=Severity.WARNING, parameters=named)
            self._problems.setdefault(key, problem)

    @contextlib.contextmanager
    def at(self, origin: str) -> Iterator[None]:
        """Name `origin` as the source of what is set meanwhile; an empty one leaves the one before."""
        before, self.origin = self.origin, origin or self.origin
        yield
        self.origin = before

    def clean(self, text: str) -> str:
        """Return `text` with only characters that can be drawn: one without a glyph becomes □ and its code point."""
        if self._known.issuperset(text):
            return text
        lines = text.replace("\r\n", "\n").translate(_NEWLINES)
        if self.language == "en":
            lines = lines.translate(_STRAIGHT)
        if any(unicodedata.combining(character) for character in lines):
            lines = self._composed(lines)
        clean = "".join(map(self._drawable, lines))
        self._known.update(clean)
        return clean

    def run(self, text: str, style: TextStyle, *, colour: str = "", bold: bool | None = None, link: str = "") -> Run:
        """Return `text` as a run of `style`."""
        face = self.faces.face(bold=style.bold if bold is None else bold)
        return Run(self.clean(text), face, style.size, colour or style.colour, link)

    def flow(self, text: str, style: TextStyle, width: float) -> TextFlow:
        """Return `text` broken at `width`; its words that refer to another place lead there."""
        parts = parted(text, self._references)
        runs = tuple(self.run(words, style, link="" if it is None else it.target) for words, it in parts)
        return self.flow_runs(runs, style, width)

    def flow_runs(self, runs: tuple[Run, ...], style: TextStyle, width: float) -> TextFlow:
        """Return several runs broken together at `width`."""
        lines = break_lines(runs, width, justify=style.justify and width >= JUSTIFY_FROM)
        return TextFlow(lines=lines, style=style, width=width, before=style.before, after=style.after)

    def line(self, text: str, style: TextStyle) -> Line:
        """Return `text` as one unbroken line."""
        return break_lines((self.run(text.replace("\n", " "), style),), float("inf"))[0]

    def fitted(self, text: str, style: TextStyle, width: float, most_lines: int = 1) -> TextFlow:
        """Return `text` in at most `most_lines`: smaller if it must be, cut with a problem as last resort."""
        flow = self.shrunk(text, style, width, most_lines)
        if flow is not None:
            return flow
        smallest = style.at(min(SMALLEST, style.size))
        shown = text[: int(most_lines * width / (_THINNEST * SMALLEST)) + 1]
        whole = self.flow(shown, smallest, width)
        is_whole = shown == text and len(whole.lines) <= most_lines
        return whole if is_whole else self._cut(text, smallest, width, most_lines)

    def shrunk(
        self, text: str, style: TextStyle, width: float, most_lines: int, *, least: float = SMALLEST
    ) -> TextFlow | None:
        """Return `text` at the largest size, `least` or above, that needs no more lines and breaks no word."""
        if len(text) > most_lines * width / (_THINNEST * SMALLEST):
            return None
        size = style.size
        while size >= min(least, style.size):
            tried = style.at(size)
            flow = self.flow(text, tried, width)
            if len(flow.lines) <= most_lines and widest_token((self.run(text, tried),)) <= width + TOLERANCE:
                return flow
            size = max(least, size - 0.4) if size > least else 0.0
        return None

    def balanced(self, text: str, style: TextStyle, width: float, least: float) -> TextFlow:
        """Return `text` in as few lines as `width` allows, the last at least `least` of the width where that can be."""
        flow = self.flow(text, style, width)
        if not 1 < len(flow.lines) < 4 or flow.lines[-1].width > least * width:
            return flow
        for share in range(96, 48, -4):
            tried = self.flow(text, style, width * share / 100)
            if len(tried.lines) > len(flow.lines):
                break
            if tried.lines[-1].width > least * width:
                return tried
        return flow

    def narrowest(self, text: str, style: TextStyle) -> float:
        """Return the width below which `text` would have to be broken inside a word or number."""
        return widest_token((self.run(text, style.of(bold=True)),))

    def _cut(self, text: str, style: TextStyle, width: float, most_lines: int) -> TextFlow:
        self.report("LABEL_CUT", text, text=text if len(text) <= 60 else f"{text[:60]}…")
        low, high = 0, min(len(text), 400)
        while low < high:
            middle = (low + high + 1) // 2
            if len(self.flow(f"{text[:middle]}…", style, width).lines) <= most_lines:
                low = middle
            else:
                high = middle - 1
        return self.flow(f"{text[:low]}…", style, width)

    def _composed(self, text: str) -> str:
        """Compose letters with their accents, one letter at a time: ideographs must not be normalised."""
        characters: list[str] = []
        for character in text:
            composed = unicodedata.normalize("NFC", characters[-1] + character) if characters else ""
            if unicodedata.combining(character) and len(composed) == 1:
                characters[-1] = composed
            else:
                characters.append(character)
        return "".join(characters)

    def _drawable(self, character: str) -> str:
        if character == "\n" or (character in self.faces.regular and character in self.faces.bold and character >= " "):
            return character if character != "\xad" else ""
        if unicodedata.category(character) in _INVISIBLE or any(ord(character) in block for block in _SELECTORS):
            return ""
        if unicodedata.category(character) == "Zs":
            return " "
        code = f"U+{ord(character):04X}"
        shown = code if 0xD800 <= ord(character) < 0xE000 else f"{character} ({code})"
        self.report("MISSING_GLYPH", character, character=shown)
        return f"□{code} "
