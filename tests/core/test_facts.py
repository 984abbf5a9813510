"""Facts: cards decide, templates are one more sign and show where; an emergency lasts for what follows it."""

from datetime import timedelta

import pytest

from bot.core.facts import FactReader, FactRules, FollowUp, Shown
from bot.core.lexicon import Mask
from bot.core.model import Fact, Message
from bot.core.reading import Reading
from bot.core.weighed import Weighed
from bot.core.wordscores import Card, WordScores
from tests.core.small_rules import SmallRules

RULES = SmallRules()
MASK = RULES.lexicon.mask


def card(least: float, signs: dict[str, float] | None = None, **classes: float) -> Card:
    points = {MASK(name): value for name, value in classes.items()}
    return Card(base=0, least=least, rule=0, order=0, no_order=0, signs=signs or {}, classes=points, pieces={})


FACTS = FactReader(
    FactRules(
        data_collection=RULES.matcher("send", "data", plain=True),
        follow_up=FollowUp(words=MASK("group"), unless=Mask(MASK("sale")), minutes=30),
        task=Shown(MASK("send")),
        urgent=RULES.matcher("sale", plain=True),
        work=Shown(MASK("data")),
    )
)
SCORES = WordScores(
    {
        Fact.DATA_COLLECTION: card(10, {"data_collection": 10}),
        Fact.TASK: card(10, send=10, thanks=-5),
        Fact.URGENT: card(10, {"urgent": 10}, thanks=-5),
        Fact.WORK: card(10, data=10),
    }
)


def given(reading: Reading) -> dict[Fact, tuple[tuple[int, int], ...]]:
    reading.facts = FACTS.read(reading)
    return FACTS.given(reading, Weighed(SCORES, reading))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("报表啊报表吗", {Fact.WORK}, id="data alone is work"),
        pytest.param("快发下去给他们", {Fact.WORK, Fact.TASK}, id="a task is work"),
        pytest.param("谢谢，发下去", set(), id="what speaks against it is taken away"),
        pytest.param("发报表", {Fact.WORK, Fact.TASK, Fact.DATA_COLLECTION}, id="asking for data is a task and work"),
        pytest.param("甩卖甩卖", {Fact.URGENT, Fact.WORK}, id="what is urgent is work"),
        pytest.param("谢谢，甩卖", set(), id="a template alone makes no fact"),
        pytest.param("天气好", set(), id="small talk is nothing"),
        pytest.param("发下去", set(), id="a few characters alone are no order"),
    ],
)
def test_the_facts_of_a_message(text: str, facts: set[Fact]) -> None:
    assert set(given(RULES.read(text))) == facts


def test_an_order_with_a_table_attached_asks_for_data() -> None:
    reading = RULES.read("发下去")
    reading.message = Message("1", "发下去", None, columns=("姓名", "电话"))
    assert Fact.DATA_COLLECTION in given(reading)


def test_a_fact_is_shown_by_the_words_of_its_template() -> None:
    assert given(RULES.read("请各村发报表"))[Fact.DATA_COLLECTION] == ((3, 4), (4, 6))


def test_a_fact_without_a_template_is_shown_by_the_words_that_usually_show_it() -> None:
    assert given(RULES.read("那边是谁的报表"))[Fact.WORK] == ((5, 7),)


@pytest.mark.parametrize(
    ("text", "minutes", "follows"),
    [
        pytest.param("群里说一声", 30, True, id="speaks of it within the time"),
        pytest.param("群里说一声", 31, False, id="speaks of it too late"),
        pytest.param("群里说一声", -1, False, id="was sent before it"),
        pytest.param("照片", 5, False, id="speaks of something else"),
        pytest.param("群里甩卖", 5, False, id="speaks of it and of what rules it out"),
    ],
)
def test_an_emergency_lasts_for_what_follows_it(text: str, minutes: int, follows: bool) -> None:
    speaks, lasts = FACTS.speaks_of_emergency(RULES.read(text)), FACTS.lasts(timedelta(minutes=minutes))
    assert (speaks and lasts) is follows
