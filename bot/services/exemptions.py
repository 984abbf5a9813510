"""Duty rosters, shifts and quiet days, as the office or a group's admins type them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.core.errors import BadMoment
from bot.core.exemption import DutyHours, QuietSpan
from bot.core.group import Group
from bot.core.spans import plain, read_duty, read_quiet
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.ports import UnitOfWork

Rule = TypeVar("Rule", DutyHours, QuietSpan)

ACTION = "ex"
QUESTION = "exempt"
SHOWN = 20
"""Lines that are shown of what is set."""

NEAR_YEARS = 5
"""How far from today a typed day may lie."""

NONE = frozenset({"无", "無", "清空", "none", "clear", "-"})
"""Words that empty a list."""


class Kind(StrEnum):
    """What is typed in."""

    DUTY = "duty"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom it concerns: a group, a unit, or (neither) the whole office."""

    unit: str = ""
    group: Group | None = None

    @property
    def group_id(self) -> int | None:
        """Our number of the group, if it is one."""
        return self.group.id if self.group is not None else None

    @property
    def name(self) -> str | Word:
        """Its name for a person."""
        if self.group is not None:
            return self.group.title
        return self.unit or Word("exempt.whole_office")


def choose(kind: Kind, groups: Sequence[Group], units: Sequence[str], language: str, *, office: bool) -> Speech:
    """Whose duty or quiet days: a group one is admin of, and for people of the office a unit or all."""
    rows = [(_button(kind, f"g{group.id}", "setup.choose.as_is", text=group.title),) for group in groups]
    if office:
        rows.append((_button(kind, "o", "exempt.button.office"),))
        rows += [(_button(kind, f"u{place}", "setup.choose.as_is", text=unit),) for place, unit in enumerate(units)]
    return Speech((Part(f"exempt.{kind}.choose" if rows else "settings.no_group"),), language, tuple(rows))


async def ask(work: UnitOfWork, kind: Kind, scope: Scope, zone: ZoneInfo, language: str) -> Speech:
    """What is set now, and how to write it anew."""
    lines = await _lines(work, kind, scope, zone)
    shown = [Part("exempt.line", {"text": line}, follows=True) for line in lines[:SHOWN]]
    now_set = Part("exempt.now" if lines else "exempt.empty", {"name": scope.name})
    return Speech((now_set, *shown, Part(f"exempt.{kind}.ask")), language)


async def fill(
    work: UnitOfWork, kind: Kind, scope: Scope, text: str, zone: ZoneInfo, language: str, now: datetime
) -> Speech:
    """Replace what is set by the lines typed. Raises `BadMoment` with the line that cannot be read."""
    words = "" if plain(text).lower() in NONE else text
    today = now.astimezone(zone).date()
    try:
        if kind is Kind.DUTY:
            duty = read_duty(words, today, zone)
            _must_be_near(today, [each.start.date() for each in duty])
            await work.exemptions.set_duty(duty, scope.unit, scope.group_id)
        else:
            quiet = read_quiet(words, today)
            _must_be_near(today, [each.first for each in quiet])
            await work.exemptions.set_quiet(quiet, scope.unit, scope.group_id)
    except OverflowError:
        raise BadMoment("no_day", value=text[:40]) from None
    lines = await _lines(work, kind, scope, zone)
    shown = [Part("exempt.line", {"text": line}, follows=True) for line in lines[:SHOWN]]
    return Speech((Part(f"exempt.{kind}.done", {"name": scope.name, "count": len(lines)}), *shown), language)


def _must_be_near(today: date, days: Iterable[date]) -> None:
    """Refuse a day that no roster means, and that may lie beyond what a database holds."""
    for day in days:
        if abs(day.year - today.year) > NEAR_YEARS:
            raise BadMoment("no_day", value=f"{day}")


async def _lines(work: UnitOfWork, kind: Kind, scope: Scope, zone: ZoneInfo) -> list[str]:
    if kind is Kind.DUTY:
        return [_duty(each, zone) for each in _of(await work.exemptions.duty(), scope)]
    return [_quiet(each) for each in _of(await work.exemptions.quiet(), scope)]


def _of(rules: Iterable[Rule], scope: Scope) -> list[Rule]:
    return [each for each in rules if (each.unit, each.group_id) == (scope.unit, scope.group_id)]


def _duty(each: DutyHours, zone: ZoneInfo) -> str:
    start, end = each.start.astimezone(zone), each.end.astimezone(zone)
    last = "" if start.date() == end.date() else f"{end:%m-%d} "
    return f"{start:%Y-%m-%d %H:%M} - {last}{end:%H:%M}"


def _quiet(each: QuietSpan) -> str:
    days = f"{each.first:%Y-%m-%d}" if each.first == each.last else f"{each.first:%Y-%m-%d} - {each.last:%m-%d}"
    return f"{days} {each.note}".strip()


def _button(kind: Kind, whose: str, key: str, **fields: Value) -> Button:
    return Button(Part(key, fields), f"{ACTION}:{kind}:{whose}")
