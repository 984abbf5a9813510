"""Templates: which words, how near, in which order, and what must or must not stand around them."""

import pytest

from tests.core.small_rules import SmallRules, best, found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("发照片", ["发", "照片"], id="side by side"),
        pytest.param("发一二三四五照片", ["发", "照片"], id="exactly as far apart as the gap"),
        pytest.param("发一二三四五六照片", None, id="one character too far apart"),
        pytest.param("照片发我", None, id="in the other order"),
        pytest.param("先发。照片在这里", None, id="in two sentences"),
        pytest.param("发照骗", ["发", "照骗"], id="in a spelling that means the word"),
    ],
)
def test_two_parts_are_found_in_order_and_near(text: str, words: list[str] | None) -> None:
    assert found(text, "send", "picture", gap=5) == words


def test_any_order_also_finds_the_parts_turned_round() -> None:
    assert found("照片发我", "send", "picture", any_order=True) == ["照片", "发"]


def test_three_parts_must_all_be_there() -> None:
    assert found("发照片到群里", "send", "picture", "group") == ["发", "照片", "群里"]
    assert found("发照片到这里", "send", "picture", "group") is None


@pytest.mark.parametrize(
    ("option", "text", "is_found"),
    [
        pytest.param("needs", "发照片，报表", True, id="needed in the sentence and there"),
        pytest.param("needs", "发照片。报表", False, id="needed in the sentence, but in the next"),
        pytest.param("needs_message", "发照片。报表", True, id="needed in the message, in the next sentence"),
        pytest.param("needs_message", "发照片", False, id="needed in the message and nowhere"),
        pytest.param("unless", "发照片，报表", False, id="an exception in the sentence"),
        pytest.param("unless", "发照片。报表", True, id="an exception, but in the next sentence"),
        pytest.param("unless_message", "发照片。报表", False, id="an exception anywhere in the message"),
    ],
)
def test_words_around_a_match_decide(option: str, text: str, is_found: bool) -> None:
    assert (found(text, "send", "picture", **{option: "data"}) is not None) is is_found


def test_an_ordered_pattern_waits_for_an_order() -> None:
    assert found("照片真好看", "picture", ordered=True) is None
    assert found("请把照片留下", "picture", ordered=True) == ["照片"]


def test_a_plain_pattern_is_not_weighed() -> None:
    assert found("不用照片", "picture") is None
    assert found("不用照片", "picture", plain=True) == ["照片"]


def test_a_match_below_the_minimum_is_none() -> None:
    weights = {"ask": 0.2}
    assert found("发照片", "send", "picture", score=0.4, weights=weights) is None
    assert found("请发照片", "send", "picture", score=0.4, weights=weights) == ["发", "照片"]


def test_a_score_never_passes_one() -> None:
    match = best("请把照片留下", "picture", score=0.95, weights={"ask": 0.2})
    assert match is not None
    assert match.score == 1.0


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        pytest.param("不用发照片", True, id="refused"),
        pytest.param("发照片", False, id="asked"),
        pytest.param("不用来，发照片", False, id="refused in another phrase"),
        pytest.param("不用来", False, id="without the words of a pattern"),
    ],
)
def test_a_pattern_that_is_refused_is_seen(text: str, refused: bool) -> None:
    rules = SmallRules()
    matcher = rules.matcher("send", "picture")
    assert matcher.refused(rules.read(text)) is refused
