"""What becomes of a group at its end: closed, extended with a reason, or made to stay; each step stands in the log.

Only the platform's own word or the owner's makes a group *dissolved*. A bot that was removed, or a new name, does not.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core import dissolve, manners
from bot.core.dates import only_figures
from bot.core.dissolve import Terms
from bot.core.group import BotRight, Group, GroupKind, GroupState
from bot.core.ledger import Evidence, LedgerObject, ObjectState
from bot.core.ledger_log import SYSTEM, Author
from bot.core.policy import Policy
from bot.core.speech import Act, Outgoing, Part, PostKind, Speech
from bot.ports import UnitOfWork, Vault
from bot.services import ledger
from bot.services.dissolve_pages import desk_request
from bot.services.office import tell_desk
from bot.services.persons import key_of, language_of
from bot.services.places import OfficeTime, worktime_of
from bot.services.scenes import Scenes

FAREWELL = "farewell"
"""The kind under which the farewell is counted among the bot's posts."""
LONGEST_TITLE = 128
"""Characters of a group's title, as the platform has it."""
LONGEST_REASON = 120
LEAST_REASON = 2
CLOSING_ACTS = (Act.SEND, Act.LOCK, Act.RETITLE, Act.CLOSE_TOPICS, Act.LEAVE)
CLOSING = "closing:"
"""Begins the step at which a row was told to be closed, before the moment: it may be reopened and closed again."""


@dataclass(frozen=True, slots=True)
class Closer:
    """What the end of groups needs beside the transaction."""

    policy: Policy
    vault: Vault
    username: str
    office: OfficeTime

    @property
    def terms(self) -> Terms:
        """The local numbers of days."""
        return self.policy.terms

    def today(self, group: Group | None, now: datetime) -> date:
        """The day in the group's zone."""
        return self.office.today(now, group)


def job_of(row: LedgerObject) -> str:
    """The name under which is remembered what was said of a row."""
    return f"dissolve:{row.id}"


def gives_reason(words: str) -> bool:
    """Whether words are a reason: neither too few nor too many, and more than a date, which no answer here changes."""
    return LEAST_REASON <= len(words) <= LONGEST_REASON and not only_figures(words)


async def group_of(work: UnitOfWork, row: LedgerObject) -> Group | None:
    """The watched group of a row."""
    return None if row.group_id is None else await work.groups.get(row.group_id)


async def speaks_from(work: UnitOfWork, closer: Closer, group: Group | None, now: datetime) -> datetime | None:
    """The first moment at which the bot may speak in a group, or of a row of another platform; None when unknown."""
    worktime = await worktime_of(work, Scenes(), closer.office, group or Group(0, ""), now)
    return manners.next_moment(worktime, now)


async def extend(work: UnitOfWork, row: LedgerObject, until: date, reason: str, author: Author, now: datetime) -> None:
    """Give a group a new end date; the log keeps the reason."""
    await ledger.alter(work, [(row, dissolve.extended(row, until))], author, now, reason)
    group = await group_of(work, row)
    if group is not None:
        await work.groups.update(replace(group, end_date=until))


async def make_standing(work: UnitOfWork, closer: Closer, row: LedgerObject, author: Author, now: datetime) -> None:
    """Let a group stay; it counts against the one-group rule from now on, which the office is told in one line."""
    await ledger.alter(work, [(row, dissolve.made_standing(row))], author, now)
    group = await group_of(work, row)
    if group is not None:
        await work.groups.update(replace(group, kind=GroupKind.STANDING, end_date=None))
    speech = Speech.of("dissolve.desk.standing", closer.policy.language, name=row.name)
    await tell_desk(work, closer.policy, speech, now)


async def close(work: UnitOfWork, closer: Closer, row: LedgerObject, author: Author, now: datetime) -> datetime | None:
    """Close a group as far as the bot's rights go, from its next working moment on; returns that moment.

    A farewell with how to keep the record, then locked, retitled, topics closed, left. What only the owner can do is
    explained by whoever calls. None when no working moment is known yet: nothing is done then.
    """
    group = await group_of(work, row)
    moment = await speaks_from(work, closer, group, now)
    if moment is None:
        return None
    await ledger.alter(work, [(row, dissolve.closing(row))], author, now)
    await work.periods.claim(job_of(row), f"{CLOSING}{now:%Y%m%d%H%M%S}", now)
    if group is not None and group.state is not GroupState.LEFT:
        await work.posts.add(group.id, FAREWELL, moment)
        told = f"{now:%Y%m%d%H%M%S}"
        await work.state.set(_closing_of(row), told)
        await work.outbox.add(_acts(group, row, closer.policy.language, moment, told), now)
    return moment


def _acts(group: Group, row: LedgerObject, language: str, moment: datetime, told: str) -> list[Outgoing]:
    """What is done in a group to close it, in order; each only where the bot may."""
    speech = Speech.of("dissolve.farewell", group.language or language)
    farewell = Outgoing(group.chat_id, PostKind.NOTICE, speech=speech)
    title = Speech.of("dissolve.title", group.language or language, title=group.title[: LONGEST_TITLE - 10])
    acts = [farewell]
    if BotRight.RESTRICT_MEMBERS in group.rights:
        acts.append(_act(group, Act.LOCK))
    if BotRight.CHANGE_INFO in group.rights:
        acts.append(replace(_act(group, Act.RETITLE), speech=title))
    if group.is_forum and BotRight.MANAGE_TOPICS in group.rights:
        acts.append(_act(group, Act.CLOSE_TOPICS))
    acts.append(_act(group, Act.LEAVE))
    return [replace(act, not_before=moment, key=_act_key(row, act.act, told)) for act in acts]


