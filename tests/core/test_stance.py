"""Stance: the words around a match raise its score, lower it, or refuse it altogether."""

import pytest

from tests.core.small_rules import best

BASE = 0.5


def weighed(text: str, **weights: float) -> float:
    """The score of the picture in a text; 0 where it is refused."""
    match = best(text, "picture", minimum=-9.0, score=BASE, weights=weights)
    assert match is not None
    return round(match.score, 3)


@pytest.mark.parametrize(
    ("text", "weight", "score"),
    [
        pytest.param("请发照片", {"ask": 0.2}, 0.7, id="an order speaks for a demand"),
        pytest.param("各村发照片", {"addressee": 0.1}, 0.6, id="an addressee speaks for it"),
        pytest.param("发照片吗", {"question": 0.4}, 0.1, id="a question speaks against it"),
        pytest.param("我发照片", {"first": 0.3}, 0.2, id="telling of oneself speaks against it"),
        pytest.param("请把我的照片发下", {"first": 0.3}, 0.5, id="an order that mentions me does not"),
        pytest.param("已发照片", {"done": 0.3}, 0.2, id="finished work speaks against it"),
        pytest.param("谢谢，照片", {"thanks": 0.2}, 0.3, id="thanks in the sentence count whole"),
        pytest.param("谢谢。照片", {"thanks": 0.2, "message_share": 0.5}, 0.4, id="thanks elsewhere count in part"),
    ],
)
def test_the_words_around_change_the_score(text: str, weight: dict[str, float], score: float) -> None:
    assert weighed(text, **weight) == pytest.approx(score)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("不用发照片", id="refused before"),
        pytest.param("照片取消", id="cancelled behind"),
    ],
)
def test_what_is_refused_scores_nothing(text: str) -> None:
    assert weighed(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("不用，发照片", id="refused in another phrase"),
        pytest.param("不用的请发照片", id="asked anew after the refusal"),
        pytest.param("不用一二三四五六七八九十照片", id="refused too far away"),
    ],
)
def test_a_refusal_of_something_else_leaves_the_score(text: str) -> None:
    assert weighed(text) == BASE
