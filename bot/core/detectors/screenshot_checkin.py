"""Pictures, position, check-in or 接龙 demanded as proof of work (Gansu 2024, item 11)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class ScreenshotCheckin(DemandDetector):
    """Pictures, position, check-in or 接龙 demanded as proof of work (Gansu 2024, item 11)."""

    category: ClassVar[Category] = Category.SCREENSHOT_CHECKIN
