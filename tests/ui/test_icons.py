"""Icons: only those in use are shipped, each can be drawn, each is tinted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon

import diag_app.ui
from diag_app.paths import resource
from diag_app.ui.icons import icon, pixmap
from diag_app.ui.theme import Theme

SHIPPED = sorted(path.stem for path in resource("icons").glob("*.svg"))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(diag_app.ui.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_icon_draws_something_in_the_colour_asked_for(theme: Theme, name: str) -> None:
    picture = pixmap(name, theme, 20, "accent", 1.0).toImage()
    pixels = [picture.pixelColor(x, y) for x in range(20) for y in range(20)]
    opaque = [pixel for pixel in pixels if pixel.alpha() > 250]
    wanted = theme.colour("accent")
    assert any(pixel.alpha() for pixel in pixels)
    assert all(abs(pixel.green() - wanted.green()) < 4 and abs(pixel.red() - wanted.red()) < 4 for pixel in opaque)


def test_only_icons_in_use_are_shipped() -> None:
    assert [name for name in SHIPPED if not re.search(rf'"{name}"', SOURCES)] == []


def test_a_tinted_picture_is_made_once(theme: Theme) -> None:
    assert pixmap("check", theme, 16, "text", 1.0) is pixmap("check", theme, 16, "text", 1.0)
    assert pixmap("check", theme, 16, "text", 1.5).width() == 24


def test_an_icon_has_its_disabled_and_selected_colours(theme: Theme) -> None:
    made = icon("send", theme, 16)
    pictures = [
        made.pixmap(16, 16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected)
    ]
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3
