"""A reply demanded only to show that a message was seen (Cyberspace opinions of 2023)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class Receipt(DemandDetector):
    """A reply demanded only to show that a message was seen (Cyberspace opinions of 2023)."""

    category: ClassVar[Category] = Category.RECEIPT
