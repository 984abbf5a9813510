"""The memory of one chat: what is alike is found, and the oldest gives way."""

from itertools import pairwise

import pytest

from bot.core.history import CANDIDATES, LIMIT, AskedBefore, History


def asked(message_id: str, words: str) -> AskedBefore:
    pairs = frozenset({*words, *map("".join, pairwise(words))})
    return AskedBefore(message_id, None, pairs, (), frozenset())


def remembering(*requests: AskedBefore) -> History:
    history = History()
    for request in requests:
        history.remember_request(request)
    return history


def test_the_most_alike_request_comes_first() -> None:
    history = remembering(asked("1", "老人"), asked("2", "独居老人名单"), asked("3", "车辆"))
    assert [known.message_id for known in history.alike(asked("4", "独居老人名册"))] == ["2", "1"]


def test_single_characters_alone_make_nothing_alike() -> None:
    assert remembering(asked("1", "人老")).alike(asked("2", "老人")) == []


def test_no_more_than_a_few_candidates_are_compared() -> None:
    history = remembering(*(asked(str(number), "老人") for number in range(2 * CANDIDATES)))
    assert len(history.alike(asked("x", "老人"))) == CANDIDATES


def test_the_oldest_request_is_forgotten_and_found_no_more() -> None:
    history = remembering(asked("old", "老人"), *(asked(str(number), "车辆") for number in range(LIMIT)))
    assert len(history.requests) == LIMIT
    assert history.alike(asked("x", "老人")) == []


def test_a_document_keeps_the_message_that_first_brought_it() -> None:
    history = History()
    for message_id in ("1", "2"):
        history.remember_document("file:a", message_id, None)
    assert history.documents["file:a"].message_id == "1"


@pytest.mark.parametrize(("number", "is_kept"), [(0, False), (1, True), (LIMIT, True)])
def test_the_oldest_document_gives_way(number: int, is_kept: bool) -> None:
    history = History()
    for place in range(LIMIT + 1):
        history.remember_document(f"file:{place}", str(place), None)
    assert (f"file:{number}" in history.documents) is is_kept
