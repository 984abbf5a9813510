"""Facts: score cards add up, refused words do not count, an emergency lasts for what follows it."""

from datetime import timedelta

import pytest

from bot.core.facts import FactReader, FactRules, FollowUp, ScoreCard
from bot.core.lexicon import Mask
from bot.core.model import Fact
from tests.core.small_rules import SmallRules

RULES = SmallRules()
MASK = RULES.lexicon.mask


def card(minimum: float) -> ScoreCard:
    """Sending gives 1, data 0.5, thanks anywhere take 1, a question that opens the message takes 2."""
    return ScoreCard(
        base=0.0,
        minimum_score=minimum,
        shown=MASK("send"),
        refusal=MASK("neg"),
        refusal_after=MASK("neg_after"),
        sentence={MASK("send"): 1.0, MASK("data"): 0.5},
        message={MASK("thanks"): -1.0},
        opening={MASK("question"): -2.0},
    )


FACTS = FactReader(
    FactRules(
        data_collection=RULES.matcher("send", "data", plain=True),
        follow_up=FollowUp(words=MASK("group"), unless=Mask(MASK("sale")), minutes=30),
        task=card(1.0),
        urgent=RULES.matcher("sale", plain=True),
        work=card(0.5),
    )
)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("报表", {Fact.WORK}, id="half a point is work and no task"),
        pytest.param("发下去", {Fact.WORK, Fact.TASK}, id="a whole point is a task, which is work"),
        pytest.param("报表。报表", {Fact.WORK}, id="sentences do not add up"),
        pytest.param("谢谢。发下去", set(), id="a word anywhere in the message takes away"),
        pytest.param("吗发下去", set(), id="an opening word takes away"),
        pytest.param("不用发", set(), id="a refused word does not count"),
        pytest.param("发的取消", set(), id="a word cancelled behind it does not count"),
        pytest.param("不用，发下去", {Fact.WORK, Fact.TASK}, id="a refusal in another phrase refuses nothing"),
        pytest.param("发报表", {Fact.WORK, Fact.TASK, Fact.DATA_COLLECTION}, id="asking for data is a task and work"),
        pytest.param("甩卖", {Fact.URGENT, Fact.WORK}, id="what is urgent is work"),
        pytest.param("天气好", set(), id="small talk is nothing"),
    ],
)
def test_the_facts_of_a_message(text: str, facts: set[Fact]) -> None:
    assert set(FACTS.read(RULES.read(text))) == facts


def test_a_fact_shows_the_words_behind_it() -> None:
    assert FACTS.read(RULES.read("都发下去"))[Fact.TASK] == ((1, 2),)


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
