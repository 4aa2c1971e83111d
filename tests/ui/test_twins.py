"""A firm entered twice, in the window: proposed in its profile, one by one click, two again by another."""

from __future__ import annotations

from pathlib import Path

from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.duplicates import find_twins
from diag_app.operations.enterprise import add_enterprise, count_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.profile import ProfilePage
from diag_app.ui.widgets.buttons import Button
from tests.ui.conftest import ACTOR, WindowMaker, settle


def test_a_twin_is_proposed_agreed_and_parted_again(make_window: WindowMaker, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "home", actor=ACTOR) as workspace:
        one, two = (
            add_enterprise(workspace, EnterpriseProfile(name=name, uscc="91000000MADEM01268")).enterprise_id
            for name in ("恒信精密", "恒信精密机械")
        )
    window = make_window(tmp_path / "home")
    window.navigate(Target(page="profile", enterprise_id=one))
    settle(window)
    page = window.frame.page
    assert isinstance(page, ProfilePage)

    def press(words: str) -> None:
        (button,) = [found for found in page.twin.findChildren(Button) if found.text() == words and found.isVisible()]
        button.click()
        settle(window)

    assert page.twin.text == "恒信精密机械 has the same credit code. Entered twice?"
    press("It is one firm")
    assert count_enterprises(window.session.workspace) == 1
    assert page.twin.text.startswith("One firm with 恒信精密机械")
    press("They are two")
    assert (count_enterprises(window.session.workspace), page.twin.isVisible()) == (2, False)
    assert find_twins(window.session.workspace, two) == ()