def _closing_of(row: LedgerObject) -> str:
    """The name under which is remembered when a row was last told to be closed."""
    return f"closing:{row.id}"


def _act_key(row: LedgerObject, act: Act, told: str) -> str:
    """By which an act of one closing can be called off as long as it waits."""
    return f"farewell:{row.id}:{told}:{act}"


def _act(group: Group, act: Act) -> Outgoing:
    """What everybody in the group sees, and so in working time only, after the farewell."""
    return Outgoing(group.chat_id, PostKind.NOTICE, act)


async def confirm(
    work: UnitOfWork, row: LedgerObject, evidence: Evidence, author: Author, today: date, now: datetime
) -> None:
    """A group is gone: on the owner's word, or on the platform's."""
    if row.state.ended:
        return
    after = dissolve.gone(row, today, evidence, dissolve.reason_for(row, today))
    await ledger.alter(work, [(row, after)], author, now)


async def platform_says_gone(work: UnitOfWork, group: Group, today: date, now: datetime) -> None:
    """The platform said that a group was deleted: that is evidence of its own."""
    row = await work.objects.of_group(group.id)
    if row is not None:
        await confirm(work, row, Evidence.PLATFORM, SYSTEM, today, now)


async def reopen(work: UnitOfWork, row: LedgerObject, author: Author, now: datetime) -> None:
    """A group that was told to be closed is used on after all."""
    if row.state is ObjectState.AWAITING:
        state = ObjectState.EXTENDED if row.extensions and row.end_date else ObjectState.RUNNING
        await ledger.alter(work, [(row, replace(row, state=state))], author, now)
        told = await work.state.get(_closing_of(row)) or ""
        for act in CLOSING_ACTS:
            await work.outbox.cancel(_act_key(row, act, told))


async def revived(work: UnitOfWork, group: Group, now: datetime) -> None:
    """The bot is in a group again that was told to be closed, or said to be gone: it is not, whoever said so."""
    row = await work.objects.of_group(group.id)
    if row is None:
        return
    await reopen(work, row, SYSTEM, now)
    if row.state is ObjectState.DISSOLVED:
        state = ObjectState.EXTENDED if row.extensions and row.end_date else ObjectState.RUNNING
        back = replace(row, state=state, closed_on=None, closing_reason=None, evidence=None)
        await ledger.alter(work, [(row, back)], SYSTEM, now)


async def keep(work: UnitOfWork, row: LedgerObject, today: date, now: datetime) -> None:
    """A silent group is needed: it is not asked about again for as long as it was silent."""
    await work.periods.claim(kept_job(row), today.isoformat(), now)


def kept_job(row: LedgerObject) -> str:
    """The name under which is remembered that a silent group is needed."""
    return f"kept:{row.id}"


async def set_seasonal(work: UnitOfWork, row: LedgerObject, author: Author, now: datetime) -> LedgerObject:
    """Mark a group that sleeps for most of the year (防汛, 考试, 供暖), or take the mark away."""
    after = replace(row, seasonal=not row.seasonal)
    await ledger.alter(work, [(row, after)], author, now)
    return after


async def ask_office(
    work: UnitOfWork, closer: Closer, row: LedgerObject, until: date, reason: str, now: datetime
) -> bool:
    """Ask at the desk for a second extension; False where the office has no desk."""
    speech = desk_request(row, until, reason, closer.policy.language)
    key = f"{_request_of(row, until)}:{now:%Y%m%d}"
    asked = await tell_desk(work, closer.policy, speech, now, key)
    if asked:
        await work.state.set(_request_of(row, until), reason)
    return asked


async def requested(work: UnitOfWork, row: LedgerObject, until: date) -> str:
    """The reason of an extension that the office was asked for and has not answered; empty for any other."""
    return await work.state.get(_request_of(row, until)) or ""


async def answered(work: UnitOfWork, row: LedgerObject, until: date) -> None:
    """The office has decided: the same button decides nothing again."""
    await work.state.set(_request_of(row, until), "")


def _request_of(row: LedgerObject, until: date) -> str:
    return f"extend:{row.id}:{until}"


async def tell_owner(work: UnitOfWork, closer: Closer, row: LedgerObject, part: Part, now: datetime) -> None:
    """Tell the owner in private what became of it, where they can be reached; not at night, as who decides may."""
    for user_id in await owners(work, closer, row):
        language = await language_of(work, closer.vault, user_id, closer.policy)
        await work.outbox.add([Outgoing(user_id, PostKind.PROMPT, speech=Speech((part,), language))], now)


async def owners(work: UnitOfWork, closer: Closer, row: LedgerObject) -> list[int]:
    """Who is asked about a row in private: the group's contact, or those of its unit; only who can be reached."""
    group = await group_of(work, row)
    if group is not None:
        asked = [] if group.contact is None else [group.contact]
    else:
        bound = await work.office.bindings(row.unit_id) if row.unit_id is not None else ()
        asked = [each.user_id for each in bound if each.user_id]
    return [user_id for user_id in asked if await work.people.reachable(key_of(closer.vault, user_id))]
