"""What a chat's memory finds again, and that it finds the same in every run."""

from itertools import pairwise

import pytest

from bot.core.history import LIMIT, AskedBefore, History


def asked(number: int, words: str) -> AskedBefore:
    pairs = frozenset(words) | {a + b for a, b in pairwise(words)}
    return AskedBefore(str(number), None, pairs, (), frozenset())


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        pytest.param(["低保名单", "秸秆台账"], ["1"], id="only what shares a pair"),
        pytest.param(["秸秆数据", "秸秆台账"], ["1", "0"], id="the most alike first"),
        pytest.param(["秸秆台账"] * 3, ["0", "1", "2"], id="of equals the first"),
    ],
)
def test_earlier_requests_come_in_a_fixed_order(earlier: list[str], expected: list[str]) -> None:
    history = History()
    for number, words in enumerate(earlier):
        history.remember_request(asked(number, words))
    assert [known.message_id for known in history.alike(asked(9, "秸秆台账"))] == expected


def test_the_oldest_request_is_forgotten_beyond_the_limit() -> None:
    history = History()
    history.remember_request(asked(0, "秸秆台账"))
    for number in range(1, LIMIT + 1):
        history.remember_request(asked(number, "低保名单"))
    assert not list(history.alike(asked(999, "秸秆台账")))
    assert len(list(history.alike(asked(999, "低保名单")))) > 0


def test_an_edited_message_takes_back_what_it_asked_and_brought() -> None:
    history = History()
    history.remember_request(asked(1, "秸秆台账"))
    history.remember_request(asked(2, "秸秆数据"))
    history.remember_document("file:a", "1", None)
    assert history.retract("1")
    assert [known.message_id for known in history.alike(asked(9, "秸秆台账"))] == ["2"]
    assert not history.documents
    assert not history.retract("1")
