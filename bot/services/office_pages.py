"""What the office's own page says: its places, its contacts, how to bind one, and the latest changes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.changes import Change
from bot.core.group import Group
from bot.core.office import CODE_LASTS, PlaceKind
from bot.core.policy import Policy
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.ports import UnitOfWork
from bot.services import welcome
from bot.services.links import start_link
from bot.services.office import CONTACT, channel_chat, desk_chat

ACTION = "of"
QUESTION = "office"
LATEST = 10
"""Changes that are shown."""
NOUNS = frozenset({"unit", "object", "place", "binding", "pointer", "approval", "inquiry"})


async def home(work: UnitOfWork, policy: Policy, language: str, zone: ZoneInfo) -> Speech:
    """The places, how many contacts there are, and what can be bound."""
    parts = [Part("office.title")]
    rows: list[tuple[Button, ...]] = []
    for kind, chat in ((PlaceKind.DESK, desk_chat), (PlaceKind.CHANNEL, channel_chat)):
        parts.append(await _place(work, kind, await chat(work, policy), zone))
        row = [Button(Part(f"office.button.{kind}"), f"{ACTION}:code:{kind}")]
        if await work.office.place(kind) is not None:
            row.append(Button(Part(f"office.button.drop_{kind}"), f"{ACTION}:drop:{kind}"))
        rows.append(tuple(row))
    contacts = await work.office.bindings()
    parts.append(_line("office.contacts", count=len(contacts), units=len({each.unit_id for each in contacts})))
    rows.append((Button(Part("office.button.contact"), f"{ACTION}:code:{CONTACT}"),))
    rows.append((Button(Part("office.button.log"), f"{ACTION}:log"),))
    return Speech(tuple(parts), language, tuple(rows))


def code(purpose: str, code: str, username: str, language: str, unit: str = "") -> Speech:
    """A code, shown this once, and where it is to be used."""
    minutes = int(CODE_LASTS.total_seconds() // 60)
    fields: dict[str, Value] = {"code": code, "minutes": minutes, "unit": unit, "bot": username}
    rows: tuple[tuple[Button, ...], ...] = ()
    if purpose == PlaceKind.DESK:
        rows = ((Button(Part("office.button.add"), url=f"https://t.me/{username}?startgroup=desk"),),)
    elif purpose == PlaceKind.CHANNEL:
        link = f"https://t.me/{username}?startchannel&admin=post_messages"
        rows = ((Button(Part("office.button.add_channel"), url=link),),)
    else:
        rows = ((Button(Part("office.button.open"), url=start_link(username, "bind")),),)
    return Speech((Part(f"office.code.{purpose}", fields),), language, (*rows, _back()))


def which_unit(language: str) -> Speech:
    """Ask for the name of a unit."""
    return Speech((Part("office.which_unit"),), language, (_back(),))


def really(kind: str, language: str) -> Speech:
    """Ask once more before a place is given up."""
    row = (Button(Part("office.button.yes"), f"{ACTION}:drop:{kind}:yes"),)
    return Speech((Part(f"office.really.{kind}"),), language, (row, _back()))


async def log(work: UnitOfWork, language: str, zone: ZoneInfo) -> Speech:
    """The latest changes, the newest first, with what they changed."""
    latest = await work.changes.latest(LATEST)
    parts = [Part("office.log.title"), *(_change(each, zone) for each in latest)]
    return Speech((*parts, Part("office.log.none" if not latest else "office.log.whole")), language, (_back(),))


async def unlisted(work: UnitOfWork, group: Group) -> None:
    """A group that became the desk is no group of the ledger: nobody is welcomed there."""
    await work.outbox.cancel(welcome.key(group))
    await work.groups.delete(group.id)


async def _place(work: UnitOfWork, kind: PlaceKind, chat_id: int | None, zone: ZoneInfo) -> Part:
    place = await work.office.place(kind)
    if place is not None:
        return _line(f"office.place.{kind}", title=place.title, since=_shown(place.bound_at, zone))
    return _line(f"office.place.{kind}_none" if chat_id is None else f"office.place.{kind}_setting")


def _change(change: Change, zone: ZoneInfo) -> Part:
    noun = change.noun if change.noun in NOUNS else "object"
    names = "、".join(sorted({*change.before, *change.after}))
    fields: dict[str, Value] = {
        "at": _shown(change.at, zone),
        "role": Word(f"role.{change.role}"),
        "noun": Word(f"office.log.noun.{noun}"),
        "id": change.noun_id,
        "fields": names,
    }
    return Part("office.log.line", fields, follows=True)


def _back() -> tuple[Button, ...]:
    return (Button(Part("office.button.back"), f"{ACTION}:home"),)


def _shown(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _line(key: str, **fields: Value) -> Part:
    return Part(key, fields, follows=True)
