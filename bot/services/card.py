"""A group in a few lines: what its admins stated about it."""

from bot.core.group import Group, GroupKind
from bot.core.hours import weekday_ranges
from bot.core.speech import Part, Value, Word

UNSTATED = "-"
"""Stands for an answer that somebody passed over, so that the question is not asked again."""


def card(group: Group, office_hours: str, zone: str) -> tuple[Part, ...]:
    """The statements as lines; what was passed over says so."""
    return (
        Part("setup.card.unit", {"unit": stated(group.unit)}, follows=True),
        kind_line(group),
        Part("setup.card.purpose", {"purpose": stated(group.purpose)}, follows=True),
        Part("setup.card.owner", {"owner": stated(group.owner)}, follows=True),
        hours_line("setup.card", group.hours, office_hours, group.zone or zone),
        Part("setup.card.language", {"language": language_name(group.language)}, follows=True),
    )


def stated(text: str) -> Value:
    """A statement, or the word for one that is missing."""
    return Word("setup.unstated") if text in {"", UNSTATED} else text


def language_name(language: str) -> Value:
    """The name of a language in itself."""
    return Word(f"setup.languages.{language}") if language else Word("setup.unstated")


def kind_line(group: Group) -> Part:
    """Whether the group stays, or when it ends."""
    if group.kind is None:
        return Part("setup.card.kind_unstated", follows=True)
    if group.kind is GroupKind.PROJECT:
        end = f"{group.end_date:%Y-%m-%d}" if group.end_date else Word("setup.unstated")
        return Part("setup.card.kind_project", {"end": end}, follows=True)
    return Part("setup.card.kind_standing", follows=True)


def hours_line(section: str, hours: str | None, office_hours: str, zone: str) -> Part:
    """The working hours: the office's, an ordinary week, or any other."""
    text = hours or office_hours
    fields: dict[str, Value] = {"hours": weekday_ranges(text) or text, "zone": zone}
    whose = "office" if not hours else "own"
    how = "weekdays" if weekday_ranges(text) else "other"
    return Part(f"{section}.hours_{whose}_{how}", fields, follows=True)
