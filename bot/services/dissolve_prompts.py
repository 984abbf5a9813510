"""Looks which groups are near their end, past it, or silent for long, and asks each owner once at each step.

In private where the owner can be reached; else by one message in the group, which later steps edit rather than repeat;
only in the group's working time, and within the bot's own limits there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core import dissolve, manners
from bot.core.group import Group, GroupKind, GroupState
from bot.core.ledger import LedgerObject, ObjectState
from bot.core.speech import Act, Outgoing, PostKind, Speech
from bot.ports import UnitOfWork
from bot.services import dissolve_pages as pages
from bot.services.backup import RESTORED
from bot.services.dissolve import CLOSING, Closer, group_of, job_of, kept_job, owners, speaks_from
from bot.services.links import dissolve_payload, start_link
from bot.services.persons import key_of, language_of
from bot.services.response import posted

NOTICE = "dissolve"
"""The kind under which the message in a group is counted among the bot's posts."""
WAITING = "waiting:"
"""Begins what is remembered of a post that is not sent yet, before its day."""
ASKED_A_DAY = 5
"""Rows of other platforms about which the contact of a unit is asked one by one in a day."""
STALE_DAYS = 60
"""Days after the grace in which the last question may still be asked, as after a stop; an older end, as of an imported
row, stands in the digest alone."""


