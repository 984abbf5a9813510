"""What follows from the findings of a message, as its group chose and manners allow; queued, never said at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import dates, manners
from bot.core.arrival import Arrival, StoredFinding
from bot.core.group import Group, Response
from bot.core.manners import Posted, Step
from bot.core.model import Category
from bot.core.policy import Policy
from bot.core.speech import Act, Outgoing, Part, PostKind, Speech, Word
from bot.core.worktime import WorkTime
from bot.ports import UnitOfWork, Vault
from bot.services.persons import key_of, language_of

HINTS_SHOWN = 3
"""Findings that one hint speaks of."""

WARNED_EVERY = 600
"""Seconds in which somebody is warned once of the same kind of secret in a group, however much they send."""

HINT = "hint"
"""The kind under which hints in a group are counted."""


@dataclass(frozen=True, slots=True)
class Responder:
    """Decides and queues what follows, in the transaction it is given."""

    policy: Policy
    vault: Vault

    async def follow(
        self,
        work: UnitOfWork,
        group: Group,
        worktime: WorkTime,
        arrival: Arrival,
        findings: Sequence[StoredFinding],
        now: datetime,
    ) -> Group:
        """Queue what follows; returns the group, changed where the quiet sign was announced in it."""
        at = arrival.message.at
        if group.response is Response.WATCH_ONLY or at is None or now - at > manners.STALE:
            return group
        user_id, findings = arrival.user_id, manners.without_answers(findings, arrival.message)
        step = manners.follows(group.response, arrival.message.role, findings, someone=user_id is not None)
        moment = manners.next_moment(worktime, now) if step is not Step.NOTHING else None
        if moment is None:
            return group
        told = manners.to_tell(findings)
        if step is Step.SIGN:
            return await self._sign(work, group, arrival, now, moment)
        if step is Step.GROUP:
            await self._group_hint(work, group, arrival, told, now, moment)
        elif step is Step.PRIVATE and user_id is not None:
            await self._private_hint(work, group, arrival, user_id, told, now, moment)
        return group

    async def warn_of_secrecy(
        self, work: UnitOfWork, group: Group, arrival: Arrival, reason: str, now: datetime
    ) -> None:
        """Tell the sender in private, at once, that something of their message does not belong into a chat."""
        if arrival.user_id is None:
            return
        person = key_of(self.vault, arrival.user_id)
        if not await work.people.reachable(person):
            return
        speech = Speech.of(f"secrecy.{reason}", await self._language(work, arrival.user_id), group=group.title)
        if not await work.seen.first(f"warned:{group.id}:{person}:{reason}:{now.timestamp() // WARNED_EVERY}", now):
            return
        key = f"secrecy:{group.id}:{arrival.message_id}"
        await work.outbox.add([Outgoing(arrival.user_id, PostKind.HINT, speech=speech, key=key)], now)

    async def _sign(self, work: UnitOfWork, group: Group, arrival: Arrival, now: datetime, moment: datetime) -> Group:
        """A silent reaction; before the first one the group is told what it means."""
        entries: list[Outgoing] = []
        if not group.announced_sign:
            if not manners.may_notify(await posted(work, group, moment), self.policy.posts_per_week):
                return group
            speech = Speech.of("hint.sign_means", group.language, sign=manners.SIGN)
            entries.append(_notice(group, f"sign:{group.id}", moment, now, speech=speech))
            await work.posts.add(group.id, "sign", moment)
            group = replace(await work.groups.get(group.id) or group, announced_sign=True)
            await work.groups.update(group)
        key = sign_key(group.id, arrival.message_id)
        sign = _notice(group, key, moment, now, act=Act.REACT, emoji=manners.SIGN, message_id=arrival.message_id)
        await work.outbox.add([*entries, sign], now)
        return group

    async def _group_hint(
        self,
        work: UnitOfWork,
        group: Group,
        arrival: Arrival,
        told: Sequence[StoredFinding],
        now: datetime,
        moment: datetime,
    ) -> None:
        """One line a day that names nobody, answers no message, and removes itself."""
        said = await posted(work, group, moment)
        if not manners.may_notify(said, self.policy.posts_per_week, hint=True):
            return
        finding = told[0].finding
        minutes = self.policy.group_hint_seconds // 60
        parts = (
            Part("hint.group", {"category": _title(finding.category), "clause": str(finding.clause)}),
            Part("hint.advice", {"advice": Word(f"category.{finding.category}.advice")}),
            Part("hint.goes_away", {"minutes": minutes}),
        )
        key = group_hint_key(group.id, arrival.message_id)
        hint = _notice(group, key, moment, now, speech=Speech(parts, group.language), thread_id=arrival.thread_id)
        await work.posts.add(group.id, HINT, moment)
        await work.outbox.add([replace(hint, delete_after=self.policy.group_hint_seconds)], now)

    async def _private_hint(
        self,
        work: UnitOfWork,
        group: Group,
        arrival: Arrival,
        user_id: int,
        told: Sequence[StoredFinding],
        now: datetime,
        moment: datetime,
    ) -> None:
        """What, why, by which clause and how better; to those who opened the bot, once a day, silently."""
        person = key_of(self.vault, user_id)
        if not await work.people.reachable(person):
            return
        if not await work.seen.first(f"hint:{told[0].sender}:{moment:%Y-%m-%d}", now):
            return
        parts = [Part("hint.private", {"group": group.title, "at": dates.shown(told[0].at, moment.tzinfo, group.zone)})]
        for each in told[:HINTS_SHOWN]:
            finding = each.finding
            parts.append(
                Part(
                    "hint.finding",
                    {
                        "category": _title(finding.category),
                        "reason": Word(f"reason.{finding.reason}"),
                        "clause": str(finding.clause),
                        "advice": Word(f"category.{finding.category}.advice"),
                    },
                )
            )
        if any(each.finding.category in manners.OF_TIME for each in told):
            parts.append(Part("hint.later", {"moment": dates.shown(moment, moment.tzinfo, group.zone)}))
        parts.append(Part("hint.private_end"))
        hint = Outgoing(
            *(user_id, PostKind.HINT),
            speech=Speech(tuple(parts), await self._language(work, user_id)),
            key=hint_key(group.id, arrival.message_id),
            not_before=moment if moment > now else None,
            drop_after=moment + manners.LATEST,
            recall=True,
        )
        await work.outbox.add([hint], now)

    async def take_back(
        self, work: UnitOfWork, group: Group, message_id: int, now: datetime, *, wrong: bool = False
    ) -> None:
        """Take back what was said of a message: what waits is cancelled, what was posted is removed.

        A private hint is deleted when its message was mended; when it was `wrong` it becomes a line that says so, at
        once, for an edit makes no sound. Both are possible as long as the outbox knows of it.
        """
        hint, line, sign = (named(group.id, message_id) for named in (hint_key, group_hint_key, sign_key))
        for key in (hint, line, sign):
            await work.outbox.cancel(key)
        gone: list[Outgoing] = []
        user_id = await work.outbox.address_of(hint)
        if user_id is not None:
            said = await self._withdrawn(work, group, user_id) if wrong else None
            gone.append(_undoing(user_id, Act.EDIT if wrong else Act.DELETE, hint, speech=said))
        if await work.outbox.message_of(line) is not None:
            gone.append(_undoing(group.chat_id, Act.DELETE, line))
        if await work.outbox.message_of(sign) is not None:
            gone.append(replace(_undoing(group.chat_id, Act.REACT, sign), message_id=message_id))
        await work.outbox.add(gone, now)

    async def _withdrawn(self, work: UnitOfWork, group: Group, user_id: int) -> Speech:
        language = await self._language(work, user_id)
        return Speech.of("hint.withdrawn", language, group=group.title)

    async def _language(self, work: UnitOfWork, user_id: int) -> str:
        return await language_of(work, self.vault, user_id, self.policy)


def hint_key(group_id: int, message_id: int) -> str:
    """The key of a private hint."""
    return f"hint:{group_id}:{message_id}"


def group_hint_key(group_id: int, message_id: int) -> str:
    """The key of a hint in the group."""
    return f"grouphint:{group_id}:{message_id}"


def sign_key(group_id: int, message_id: int) -> str:
    """The key of a quiet sign."""
    return f"sign:{group_id}:{message_id}"


async def posted(work: UnitOfWork, group: Group, moment: datetime) -> Posted:
    """What the bot has said unasked in a group: in the week before `moment`, and as hints on its day."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    week = await work.posts.count(group.id, moment - manners.WEEK)
    return Posted(week, await work.posts.count(group.id, day, HINT))


def _undoing(chat_id: int, act: Act, key: str, speech: Speech | None = None) -> Outgoing:
    """What undoes the entry with a key, even while that is being sent."""
    return Outgoing(chat_id, PostKind.HOUSEKEEPING, act, speech, f"back:{key}", of_key=key)


def _title(category: Category) -> Word:
    return Word(f"category.{category}.title")


def _notice(
    group: Group,
    key: str,
    moment: datetime,
    now: datetime,
    *,
    act: Act = Act.SEND,
    speech: Speech | None = None,
    emoji: str = "",
    message_id: int | None = None,
    thread_id: int | None = None,
) -> Outgoing:
    """Something unasked in the group, at its moment or not much later."""
    return Outgoing(
        *(group.chat_id, PostKind.NOTICE, act, speech, key, thread_id),
        emoji=emoji,
        message_id=message_id,
        not_before=moment if moment > now else None,
        drop_after=moment + manners.LATEST,
    )
