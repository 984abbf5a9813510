"""The office binds its two places and the contacts of units by one-time codes; each step stands in the log."""

import secrets
from datetime import datetime

from bot.core.changes import Change, Role, State
from bot.core.group import Group
from bot.core.office import CODE_LASTS, Binding, Code, Place, PlaceKind
from bot.core.policy import Policy
from bot.core.speech import Outgoing, PostKind, Speech
from bot.core.units import Unit
from bot.ports import UnitOfWork, Vault
from bot.services import welcome
from bot.services.persons import Person

CONTACT = "contact"
"""The purpose of a code that makes somebody the contact of a unit."""
PURPOSES = (*(kind.value for kind in PlaceKind), CONTACT)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look alike: I and 1, L, O and 0."""
LENGTH = 12


async def desk_chat(work: UnitOfWork, policy: Policy) -> int | None:
    """The chat in which the office works: the bound one, else that of the settings."""
    place = await work.office.place(PlaceKind.DESK)
    return policy.office_chat if place is None else place.chat_id


async def tell_desk(work: UnitOfWork, policy: Policy, speech: Speech, now: datetime, key: str = "") -> bool:
    """Say something at the desk, in working time; False where the office has none."""
    desk = await desk_chat(work, policy)
    if desk is not None:
        await work.outbox.add([Outgoing(desk, PostKind.TROUBLE, speech=speech, key=key)], now)
    return desk is not None


async def channel_chat(work: UnitOfWork, policy: Policy) -> int | None:
    """The channel to which the digest goes: the bound one, else that of the settings."""
    place = await work.office.place(PlaceKind.CHANNEL)
    return policy.channel if place is None else place.chat_id


async def make_code(work: UnitOfWork, vault: Vault, purpose: str, unit: Unit | None, now: datetime) -> str:
    """A new one-time code, which replaces an open one for the same; it is shown once, and kept as a keyed hash."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    kept = Code(digest_of(code, vault), purpose, now + CODE_LASTS, None if unit is None else unit.id)
    await work.office.keep_code(kept)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def digest_of(code: str, vault: Vault) -> str:
    """The keyed hash of a code as somebody typed it: case, hyphens and spaces aside."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return vault.digest("code", plain)


async def bind_place(work: UnitOfWork, place: Place, actor: str) -> None:
    """Make a chat the office's desk or channel, in place of a former one; what waits for that goes to the new one."""
    former = await work.office.place(place.kind)
    await work.office.bind(place)
    if former is not None and former.chat_id != place.chat_id:
        await work.outbox.move(former.chat_id, place.chat_id)
    await _log(work, "place", 0, _shown(former), _shown(place), actor, place.bound_at, place.kind)


async def release(work: UnitOfWork, group: Group) -> None:
    """A group that became the desk is not watched, and nobody is welcomed there; its row of the ledger stays."""
    await work.outbox.cancel(welcome.key(group))
    await work.groups.delete(group.id)


async def unbind_place(work: UnitOfWork, kind: PlaceKind, actor: str, now: datetime, role: Role = Role.OFFICE) -> bool:
    """Give a place up, with what waits to be said there; False when there was none."""
    former = await work.office.place(kind)
    if former is None:
        return False
    await work.office.unbind(kind)
    await work.outbox.forget(work.outbox.queue_of(former.chat_id))
    await _log(work, "place", 0, _shown(former), {}, actor, now, kind, role)
    return True


async def lost(work: UnitOfWork, chat_id: int, now: datetime) -> None:
    """The bot was removed from a place of the office, which has none of that kind from now on."""
    for kind in PlaceKind:
        place = await work.office.place(kind)
        if place is not None and place.chat_id == chat_id:
            await unbind_place(work, kind, "", now, Role.SYSTEM)


async def bind_contact(work: UnitOfWork, unit: Unit, person: Person, now: datetime) -> None:
    """Make somebody the contact of a unit: they see its own figures, and are written to in private."""
    await work.office.give_role(Binding(person.key, person.user_id, Role.UNIT_CONTACT, unit.id, now))
    await _log(work, "binding", unit.id, {}, {"role": Role.UNIT_CONTACT.value}, person.key, now)


async def unbind_contact(work: UnitOfWork, person_key: str, unit_id: int, actor: str, now: datetime) -> bool:
    """Take the role of a contact back; False when there was none."""
    taken = await work.office.take_role(person_key, unit_id)
    if taken:
        await _log(work, "binding", unit_id, {"role": Role.UNIT_CONTACT.value}, {}, actor, now)
    return taken


async def units_of(work: UnitOfWork, person_key: str) -> frozenset[int]:
    """The units whose contact somebody is."""
    mine = await work.office.binding(person_key)
    return frozenset(each.unit_id for each in mine if each.role is Role.UNIT_CONTACT and each.unit_id is not None)


def _shown(place: Place | None) -> State:
    return {} if place is None else {"kind": place.kind.value, "chat_id": place.chat_id, "title": place.title}


async def _log(
    work: UnitOfWork,
    noun: str,
    noun_id: int,
    before: State,
    after: State,
    actor: str,
    at: datetime,
    reason: str = "",
    role: Role = Role.OFFICE,
) -> None:
    await work.changes.append([Change(at, role, noun, noun_id, before, after, actor, reason)])