@dataclass(frozen=True, slots=True)
class Prompter:
    """Asks, in the transaction it is given."""

    closer: Closer

    async def open_rows(self, work: UnitOfWork, today: date) -> Sequence[LedgerObject]:
        """The rows about which somebody might be asked today, and was not yet."""
        terms = self.closer.terms
        earliest = today - timedelta(days=terms.grace_days + STALE_DAYS)
        rows = await work.objects.ending(earliest, dissolve.horizon(terms, today))
        steps = [(row, step) for row in rows if (step := dissolve.milestone(row, terms, today)) is not None]
        done = await work.periods.done_of([job_of(row) for row, _ in steps])
        asked = [row for row, step in steps if (job_of(row), f"{row.end_date}:{step}") not in done]
        return [*asked, *await work.objects.awaiting()]

    async def ask(self, work: UnitOfWork, row: LedgerObject, now: datetime) -> bool:
        """Ask the owner of one row, if a step is open and its moment has come; returns whether somebody was asked."""
        group = await group_of(work, row)
        today = self.closer.today(group, now)
        await self._remember_post(work, row)
        if row.state is ObjectState.AWAITING:
            return await self._ask_if_gone(work, row, group, now)
        reached = dissolve.milestone(row, self.closer.terms, today)
        if reached is None or not await self._may_speak(work, group, now):
            return False
        step = f"{row.end_date}:{reached}"
        if await work.periods.done(job_of(row), step) or await self._perhaps_asked(work, row, group, reached):
            return False
        asked = await owners(work, self.closer, row)
        if not asked and not await self._post(work, row, group, today, now):
            return False
        await work.periods.claim(job_of(row), step, now)
        for user_id in asked:
            language = await self._language(work, user_id)
            if group is None and not await self._has_room(work, user_id, today, now):
                await work.outbox.add([_private(user_id, pages.more(language), f"end:{user_id}:{today}")], now)
                continue
            speech = pages.question(row, self.closer.terms, today, language)
            await work.outbox.add([_private(user_id, speech, f"end:{row.id}:{step}:{user_id}")], now)
        return True

    async def _perhaps_asked(self, work: UnitOfWork, row: LedgerObject, group: Group | None, reached: str) -> bool:
        """Whether a step was reached before a backup was put back: it may have been asked since, and is not again."""
        restored = await work.state.get(RESTORED)
        if restored is None:
            return False
        day = self.closer.today(group, datetime.fromisoformat(restored))
        return dissolve.milestone(row, self.closer.terms, day) == reached

    async def _has_room(self, work: UnitOfWork, user_id: int, today: date, now: datetime) -> bool:
        """Whether the contact of a unit is asked about one more row today; of a long list one line tells the rest."""
        key = key_of(self.closer.vault, user_id)
        for number in range(ASKED_A_DAY):
            if await work.seen.first(f"asked:{key}:{today}:{number}", now):
                return True
        return False

    async def ask_silent(self, work: UnitOfWork, group: Group, now: datetime) -> bool:
        """Ask once about a watched group in which nobody has written for long; never of what was not seen."""
        today = self.closer.today(group, now)
        since = await self._silent_since(work, group, today)
        row = None if since is None else await work.objects.of_group(group.id)
        if row is None or since is None or not dissolve.is_dormant(row, self.closer.terms, today, since):
            return False
        kept = await work.periods.last(kept_job(row))
        if kept is not None and today - date.fromisoformat(kept[0]) < timedelta(days=self.closer.terms.dormant_days):
            return False
        step = f"silent:{max(since.isoformat(), kept[0] if kept else '')}"
        if not await self._may_speak(work, group, now) or await work.periods.done(job_of(row), step):
            return False
        asked = await owners(work, self.closer, row)
        for user_id in asked:
            await work.periods.claim(job_of(row), step, now)
            speech = pages.dormant(row, since, await self._language(work, user_id))
            await work.outbox.add([_private(user_id, speech, f"silent:{row.id}:{step}:{user_id}")], now)
        return bool(asked)

    async def _silent_since(self, work: UnitOfWork, group: Group, today: date) -> date | None:
        """The day of the last message of a group that is silent for long; None for any other.

        It must have been seen all the time since: what was not seen is no silence.
        """
        if group.state is not GroupState.WATCHING or not group.sees or group.watching_since is None:
            return None
        zone = self.closer.office.zone_of(group)
        began = group.watching_since.astimezone(zone).date()
        last = max(began, await work.counts.last_day(group.id, "messages", today) or began)
        if today - last < timedelta(days=self.closer.terms.dormant_days):
            return None
        return None if await work.groups.gaps(group.id, datetime.combine(last, time(), zone)) else last

    async def _ask_if_gone(self, work: UnitOfWork, row: LedgerObject, group: Group | None, now: datetime) -> bool:
        """Once after the grace: whether a group that was told to be closed is gone."""
        closing = await work.periods.last(job_of(row))
        if closing is None or not closing[0].startswith(CLOSING) or not await self._may_speak(work, group, now):
            return False
        if now - closing[1] < timedelta(days=self.closer.terms.grace_days):
            return False
        for user_id in await owners(work, self.closer, row):
            await work.periods.claim(job_of(row), f"gone:{closing[0]}", now)
            speech = pages.awaiting(row, await self._language(work, user_id))
            await work.outbox.add([_private(user_id, speech, f"gone:{row.id}:{closing[1]:%Y%m%d}:{user_id}")], now)
        return True

    async def _may_speak(self, work: UnitOfWork, group: Group | None, now: datetime) -> bool:
        moment = await speaks_from(work, self.closer, group, now)
        return moment is not None and moment <= now

    async def _post(self, work: UnitOfWork, row: LedgerObject, group: Group | None, today: date, now: datetime) -> bool:
        """One message in the group, or the same one edited; False where there is no group, or no room for a post."""
        if group is None or group.state is GroupState.LEFT:
            return row.kind is GroupKind.PROJECT  # nobody can be asked: it stands in the digest
        link = start_link(self.closer.username, dissolve_payload(row.id, self.closer.vault))
        speech = pages.notice(row, self.closer.terms, today, group.language or self.closer.policy.language, link)
        known = await work.state.get(_post_of(row)) or ""
        if known.isdecimal():
            await work.outbox.add([_edit(group, speech, int(known))], now)
            return True
        key, waiting = _key(row, today), f"{WAITING}{today}"
        if known == waiting:
            return False  # it is about to be sent; the next look edits it
        if not manners.may_notify(await posted(work, group, now), self.closer.policy.posts_per_week):
            return False
        await work.posts.add(group.id, NOTICE, now)
        await work.outbox.add([Outgoing(group.chat_id, PostKind.NOTICE, speech=speech, key=key)], now)
        await work.state.set(_post_of(row), waiting)
        return True

    async def _remember_post(self, work: UnitOfWork, row: LedgerObject) -> None:
        """Keep which message it became, for longer than the outbox does."""
        known = await work.state.get(_post_of(row)) or ""
        if known.startswith(WAITING):
            message_id = await work.outbox.message_of(_key(row, date.fromisoformat(known.removeprefix(WAITING))))
            if message_id is not None:
                await work.state.set(_post_of(row), str(message_id))

    async def _language(self, work: UnitOfWork, user_id: int) -> str:
        return await language_of(work, self.closer.vault, user_id, self.closer.policy)


def _key(row: LedgerObject, day: date) -> str:
    return f"endpost:{row.id}:{day}"


def _post_of(row: LedgerObject) -> str:
    return f"endpost:{row.id}"


def _private(user_id: int, speech: Speech, key: str) -> Outgoing:
    return Outgoing(user_id, PostKind.PROMPT, speech=speech, key=key)


def _edit(group: Group, speech: Speech, message_id: int) -> Outgoing:
    return Outgoing(group.chat_id, PostKind.NOTICE, Act.EDIT, speech=speech, message_id=message_id)
