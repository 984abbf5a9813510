"""Word scores: points add up, long texts are weighed by stretches, and every point can be shown."""

import time
from collections.abc import Mapping

import pytest

from bot.core.model import Category, Fact, Message, SenderRole
from bot.core.reading import Reading
from bot.core.wordscores import BEGIN, END, USUAL, Card, WordScores, odds
from bot.core.wordsigns import WHOLE, unmuted
from tests.core.small_rules import SmallRules

RULES = SmallRules()
VOTE = Category.VOTE_LIKE


def card(
    base: float = 0,
    *,
    order: tuple[float, float] = (0, 0),
    signs: Mapping[str, float] | None = None,
    classes: Mapping[str, float] | None = None,
    pieces: Mapping[str, float] | None = None,
) -> Card:
    bits = {RULES.lexicon.mask(name): points for name, points in (classes or {}).items()}
    return Card(base, 10, 20, order[0], order[1], signs or {}, bits, pieces or {})


def points(text: str, vote: Card, task: Card | None = None, **fields: object) -> float:
    reading = RULES.read(text)
    reading.message = Message("1", text, None, **fields)  # type: ignore[arg-type]
    scores = WordScores({Fact.TASK: task or card(), VOTE: vote})
    return scores.points(scores.weigh(reading), VOTE)


def lessened(text: str) -> float:
    """What a point of a piece counts in a text of this length."""
    return (USUAL / (2 * (len(text) + 2))) ** 0.5


def reading_of(text: str) -> Reading:
    return RULES.read(text)


@pytest.mark.parametrize(
    ("text", "vote", "expected"),
    [
        pytest.param("请发", card(-5), -5, id="where to begin"),
        pytest.param("请发报表", card(classes={"send": 7, "data": -3}), 4, id="classes add up"),
        pytest.param("请发", card(classes={"data": 9}), 0, id="a class that is not there counts nothing"),
        pytest.param("请请请发", card(classes={"ask": 4}), 4, id="a class counts once"),
        pytest.param("请发", card(signs={"length_1": 3}), 3, id="the length"),
        pytest.param("请\n发", card(signs={"lines": 3}), 3, id="several lines"),
        pytest.param("请发http", card(signs={"link": 3}), 3, id="a link"),
    ],
)
def test_points_add_up(text: str, vote: Card, expected: float) -> None:
    assert points(text, vote) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        pytest.param("冲", "请往前冲", id="a character"),
        pytest.param("前冲", "请往前冲", id="a pair"),
        pytest.param(f"{BEGIN}请", "请往前冲", id="how a text opens"),
        pytest.param(f"冲{END}", "请往前冲", id="how it ends"),
        pytest.param("冲", "请冲冲冲", id="however often"),
    ],
)
def test_a_piece_counts_by_the_length_of_the_text(piece: str, text: str) -> None:
    assert points(text, card(pieces={piece: 10})) == pytest.approx(10 * lessened(text), abs=0.1)


@pytest.mark.parametrize("text", ["《请往前冲》发", "请看《前冲》"])
def test_a_title_says_nothing(text: str) -> None:
    assert points(text, card(pieces={"冲": 10})) == 0


def test_a_quote_says_nothing() -> None:
    assert points("前冲 请发", card(pieces={"冲": 10}), quotes=((0, 2),)) == 0


@pytest.mark.parametrize(("role", "expected"), [(SenderRole.ADMIN, 4), (SenderRole.MEMBER, -2), (SenderRole.BOT, 0)])
def test_who_writes_counts(role: SenderRole, expected: float) -> None:
    assert points("请发", card(signs={"admin": 4, "member": -2}), role=role) == expected


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        pytest.param(20, 10, id="an order speaks for a demand"),
        pytest.param(-20, -16, id="no order speaks against it, and that counts more"),
        pytest.param(90, 20, id="an order is not clearer than clear"),
    ],
)
def test_the_card_of_orders_counts_for_a_demand(task: float, expected: float) -> None:
    assert points("请发", card(order=(5, 3)), card(task)) == pytest.approx(expected, abs=0.1)


def test_a_long_text_is_as_much_a_demand_as_its_heaviest_stretch() -> None:
    long = "请各村看一看天气。" * (WHOLE // 5) + "请发照片。" + "请各村看一看天气。" * (WHOLE // 5)
    assert points(long, card(classes={"picture": 10, "addressee": 0})) == 10
    assert points(long, card(classes={"picture": 10, "send": 5})) == 15


def test_a_message_without_any_known_word_is_weighed_by_its_characters() -> None:
    assert points("冲", card(-1, pieces={"冲": 10})) > -1


def test_a_long_number_counts_no_more_than_a_short_one() -> None:
    digits = card(pieces=dict.fromkeys("0123456789", 9) | {"号0": 1})
    assert points("编号15827", digits) == points("编号11111", digits) > points("编号", digits)


@pytest.mark.parametrize("text", ["", "请发", "谢谢", "请各村发报表。" * 60])
def test_what_is_shown_adds_up_to_the_points(text: str) -> None:
    vote = card(
        -7,
        order=(4, 2),
        signs={"length_1": 2, "length_5": 1},
        classes={"send": 8, "thanks": -6, "data": 3},
        pieces={"发": 9, "各村": 4, "谢": -5},
    )
    scores = WordScores({Fact.TASK: card(-10, classes={"ask": 15}), VOTE: vote})
    reading = reading_of(text)
    weighed = scores.points(scores.weigh(reading), VOTE)
    assert sum(why.points for why in scores.why(reading, VOTE)) == pytest.approx(weighed, abs=0.5)


def test_the_places_of_a_reason_are_those_of_its_words() -> None:
    scores = WordScores({Fact.TASK: card(), VOTE: card(classes={"send": 8}, pieces={"报表": 5})})
    text = "请各村发报表"
    shown = {text[slice(*place)] for why in scores.why(reading_of(text), VOTE) for place in why.places}
    assert shown == {"发", "报表"}


@pytest.mark.parametrize(("tenths", "probability"), [(0, 0.5), (22, 0.9), (-9999, 0.0), (9999, 1.0)])
def test_points_mean_a_probability(tenths: float, probability: float) -> None:
    assert odds(tenths) == pytest.approx(probability, abs=0.01)


def test_what_is_quoted_is_blank_and_all_else_keeps_its_place() -> None:
    reading = reading_of("请发《报表》一二三四五")
    reading.message = reading.message._replace(quotes=((0, 1), (8, 10), (7, 9)))
    start, end = reading.titles[0] if reading.titles else (0, 0)
    expected = [
        " " if at in {0, 7, 8, 9} or start <= at < end else character for at, character in enumerate(reading.text)
    ]
    assert unmuted(reading) == "".join(expected)


def test_a_text_of_many_quotes_is_blanked_in_one_go() -> None:
    reading = reading_of("请发报表")
    text = "请发" * 200_000
    reading.text, reading.titles = text, ()
    reading.message = reading.message._replace(quotes=tuple((at, at + 1) for at in range(0, len(text), 2)))
    begun = time.perf_counter()
    assert unmuted(reading) == " 发" * 200_000
    assert time.perf_counter() - begun < 5
