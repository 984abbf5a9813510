"""The questions about a group, each with its buttons, and how an answer becomes a statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.dates import months_later, read_day
from bot.core.errors import BadMoment
from bot.core.group import Group, GroupKind, SetupStep
from bot.core.hours import notation
from bot.core.policy import Policy
from bot.core.speech import Button, Part, Value
from bot.core.worktime import WorkingHours
from bot.ports import Vault
from bot.services.card import UNSTATED, hours_line
from bot.services.places import OfficeTime

MONTHS = (1, 3, 6)
"""After so many months a project group may be said to end by one press."""
LONGEST_PROJECT_YEARS = 5
PURPOSES = ("daily", "duty", "project", "party", "community", "notice")
OWNERS = ("office_head", "section_head", "unit_head", "me")
HOURS = ("Mon-Fri 08:00-12:00 14:30-17:30", "Mon-Fri 09:00-12:00 13:00-17:00", "Mon-Fri 09:00-12:00 14:00-18:00")
"""Offered beside the office's own hours."""
LONGEST_WORDS = 40
"""Characters of a unit, a purpose or an owner; more is no name of one."""
LONGEST_HOURS = 200
MOST_UNITS = 80
FREE = frozenset({SetupStep.UNIT, SetupStep.PURPOSE, SetupStep.OWNER, SetupStep.END_DATE, SetupStep.HOURS})
"""What may be answered in one's own words."""
OPTIONAL = frozenset({SetupStep.PURPOSE, SetupStep.OWNER})
CHOSEN = "="
"""Begins the value of a button where words would do as well."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What set-up and settings need beside the transaction; `named` says a key in the office's language."""

    policy: Policy
    vault: Vault
    username: str
    office: OfficeTime
    languages: tuple[str, ...]
    named: Callable[[str], str]

    @property
    def zone(self) -> ZoneInfo:
        """The office's zone."""
        return self.office.zone

    @property
    def office_hours(self) -> str:
        """The office's hours, as they are written."""
        return notation(self.office.hours)

    def today(self, group: Group, now: datetime) -> date:
        """The day in the group's zone."""
        return self.office.today(now, group)


def may_skip(step: SetupStep, desk: Desk) -> bool:
    """Whether a question may stay open: never a unit that must be on the host's list."""
    return step in OPTIONAL or (step is SetupStep.UNIT and not desk.policy.units)


def asked(step: SetupStep, group: Group, desk: Desk) -> tuple[Part, ...]:
    """The words of a question."""
    if step is SetupStep.UNIT and desk.policy.units:
        return (Part("setup.ask.unit_listed"),)
    if step is SetupStep.HOURS:
        zone = group.zone or desk.zone.key
        return (Part("setup.ask.hours"), hours_line("setup.card", "", desk.office_hours, zone))
    return (Part(f"setup.ask.{step}"),)


def choices(step: SetupStep, group: Group, desk: Desk, action: str) -> list[tuple[Button, ...]]:
    """The buttons of a question; `action` is what carries out a press."""
    start = f"{action}:{group.id}:{step}:"
    if step is SetupStep.UNIT:
        return _units(desk, start, f"{action}:{group.id}:leave")
    if step is SetupStep.KIND:
        return _kinds(start)
    if step is SetupStep.HOURS:
        shown = [hours.removeprefix("Mon-Fri ") for hours in HOURS]
        presets = [(_button(f"{start}={n}", "setup.choose.hours", hours=hours),) for n, hours in enumerate(shown)]
        return [(_button(f"{start}=office", "setup.choose.office_hours"),), *presets]
    if step is SetupStep.END_DATE:
        return [tuple(_button(f"{start}={n}", "setup.choose.months_short", months=n) for n in MONTHS)]
    if step is SetupStep.LANGUAGE:
        return [tuple(_button(f"{start}{code}", f"setup.languages.{code}") for code in desk.languages)]
    codes, section = (PURPOSES, "setup.purposes") if step is SetupStep.PURPOSE else (OWNERS, "setup.owners")
    return _paired([_button(f"{start}={code}", f"{section}.{code}") for code in codes])


def filled(group: Group, step: SetupStep, value: str, desk: Desk, today: date) -> Group | Part:
    """The group with the answer in it, or what is wrong with the answer."""
    readers: Mapping[SetupStep, Callable[[], Group | Part]] = {
        SetupStep.UNIT: lambda: _unit(group, value, desk),
        SetupStep.KIND: lambda: _kind(group, value, today),
        SetupStep.PURPOSE: lambda: _purpose(group, value, desk),
        SetupStep.OWNER: lambda: _owner(group, value, desk),
        SetupStep.END_DATE: lambda: _end_date(group, value, today),
        SetupStep.HOURS: lambda: _hours(group, value),
        SetupStep.LANGUAGE: lambda: _language(group, value, desk),
    }
    return readers[step]()


