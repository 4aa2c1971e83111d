"""Tokens become colours and fonts that can be read."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter, QPalette

from diag_app.ui.theme import Theme, ThemeName, contrast, load_tokens

# The table of the visual specification: text, ground, ratio in light, ratio in dark.
MEASURED = [
    ("text", "surface", 16.55, 13.47),
    ("text_2", "surface", 8.21, 8.90),
    ("text_3", "surface", 5.76, 6.33),
    ("text_3", "window", 5.29, 7.03),
    ("text_3", "sunken", 4.91, 7.41),
    ("text_3", "accent_soft", 4.74, 4.65),
    ("accent", "surface", 6.35, 7.52),
    ("accent", "accent_soft", 5.22, 5.52),
    ("on_accent", "accent", 6.35, 7.92),
    ("error", "error_soft", 5.65, 7.21),
    ("warning", "warning_soft", 5.95, 8.22),
    ("border_strong", "surface", 3.69, 4.31),
    ("focus", "surface", 6.35, 7.52),
    ("on_level_0", "level_0", 7.21, 7.54),
    ("on_level_1", "level_1", 11.82, 8.12),
    ("on_level_2", "level_2", 7.43, 4.88),
    ("on_level_3", "level_3", 4.88, 8.58),
    ("on_level_4", "level_4", 10.09, 13.14),
]
MEASURED_DISABLED = [("text_disabled", "surface", 2.98, 3.20)]


@pytest.mark.parametrize(("text", "ground", "light", "dark"), MEASURED + MEASURED_DISABLED)
def test_contrasts_are_those_of_the_specification(
    theme: Theme, text: str, ground: str, light: float, dark: float
) -> None:
    expected = light if theme.name == "light" else dark
    assert round(contrast(theme.colour(text), theme.colour(ground)), 2) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), [(text, ground) for text, ground, _, _ in MEASURED])
def test_texts_reach_the_contrast_they_need(theme: Theme, text: str, ground: str) -> None:
    needed = 3.0 if text in ("border_strong", "focus") else 4.5
    assert contrast(theme.colour(text), theme.colour(ground)) >= needed


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_levels_go_one_way_in_lightness(name: ThemeName) -> None:
    lightness = [QColor(load_tokens()[name][f"level_{level}"]).lightness() for level in range(5)]
    assert lightness == sorted(lightness, reverse=name == "light")


@pytest.mark.parametrize("style", ["caption", "dense", "body", "strong", "heading", "title", "hero", "badge"])
@pytest.mark.parametrize("bold", [False, True])
def test_every_font_is_the_bundled_one_and_fits_its_line(theme: Theme, style: str, bold: bool) -> None:
    information = QFontInfo(theme.font(style, bold=bold))
    assert information.family() == "Noto Sans SC"
    assert information.pixelSize() >= 12
    assert theme.line_height(style) >= theme.metrics(style, bold=bold).height()


def test_digits_are_equally_wide(theme: Theme) -> None:
    assert len({theme.metrics("dense").horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_bundled_font_has_rare_characters(theme: Theme) -> None:
    metrics = theme.metrics("body")
    missing = [character for character in "䶮㛃企诊→·…" if not metrics.inFont(character)]
    assert missing == []


def test_the_palette_is_our_own_and_inactive_windows_look_the_same(theme: Theme) -> None:
    palette = theme.palette
    for role, token in [
        (QPalette.ColorRole.Window, "window"),
        (QPalette.ColorRole.Base, "surface"),
        (QPalette.ColorRole.Highlight, "accent_soft"),
        (QPalette.ColorRole.PlaceholderText, "text_3"),
    ]:
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            assert palette.color(group, role) == theme.colour(token)
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.colour("text_disabled")


def test_pens_and_fonts_are_made_once(theme: Theme) -> None:
    assert theme.pen("border") is theme.pen("border")
    assert theme.font("body") is theme.font("body")
    assert theme.pen("border", dashed=True) is not theme.pen("border")


def test_painter_calls_do_not_lose_references_to_none(theme: Theme) -> None:
    """PySide6 6.12.0 on Python 3.11 loses one for each call and aborts; this is why 6.11.3 is pinned."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    pen = theme.pen("border")
    before = sys.getrefcount(None)
    for _ in range(200):
        painter.setPen(pen)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 20
