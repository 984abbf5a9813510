"""Points of several cards in one number come out as they went in, whatever their signs."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.packing import FIELD, MIDDLE, WHOLE_FIELD, Unpacked, pack, packed

CARDS = st.lists(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(-300, 300)), min_size=1, max_size=18)


def middle_of(cards: int) -> int:
    return sum(MIDDLE << FIELD * place for place in range(cards))


@given(CARDS)
def test_every_card_shows_its_own_points_and_nothing_else(cards: list[dict[str, int]]) -> None:
    together = packed(cards, 1)
    for number, points in enumerate(cards):
        shown = Unpacked(together, middle_of(len(cards)), FIELD * number)
        assert dict(shown) == {piece: value for piece, value in points.items() if value}
        assert len(shown) == len(dict(shown))


@given(st.lists(st.lists(st.integers(-300, 300), min_size=4, max_size=4), max_size=40))
def test_one_addition_adds_the_points_of_all_cards(rows: list[list[int]]) -> None:
    total = middle_of(4) + sum(pack(row, 1) for row in rows)
    sums = [(total >> FIELD * place & WHOLE_FIELD) - MIDDLE for place in range(4)]
    assert sums == [sum(row[place] for row in rows) for place in range(4)]
