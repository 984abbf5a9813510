"""What messages are judged by, built from plain values: all that a process that helps an audit has to load."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.model import Message
from bot.core.pipeline import Draft
from bot.core.scene import Scene
from bot.core.worktime import WorkingHours, WorkTime
from config.calendar import load_calendar
from config.rules import Rules, load_rules


def judging(calendar: Path | None, hours: str, zone: ZoneInfo, rules: Path | None) -> tuple[WorkTime, Rules]:
    """The working time and the rules of an office; empty `hours` mean the ordinary office day.

    Raises `BadMoment` for the hours, `BadCalendar` and `BadRules` for the files.
    """
    day = WorkingHours.parse(hours) if hours else WorkingHours()
    return WorkTime(load_calendar(calendar), day, zone), load_rules(rules)


def drafter(
    calendar: Path | None, hours: str, zone: ZoneInfo, rules: Path | None
) -> Callable[[Sequence[Message]], list[Draft]]:
    """What drafts verdicts by such rules, in a process that helps an audit; its settings would cost it 25 MiB."""
    worktime, loaded = judging(calendar, hours, zone, rules)
    return partial(loaded.pipeline.drafts, scene=Scene(worktime))
