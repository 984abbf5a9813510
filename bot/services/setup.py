"""From added to watching: the few questions in private.

The state is the group's own fields and the question that somebody is expected to answer, so that nothing is lost by a
restart, and any other admin of the group may go on where one left off.
"""

from dataclasses import replace
from datetime import datetime

from bot.core.changes import Role
from bot.core.group import Group, GroupState, SetupStep
from bot.core.ledger_log import Author
from bot.core.speech import Act, Button, Outgoing, Part, PostKind, Speech
from bot.ports import UnitOfWork
from bot.services import ends, ledger, unit_choice, welcome
from bot.services.card import UNSTATED, card
from bot.services.links import add_button
from bot.services.persons import Person
from bot.services.questions import FREE, Desk, asked, choices, filled, may_skip

ACTION = "su"
QUESTION = "setup"
"""Begins the name of a question of the set-up, as `setup:unit`."""
SCREENS = (
    *(SetupStep.UNIT, SetupStep.KIND, SetupStep.PURPOSE),
    *(SetupStep.OWNER, SetupStep.HOURS, SetupStep.LANGUAGE),
)
"""What is asked, in order; the end of a project group is chosen together with its kind."""


async def lead(work: UnitOfWork, desk: Desk, group: Group, person: Person, now: datetime) -> bool:
    """Lead whoever added the bot in private, as far as they can be reached; False leaves it to the welcome's button.

    Called on being added; the caller has made sure that the person is an admin of the group.
    """
    if not await work.people.reachable(person.key):
        return False
    speech = await resume(work, desk, group, person, now)
    await work.outbox.add([Outgoing(person.user_id, PostKind.ANSWER, speech=speech)], now)
    return True


async def resume(work: UnitOfWork, desk: Desk, group: Group, person: Person, now: datetime) -> Speech:
    """The next open question, or the summary when all are answered."""
    step = group.next_step
    if step is None:
        return await _complete(work, desk, group, person, now)
    return await ask(work, desk, group, step, person, now)


async def ask(
    work: UnitOfWork,
    desk: Desk,
    group: Group,
    step: SetupStep,
    person: Person,
    now: datetime,
    problem: Part | None = None,
) -> Speech:
    """One question with its buttons; words of one's own are awaited where they serve."""
    if step in FREE:
        await work.people.expect(person.key, f"{QUESTION}:{step}", group.id, now)
    else:
        await work.people.answered(person.key)
    screen = SetupStep.KIND if step is SetupStep.END_DATE else step
    number = SCREENS.index(screen) + 1
    head = Part("setup.step", {"group": group.title, "number": number, "all": len(SCREENS)})
    first = () if problem is None else (problem,)
    offer = await unit_choice.offered(work, desk, group, ACTION) if step is SetupStep.UNIT else None
    if offer is None:
        offer = unit_choice.Choice(asked(step, group, desk), tuple(choices(step, group, desk, ACTION)))
    return Speech((*first, head, *offer.parts), person.language, (*offer.rows, _ways(group, step, desk)))


async def answer(
    work: UnitOfWork, desk: Desk, group: Group, step: SetupStep, value: str, person: Person, now: datetime
) -> Speech:
    """Take an answer down and go on; one that cannot be used is explained and asked for again."""
    if value == UNSTATED and not may_skip(step, desk):
        return await ask(work, desk, group, step, person, now, Part("setup.problem.choose"))
    unit = await unit_choice.chosen(work, desk, group, f"{ACTION}:{step}", value)
    if isinstance(unit, unit_choice.Choice):
        await work.people.expect(person.key, f"{QUESTION}:{step}", group.id, now)
        return Speech(unit.parts, person.language, (*unit.rows, _ways(group, step, desk)))
    today = desk.today(group, now)
    stands = await ends.refusal(work, group, step)
    if stands is not None:
        return await _going_on(work, desk, group, stands, person, now)
    changed = filled(group, step, value, desk, today) if unit is None else replace(group, unit=unit.name)
    if isinstance(changed, Part):
        return await ask(work, desk, group, step, person, now, changed)
    await work.groups.update(changed)
    await ledger.follow(work, changed, now, group, unit, Author(Role.GROUP_ADMIN, person.key))
    if step is SetupStep.KIND and changed.next_step is not None and value == "project":
        return await ask(work, desk, changed, SetupStep.END_DATE, person, now)
    return await resume(work, desk, changed, person, now)


