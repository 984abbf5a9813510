"""Who is told of a step: the unit's contacts in private, the desk of a unit's word, the channel of a correction.

Nothing is told before the office can no longer take the step back, and nobody is written to outside working time.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.core.case_moves import DECIDED, Step
from bot.core.case_screens import CaseScreen, Party
from bot.core.case_views import decided_before, view_of
from bot.core.cases import UNDO_WITHIN, Case, Event, Shown
from bot.core.changes import Role
from bot.core.speech import Outgoing, PostKind
from bot.ports import UnitOfWork
from bot.services import case_posts
from bot.services.case_files import MOST, CaseRoom, as_told, contacts_of
from bot.services.office import channel_chat, desk_chat

TOLD = frozenset({Step.SEND, Step.CORRECT, Step.CONFIRM, Step.CLEAR, Step.REOPEN})
"""The office's steps that a unit is told of, once it knows of the case."""


async def tell(
    work: UnitOfWork,
    room: CaseRoom,
    case: Case,
    event: Event,
    now: datetime,
    *,
    objected: bool = False,
    sent_out: bool = False,
) -> None:
    """Queue what a step tells; `objected` tells that the unit had objected to what was decided before.

    A notice is corrected only when the office says that it was sent out.
    """
    if event.by is Role.UNIT_CONTACT:
        await _tell_desk(work, room, case, event, now)
        return
    if event.step in TOLD and Shown.UNIT in case.shown:
        await _tell_unit(work, room, case, event, now, objected=objected)
    if event.step is Step.CLEAR and sent_out and Shown.NOTICE in case.shown:
        await _tell_channel(work, room, case, event, now)


async def cancel(work: UnitOfWork, case: Case, event: Event) -> None:
    """Take back what a step was to tell."""
    if case.unit_id is not None:
        for binding in await work.office.bindings(case.unit_id):
            await work.outbox.cancel(_key(case.id, event.id, binding.person))
    await work.outbox.cancel(_key(case.id, event.id, "channel"))


async def cancel_for(work: UnitOfWork, unit_id: int, person: str) -> None:
    """Somebody is no contact of a unit any more: what waits to be told to them of its cases is not said."""
    for case in await work.cases.of_unit(unit_id, MOST):
        for event in await work.cases.events(case.id):
            await work.outbox.cancel(_key(case.id, event.id, person))
        await work.outbox.cancel(due_key(case, person))


def due_key(case: Case, person: str) -> str:
    """The key of the one reminder that a contact gets of a due day."""
    return f"case:{case.id}:due:{case.due}:{person}"


async def _tell_unit(
    work: UnitOfWork, room: CaseRoom, case: Case, event: Event, now: datetime, *, objected: bool
) -> None:
    file = await as_told(work, case)
    review = _review(file.events, event) if objected and event.after in DECIDED else ""
    view = view_of(file, Party.UNIT, CaseScreen.UNIT_POST, room.today(now))
    entries = []
    for binding in await contacts_of(work, case.unit_id):
        language = await work.people.language(binding.person) or room.policy.language
        speech = case_posts.to_unit(view, room.office.zone, case.id, event.step, language, review)
        key = _key(case.id, event.id, binding.person)
        entries.append(
            Outgoing(binding.user_id, PostKind.PROMPT, speech=speech, key=key, not_before=event.at + UNDO_WITHIN)
        )
    await work.outbox.add(entries, now)


def _review(events: Sequence[Event], event: Event) -> str:
    """Whether what the unit objected to stands as it was decided."""
    former = decided_before([each for each in events if each.id < event.id])
    return "upheld" if former is not None and former.after is event.after else "changed"


async def _tell_desk(work: UnitOfWork, room: CaseRoom, case: Case, event: Event, now: datetime) -> None:
    desk = await desk_chat(work, room.policy)
    if desk is None:
        return
    view = view_of(await as_told(work, case), Party.OFFICE, CaseScreen.DESK_POST, room.today(now))
    speech = case_posts.to_desk(view, room.office.zone, case.id, event.step, room.policy.language)
    await work.outbox.add([Outgoing(desk, PostKind.TROUBLE, speech=speech, key=_key(case.id, event.id, "desk"))], now)


async def _tell_channel(work: UnitOfWork, room: CaseRoom, case: Case, event: Event, now: datetime) -> None:
    """Correct what stood in a notice where notices go out: in the channel, or without one at the desk."""
    channel = await channel_chat(work, room.policy) or await desk_chat(work, room.policy)
    if channel is None:
        return
    view = view_of(await as_told(work, case), Party.MEMBER, CaseScreen.CHANNEL, room.today(now))
    speech = case_posts.to_channel(view, room.office.zone, room.policy.language)
    key = _key(case.id, event.id, "channel")
    post = Outgoing(channel, PostKind.NOTICE, speech=speech, key=key, not_before=event.at + UNDO_WITHIN)
    await work.outbox.add([post], now)


def _key(case_id: int, event_id: int, who: str) -> str:
    return f"case:{case_id}:{event_id}:{who}"
