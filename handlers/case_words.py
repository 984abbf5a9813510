"""What is typed or chosen of a case in private: the wording to a unit, an answer, a reason, a unit, a case to join."""

from collections.abc import Sequence

from bot.core.case_moves import Step
from bot.core.cases import UNDO_WITHIN, Case, Clearing, Shown
from bot.core.changes import Role
from bot.core.errors import CaseRefused
from bot.core.speech import Part, Speech, Value
from bot.services import case_files, case_forms, case_office, case_pages, cases
from bot.services.case_files import CaseRoom
from bot.services.case_forms import NOT_SENT_OUT, SENT_OUT
from bot.services.case_lines import QUESTION
from bot.services.case_pages import UNIT_STEPS, Look
from bot.services.cases import Actor
from bot.services.unit_choice import FOUND, LOOKED_AT
from bot.services.units import matching
from handlers.answering import Typed
from handlers.context import Context

PAGE, UNDO, ASK, UNIT, JOIN = "page", "undo", "ask", "unit", "join"
"""What may be asked for beside the steps themselves."""
_OFFICE_WORDS = frozenset({*Step, ASK})


def number_of(text: str) -> int:
    """The number in pressed data; 0 for anything else."""
    return int(text) if text.isdecimal() and text.isascii() else 0


def refusal(error: CaseRefused) -> Part:
    """Why something cannot be done, in one sentence."""
    fields: dict[str, Value] = {"most": 0, "minutes": 0}
    fields |= {name: value for name, value in error.fields.items() if isinstance(value, str | int)}
    return Part(f"errors.{error.key}", fields)


async def asked(
    context: Context,
    room: CaseRoom,
    actor: Actor,
    look: Look,
    case_id: int,
    what: str,
    clearing: str = "",
    sent_out: str = "",
) -> Speech:
    """Ask for words, or show what there is to choose from; raises `CaseRefused`."""
    work, now = context.work, context.now
    case = await cases.case_for(work, actor, case_id, now)
    await work.people.answered(actor.key)
    if actor.role is not Role.OFFICE:
        if what not in UNIT_STEPS:
            raise CaseRefused("not_yours")
        await work.people.expect(actor.key, f"{QUESTION}:{what}.{case_id}", 0, now)
        return case_forms.ask_unit(case, what, look)
    if what == UNIT:
        await work.people.expect(actor.key, f"{QUESTION}:{UNIT}.{case_id}", 0, now)
        return case_forms.which_unit(case, (), look)
    if what == JOIN:
        others = await case_office.candidates(work, actor, case_id, now)
        return await case_forms.which_case(work, room, look, case, others)
    if what not in _OFFICE_WORDS:
        raise CaseRefused("gone")
    if what == Step.CLEAR and (choice := _to_choose(case, look, clearing, sent_out)):
        return choice
    if what == Step.SEND and case.unit_id is None:
        raise CaseRefused("no_unit")
    await work.people.expect(actor.key, f"{QUESTION}:{what}.{case_id}.{clearing}.{sent_out}", 0, now)
    return await case_forms.ask(work, room, look, case, what, sent_out)


def _to_choose(case: Case, look: Look, clearing: str, sent_out: str) -> Speech | None:
    """What the office chooses before it writes why a charge is cleared; nothing where nobody was told of it."""
    if case.shown and clearing not in set(Clearing):
        return case_forms.how_cleared(case, look)
    if Shown.NOTICE in case.shown and sent_out not in {SENT_OUT, NOT_SENT_OUT}:
        return case_forms.whether_sent_out(case, clearing, look)
    return None