def end_is_settled(group: Group) -> bool:
    """Whether a group has its end date, which from then on changes with a reason only (see `services/dissolve.py`).

    From the last answer of the set-up on, and so too while it is paused, or after its data was deleted.
    """
    return group.next_step is None and group.kind is GroupKind.PROJECT


def _kinds(start: str) -> list[tuple[Button, ...]]:
    return [
        (_button(f"{start}standing", "setup.choose.standing"),),
        tuple(_button(f"{start}project.{n}", "setup.choose.months", months=n) for n in MONTHS),
        (_button(f"{start}project", "setup.choose.other_date"),),
    ]


def _units(desk: Desk, start: str, leave: str) -> list[tuple[Button, ...]]:
    units = desk.policy.units[:MOST_UNITS]
    if not units:
        office = desk.policy.office
        return [(_button(f"{start}=office", "setup.choose.as_is", text=office),)] if office else []
    rows = _paired([_button(f"{start}={number}", "setup.choose.as_is", text=unit) for number, unit in enumerate(units)])
    return [*rows, (_button(leave, "setup.choose.not_listed"),)]


def _paired(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2)]


def _button(data: str, key: str, **fields: Value) -> Button:
    return Button(Part(key, fields), data)


def _unit(group: Group, value: str, desk: Desk) -> Group | Part:
    units = desk.policy.units
    chosen = value.removeprefix(CHOSEN)
    if not units:
        words = desk.policy.office if value == "=office" else _plain(value)
        return words if isinstance(words, Part) else replace(group, unit=words)
    if value.startswith(CHOSEN) and chosen.isdecimal() and int(chosen) < len(units):
        return replace(group, unit=units[int(chosen)])
    known = next((unit for unit in units if unit == value.strip()), None)
    return Part("setup.problem.unit") if known is None else replace(group, unit=known)


def _kind(group: Group, value: str, today: date) -> Group | Part:
    kind, _, months = value.partition(".")
    if kind == GroupKind.STANDING:
        return replace(group, kind=GroupKind.STANDING, end_date=None)
    if kind != GroupKind.PROJECT or not (months == "" or months.isdecimal()):
        return Part("setup.problem.choose")
    end = months_later(today, min(int(months), 12 * LONGEST_PROJECT_YEARS)) if months else None
    return replace(group, kind=GroupKind.PROJECT, end_date=end)


def _end_date(group: Group, value: str, today: date) -> Group | Part:
    months = value.removeprefix(CHOSEN) if value.startswith(CHOSEN) else ""
    end = months_later(today, int(months)) if months in set(map(str, MONTHS)) else read_end(value, today)
    return end if isinstance(end, Part) else replace(group, kind=GroupKind.PROJECT, end_date=end)


def read_end(words: str, today: date) -> date | Part:
    """The end of a project group as it was typed, or what is wrong with it."""
    end, example = read_day(words, today), f"{months_later(today, MONTHS[0])}"
    if end is None:
        return Part("setup.problem.date", {"example": example})
    if end <= today or end.year > today.year + LONGEST_PROJECT_YEARS:
        return Part("setup.problem.date_range", {"years": LONGEST_PROJECT_YEARS, "example": example})
    return end


def _hours(group: Group, value: str) -> Group | Part:
    if value == "=office":
        return replace(group, hours="")
    number = value.removeprefix(CHOSEN) if value.startswith(CHOSEN) else ""
    text = HOURS[int(number)] if number.isdecimal() and int(number) < len(HOURS) else " ".join(value.split())
    if len(text) > LONGEST_HOURS:
        return Part("setup.problem.words", {"most": LONGEST_HOURS})
    try:
        WorkingHours.parse(text)
    except BadMoment as error:
        return Part(f"errors.{error.key}", {name: str(field) for name, field in error.fields.items()})
    return replace(group, hours=text)


def _purpose(group: Group, value: str, desk: Desk) -> Group | Part:
    words = _words(value, PURPOSES, "setup.purposes", desk)
    return words if isinstance(words, Part) else replace(group, purpose=words)


def _owner(group: Group, value: str, desk: Desk) -> Group | Part:
    words = _words(value, OWNERS, "setup.roles", desk)
    return words if isinstance(words, Part) else replace(group, owner=words)


def _language(group: Group, value: str, desk: Desk) -> Group | Part:
    return replace(group, language=value) if value in desk.languages else Part("setup.problem.choose")


def _words(value: str, codes: Sequence[str], section: str, desk: Desk) -> str | Part:
    code = value.removeprefix(CHOSEN)
    if value.startswith(CHOSEN):
        return desk.named(f"{section}.{code}") if code in codes else Part("setup.problem.choose")
    return UNSTATED if value == UNSTATED else _plain(value)


def _plain(value: str) -> str | Part:
    text = " ".join(value.split())
    if not text or len(text) > LONGEST_WORDS:
        return Part("setup.problem.words", {"most": LONGEST_WORDS})
    return text
