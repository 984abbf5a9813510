"""The figures of a quarter for the notice that a person writes (Baotou 2019 item 30: 每季度; 正反面典型).

Only confirmed cases may be told, and a machine confirms none: until a person has, the draft holds figures alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.campaign import Campaign
from bot.core.digest import DigestData
from bot.core.model import Category, Clause


@dataclass(frozen=True, slots=True)
class Notice:
    """What the draft of a quarter is made of; `clauses` are the documents behind the categories."""

    data: DigestData
    moved: Campaign
    clauses: Mapping[Category, Clause]
    over_first: tuple[int, int] | None
    """Units above the cap and all units, on the first day of the quarter that was counted."""
