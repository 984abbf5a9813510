"""Templates and words decide together: either may be overruled, and what words found is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pytest

from bot.core.detectors.base import ALWAYS
from bot.core.model import Category, Clause, Fact, Finding
from bot.core.reading import Reading
from bot.core.scene import Scene
from bot.core.weighed import Weighed, heaviest
from bot.core.wordscores import Card, WordScores
from tests.core.small_rules import SmallRules

RULES = SmallRules()
CLAUSE = Clause("document", "item", "unit")
VOTE, RANKING = Category.VOTE_LIKE, Category.RANKING


@dataclass(frozen=True)
class Template:
    """A detector that found what it is given."""

    category: ClassVar[Category] = VOTE
    stage: ClassVar[int] = 0
    clause: Clause = CLAUSE
    trigger: int | None = ALWAYS

    has_card: ClassVar[bool] = True
    reasons: ClassVar[tuple[str, ...]] = ()
    refused: bool = False

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:  # noqa: ARG002
        return ()

    def admits(self, reading: Reading, scene: Scene) -> bool:  # noqa: ARG002
        return True

    def refuses(self, reading: Reading) -> bool:  # noqa: ARG002
        return self.refused


def weighed(text: str, vote: dict[str, float], *, refused: float = 0) -> Weighed:
    nothing = Card(0, 10, 0, 0, 0, {}, {}, {})
    card = Card(0, 10, 8, 0, 0, {}, {}, vote, refused)
    return Weighed(WordScores({Fact.TASK: nothing, VOTE: card}), RULES.read(text))


FOUND = Finding(VOTE, 0.9, "vote", ((0, 1),), CLAUSE)
POSSIBLE = FOUND._replace(score=0.0)


@pytest.mark.parametrize(
    ("points", "found", "reasons"),
    [
        pytest.param(30, (), ["wording_vote_like"], id="words alone"),
        pytest.param(1, (), [], id="too few words alone"),
        pytest.param(3, (FOUND,), ["vote"], id="a template and a few words"),
        pytest.param(-40, (FOUND,), [], id="words against a template"),
        pytest.param(3, (POSSIBLE,), [], id="a mere possibility counts no template"),
        pytest.param(30, (POSSIBLE,), ["vote"], id="words that make a possibility a finding"),
    ],
)
def test_words_and_templates_decide_together(points: float, found: Sequence[Finding], reasons: list[str]) -> None:
    assert [f.reason for f in weighed("请你来", {"请": points}).judged(Template(), found)] == reasons


@pytest.mark.parametrize(
    ("points", "refused", "reasons"),
    [
        pytest.param(15, True, [], id="what a template refuses, few words do not make"),
        pytest.param(60, True, ["wording_vote_like"], id="many words make it all the same"),
        pytest.param(15, False, ["wording_vote_like"], id="nothing is refused"),
    ],
)
def test_a_refusal_is_weighed_against_the_words(points: float, refused: bool, reasons: list[str]) -> None:
    template = Template(refused=refused)
    assert [f.reason for f in weighed("请你来", {"请": points}, refused=-25).judged(template, (), template)] == reasons


def test_the_score_of_a_finding_is_its_probability() -> None:
    (finding,) = weighed("请你来", {"请": 2}).judged(Template(), (FOUND,))
    assert 0.7 < finding.score < 0.8


def test_a_category_without_a_card_is_left_to_its_detector() -> None:
    class Other(Template):
        category = RANKING

    one = FOUND._replace(category=RANKING)
    assert weighed("请你来", {}).judged(Other(), (one,)) == (one,)
    assert weighed("请你来", {}).judged(Other(), (one._replace(score=0.0),)) == ()


@pytest.mark.parametrize(("points", "hopeless"), [(0, True), (3, False), (30, False)])
def test_templates_are_looked_for_only_where_they_can_decide(points: float, hopeless: bool) -> None:
    assert bool(weighed("请你来", {"请": points}).possible) is not hopeless


@pytest.mark.parametrize("text", ["请", "请呀"])
def test_one_or_two_characters_say_nothing_by_themselves(text: str) -> None:
    short = weighed(text, {"请": 99})
    assert not short.given
    assert short.possible


def test_a_finding_by_words_shows_where_they_stand() -> None:
    (finding,) = weighed("各村请往前冲一冲", {"前冲": 60}).judged(Template(), ())
    assert finding.spans == ((4, 6),)


def test_the_heaviest_places_are_shown_and_those_against_are_not() -> None:
    assert heaviest([5, 9.5, 4.5, 0, 0, -9, 9, -9, 1]) == [(0, 3), (6, 7)]


@pytest.mark.parametrize(
    ("text", "vote", "shown"),
    [
        pytest.param("请发报表", {"报": 30}, ["报表"], id="a known word is not cut"),
        pytest.param("请发报表", {"请": 30, "表": 30}, ["请", "报表"], id="what stands apart stays apart"),
        pytest.param("请发报表吧", {"报": 30, "吧": 30}, ["报表吧"], id="what meets is one"),
        pytest.param("唔该晒", {"晒": 30}, ["晒"], id="no word is known"),
    ],
)
def test_what_is_shown_does_not_cut_words(text: str, vote: dict[str, float], shown: list[str]) -> None:
    spans = weighed(text, vote).evidence(VOTE)
    assert [text[start:end] for start, end in spans] == shown
