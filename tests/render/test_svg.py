import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.render.svg import WIDTH, bars, divided, heat_map, shortened

NUMBERS = st.integers(0, 10**9)


def shapes(chart: Markup, css: str) -> list[dict[str, str]]:
    root = ET.fromstring(str(chart))  # noqa: S314 - our own chart
    return [dict(node.attrib) for node in root.iter("rect") if css in node.attrib["class"].split()]


@given(st.lists(NUMBERS, max_size=60))
@settings(deadline=None)
def test_no_bar_leaves_the_chart(values: list[int]) -> None:
    for bar in shapes(bars([f"{n}" for n in range(len(values))], values, "x", height=110), "bar"):
        assert 0 <= float(bar["x"]) <= float(bar["x"]) + float(bar["width"]) <= WIDTH + 0.1
        assert float(bar["y"]) >= 0
        assert float(bar["y"]) + float(bar["height"]) <= 110


def test_bars_are_as_tall_as_their_values() -> None:
    small, large = shapes(bars(["a", "b", "c"], [5, 10, 0], "x"), "bar")

    assert float(large["height"]) == pytest.approx(2 * float(small["height"]), abs=0.2)


@given(st.binary(min_size=168, max_size=168))
@settings(max_examples=30, deadline=None)
def test_a_heat_map_has_a_cell_for_every_hour(values: bytes) -> None:
    chart = heat_map("一二三四五六日", values, "x")

    assert len(shapes(chart, "cell")) == sum(1 for value in values if value)
    assert len(shapes(chart, "cell")) + len(shapes(chart, "none")) == 168


def test_a_darker_cell_is_a_busier_hour() -> None:
    first, second = shapes(heat_map("一二三四五六日", [1, 9] + [0] * 166, "x"), "cell")

    assert float(first["fill-opacity"]) < float(second["fill-opacity"])


def test_a_divided_bar_is_full() -> None:
    parts = shapes(divided([("a", 1), ("b", 3)], "x"), "part")

    assert [float(part["width"]) for part in parts if float(part["height"]) > 20] == [
        WIDTH / 4,
        WIDTH * 3 / 4,
    ]


def test_nothing_is_divided_without_a_fault() -> None:
    assert shapes(divided([("a", 0), ("b", 0)], "x"), "part0")


def test_words_in_a_chart_are_escaped() -> None:
    chart = bars(["<b>"], [1], '"<i>')

    assert "<b>" not in chart
    assert "<i>" not in chart


@pytest.mark.parametrize(
    ("value", "shown"), [(7, "7"), (999, "999"), (1_250, "1.2k"), (45_678, "45k"), (3_999_999, "3M")]
)
def test_a_large_number_is_shortened(value: int, shown: str) -> None:
    assert shortened(value) == shown
