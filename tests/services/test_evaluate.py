import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.evaluate import CATEGORIES, FACTS, Judged, Score, evaluate

LABELS = st.frozensets(st.sampled_from(sorted(CATEGORIES | FACTS)), max_size=4)


def judged(number, labels, told):
    return Judged(str(number), "", frozenset(labels.split()), frozenset(told.split()))


def test_counts_what_is_right_false_and_missed():
    evaluation = evaluate(
        [
            [
                judged(1, "vote_like ranking", "vote_like"),
                judged(2, "ranking", "ranking vote_like"),
                judged(3, "", "receipt"),
            ]
        ]
    )
    assert evaluation.categories == {
        "ranking": Score(right=1, missed=1),
        "receipt": Score(false=1),
        "vote_like": Score(right=1, false=1),
    }
    assert evaluation.overall == Score(right=2, false=2, missed=1)


def test_precision_recall_and_f1_are_shares():
    score = Score(right=6, false=2, missed=4)
    assert score.precision == 0.75
    assert score.recall == 0.6
    assert score.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_a_share_of_nothing_is_not_zero():
    score = Score(missed=3)
    assert score.precision is None
    assert score.recall == 0
    assert Score().f1 is None


@pytest.mark.parametrize(
    ("labels", "clean"),
    [
        pytest.param("", 1, id="no label at all"),
        pytest.param("work task", 1, id="facts are no findings"),
        pytest.param("work receipt", 0, id="a finding is not clean"),
    ],
)
def test_a_message_is_clean_when_it_has_no_finding_among_its_labels(labels, clean):
    assert evaluate([[judged(1, labels, "")]]).clean == clean


def test_every_false_finding_on_a_clean_message_counts_but_no_fact():
    evaluation = evaluate([[judged(1, "work", "work urgent ranking receipt"), judged(2, "urgent", "")]])
    assert evaluation.false_on_clean == 2
    assert evaluation.false_per_100_clean == 100


def test_without_clean_messages_there_is_no_rate():
    assert evaluate([[judged(1, "ranking", "ranking")]]).false_per_100_clean is None


def test_a_fact_is_scored_only_in_a_file_that_uses_it():
    with_work = [judged(1, "work", "work task"), judged(2, "", "work")]
    without = [judged(3, "ranking", "ranking work task")]
    evaluation = evaluate([with_work, without])
    assert evaluation.facts == {"work": Score(right=1, false=1)}
    assert [miss.id for miss in evaluation.misses] == ["2"]


def test_a_category_is_scored_even_where_no_message_has_it():
    assert evaluate([[judged(1, "work", "ranking work")]]).categories == {"ranking": Score(false=1)}


def test_misses_say_what_was_false_and_what_was_missed():
    (miss,) = evaluate([[judged(7, "ranking receipt", "receipt vote_like apportion")]]).misses
    assert (miss.id, miss.false, miss.missed) == ("7", ("apportion", "vote_like"), ("ranking",))


@given(st.lists(st.tuples(LABELS, LABELS), max_size=30))
def test_no_label_is_lost_or_counted_twice(pairs):
    evaluation = evaluate([[Judged(str(n), "", labels, told) for n, (labels, told) in enumerate(pairs)]])
    scores = [*evaluation.categories.values(), *evaluation.facts.values()]
    assert sum(score.right + score.missed for score in scores) == sum(len(labels) for labels, _ in pairs)
    for score in scores:
        assert score.f1 is None or 0 <= score.f1 <= 1
