"""Points of all cards in one number, a field of bits for each card: one addition adds them all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

FIELD = 24
"""Bits of a field."""

MIDDLE = 1 << (FIELD - 1)
"""What is added to every field of a sum, so that none is negative."""

WHOLE_FIELD = (1 << FIELD) - 1

_Sign = TypeVar("_Sign", str, int)


class Unpacked(Mapping[str, float]):
    """The points of one label among the packed points of all, so that no piece is kept twice."""

    __slots__ = ("_middle", "_packed", "_place")

    def __init__(self, packed: Mapping[str, int], middle: int, place: int) -> None:
        self._packed = packed
        self._middle = middle
        self._place = place

    def __getitem__(self, piece: str) -> float:
        points = ((self._packed[piece] + self._middle) >> self._place & WHOLE_FIELD) - MIDDLE
        if not points:
            raise KeyError(piece)
        return float(points)

    def __iter__(self) -> Iterator[str]:
        return (piece for piece in self._packed if self.get(piece))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def pack(points: Iterable[float], fine: int) -> int:
    """The points of one sign on all cards in one number, in parts of a point; `fine` of them make one."""
    return sum(round(point * fine) << (FIELD * place) for place, point in enumerate(points))


def packed(cards: Sequence[Mapping[_Sign, float]], fine: int) -> dict[_Sign, int]:
    """The points of every sign on all cards in one number; fields may be negative, for sums are taken before fields."""
    found: dict[_Sign, int] = {}
    for place, points in enumerate(cards):
        shift = FIELD * place
        for sign, point in points.items():
            found[sign] = found.get(sign, 0) + (round(point * fine) << shift)
    return found
