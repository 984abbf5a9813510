"""The picture of a digest: findings by category beside the period before, and the trend of units above the cap.

Made for a telephone held upright. One calm blue for now and a pale one for before: no red and no green, for it accuses
and praises nobody. Categories stand in the order of the rules, never by their length.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from bot.core.digest import DigestData
from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.render.fonts import chart_font
from bot.texts import Catalogue

WIDTH, DPI = 7.2, 150
"""Inches and dots: 1,080 points wide; the height grows with the categories, so that no number touches another."""
HEAD, ROW, TREND, FOOT, FEWEST_ROWS = 1.95, 0.47, 2.25, 0.62, 4
"""Inches of the parts from above to below; a row is one category."""
PAPER, INK, QUIET, NOW, BEFORE, LINE = "#FBFAF7", "#26343D", "#7B8A93", "#3E6E8E", "#C6D5DE", "#DDE3E6"
BAR, GAP = 0.36, 0.04
LEFT, RIGHT, LABELS = 0.075, 0.93, 0.36
"""Margins of the page, and where the bars begin, as parts of its width."""


@cache
def _font(size: float, weight: str = "regular") -> FontProperties:
    path = chart_font()
    return FontProperties(size=size, weight=weight) if path is None else FontProperties(fname=str(path), size=size)


def draw(data: DigestData, words: Catalogue) -> bytes:
    """The picture as PNG. Takes half a second: not in the loop of events."""
    rows = max(FEWEST_ROWS, len(data.shown))
    trend = TREND if len(data.over) > 1 else 0.0
    page = _Page(HEAD + rows * ROW + trend + FOOT)
    _head(page, data, words)
    _bars(page.axes(LABELS, HEAD, HEAD + rows * ROW), data, rows, words)
    if trend:
        top = HEAD + rows * ROW
        page.say(LEFT, top + 0.62, words("digest.chart.trend", units=data.over[-1][2]), 13, INK)
        _trend(page.axes(0.09, top + 0.85, top + 1.95), data, words)
    page.say(LEFT, page.height - 0.26, words("digest.chart.foot"), 10.5, QUIET)
    return page.png()


class _Page:
    """A page on which places are told in inches from above, and in parts of the width from the left."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self.figure)

    def say(self, x: float, down: float, text: str, size: float, colour: str, **how: Any) -> None:
        """Write a line whose foot is so far down."""
        self.figure.text(x, 1 - down / self.height, text, fontproperties=_font(size), color=colour, **how)

    def axes(self, left: float, top: float, bottom: float) -> Axes:
        """Bare axes between two heights, up to the right margin."""
        made = self.figure.add_axes((left, 1 - bottom / self.height, RIGHT - left, (bottom - top) / self.height))
        made.set_facecolor(PAPER)
        made.set_xticks([])
        made.set_yticks([])
        for spine in made.spines.values():
            spine.set_visible(False)
        return made

    def png(self) -> bytes:
        """The page as it is."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png")
        return out.getvalue()


def _head(page: _Page, data: DigestData, words: Catalogue) -> None:
    """What it is, of which period, and the two totals in their colours, which are the legend too."""
    number = int(data.period.key.rpartition("-")[2].lstrip("W"))
    which = words(f"digest.chart.which_{data.per}", year=int(data.period.key[:4]), number=number)
    dates = {"m1": data.first.month, "d1": data.first.day, "m2": data.last.month, "d2": data.last.day}
    page.say(LEFT, 0.65, words(f"digest.chart.title_{data.per}"), 26, INK)
    page.say(RIGHT, 0.63, which, 15, INK, ha="right")
    page.say(RIGHT, 0.99, words("digest.chart.dates", **dates), 12.5, QUIET, ha="right")
    page.say(LEFT, 1.03, words("digest.chart.findings"), 14, INK)
    x = LEFT
    for name, count, colour in (("now", data.findings, NOW), ("before", data.findings_before, BEFORE)):
        text = f"{words(f'digest.chart.{name}_{data.per}')}  {count:,}"
        page.say(x, 1.52, "■", 17, colour)
        page.say(x + 0.042, 1.51, text, 16, INK)
        x += max(LABELS - LEFT, 0.09 + 0.022 * len(text))


def _bars(axes: Axes, data: DigestData, rows: int, words: Catalogue) -> None:
    shown = data.shown
    if not shown:
        axes.text(0.3, 0.5, words("digest.chart.none"), fontproperties=_font(18), color=QUIET, transform=axes.transAxes)
        return
    most = max(max(now, then) for _, now, then in shown)
    axes.set_xlim(0, most * 1.16)
    axes.set_ylim(rows - 0.5, -0.5)
    for place, (category, now, then) in enumerate(shown):
        _pair(axes, place, now, then, most)
        axes.text(-0.025 * most * 1.16, place, _name(category, words), fontproperties=_font(14), color=INK,
                  ha="right", va="center")  # fmt: skip


def _name(category: Category, words: Catalogue) -> str:
    return words(f"category.{category}.short")


def _pair(axes: Axes, place: int, now: int, then: int, most: int) -> None:
    for offset, count, colour, ink in ((-1, now, NOW, INK), (1, then, BEFORE, QUIET)):
        y = place + offset * (BAR + GAP) / 2
        axes.barh(y, count, height=BAR, color=colour)
        axes.text(count + most * 0.015, y, f"{count:,}", fontproperties=_font(11), color=ink, va="center_baseline")


def _trend(axes: Axes, data: DigestData, words: Catalogue) -> None:
    days = [day for day, _, _ in data.over]
    heights = [above for _, above, _ in data.over]
    places = [(day - days[0]).days for day in days]
    axes.plot(places, heights, color=NOW, linewidth=2.2, marker="o", markersize=5)
    axes.plot(places[-1], heights[-1], color=NOW, marker="o", markersize=9)
    axes.set_ylim(0, max(*heights, 1) * 1.25)  # from nought, so that a small step looks small
    span = max(1, places[-1])
    axes.set_xlim(-span * 0.03, span * 1.03)
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(LINE)
    for x, height in zip(places, heights, strict=True):
        axes.annotate(f"{height:,}", (x, height), (0, 8), textcoords="offset points", ha="center",
                      fontproperties=_font(12 if x != places[-1] else 14), color=INK)  # fmt: skip
    _under(axes, places, [_of(data.per, day, words) for day in days])


def _under(axes: Axes, places: Sequence[int], names: Sequence[str]) -> None:
    for x, name in zip(places, names, strict=True):
        axes.annotate(name, (x, 0), (0, -14), xycoords=("data", "axes fraction"), textcoords="offset points",
                      ha="center", fontproperties=_font(10.5), color=QUIET)  # fmt: skip


def _of(per: Per, day: Any, words: Catalogue) -> str:
    number = int(period_of(per, day).key.rpartition("-")[2].lstrip("W"))
    return words(f"digest.chart.{per}_of", number=number)
