"""Numbers written in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.numerals import numeral_value

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number below a thousand as it is read aloud, with the 一 of 一十 after a hundred only."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        lead = "" if tens == 1 else DIGITS[tens]
        return f"{lead}十{DIGITS[ones] if ones else ''}" if tens else DIGITS[ones]
    tail = f"{DIGITS[tens]}十{DIGITS[ones] if ones else ''}" if tens else (f"零{DIGITS[ones]}" if ones else "")
    return f"{DIGITS[hundreds]}百{tail}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("零", 0, id="zero as a word"),
        pytest.param("〇", 0, id="zero as a circle"),
        pytest.param("两", 2, id="two of something"),
        pytest.param("十", 10, id="ten alone"),
        pytest.param("十八", 18, id="a number of the teens"),
        pytest.param("二十", 20, id="a full ten"),
        pytest.param("二十三", 23, id="tens and ones"),
        pytest.param("廿", 20, id="the short twenty"),
        pytest.param("廿三", 23, id="the short twenty with ones"),
        pytest.param("卅一", 31, id="the short thirty"),
        pytest.param("零五", 5, id="a minute with its zero"),
        pytest.param("一百", 100, id="a full hundred"),
        pytest.param("一百零五", 105, id="a hundred with a gap"),
        pytest.param("一百二", 120, id="the spoken short form of a hundred and twenty"),
        pytest.param("一百二十", 120, id="a hundred and twenty in full"),
        pytest.param("一百一十五", 115, id="a hundred and fifteen"),
        pytest.param("一百十五", 115, id="a hundred and fifteen as some say it"),
        pytest.param("两百", 200, id="two hundred, spoken"),
        pytest.param("一千零二十", 1020, id="a thousand with a gap"),
        pytest.param("两千三", 2300, id="the spoken short form of two thousand three hundred"),
        pytest.param("九千九百九十九", 9999, id="the largest number"),
        pytest.param("二〇二六", 2026, id="a year read digit by digit"),
        pytest.param("二零二六", 2026, id="a year with the other zero"),
        pytest.param("18", 18, id="plain digits"),
        pytest.param("05", 5, id="plain digits with a zero before"),
    ],
)
def test_numeral_is_read(text: str, value: int) -> None:
    assert numeral_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("半", id="a half"),
        pytest.param("几", id="a few"),
        pytest.param("两三", id="two or three"),
        pytest.param("十十", id="ten tens"),
        pytest.param("十百", id="units in the wrong order"),
        pytest.param("百", id="a unit without its digit"),
        pytest.param("二十两", id="the other two at the end"),
        pytest.param("一百零", id="a gap with nothing after it"),
        pytest.param("一百零零五", id="a double gap"),
        pytest.param("二三十", id="two digits before a unit"),
        pytest.param("二十零五", id="a gap where none can be"),
        pytest.param("一万", id="a unit too large"),
        pytest.param("12345", id="too many digits"),
        pytest.param("一二三四五", id="too many digits read one by one"),
        pytest.param("九千九百九十九九九", id="too long"),
        pytest.param("1.5", id="a decimal"),
        pytest.param("-1", id="a sign"),
        pytest.param("²", id="a superscript that Python takes for a digit"),
        pytest.param("十点", id="a number and more"),
    ],
)
def test_anything_else_is_no_numeral(text: str) -> None:
    assert numeral_value(text) is None


@pytest.mark.parametrize("start", [pytest.param(start, id=f"from {start}") for start in range(0, 1000, 100)])
def test_every_number_below_a_thousand_comes_back(start: int) -> None:
    numbers = range(start, start + 100)
    assert [numeral_value(written(number)) for number in numbers] == list(numbers)


@given(st.integers(0, 9999))
def test_digits_come_back(number: int) -> None:
    assert numeral_value(str(number)) == number


@given(st.text("零〇一二两三四五六七八九十百千廿卅半0123456789 点", max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    value = numeral_value(text)
    assert value is None or 0 <= value <= 9999
