"""Donations, subscriptions, purchases and sales quotas pressed on people (Gansu 2024 no. 24, item 11)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class Apportion(DemandDetector):
    """Donations, subscriptions, purchases and sales quotas pressed on people (Gansu 2024 no. 24, item 11)."""

    category: ClassVar[Category] = Category.APPORTION
