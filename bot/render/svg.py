"""Charts as inline SVG: bars, a heat map of the week, a divided bar; they need no colour and no script."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, sqrt

from markupsafe import Markup

WIDTH = 720
"""The width of a chart across the page, in its own units; the page scales it."""

_LABEL_WIDTH = 100
_NUMBER_WIDTH = 28
_WIDEST_BAR = 36
_PLOT_TOP = 16
_FOOT = 18
_CELL_WIDTH, _CELL_HEIGHT = 28, 22
_HEAT_LEFT, _HEAT_TOP = 48, 18


def bars(labels: Sequence[str], values: Sequence[int], label: str, *, width: int = WIDTH, height: int = 110) -> Markup:
    """Return one bar for each value, its number above it where there is room, a few labels below."""
    floor = height - _FOOT
    axis = Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}" class="axis"/>').format(floor, width)
    body = _bars(labels, values, width, floor)
    return _svg(width, height, label, (axis, *body), "bars")


def _bars(labels: Sequence[str], values: Sequence[int], width: int, floor: int) -> Iterator[Markup]:
    most = max(values, default=0)
    step = width / max(len(values), 1)
    wide = min(step * 0.7, _WIDEST_BAR)
    every = ceil(_LABEL_WIDTH / step)
    for place, (name, value) in enumerate(zip(labels, values, strict=True)):
        middle = (place + 0.5) * step
        if value:
            high = (floor - _PLOT_TOP) * value / most
            yield _rect(middle - wide / 2, floor - high, wide, high, "bar", hint=f"{name}: {value}")
            if step >= _NUMBER_WIDTH or value == most:
                yield _text(middle, floor - high - 4, value, "value")
        if place % every == 0:
            yield _text(max(middle, _LABEL_WIDTH / 3), floor + _FOOT - 5, name, "tick")


def heat_map(days: Sequence[str], values: Sequence[int], label: str, css: str = "") -> Markup:
    """Return seven rows of 24 hours, darker for more, with the number in every cell that has one."""
    body = [_text(_HEAT_LEFT + (hour + 0.5) * _CELL_WIDTH - 1, _HEAT_TOP - 6, hour, "tick") for hour in range(24)]
    most = max(values, default=0)
    for day, name in enumerate(days):
        top = _HEAT_TOP + day * _CELL_HEIGHT
        body.append(_text(_HEAT_LEFT - 8, top + _CELL_HEIGHT / 2 + 3, name, "day"))
        for hour in range(24):
            body += _cell(_HEAT_LEFT + hour * _CELL_WIDTH, top, values[day * 24 + hour], most, f"{name} {hour}:00")
    return _svg(WIDTH, _HEAT_TOP + 7 * _CELL_HEIGHT, label, body, f"heat {css}".strip())


def _cell(x: float, y: float, value: int, most: int, hint: str) -> Iterator[Markup]:
    wide, high = _CELL_WIDTH - 2, _CELL_HEIGHT - 2
    if not value:
        yield _rect(x, y, wide, high, "none")
        return
    strength = sqrt(value / most)
    yield _rect(x, y, wide, high, "cell", hint=f"{hint} {value}", opacity=0.08 + 0.87 * strength)
    css = "number dark" if strength > 0.6 else "number"
    yield _text(x + wide / 2, y + high / 2 + 4, shortened(value), css)


def divided(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """Return one bar divided among its named parts, with a legend below."""
    whole = sum(value for _, value in parts)
    body: list[Markup] = []
    x = 0.0
    for place, (name, value) in enumerate(parts):
        wide = WIDTH * value / whole if whole else 0
        left = place * WIDTH / len(parts)
        body += (
            _rect(x, 0.5, wide, 26, f"part part{place}"),
            _rect(left + 0.5, 36, 12, 12, f"part part{place}"),
            _text(left + 18, 46.5, name, "legend"),
        )
        x += wide
    return _svg(WIDTH, 54, label, body, "divided")


def shortened(value: int) -> str:
    """Return a count in at most four characters, as `12k`."""
    if value < 10_000:
        return str(value) if value < 1_000 else f"{value / 1_000:.1f}k"
    return f"{value // 1_000}k" if value < 1_000_000 else f"{value // 1_000_000}M"


def _svg(width: int, height: float, label: str, body: Iterable[Markup], css: str) -> Markup:
    return Markup('<svg class="chart {}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        css, width, height, label, Markup("").join(body)
    )


def _rect(x: float, y: float, wide: float, high: float, css: str, *, hint: str = "", opacity: float = 1.0) -> Markup:
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="{}" fill-opacity="{:.2}">{}</rect>'
    ).format(x, y, wide, high, css, opacity, Markup("<title>{}</title>").format(hint) if hint else "")


def _text(x: float, y: float, text: object, css: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>').format(x, y, css, text)
