"""Finding enterprises the way people type: one character, two, a piece of the code, the first letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diag_app.storage.names import initials
from diag_app.storage.store import Store
from tests.storage.stores import add_case, opened, save

NAMES = (
    "恒信精密机械有限公司（示例企业）",
    "重庆䶮昌轴承厂",
    "㛃𬭎𠅤模具",
    "单氏热处理",
    "ABC Ｔools 123",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("firms")) as store:
        for name in NAMES:
            case, _ = add_case(store, name)
            if name.startswith("恒信"):
                save(store, case, case, "uscc", "91320594MA1QZHEN0X")
        yield store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("恒", [0]), ("精密", [0]), ("密机", [0]), ("司（示例", [0]), ("示例企业", [0]),
        ("机 恒", [0]), ("精 密机", [0]),
        ("䶮", [1]), ("㛃", [2]), ("𬭎", [2]), ("𠅤", [2]), ("㛃𬭎", [2]), ("𬭎𠅤", [2]), ("𠅤模", [2]),
        ("91320594MA1QZHEN0X", [0]), ("ma1qz", [0]), ("0594", [0]),
        ("hxjm", [0]), ("JMJX", [0]), ("cq", [1]), ("cqyc", [1]), ("dsrcl", [3]), ("ssrcl", [3]),
        ("abc", [4]), ("Tools", [4]), ("bc t", [4]), ("ls1", [4]), ("12", [4]),
        ("密精", []), ("恒精", []), ("hm", []), ("没有", []), ("a\"b", [4]), ("alternative", []),
        ("*", None), ("（", None), ("", None), ("  ", None), ("恒 OR 重", []), ("NEAR(恒", []),
    ],
)  # fmt: skip
def test_a_piece_of_name_code_or_initials_finds_the_enterprise(
    store: Store, text: str, found: list[int] | None
) -> None:
    expected = [NAMES[number] for number in (range(len(NAMES)) if found is None else found)]
    assert sorted(row.name for row in store.find_enterprises(text)) == sorted(expected)
    assert store.count_enterprises(text) == len(expected)


def test_the_newest_comes_first_and_pages_follow_on(store: Store) -> None:
    names = [row.name for row in store.find_enterprises("")]
    assert names == list(reversed(NAMES))
    assert [row.name for row in store.find_enterprises("", limit=2, offset=1)] == names[1:3]


def test_a_row_carries_what_identifies_the_enterprise(store: Store) -> None:
    (row,) = store.find_enterprises("恒信")
    assert (row.uscc, store.entity(row.enterprise_id).kind) == ("91320594MA1QZHEN0X", "enterprise")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("重庆长安", ("cqca",)), ("单氏", ("ds", "ss")), ("曾记", ("cj", "zj")), ("仇氏", ("cs", "qs")),
        ("张单仇", ("zdc",)), ("A股12", ("ag12",)), ("", ("",)), ("（）", ("",)), ("𬭎", ("h",)),
    ],
)  # fmt: skip
def test_initials_know_family_names(name: str, letters: tuple[str, ...]) -> None:
    assert initials(name) == letters


def test_a_changed_or_deleted_enterprise_is_found_as_it_is_now(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, _ = add_case(store, "旧名字")
        save(store, case, case, "name", "新名字")
        assert (store.count_enterprises("旧"), store.count_enterprises("新")) == (0, 1)
        with store.operation("remove", case) as operation:
            operation.delete(case)
        assert store.count_enterprises("新") == store.count_enterprises() == 0
        with store.operation("restore", case) as operation:
            operation.undelete(case)
        assert store.count_enterprises("新") == 1
        store.rebuild_projections()
        assert store.count_enterprises("xmz") == 1
        assert store.check() == ()
