"""What an emergency and being on duty excuse, and why."""

from bot.core.model import Category, Fact, Finding
from bot.core.reading import Reading
from bot.core.scene import Scene

EXEMPT_WHEN_URGENT = frozenset({Category.AFTER_HOURS, Category.LATE_DEADLINE})
"""What a genuine emergency excuses, and being on duty (Baotou 2019 item 21: 除紧急公务外; 安保、应急)."""


def exemptions(reading: Reading, scene: Scene) -> tuple[str, ...]:
    """Why a message is excused: `urgent`, `emergency_window`, `duty`; empty when it is not."""
    at = reading.message.at
    reasons: tuple[str, ...] = ("urgent",) if Fact.URGENT in reading.facts else ()
    if at is None:
        return reasons
    if scene.emergencies and scene.in_emergency(at):
        reasons += ("emergency_window",)
    if scene.on_call and scene.worktime.on_duty(at):
        reasons += ("duty",)
    return reasons


def excused(finding: Finding, reasons: tuple[str, ...]) -> bool:
    """Whether one of the reasons that `exemptions` gave excuses a finding."""
    return bool(reasons) and finding.category in EXEMPT_WHEN_URGENT
