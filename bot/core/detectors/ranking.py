"""Points, league tables, best and worst, naming those behind (Baotou 2019 item 22, Gansu item 11)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class Ranking(DemandDetector):
    """Points, league tables, best and worst, naming those behind (Baotou 2019 item 22, Gansu item 11)."""

    category: ClassVar[Category] = Category.RANKING
