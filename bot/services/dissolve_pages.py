"""What people read about the end of a group, with the buttons to decide it; no answer is ever needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.dissolve import Terms, in_order, stage_of
from bot.core.group import BotRight, Group, GroupKind
from bot.core.ledger import LedgerObject, ObjectState
from bot.core.policy import Policy
from bot.core.speech import Button, Part, Speech, Value, Word

ACTION = "ds"
QUESTION = "dissolve"
SHOWN = 40
"""Rows that one page lists."""


def chooser(rows: Sequence[LedgerObject], language: str) -> Speech:
    """The rows that somebody may decide about, by their end."""
    listed = in_order(rows)[:SHOWN]
    buttons = tuple(
        (Button(Part("dissolve.choose", {"name": row.name, "end": _end(row)}), f"{ACTION}:{row.id}"),) for row in listed
    )
    return Speech((Part("dissolve.which" if buttons else "dissolve.none"),), language, buttons)


def page(row: LedgerObject, terms: Terms, today: date, language: str, silent_since: date | None = None) -> Speech:
    """One row: how far it has come, and what can be decided."""
    stage = stage_of(row, terms, today, silent_since)
    parts = [Part("dissolve.title_line", {"name": row.name})]
    parts.append(Part.line(f"dissolve.stage.{stage}", end=_end(row), days=terms.grace_days))
    if row.kind is GroupKind.PROJECT and not row.state.ended:
        parts.append(Part.line("dissolve.local"))
    return Speech(tuple(parts), language, _choices(row))


def of_settings(row: LedgerObject, policy: Policy, today: date, language: str, back: tuple[Button, ...]) -> Speech:
    """The same, reached from the settings of a group."""
    shown = page(row, policy.terms, today, language)
    return replace(shown, buttons=(*shown.buttons, back))


def question(row: LedgerObject, terms: Terms, today: date, language: str) -> Speech:
    """The question of the owner in private, before the end, on it, or once after the grace."""
    return Speech((*_asked(row, terms, today), Part("dissolve.no_need")), language, _choices(row))


def more(language: str) -> Speech:
    """That more rows are near or past their end than somebody is asked about one by one."""
    return Speech((Part("dissolve.more"), Part("dissolve.no_need")), language)


def notice(row: LedgerObject, terms: Terms, today: date, language: str, link: str) -> Speech:
    """The same in the group, where nobody could be asked in private; its button leads into the private chat."""
    return Speech(_asked(row, terms, today), language, ((Button(Part("dissolve.button.decide"), url=link),),))


def dormant(row: LedgerObject, since: date, language: str) -> Speech:
    """The one question about a group in which nobody has written for long: two buttons."""
    buttons = (_button(row, "keep"), _button(row, "close"))
    return Speech((Part("dissolve.dormant", {"name": row.name, "since": since.isoformat()}),), language, (buttons,))


def months(row: LedgerObject, choices: Sequence[int], language: str, *, office: bool) -> Speech:
    """For how long a group is to go on."""
    parts = [Part("dissolve.extend", {"name": row.name, "end": _end(row)})]
    if office:
        parts.append(Part("dissolve.extend_office"))
    buttons = tuple(_button(row, f"extend:{each}", "months", months=each) for each in choices)
    return Speech(tuple(parts), language, (buttons, (_back(row),)))


def reason(row: LedgerObject, until: date, language: str) -> Speech:
    """Ask for the reason in words."""
    return Speech((Part("dissolve.reason", {"end": until.isoformat()}),), language, ((_back(row),),))


def really(row: LedgerObject, group: Group | None, what: str, language: str) -> Speech:
    """Ask once more, and say what will happen; of closing, what the bot can do and what only the owner can."""
    parts = [Part(f"dissolve.really.{what}", {"name": row.name})]
    if what == "close" and group is not None:
        parts += [Part.line(f"dissolve.will.{act}") for act in _able(group)]
    return Speech(tuple(parts), language, ((_button(row, f"{what}:yes", f"yes_{what}"),), (_back(row),)))


def closed(row: LedgerObject, group: Group | None, moment: datetime, zone: ZoneInfo, language: str) -> Speech:
    """What was arranged, and what is left to the owner, in one message."""
    at = f"{moment.astimezone(zone):%m-%d %H:%M}"
    arranged = Part("dissolve.arranged" if group is not None else "dissolve.arranged_elsewhere", {"at": at})
    buttons = (_button(row, "gone"), _button(row, "reopen"))
    how = Part("dissolve.owner_only" if group is not None else "dissolve.owner_elsewhere")
    return Speech((Part("dissolve.title_line", {"name": row.name}), arranged, how), language, (buttons,))


def awaiting(row: LedgerObject, language: str) -> Speech:
    """The one question after the grace, whether a group that was told to be closed is gone."""
    buttons = (_button(row, "gone"), _button(row, "reopen"))
    parts = (Part("dissolve.still", {"name": row.name}), Part("dissolve.owner_only"), Part("dissolve.no_need"))
    return Speech(parts, language, (buttons,))


def desk_request(row: LedgerObject, until: date, reason: str, language: str) -> Speech:
    """A second extension, for the office to decide at its desk."""
    fields: dict[str, Value] = {"name": row.name, "end": _end(row), "until": until.isoformat(), "reason": reason}
    row_of = tuple(
        Button(Part(f"dissolve.button.desk_{answer}"), f"{ACTION}:desk:{row.id}:{until:%Y%m%d}:{answer}")
        for answer in ("yes", "no")
    )
    return Speech((Part("dissolve.desk.request", fields),), language, (row_of,))


def _asked(row: LedgerObject, terms: Terms, today: date) -> tuple[Part, ...]:
    left = 0 if row.end_date is None else (row.end_date - today).days
    fields: dict[str, Value] = {"name": row.name, "end": _end(row), "days": abs(left), "grace": terms.grace_days}
    when = "before" if left > 0 else "today" if left == 0 else "grace" if left < -terms.grace_days else "past"
    return (Part(f"dissolve.ask.{when}", fields), Part("dissolve.clause"))


def _choices(row: LedgerObject) -> tuple[tuple[Button, ...], ...]:
    if row.state.ended:
        return ()
    if row.state is ObjectState.AWAITING:
        return ((_button(row, "gone"), _button(row, "reopen")),)
    season = _button(row, "season", "season_off" if row.seasonal else "season_on")
    if row.kind is GroupKind.PROJECT:
        return ((_button(row, "close"), _button(row, "extend")), (_button(row, "standing"),))
    return ((_button(row, "close"), season),)


def _able(group: Group) -> list[str]:
    able = {"lock": BotRight.RESTRICT_MEMBERS, "retitle": BotRight.CHANGE_INFO}
    acts = ["farewell", *(act for act, right in able.items() if right in group.rights)]
    if group.is_forum and BotRight.MANAGE_TOPICS in group.rights:
        acts.append("topics")
    return [*acts, "leave", "owner"]


def _end(row: LedgerObject) -> Value:
    return Word("dissolve.no_end") if row.end_date is None else row.end_date.isoformat()


def _button(row: LedgerObject, what: str, label: str = "", **fields: Value) -> Button:
    return Button(Part(f"dissolve.button.{label or what}", fields), f"{ACTION}:{row.id}:{what}")


def _back(row: LedgerObject) -> Button:
    return Button(Part("dissolve.button.back"), f"{ACTION}:{row.id}")
