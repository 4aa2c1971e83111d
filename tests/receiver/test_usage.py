"""What a person at the desk is told of the commands before there is a desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.receiver.main import main


def test_the_help_of_a_command_needs_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["create", "--help"]) == 0
    assert "--city" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "said"), [("zh_CN", "USAGE: 缺少 --office。"), ("en", "USAGE: --office is missing.")]
)
def test_without_a_folder_a_command_says_so_in_the_persons_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--language", language, "create", "--city", "示例市", "--name", "签收站"]) == 2
    assert capsys.readouterr().err.startswith(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create", "--city", "示例市"], "USAGE: 缺少 --name。"),
        (["leave"], "USAGE: 没有命令 leave。"),
        (["signers", "--all"], "USAGE: 没有选项 --all。"),
    ],
)
def test_what_is_wrong_with_the_words_is_said_in_the_persons_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["--office", str(tmp_path / "desk"), *words]) == 2
    assert capsys.readouterr().err.startswith(said)