async def _going_on(work: UnitOfWork, desk: Desk, group: Group, first: Part, person: Person, now: datetime) -> Speech:
    """What is next, below a line about what was not taken down."""
    speech = await resume(work, desk, group, person, now)
    return replace(speech, parts=(first, *speech.parts))


async def back(work: UnitOfWork, desk: Desk, group: Group, step: SetupStep, person: Person, now: datetime) -> Speech:
    """The question before one; what was answered stays until it is answered anew."""
    before = SetupStep.KIND if step is SetupStep.END_DATE else SCREENS[max(SCREENS.index(step) - 1, 0)]
    return await ask(work, desk, group, before, person, now)


async def cancel(work: UnitOfWork, group: Group, person: Person) -> Speech:
    """Stop asking; what was answered stays, and anybody entitled may go on later."""
    await work.people.answered(person.key)
    go_on = Button(Part("setup.button.go_on"), f"{ACTION}:{group.id}:resume")
    return Speech((Part("setup.cancelled", {"group": group.title}),), person.language, ((go_on,),))


async def leave(work: UnitOfWork, group: Group, person: Person, now: datetime) -> Speech:
    """Leave politely: the group belongs to none of the units that the host serves."""
    await work.people.answered(person.key)
    await work.outbox.add([Outgoing(group.chat_id, PostKind.HOUSEKEEPING, Act.LEAVE)], now)
    return Speech.of("setup.not_served", person.language, group=group.title)


def blind(group: Group, desk: Desk, language: str) -> Speech:
    """That the bot cannot see a group's messages, with the two ways to mend it and the button for the first."""
    again = Button(Part("setup.button.check_again"), f"st:{group.id}")
    rows = ((add_button(desk.username, "setup.button.make_admin"),), (again,))
    return Speech((Part("setup.blind", {"group": group.title}),), language, rows)


def _ways(group: Group, step: SetupStep, desk: Desk) -> tuple[Button, ...]:
    start = f"{ACTION}:{group.id}:{step}"
    ways = []
    if step is not SCREENS[0]:
        ways.append(Button(Part("setup.button.back"), f"{start}:back"))
    if may_skip(step, desk):
        ways.append(Button(Part("setup.button.skip"), f"{start}:{UNSTATED}"))
    return (*ways, Button(Part("setup.button.cancel"), f"{start}:cancel"))


async def _complete(work: UnitOfWork, desk: Desk, group: Group, person: Person, now: datetime) -> Speech:
    await work.people.answered(person.key)
    if group.state is GroupState.LEFT:
        rows = ((add_button(desk.username, "setup.button.add"),),)
        return Speech((Part("setup.left", {"group": group.title}),), person.language, rows)
    if group.state in {GroupState.JOINED, GroupState.READY}:
        group = await welcome.begin(work, desk, group, person.user_id, now)
    lines = card(group, desk.office_hours, desk.zone.key)
    done = await _done(work, desk, group, now)
    if not group.sees:
        warning = blind(group, desk, person.language)
        first = done if group.state is GroupState.READY else Part("setup.done_blind", {"group": group.title})
        return replace(warning, parts=(first, *lines, *warning.parts))
    more = Button(Part("setup.button.settings"), f"se:{group.id}")
    status = Button(Part("setup.button.status"), f"st:{group.id}")
    return Speech((done, *lines, Part("setup.hint_status")), person.language, ((more, status),))


async def _done(work: UnitOfWork, desk: Desk, group: Group, now: datetime) -> Part:
    """That watching begins, or when it does."""
    if group.state is not GroupState.READY:
        return Part("setup.done", {"group": group.title})
    moment = await welcome.next_chance(work, desk, group, now)
    if moment is None:
        return Part("setup.done_untold", {"group": group.title})
    return Part("setup.done_ready", {"group": group.title, "moment": f"{moment:%Y-%m-%d %H:%M}"})
