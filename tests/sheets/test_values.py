"""The letters over columns."""

import pytest

from bot.sheets.values import column_of, letter


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_a_column_has_the_letters_of_the_programs(column, letters):
    assert (letter(column), column_of(letters)) == (letters, column)
