"""The settings of a group, changed in private by its admins: each page is a speech, each press a change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.changes import Change, Role, State
from bot.core.group import GENERAL, Gap, Group, GroupState, Response, SetupStep
from bot.core.ledger_log import CASE, Author
from bot.core.speech import Act, Button, Outgoing, Part, PostKind, Speech, Value, Word
from bot.ports import UnitOfWork
from bot.services import dissolve_pages, ends, ledger, unit_choice
from bot.services.card import UNSTATED, card
from bot.services.persons import Person
from bot.services.questions import FREE, Desk, asked, choices, filled, may_skip

ACTION = "se"
QUESTION = "settings"
ZONE = "zone"
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Taipei")
PAUSED = "paused"
PER_ROW = 3
MOST_GROUPS = 40

_FIELDS = (
    *(SetupStep.HOURS, SetupStep.LANGUAGE, SetupStep.UNIT),
    *(SetupStep.PURPOSE, SetupStep.OWNER, SetupStep.KIND),
)


def groups(mine: Sequence[Group], language: str, *, more: bool) -> Speech:
    """The groups of a person to choose from; `more` says that not all could be looked at."""
    rows = tuple((_named(group.title, f"{ACTION}:{group.id}"),) for group in mine[:MOST_GROUPS])
    parts = [Part("settings.choose_group" if mine else "settings.no_group")]
    if more or len(mine) > MOST_GROUPS:
        parts.append(Part("settings.more_groups"))
    return Speech(tuple(parts), language, rows)


def menu(group: Group, desk: Desk, language: str, thread: int | None = None) -> Speech:
    """What is set for a group, and a button for each thing; `thread` is the topic that the command came from."""
    response = Word(f"settings.response.{group.response}.name")
    parts = [
        Part(f"settings.title.{group.state}", {"group": group.title}),
        *card(group, desk.office_hours, desk.zone.key),
        Part("settings.line_response", {"response": response}, follows=True),
    ]
    if group.exempt_threads:
        parts.append(Part("settings.line_topics", {"count": len(group.exempt_threads)}, follows=True))
    buttons = [_button(group, "response"), *(_button(group, step) for step in _FIELDS), _button(group, ZONE)]
    if group.is_forum:
        buttons.append(_button(group, "topic"))
    rows = [tuple(buttons[first : first + PER_ROW]) for first in range(0, len(buttons), PER_ROW)]
    if group.is_forum and thread is not None:
        rows.append((_topic(group, thread),))
    going = _button(group, "pause") if group.state is GroupState.WATCHING else _button(group, "go")
    return Speech(tuple(parts), language, (*rows, (going, _button(group, "data")), (_groups_button(),)))


async def page(work: UnitOfWork, desk: Desk, group: Group, what: str, person: Person, now: datetime) -> Speech:
    """The page on which one thing is chosen; words are awaited where they serve."""
    if what in FREE or what == ZONE:
        await work.people.expect(person.key, f"{QUESTION}:{what}", group.id, now)
    else:
        await work.people.answered(person.key)
    back = (Button(Part("settings.button.back"), f"{ACTION}:{group.id}"),)
    row = await work.objects.of_group(group.id)
    if row is not None and await ends.refusal(work, group, what) is not None:
        return dissolve_pages.of_settings(row, desk.policy, desk.today(group, now), person.language, back)
    if what in set(SetupStep):
        step = SetupStep(what)
        offer = await unit_choice.offered(work, desk, group, ACTION) if step is SetupStep.UNIT else None
        rows = choices(step, group, desk, ACTION) if offer is None else [*offer.rows]
        words = asked(step, group, desk) if offer is None else offer.parts
        if may_skip(step, desk):
            rows.append((Button(Part("setup.button.unstated"), f"{ACTION}:{group.id}:{step}:{UNSTATED}"),))
        return Speech((_title(group), *words), person.language, (*rows, back))
    if what == "response":
        return _responses(group, person.language, back)
    if what == ZONE:
        rows = [
            tuple(_named(zone, f"{ACTION}:{group.id}:{ZONE}:{zone}") for zone in pair)
            for pair in (ZONES[:2], ZONES[2:])
        ]
        zone = group.zone or desk.zone.key
        return Speech((_title(group), Part("settings.ask_zone", {"zone": zone})), person.language, (*rows, back))
    if what == "topic":
        topics = tuple((_topic(group, thread),) for thread in sorted({GENERAL, *group.exempt_threads})[:MOST_GROUPS])
        return Speech((_title(group), Part("settings.ask_topic")), person.language, (*topics, back))
    return data(group, person.language) if what == "data" else menu(group, desk, person.language)


async def change(
    work: UnitOfWork, desk: Desk, group: Group, what: str, value: str, person: Person, now: datetime
) -> tuple[Speech, Part | None]:
    """Change one thing; the page that follows, and a line for the presser."""
    unit = await unit_choice.chosen(work, desk, group, f"{ACTION}:{what}", value)
    if isinstance(unit, unit_choice.Choice):
        await work.people.expect(person.key, f"{QUESTION}:{what}", group.id, now)
        back = Button(Part("settings.button.back"), f"{ACTION}:{group.id}")
        return Speech((_title(group), *unit.parts), person.language, (*unit.rows, (back,))), None
    stands = await ends.refusal(work, group, what)
    changed = stands or (_changed(group, what, value, desk, now) if unit is None else replace(group, unit=unit.name))
    if isinstance(changed, Part):
        again = await page(work, desk, group, what, person, now)
        return replace(again, parts=(changed, *again.parts)), None
    await work.groups.update(changed)
    await ledger.follow(work, changed, now, group, unit, Author(Role.GROUP_ADMIN, person.key))
    if what == SetupStep.KIND and value == "project":
        return await page(work, desk, changed, SetupStep.END_DATE, person, now), None
    await work.people.answered(person.key)
    return menu(changed, desk, person.language), Part("settings.saved")


async def pause(work: UnitOfWork, desk: Desk, group: Group, person: Person, now: datetime) -> Speech:
    """Stop watching; what is not seen meanwhile is a gap, not a zero."""
    if group.state is GroupState.WATCHING:
        group = replace(group, state=GroupState.JOINED, watching_since=None)
        await work.groups.update(group)
        await work.groups.open_gap(Gap(group.id, now, PAUSED))
    return menu(group, desk, person.language)


def data(group: Group, language: str) -> Speech:
    """What can be done about the data: delete it, leave, or both."""
    rows = tuple((_button(group, what),) for what in ("wipe", "leave", "gone"))
    back = (Button(Part("settings.button.back"), f"{ACTION}:{group.id}"),)
    return Speech((_title(group), Part("settings.ask_data")), language, (*rows, back))


def confirm(group: Group, what: str, language: str) -> Speech:
    """Ask once before what cannot be undone."""
    yes = Button(Part(f"settings.confirm.yes_{what}"), f"{ACTION}:{group.id}:{what}:yes")
    no = Button(Part("settings.button.back"), f"{ACTION}:{group.id}")
    return Speech((_title(group), Part(f"settings.confirm.{what}")), language, ((yes,), (no,)))


async def wipe(work: UnitOfWork, desk: Desk, group: Group, person: Person, now: datetime) -> Speech:
    """Delete all that was recorded of a group and keep its settings: it begins anew, under a new number."""
    row = await work.objects.of_group(group.id)
    cases, reports = await work.cases.of_group(group.id)
    await work.groups.delete(group.id)
    since = now if group.state is GroupState.WATCHING else None
    fresh = await work.groups.add(replace(group, id=0, watching_since=since))
    if row is not None:  # the row is the office's; only what was seen in the group goes
        await ledger.alter(work, [(row, replace(row, group_id=fresh.id))], Author(Role.GROUP_ADMIN, person.key), now)
    await work.cases.regroup(cases, reports, fresh.id)  # nobody shakes a case off by deleting what was seen
    await _log_cases(work, cases, {"group_id": group.id}, {"group_id": fresh.id}, person, now)
    if fresh.state is GroupState.WATCHING and not fresh.sees:
        await work.groups.open_gap(Gap(fresh.id, now, "privacy"))
    again = menu(fresh, desk, person.language)
    return replace(again, parts=(Part("settings.wiped"), *again.parts))


async def leave(work: UnitOfWork, group: Group, person: Person, now: datetime, *, forget: bool) -> Speech:
    """Leave a group, with or without deleting all that is known of it."""
    await work.people.answered(person.key)
    await work.outbox.add([Outgoing(group.chat_id, PostKind.HOUSEKEEPING, Act.LEAVE)], now)
    if forget:
        cases = await _name_place(work, group)
        await work.groups.delete(group.id)
        await _log_cases(work, cases, {"group_id": group.id}, {"group_id": None}, person, now)
    done = "settings.gone" if forget else "settings.leaving"
    return Speech.of(done, person.language, group=group.title)


async def _name_place(work: UnitOfWork, group: Group) -> Sequence[int]:
    """Let cases and reports of a group that goes say where they happened, as the ledger does; returns the cases."""
    cases, reports = await work.cases.of_group(group.id)
    for case in [case for id_ in cases if (case := await work.cases.get(id_)) is not None]:
        if not case.emptied:
            await work.cases.update(replace(case, place=case.place or group.title))
    for report in [report for id_ in reports if (report := await work.reports.get(id_)) is not None]:
        if report.words:
            await work.reports.update(replace(report, place=report.place or group.title))
    return cases


async def _log_cases(
    work: UnitOfWork, cases: Sequence[int], before: State, after: State, person: Person, now: datetime
) -> None:
    """Whoever deletes the records of a group with cases leaves a line in the log of each."""
    made = [Change(now, Role.GROUP_ADMIN, CASE, id_, before, after, person.key) for id_ in cases]
    await work.changes.append(made)


def _changed(group: Group, what: str, value: str, desk: Desk, now: datetime) -> Group | Part:
    if what in set(SetupStep):
        step = SetupStep(what)
        if value == UNSTATED and not may_skip(step, desk):
            return Part("setup.problem.choose")
        return filled(group, step, value, desk, desk.today(group, now))
    if what == "response":
        return replace(group, response=Response(value)) if value in set(Response) else Part("setup.problem.choose")
    if what == ZONE:
        return _zoned(group, value.strip())
    thread = int(value) if what == "topic" and value.isdecimal() else 0
    if thread <= 0:
        return Part("setup.problem.choose")
    return replace(group, exempt_threads=group.exempt_threads ^ {thread})


def _zoned(group: Group, value: str) -> Group | Part:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return Part("errors.moment.zone", {"value": value[:40]})
    return replace(group, zone=value)


def _responses(group: Group, language: str, back: tuple[Button, ...]) -> Speech:
    parts = [_title(group), Part("settings.ask_response")]
    rows = []
    for response in Response:
        name = Word(f"settings.response.{response}.name")
        explained = Word(f"settings.response.{response}.does")
        parts.append(Part("settings.response_line", {"name": name, "does": explained}))
        key = "settings.chosen" if response is group.response else "settings.other"
        rows.append((Button(Part(key, {"name": name}), f"{ACTION}:{group.id}:response:{response}"),))
    return Speech(tuple(parts), language, (*rows, back))


def _topic(group: Group, thread: int) -> Button:
    name = "general" if thread == GENERAL else "topic"
    key = f"settings.button.{name}_{'seen' if thread in group.exempt_threads else 'exempt'}"
    return Button(Part(key, {"thread": thread}), f"{ACTION}:{group.id}:topic:{thread}")


def _button(group: Group, what: str) -> Button:
    return Button(Part(f"settings.button.{what}"), f"{ACTION}:{group.id}:{what}")


def _groups_button() -> Button:
    return Button(Part("settings.button.groups"), ACTION)


def _named(text: Value, data: str) -> Button:
    return Button(Part("setup.choose.as_is", {"text": text}), data)


def _title(group: Group) -> Part:
    return Part("settings.group", {"group": group.title})
