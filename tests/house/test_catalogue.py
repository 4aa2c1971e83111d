"""The Chinese catalogue is complete, agrees with the source in its places, and speaks as the app does."""

from __future__ import annotations

from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from compile_catalogues import COMPILED, ContradictionError, compile_catalogues, merge, read_areas

from diag_app.paths import resource
from tests.house.messages import computed_messages, messages, offered_places, places_in

HARSH = ("请", "成功", "!", "！")  # the app states what is; it neither begs nor cheers


@cache
def catalogue() -> dict[str, tuple[str, ...]]:
    return {_key(message): _words(message) for message in merge(read_areas()) if message.id}


def test_every_message_is_translated() -> None:
    missing = {message: where for message, where in messages().items() if not all(catalogue().get(message, ("",)))}
    assert missing == {}, "\n" + "\n".join(f"{where}: {message!r}" for message, where in missing.items())


def test_every_translation_belongs_to_a_message() -> None:
    unused = sorted(set(catalogue()) - set(messages()))
    assert unused == [], "\n" + "\n".join(unused)


def test_every_place_of_a_translation_is_filled() -> None:
    offered = offered_places()
    empty = {
        message: words
        for message, words in catalogue().items()
        for word in words
        if message in offered and not places_in(word) <= offered[message]
    }
    assert empty == {}, "\n" + "\n".join(f"{message!r}: {words}" for message, words in empty.items())


def test_every_place_of_a_message_is_filled() -> None:
    assert {message for message, offered in offered_places().items() if not places_in(message) <= offered} == set()


def test_no_message_is_put_together_while_running() -> None:
    assert computed_messages() == []


def test_no_translation_begs_or_cheers() -> None:
    found = {
        message: words for message, words in catalogue().items() if any(h in word for h in HARSH for word in words)
    }
    assert found == {}


def test_a_bundle_has_one_name() -> None:
    assert {message: words for message, words in catalogue().items() if any("数据包" in word for word in words)} == {}


def test_the_compiled_catalogue_is_the_one_the_app_reads() -> None:
    assert resource("locale", "zh_CN", "diag_app.mo") == COMPILED
    assert compile_catalogues() == len(catalogue())


def test_two_areas_may_not_translate_one_message_differently() -> None:
    with pytest.raises(ContradictionError, match=r"'Level' differs between a\.po and b\.po"):
        merge({"a.po": _catalogue("等级"), "b.po": _catalogue("级别")})


def test_two_areas_may_share_a_message() -> None:
    assert len(merge({"a.po": _catalogue("等级"), "b.po": _catalogue("等级")})) == 1


def _catalogue(words: str) -> Catalog:
    catalogue = Catalog(locale="zh_CN")
    catalogue.add("Level", words)
    return catalogue


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _words(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