async def taken(context: Context, room: CaseRoom, actor: Actor, look: Look, answer: Typed) -> Speech:
    """Do what was asked for with what was typed; what cannot be done is said, and may be typed again."""
    what, number, clearing, sent_out = (*answer.about.split("."), "", "", "")[:4]
    case_id = number_of(number)
    try:
        if what == UNIT:
            return await _searched(context, room, actor, look, case_id, answer.text)
        if what == ASK:
            count = await case_office.ask(context.work, room, actor, case_id, answer.text, context.now)
            note = Part("case.done.ask", {"count": count})
        else:
            how = Clearing(clearing) if clearing in set(Clearing) else None
            after = await cases.make(
                *(context.work, room, actor, case_id, Step(what), context.now),
                words=answer.text,
                clearing=how,
                sent_out=sent_out == SENT_OUT,
            )
            note = await _note(context, actor, after, what)
    except CaseRefused as error:
        if error.reason not in {"long", "words"}:
            await context.work.people.answered(actor.key)
        return Speech((refusal(error),), look.language)
    await context.work.people.answered(actor.key)
    return await page_of(context, room, actor, look, case_id, note)


async def _note(context: Context, actor: Actor, case: Case, what: str) -> Part:
    """What was done, and who is told of it when."""
    if actor.role is not Role.OFFICE:
        return Part(f"case.done.unit_{what}")
    minutes = int(UNDO_WITHIN.total_seconds() // 60)
    if what == Step.SEND and not await case_files.contacts_of(context.work, case.unit_id):
        return Part("case.done.send_nobody")
    if what == Step.CLEAR and not case.shown:
        return Part("case.done.clear_untold", {"minutes": minutes})
    return Part(f"case.done.{what}", {"minutes": minutes})


async def _searched(context: Context, room: CaseRoom, actor: Actor, look: Look, case_id: int, words: str) -> Speech:
    """The unit that was named, or those that have the words in their name."""
    case = await cases.case_for(context.work, actor, case_id, context.now)
    unit = await context.work.units.named(words)
    if unit is not None:
        return await named(context, room, actor, look, case_id, unit.id)
    found = matching(await context.work.units.like(words, LOOKED_AT), words, FOUND)
    return case_forms.which_unit(case, found, look, "case.ask.unit_several" if found else "office.unknown_unit")


async def chosen(context: Context, room: CaseRoom, actor: Actor, look: Look, arguments: Sequence[str]) -> Speech:
    """Take a unit, or a case to join, that was chosen by a button; raises `CaseRefused`."""
    what, case_id, other, sure = arguments
    if what == "u":
        return await named(context, room, actor, look, number_of(case_id), number_of(other))
    return await joined(context, room, actor, look, (number_of(case_id), number_of(other)), sure=sure == "yes")


async def named(context: Context, room: CaseRoom, actor: Actor, look: Look, case_id: int, unit_id: int) -> Speech:
    """Say which unit a case is about; raises `CaseRefused`."""
    unit = await context.work.units.get(unit_id)
    if unit is None or not unit.is_open:
        raise CaseRefused("no_unit")
    await case_office.assign(context.work, actor, case_id, unit, context.now)
    await context.work.people.answered(actor.key)
    return await page_of(context, room, actor, look, case_id, Part("case.done.unit", {"unit": unit.name}))


async def joined(
    context: Context, room: CaseRoom, actor: Actor, look: Look, pair: tuple[int, int], *, sure: bool
) -> Speech:
    """Join another case into one, after asking once more; raises `CaseRefused`."""
    work, (case_id, other_id) = context.work, pair
    case = await cases.case_of_office(work, actor, case_id, context.now)
    other = await cases.case_of_office(work, actor, other_id, context.now)
    if not sure:
        return await case_forms.really_join(work, room, look, case, other)
    await case_office.join(work, actor, case_id, other_id, context.now)
    return await page_of(context, room, actor, look, case_id, Part("case.done.join", {"other": other_id}))


async def page_of(
    context: Context, room: CaseRoom, actor: Actor, look: Look, case_id: int, note: Part | None = None
) -> Speech:
    """The page of a case, for the office or for a contact of its unit; raises `CaseRefused`."""
    case = await cases.case_for(context.work, actor, case_id, context.now)
    made = case_pages.office_page if actor.role is Role.OFFICE else case_pages.unit_page
    return await made(context.work, room, look, case, note)
