"""The settings file: whole or not at all, and never in the way of a start."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.settings import APPEARANCES, AUTO_LOCK_MOST, LANGUAGES, Settings, load_settings, save_settings

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


@given(
    settings=st.builds(
        Settings,
        language=st.sampled_from(LANGUAGES),
        theme=st.sampled_from(APPEARANCES),
        name=texts,
        firm=texts,
        device=texts,
        last_workspace=st.none() | texts,
        auto_lock_minutes=st.integers(1, AUTO_LOCK_MOST),
        second_copy=st.none() | texts,
    )
)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    save_settings(settings, path)
    assert load_settings(path) == settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"language": 3}',
        '{"language": "fr"}',
        '{"theme": "pink"}',
        '{"name": null}',
        '{"auto_lock_minutes": 0}',
        '{"auto_lock_minutes": 100000}',
        '{"auto_lock_minutes": true}',
        '{"auto_lock_minutes": null}',
        '{"second_copy": 1}',
        "\udcff",
    ],
)
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    data = content.encode("utf-8", "surrogateescape")
    path.write_bytes(data)
    with pytest.raises(DiagError) as refused:
        load_settings(path)
    assert refused.value.code == "SETTINGS_INVALID"
    assert refused.value.location == str(path)
    assert path.read_bytes() == data


def test_keys_of_a_newer_version_do_not_stop_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"name": "A", "not_known_yet": 1}', encoding="utf-8")
    assert load_settings(path).name == "A"


def test_the_actor_is_who_was_named() -> None:
    actor = Settings(name="示例顾问", firm="示例服务商", device="A").actor
    assert (actor.name, actor.firm, actor.device) == ("示例顾问", "示例服务商", "A")
