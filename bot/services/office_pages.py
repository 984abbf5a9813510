"""What the office's own page says: its places, its contacts, how to bind one, and the latest changes."""

from dataclasses import fields
from zoneinfo import ZoneInfo

from bot.core.changes import Change
from bot.core.dates import shown
from bot.core.ledger import LedgerObject
from bot.core.ledger_log import OBJECT, UNIT
from bot.core.office import CODE_LASTS, Binding, PlaceKind
from bot.core.policy import Policy
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.ledger import SAME_AS, WATCHED
from bot.services.links import start_link
from bot.services.office import CONTACT, channel_chat, desk_chat

ACTION = "of"
QUESTION = "office"
CONTACTS = 20
"""Contacts of one unit that are shown."""
LATEST = 10
"""Changes that are shown."""
FIELDS = frozenset({*(each.name for kind in (Unit, LedgerObject) for each in fields(kind)), WATCHED, SAME_AS})
"""What may have changed in a unit or row of the ledger: names under `ledger_file.field`."""
NOUNS = frozenset({"unit", "object", "place", "binding", "pointer", "approval", "inquiry", "case"})


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
    parts.append(Part.line("office.contacts", count=len(contacts), units=len({each.unit_id for each in contacts})))
    contact = Button(Part("office.button.contact"), f"{ACTION}:code:{CONTACT}")
    back = Button(Part("office.button.contacts"), f"{ACTION}:contacts")
    rows.append((contact, back) if contacts else (contact,))
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


def which_unit(language: str, key: str = "office.which_unit") -> Speech:
    """Ask for the name of a unit."""
    return Speech((Part(key),), language, (_back(),))


async def contacts(work: UnitOfWork, unit: Unit, language: str, zone: ZoneInfo) -> Speech:
    """The contacts of a unit, each with a button to take the role back; who they are is not known here either."""
    bound = (await work.office.bindings(unit.id))[:CONTACTS]
    rows = []
    for each in bound:
        label = Part("office.button.one_contact", {"unit": unit.name, "since": shown(each.bound_at, zone)})
        rows.append((Button(label, f"{ACTION}:out:{unit.id}:{_mark(each)}"),))
    return Speech((Part(f"office.out.{'pick' if bound else 'none'}", {"unit": unit.name}),), language, (*rows, _back()))


async def contact_of(work: UnitOfWork, unit_id: int, mark: str) -> Binding | None:
    """The contact that a button of `contacts` stands for; None when the role was taken back already."""
    return next((each for each in await work.office.bindings(unit_id) if _mark(each) == mark), None)


def really_take(unit: Unit, contact: Binding, language: str, zone: ZoneInfo) -> Speech:
    """Ask once more before the role of a contact is taken back."""
    asked = Part("office.out.really", {"unit": unit.name, "since": shown(contact.bound_at, zone)})
    row = (Button(Part("office.button.take"), f"{ACTION}:out:{unit.id}:{_mark(contact)}:yes"),)
    return Speech((asked,), language, (row, _back()))


def really(kind: str, language: str) -> Speech:
    """Ask once more before a place is given up."""
    row = (Button(Part("office.button.yes"), f"{ACTION}:drop:{kind}:yes"),)
    return Speech((Part(f"office.really.{kind}"),), language, (row, _back()))


async def log(work: UnitOfWork, language: str, zone: ZoneInfo) -> Speech:
    """The latest changes, the newest first, with what they changed."""
    latest = await work.changes.latest(LATEST)
    parts = [Part("office.log.title"), *(_change(each, zone) for each in latest)]
    return Speech((*parts, Part("office.log.none" if not latest else "office.log.whole")), language, (_back(),))


async def _place(work: UnitOfWork, kind: PlaceKind, chat_id: int | None, zone: ZoneInfo) -> Part:
    place = await work.office.place(kind)
    if place is not None:
        return Part.line(f"office.place.{kind}", title=place.title, since=shown(place.bound_at, zone, year=True))
    return Part.line(f"office.place.{kind}_none" if chat_id is None else f"office.place.{kind}_setting")


def _change(change: Change, zone: ZoneInfo) -> Part:
    noun = change.noun if change.noun in NOUNS else "object"
    changed = [name for name in change.after if noun in {UNIT, OBJECT} and name in FIELDS]
    said: dict[str, Value] = {
        "at": shown(change.at, zone, year=True),
        "role": Word(f"role.{change.role}"),
        "noun": Word(f"office.log.noun.{noun}"),
        "id": change.noun_id,
        "count": len(changed),
    }
    if not changed:
        return Part("office.log.line", said, follows=True)
    said["what"] = Word(f"ledger_file.field.{changed[0]}")
    return Part("office.log.line_one" if len(changed) == 1 else "office.log.line_several", said, follows=True)


def _back() -> tuple[Button, ...]:
    return (Button(Part("office.button.back"), f"{ACTION}:home"),)


def _mark(contact: Binding) -> str:
    """What tells one contact of a unit from another in a button, without saying who it is."""
    return f"{contact.bound_at.timestamp():.6f}".replace(".", "")
