"""Fakes with the behaviour of the real thing: a store in memory whose units of work can be undone, a clock, a vault.

`InMemoryStore` passes the same tests as the databases (`tests/storage/test_repositories.py`).
"""
# ruff: noqa: A002, ARG002 - the names are those of the ports.

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from bot.core.arrival import StoredFinding
from bot.core.errors import BadSeal
from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.group import Gap, Group
from bot.core.history import AskedBefore, SentBefore
from bot.core.model import Category, Direction
from bot.core.speech import Act, Outgoing, PostKind
from bot.ports import (
    Approvals,
    Cases,
    Changes,
    Counts,
    Exemptions,
    Findings,
    Groups,
    Inbox,
    Inquiries,
    Leases,
    Memory,
    Objects,
    Office,
    Outbox,
    OutboxEntry,
    People,
    Periods,
    Pointers,
    Posts,
    Refusals,
    Reports,
    Seen,
    Snapshots,
    State,
    StoredUpdate,
    Traces,
    Units,
    Visits,
)
from tests import fakes_approvals, fakes_cases, fakes_ledger


class FixedClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> datetime:
        """Let time pass, as `advance(minutes=5)`; returns the new moment."""
        self.moment += timedelta(**by)
        return self.moment


class FakeVault:
    """A vault whose seals can be read by eye, and are checked all the same."""

    def __init__(self, key: str = "key") -> None:
        self._key = key.encode()
        self.day = date.min

    def seal(self, plain: bytes) -> bytes:
        return b"sealed:" + self._mac(plain)[:8].encode() + plain

    def seal_fleeting(self, plain: bytes) -> bytes:
        return self.seal(plain)

    def fleeting_name(self, purpose: str, text: str) -> str:
        return self.digest(f"day {purpose}", text)

    def rotate_days(self, today: date) -> bool:
        rotated, self.day = self.day != today, today
        return rotated

    def unseal(self, sealed: bytes) -> bytes:
        mark, mac, plain = sealed[:7], sealed[7:15], sealed[15:]
        if mark != b"sealed:" or mac != self._mac(plain)[:8].encode():
            raise BadSeal("altered")
        return plain

    def pseudonym(self, purpose: str, number: int) -> str:
        return self.digest(purpose, str(number))

    def digest(self, purpose: str, text: str) -> str:
        return self._mac(f"{purpose}:{text}".encode())[:32]

    def sign(self, text: str) -> str:
        return self._mac(text.encode())[:8]

    def same(self, left: str, right: str) -> bool:
        return hmac.compare_digest(left.encode(), right.encode())

    def _mac(self, plain: bytes) -> str:
        return hmac.new(self._key, plain, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class InboxRow:
    update: StoredUpdate
    error: str = ""
    handled_at: datetime | None = None
    aside_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    entry: OutboxEntry
    state: str = "waiting"
    held_until: datetime | None = None
    done_at: datetime | None = None
    message_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    reachable: bool = False
    language: str = ""
    chosen: str = ""
    question: tuple[str, int, datetime] | None = None


@dataclass(slots=True)
class Tables(fakes_ledger.LedgerTables):
    """All rows; values are immutable, so that a copy of the dicts is a snapshot."""

    inbox: dict[int, InboxRow] = field(default_factory=dict)
    outbox: dict[int, OutboxRow] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    aliases: dict[int, int] = field(default_factory=dict)
    gaps: dict[int, Gap] = field(default_factory=dict)
    findings: dict[int, StoredFinding] = field(default_factory=dict)
    counts: dict[tuple[int, date, str], int] = field(default_factory=dict)
    requests: dict[int, tuple[int, str, AskedBefore]] = field(default_factory=dict)
    documents: dict[tuple[int, str], SentBefore] = field(default_factory=dict)
    urgent: dict[int, datetime] = field(default_factory=dict)
    posts: dict[int, tuple[int, str, datetime]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    windows: dict[int, UrgentWindow] = field(default_factory=dict)
    duty: dict[int, DutyHours] = field(default_factory=dict)
    quiet: dict[int, QuietSpan] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def copy(self) -> "Tables":
        return Tables(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


@dataclass(slots=True)
class FakeInbox:
    tables: Tables

    async def store(self, updates: Sequence[StoredUpdate]) -> int:
        known = {(row.update.bot_id, row.update.update_id) for row in self.tables.inbox.values()}
        before = len(known)
        for update in updates:
            if (update.bot_id, update.update_id) not in known:
                known.add((update.bot_id, update.update_id))
                id_ = self.tables.number("inbox")
                self.tables.inbox[id_] = InboxRow(replace(update, id=id_))
        return len(known) - before

    async def pending(self, limit: int) -> Sequence[StoredUpdate]:
        waiting = [row.update for row in self.tables.inbox.values() if row.handled_at is None and row.aside_at is None]
        return waiting[:limit]

    async def handled(self, ids: Sequence[int], at: datetime) -> None:
        for id_ in ids:
            row = self.tables.inbox[id_]
            self.tables.inbox[id_] = replace(row, update=replace(row.update, payload=b""), handled_at=at)

    async def failed(self, id: int, error: str) -> int:
        row = self.tables.inbox[id]
        update = replace(row.update, attempts=row.update.attempts + 1)
        self.tables.inbox[id] = replace(row, update=update, error=error)
        return update.attempts

    async def set_aside(self, id: int, error: str, at: datetime, payload: bytes | None) -> None:
        row = self.tables.inbox[id]
        update = replace(row.update, payload=payload or b"")
        self.tables.inbox[id] = replace(row, update=update, error=error, aside_at=at)

    async def waiting(self) -> int:
        return len(await self.pending(len(self.tables.inbox)))

    async def aside(self) -> Sequence[tuple[int, datetime, str]]:
        rows = self.tables.inbox.values()
        return [(row.update.update_id, row.aside_at, row.error) for row in rows if row.aside_at is not None]

    async def silence(self, at: datetime) -> int:
        waiting = await self.pending(10**9)
        await self.handled([each.id for each in waiting], at)
        return len(waiting)

    async def purge(self, *, handled_before: datetime, aside_before: datetime) -> int:
        rows, touched = self.tables.inbox, 0
        for id_, row in [*rows.items()]:
            gone = row.handled_at is not None and row.handled_at < handled_before
            if gone or (row.aside_at is not None and row.aside_at < min(handled_before, aside_before)):
                del rows[id_]
                touched += 1
            elif row.aside_at is not None and row.aside_at < aside_before and row.update.payload:
                rows[id_] = replace(row, update=replace(row.update, payload=b""))
                touched += 1
        return touched


def queue_of(chat_id: int, *, fleeting: bool = False) -> str:
    """The queue of a chat in the fake."""
    return hashlib.sha256(f"{chat_id}{'~' * fleeting}".encode()).hexdigest()[:12]


@dataclass(slots=True)
class FakeOutbox:
    tables: Tables
    queued: bool = False

    async def add(self, entries: Iterable[Outgoing], at: datetime) -> None:
        for each in entries:
            outgoing = replace(each, key="") if each.fleeting else each
            if outgoing.key and self._keyed(outgoing.key) is not None:
                continue
            self.queued = True
            id_ = self.tables.number("outbox")
            queue = queue_of(outgoing.chat_id, fleeting=outgoing.fleeting)
            self.tables.outbox[id_] = OutboxRow(OutboxEntry(id_, queue, outgoing))

    def _keyed(self, key: str) -> OutboxRow | None:
        return next((row for row in self.tables.outbox.values() if row.entry.outgoing.key == key), None)

    async def due(self, now: datetime, limit: int, busy: frozenset[str]) -> Sequence[OutboxEntry]:
        rows = self.tables.outbox.values()
        closed = {row.entry.queue for row in rows if row.state == "sending"} | busy
        closed |= {
            row.entry.queue for row in rows if row.state == "waiting" and row.held_until and row.held_until > now
        }
        found: list[OutboxEntry] = []
        for row in rows:
            earliest = row.entry.outgoing.not_before
            if row.state == "waiting" and row.entry.queue not in closed and (earliest is None or earliest <= now):
                closed.add(row.entry.queue)
                found.append(row.entry)
        return found[:limit]

    async def claim(self, id: int, at: datetime) -> None:
        row = self.tables.outbox[id]
        self.tables.outbox[id] = replace(
            row, entry=replace(row.entry, attempts=row.entry.attempts + 1), state="sending", held_until=None
        )

    async def done(self, id: int, at: datetime, message_id: int | None) -> None:
        row = self.tables.outbox[id]
        outgoing = row.entry.outgoing
        self.tables.outbox[id] = replace(row, state="sent", done_at=at, message_id=message_id)
        self._vanish()
        if outgoing.delete_after is not None and message_id is not None:
            later = Outgoing(
                outgoing.chat_id,
                PostKind.HOUSEKEEPING,
                Act.DELETE,
                key=f"delete:{id}",
                message_id=message_id,
                not_before=at + timedelta(seconds=outgoing.delete_after),
                fleeting=outgoing.fleeting,
            )
            await self.add([later], at)

    def _vanish(self) -> None:
        """What is fleeting leaves no row."""
        for id_, row in [*self.tables.outbox.items()]:
            if row.entry.outgoing.fleeting and row.state not in {"waiting", "sending"}:
                del self.tables.outbox[id_]

    async def postpone(self, id: int, until: datetime) -> None:
        self.tables.outbox[id] = replace(self.tables.outbox[id], state="waiting", held_until=until)

    async def defer(self, id: int, until: datetime) -> None:
        row = self.tables.outbox[id]
        later = replace(row.entry.outgoing, not_before=until)
        self.tables.outbox[id] = replace(row, entry=replace(row.entry, outgoing=later))

    async def drop(self, id: int, at: datetime, reason: str) -> None:
        self.tables.outbox[id] = replace(self.tables.outbox[id], state="dropped", done_at=at, reason=reason)
        self._vanish()

    async def unsure(self, at: datetime) -> int:
        return self._leave("sending", at)

    async def silence(self, at: datetime) -> int:
        return self._leave("waiting", at)

    def _leave(self, state: str, at: datetime) -> int:
        mine = {id_: row for id_, row in self.tables.outbox.items() if row.state == state}
        self.tables.outbox.update({id_: replace(row, state="unsure", done_at=at) for id_, row in mine.items()})
        self._vanish()
        return len(mine)

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        for id_, row in self.tables.outbox.items():
            if row.state == "waiting" and row.entry.outgoing.chat_id == old_chat_id:
                outgoing = replace(row.entry.outgoing, chat_id=new_chat_id)
                queue = queue_of(new_chat_id, fleeting=outgoing.fleeting)
                entry = replace(row.entry, queue=queue, outgoing=outgoing)
                self.tables.outbox[id_] = replace(row, entry=entry)

    async def cancel(self, key: str) -> None:
        row = self._keyed(key) if key else None
        if row is not None and row.state not in {"sending", "sent"}:
            del self.tables.outbox[row.entry.id]

    async def message_of(self, key: str) -> int | None:
        row = self._keyed(key) if key else None
        return None if row is None else row.message_id

    async def address_of(self, key: str) -> int | None:
        row = self._keyed(key) if key else None
        if row is None or not (row.state in {"waiting", "sending"} or (row.state == "sent" and self._recalls(row))):
            return None
        return row.entry.outgoing.chat_id

    @staticmethod
    def _recalls(row: OutboxRow) -> bool:
        return row.entry.outgoing.recall

    def queue_of(self, chat_id: int) -> str:
        return queue_of(chat_id)

    async def forget(self, queue: str) -> int:
        mine = [row for row in self.tables.outbox.values() if row.entry.queue == queue]
        gone = [
            row.entry.id
            for row in mine
            if row.done_at is not None or (row.state == "waiting" and row.entry.outgoing.kind is not PostKind.ANSWER)
        ]
        for id_ in gone:
            del self.tables.outbox[id_]
        return len(gone)

    async def waiting(self) -> int:
        return sum(row.state == "waiting" for row in self.tables.outbox.values())

    async def unsure_since(self, since: datetime) -> int:
        rows = self.tables.outbox.values()
        lost = [row.done_at for row in rows if "unsure" in {row.state, row.reason}]
        return sum(at is not None and at >= since for at in lost)

    async def purge(self, before: datetime) -> int:
        rows = self.tables.outbox
        old = [id_ for id_, row in rows.items() if row.done_at is not None and row.done_at < before]
        for id_ in old:
            del rows[id_]
        return len(old)


@dataclass(slots=True)
class FakeGroups:
    tables: Tables

    async def of_chat(self, chat_id: int) -> Group | None:
        present = next((group for group in self.tables.groups.values() if group.chat_id == chat_id), None)
        return present or self.tables.groups.get(self.tables.aliases.get(chat_id, 0))

    async def get(self, id: int) -> Group | None:
        return self.tables.groups.get(id)

    async def add(self, group: Group) -> Group:
        known = await self.of_chat(group.chat_id)
        if known is not None:
            return known
        stored = replace(group, id=self.tables.number("groups"))
        self.tables.groups[stored.id] = stored
        return stored

    async def update(self, group: Group) -> None:
        if group.id in self.tables.groups:
            self.tables.groups[group.id] = group

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> Group | None:
        old, new = await self.of_chat(old_chat_id), await self.of_chat(new_chat_id)
        group = old or new
        if group is None or old_chat_id == new_chat_id:
            return group
        if old is not None and old.chat_id == old_chat_id:
            self._renumber(old.id)
        if old is not None and new is not None and old.id != new.id:
            older, newer = sorted((old, new), key=lambda each: each.id)
            group = older.merged(newer, present=new)
            self._regroup(newer.id, older.id)
        self.tables.aliases[old_chat_id] = group.id
        if group.chat_id == old_chat_id:
            group = replace(group, chat_id=new_chat_id, is_supergroup=True)
        self.tables.groups[group.id] = group
        return group

    def _renumber(self, group_id: int) -> None:
        for id_, each in self.tables.findings.items():
            if each.group_id == group_id and each.message_id > 0:
                self.tables.findings[id_] = replace(each, message_id=-each.message_id)

    def _regroup(self, gone: int, stays: int) -> None:
        tables = self.tables
        for rows in (tables.findings, tables.gaps, tables.windows, tables.duty, tables.quiet):
            for id_, row in rows.items():
                if row.group_id == gone:
                    rows[id_] = replace(row, group_id=stays)  # type: ignore[assignment]
        for (group_id, day, name), amount in [*tables.counts.items()]:
            if group_id == gone:
                tables.counts[stays, day, name] = tables.counts.get((stays, day, name), 0) + amount
        tables.requests.update({k: (stays, *row[1:]) for k, row in tables.requests.items() if row[0] == gone})
        tables.posts.update({k: (stays, *row[1:]) for k, row in tables.posts.items() if row[0] == gone})
        for (group_id, key), sent in [*tables.documents.items()]:
            if group_id == gone:
                tables.documents.setdefault((stays, key), sent)
        for chat_id, group_id in tables.aliases.items():
            tables.aliases[chat_id] = stays if group_id == gone else group_id
        self._regroup_singles(gone, stays)
        self._remove(gone)

    def _regroup_singles(self, gone: int, stays: int) -> None:
        tables = self.tables
        if gone in tables.urgent:
            tables.urgent[stays] = max(tables.urgent[gone], tables.urgent.get(stays, tables.urgent[gone]))
        for name, person in tables.people.items():
            if person.question is not None and person.question[1] == gone:
                tables.people[name] = replace(person, question=(person.question[0], stays, person.question[2]))
        tables.regroup(gone, stays)

    async def all(self) -> Sequence[Group]:
        return [*self.tables.groups.values()]

    async def delete(self, id: int) -> None:
        self._remove(id)
        for name, person in self.tables.people.items():
            if person.question is not None and person.question[1] == id:
                self.tables.people[name] = replace(person, question=None)

    def _remove(self, id_: int) -> None:
        tables = self.tables
        tables.groups.pop(id_, None)
        tables.urgent.pop(id_, None)
        tables.forget_group(id_)
        for rows in (tables.findings, tables.gaps, tables.windows, tables.duty, tables.quiet):
            _drop(rows, [key for key, row in rows.items() if row.group_id == id_])
        for pairs in (tables.counts, tables.documents):
            _drop(pairs, [key for key in pairs if key[0] == id_])
        for tuples in (tables.requests, tables.posts):
            _drop(tuples, [key for key, row in tuples.items() if row[0] == id_])
        _drop(tables.aliases, [chat_id for chat_id, group_id in tables.aliases.items() if group_id == id_])

    async def open_gap(self, gap: Gap) -> None:
        same = (each for each in self.tables.gaps.values() if each.group_id == gap.group_id)
        if not any(each.reason == gap.reason and each.until is None for each in same):
            self.tables.gaps[self.tables.number("gaps")] = gap

    async def close_gaps(self, group_id: int, at: datetime, reason: str = "") -> None:
        for id_, gap in self.tables.gaps.items():
            if gap.group_id == group_id and gap.until is None and reason in {"", gap.reason}:
                self.tables.gaps[id_] = replace(gap, until=at)

    async def gaps(self, group_id: int, since: datetime) -> Sequence[Gap]:
        mine = (gap for gap in self.tables.gaps.values() if gap.group_id == group_id)
        return sorted((gap for gap in mine if gap.until is None or gap.until >= since), key=lambda gap: gap.since)

    async def gaps_between(self, since: datetime, until: datetime) -> Sequence[Gap]:
        gaps = self.tables.gaps.values()
        found = (gap for gap in gaps if gap.since < until and (gap.until is None or gap.until > since))
        return sorted(found, key=lambda gap: gap.since)


def _drop(rows: dict[Any, Any], keys: Iterable[object]) -> None:
    for key in keys:
        del rows[key]


@dataclass(slots=True)
class FakeCounts:
    tables: Tables

    async def add(self, group_id: int, day: date, amounts: Mapping[str, int]) -> None:
        for name, amount in amounts.items():
            key = (group_id, day, name)
            self.tables.counts[key] = self.tables.counts.get(key, 0) + amount

    async def sums(self, group_id: int, first: date, last: date) -> Mapping[str, int]:
        sums: dict[str, int] = {}
        for (group, day, name), amount in self.tables.counts.items():
            if group == group_id and first <= day <= last:
                sums[name] = sums.get(name, 0) + amount
        return sums

    async def last_day(self, group_id: int, name: str, until: date) -> date | None:
        counted = [
            day
            for (group, day, each), amount in self.tables.counts.items()
            if group == group_id and each == name and day <= until and amount > 0
        ]
        return max(counted, default=None)

    async def by_group(self, first: date, last: date) -> Mapping[int, Mapping[str, int]]:
        groups = {group for group, day, _ in self.tables.counts if first <= day <= last}
        return {group: await self.sums(group, first, last) for group in groups}

    async def forms(self, first: date, last: date) -> int:
        return sum(sums.get("data_collection", 0) for sums in (await self.by_group(first, last)).values())


@dataclass(slots=True)
class FakeMemory:
    tables: Tables

    async def load(self, group_id: int) -> tuple[Sequence[tuple[str, AskedBefore]], Mapping[str, SentBefore]]:
        requests = [(thread, asked) for group, thread, asked in self.tables.requests.values() if group == group_id]
        return requests, {key: sent for (group, key), sent in self.tables.documents.items() if group == group_id}

    async def remember(
        self, group_id: int, requests: Sequence[tuple[str, AskedBefore]], documents: Mapping[str, SentBefore]
    ) -> None:
        for thread, asked in requests:
            self.tables.requests[self.tables.number("requests")] = (group_id, thread, asked)
        for key, sent in documents.items():
            self.tables.documents.setdefault((group_id, key), sent)

    async def retract(self, group_id: int, message_id: str) -> None:
        requests, documents = self.tables.requests, self.tables.documents
        _drop(requests, [key for key, row in requests.items() if (row[0], row[2].message_id) == (group_id, message_id)])
        _drop(
            documents,
            [key for key, sent in documents.items() if (key[0], sent.message_id) == (group_id, message_id)],
        )

    async def urgent_at(self, group_id: int) -> datetime | None:
        return self.tables.urgent.get(group_id)

    async def note_urgent(self, group_id: int, at: datetime) -> None:
        self.tables.urgent[group_id] = max(at, self.tables.urgent.get(group_id, at))

    async def forget(self, group_id: int, before: datetime) -> None:
        tables = self.tables
        old = [
            key
            for key, (group, _, asked) in tables.requests.items()
            if group == group_id and (asked.at is None or asked.at < before)
        ]
        _drop(tables.requests, old)
        documents = tables.documents.items()
        _drop(
            tables.documents,
            [key for key, sent in documents if key[0] == group_id and (sent.at is None or sent.at < before)],
        )
        if tables.urgent.get(group_id, before) < before:
            del tables.urgent[group_id]


@dataclass(slots=True)
class FakePosts:
    tables: Tables

    async def add(self, group_id: int, kind: str, at: datetime) -> None:
        self.tables.posts[self.tables.number("posts")] = (group_id, kind, at)

    async def count(self, group_id: int, since: datetime, kind: str = "") -> int:
        posts = self.tables.posts.values()
        return sum(group == group_id and at >= since and kind in {"", each} for group, each, at in posts)

    async def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        return Counter(kind for _, kind, at in self.tables.posts.values() if since <= at < until)


@dataclass(slots=True)
class FakePeople:
    tables: Tables

    def _of(self, person: str) -> Person:
        return self.tables.people.get(person, Person())

    async def opened(self, person: str, language: str, at: datetime) -> None:
        known = self._of(person)
        self.tables.people[person] = replace(known, reachable=True, language=language or known.language)

    async def blocked(self, person: str) -> None:
        if person in self.tables.people:
            self.tables.people[person] = replace(self._of(person), reachable=False)

    async def reachable(self, person: str) -> bool:
        return self._of(person).reachable

    async def language(self, person: str) -> str:
        return self._of(person).chosen or self._of(person).language

    async def choose_language(self, person: str, language: str) -> None:
        self.tables.people[person] = replace(self._of(person), chosen=language)

    async def expect(self, person: str, question: str, group_id: int, at: datetime) -> None:
        self.tables.people[person] = replace(self._of(person), question=(question, group_id, at))

    async def expected(self, person: str, after: datetime) -> tuple[str, int] | None:
        question = self._of(person).question
        return question[:2] if question is not None and question[2] >= after else None

    async def answered(self, person: str) -> None:
        if person in self.tables.people:
            self.tables.people[person] = replace(self._of(person), question=None)

    async def forget(self, person: str) -> None:
        self.tables.people.pop(person, None)


def _asks(stored: StoredFinding) -> bool:
    return stored.finding.direction is not Direction.ANSWERS


@dataclass(slots=True)
class FakeFindings:
    tables: Tables

    async def replace(
        self, group_id: int, message_id: int, findings: Sequence[StoredFinding], edited_at: datetime | None
    ) -> Sequence[StoredFinding]:
        found = {each.finding.category for each in findings}
        gone = [each for each in await self.of_message(group_id, message_id) if each.finding.category not in found]
        _drop(self.tables.findings, [each.id for each in gone])
        await self.add(
            [replace(each, group_id=group_id, message_id=message_id, edited_at=edited_at) for each in findings]
        )
        return gone

    async def add(self, findings: Sequence[StoredFinding]) -> None:
        known = {
            (each.group_id, each.message_id, each.finding.category): each for each in self.tables.findings.values()
        }
        for each in findings:
            old = known.get((each.group_id, each.message_id, each.finding.category))
            kept = (
                {"id": self.tables.number("findings")}
                if old is None
                else {
                    "id": old.id,
                    "at": old.at,
                    "marked_wrong_at": old.marked_wrong_at,
                }
            )
            stored = replace(each, **kept)
            known[each.group_id, each.message_id, each.finding.category] = stored
            self.tables.findings[stored.id] = stored

    async def get(self, id: int) -> StoredFinding | None:
        return self.tables.findings.get(id)

    async def of_message(self, group_id: int, message_id: int) -> Sequence[StoredFinding]:
        rows = self.tables.findings.values()
        return [each for each in rows if (each.group_id, each.message_id) == (group_id, message_id)]

    async def of_moment(self, at: datetime, categories: Sequence[Category]) -> Sequence[StoredFinding]:
        second = at.replace(microsecond=0)
        rows = [each for each in self.tables.findings.values() if each.finding.category in categories]
        return [each for each in rows if second <= each.at < second + timedelta(seconds=1)]

    async def of_sender(self, sender: str, limit: int) -> Sequence[StoredFinding]:
        rows = self.tables.findings.values()
        return sorted((each for each in rows if sender and each.sender == sender), key=lambda each: -each.id)[:limit]

    async def latest(self, limit: int, before_id: int | None = None) -> Sequence[StoredFinding]:
        rows = [each for each in self.tables.findings.values() if each.marked_wrong_at is None]
        return sorted((each for each in rows if before_id is None or each.id < before_id), key=lambda e: -e.id)[:limit]

    async def totals(self, group_id: int, since: datetime, until: datetime) -> Mapping[Category, int]:
        totals: dict[Category, int] = {}
        for each in self.tables.findings.values():
            if each.group_id == group_id and since <= each.at < until and each.marked_wrong_at is None:
                totals[each.finding.category] = totals.get(each.finding.category, 0) + 1
        return totals

    async def by_matter(self, since: datetime, until: datetime) -> Mapping[tuple[int, Category], int]:
        rows = [each for each in self.tables.findings.values() if since <= each.at < until and _asks(each)]
        right = (each for each in rows if each.marked_wrong_at is None)
        return Counter((each.group_id, each.finding.category) for each in right)

    async def of_matter(
        self, group_id: int, category: Category, since: datetime, until: datetime, marked_at: datetime | None = None
    ) -> Sequence[StoredFinding]:
        rows = [each for each in self.tables.findings.values() if each.marked_wrong_at == marked_at and _asks(each)]
        mine = (each for each in rows if (each.group_id, each.finding.category) == (group_id, category))
        return sorted((each for each in mine if since <= each.at < until), key=lambda each: each.id)

    async def mark_wrong(self, id: int, at: datetime | None) -> None:
        if id in self.tables.findings:
            self.tables.findings[id] = replace(self.tables.findings[id], marked_wrong_at=at)

    async def taken_back(self, since: datetime, until: datetime) -> int:
        marks = [each.marked_wrong_at for each in self.tables.findings.values()]
        return sum(at is not None and since <= at < until for at in marks)

    async def marks(self) -> Mapping[Category, tuple[int, int]]:
        marks: dict[Category, tuple[int, int]] = {}
        for each in self.tables.findings.values():
            all_, wrong = marks.get(each.finding.category, (0, 0))
            marks[each.finding.category] = (all_ + 1, wrong + (each.marked_wrong_at is not None))
        return marks

    async def forget_sender(self, sender: str) -> int:
        return self._empty([each for each in self.tables.findings.values() if sender and each.sender == sender])

    async def expire(self, now: datetime) -> int:
        rows = self.tables.findings.values()
        old = [each for each in rows if each.expires_at is not None and each.expires_at <= now]
        return self._empty([each for each in old if each.sender or each.excerpt])

    def _empty(self, rows: Sequence[StoredFinding]) -> int:
        self.tables.findings.update({each.id: replace(each, sender="", excerpt="") for each in rows})
        return len(rows)


@dataclass(slots=True)
class FakeExemptions:
    tables: Tables

    async def open_window(self, window: UrgentWindow) -> UrgentWindow:
        stored = replace(window, id=self.tables.number("windows"))
        self.tables.windows[stored.id] = stored
        return stored

    async def update_window(self, window: UrgentWindow) -> None:
        if window.id in self.tables.windows:
            self.tables.windows[window.id] = window

    async def windows(self, since: datetime, group_id: int | None = None) -> Sequence[UrgentWindow]:
        lasting = (each for each in self.tables.windows.values() if each.end >= since)
        return sorted((each for each in lasting if group_id in {None, each.group_id}), key=lambda e: (e.start, e.id))

    async def set_duty(self, duty: Sequence[DutyHours], unit: str, group_id: int | None) -> None:
        rows = self.tables.duty
        _drop(rows, [key for key, row in rows.items() if (row.unit, row.group_id) == (unit, group_id)])
        rows.update({self.tables.number("duty"): replace(each, unit=unit, group_id=group_id) for each in duty})

    async def duty(self) -> Sequence[DutyHours]:
        return sorted(self.tables.duty.values(), key=lambda each: each.start)

    async def set_quiet(self, spans: Sequence[QuietSpan], unit: str, group_id: int | None) -> None:
        rows = self.tables.quiet
        _drop(rows, [key for key, row in rows.items() if (row.unit, row.group_id) == (unit, group_id)])
        rows.update({self.tables.number("quiet"): replace(each, unit=unit, group_id=group_id) for each in spans})

    async def quiet(self) -> Sequence[QuietSpan]:
        return sorted(self.tables.quiet.values(), key=lambda each: each.first)


@dataclass(slots=True)
class FakeSeen:
    tables: Tables

    async def first(self, key: str, at: datetime) -> bool:
        new = key not in self.tables.seen
        self.tables.seen.setdefault(key, at)
        return new

    async def purge(self, before: datetime) -> int:
        old = [key for key, at in self.tables.seen.items() if at < before]
        _drop(self.tables.seen, old)
        return len(old)


@dataclass(slots=True)
class FakeState:
    tables: Tables

    async def get(self, name: str) -> str | None:
        return self.tables.state.get(name)

    async def set(self, name: str, value: str) -> None:
        self.tables.state[name] = value

    async def beginning(self, prefix: str) -> Mapping[str, str]:
        return {name: value for name, value in self.tables.state.items() if name.startswith(prefix)}


@dataclass(slots=True)
class FakeForgotten:
    """The list of the forgotten; `broken` as on a full disk."""

    noted: list[tuple[Traces, datetime]] = field(default_factory=list)
    broken: bool = False

    def add(self, traces: Traces, at: datetime) -> None:
        if self.broken:
            raise OSError
        self.noted.append((traces, at))

    def since(self, moment: datetime | None) -> list[Traces]:
        return [traces for traces, at in self.noted if moment is None or at >= moment]


@dataclass(slots=True)
class FakeLeases:
    tables: Tables

    async def take(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        owner, until = self.tables.leases.get(name, (holder, now))
        if owner != holder and until > now:
            return False
        self.tables.leases[name] = (holder, now + timedelta(seconds=seconds))
        return True

    async def renew(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        if name not in self.tables.leases or self.tables.leases[name][0] != holder:
            return False
        self.tables.leases[name] = (holder, now + timedelta(seconds=seconds))
        return True

    async def holder(self, name: str) -> str | None:
        return self.tables.leases[name][0] if name in self.tables.leases else None

    async def release(self, name: str, holder: str) -> None:
        if self.tables.leases.get(name, ("", None))[0] == holder:
            del self.tables.leases[name]


class InMemoryUnitOfWork:
    """A snapshot to work on, which replaces the store's tables when committed; one at a time, as in SQLite."""

    def __init__(self, store: "InMemoryStore") -> None:
        self._store = store
        self._open(store.tables)

    def _open(self, tables: Tables) -> None:
        self.tables = tables.copy()
        self.inbox: Inbox = FakeInbox(self.tables)
        self.outbox: Outbox = FakeOutbox(self.tables)
        self.groups: Groups = FakeGroups(self.tables)
        self.findings: Findings = FakeFindings(self.tables)
        self.counts: Counts = FakeCounts(self.tables)
        self.people: People = FakePeople(self.tables)
        self.memory: Memory = FakeMemory(self.tables)
        self.exemptions: Exemptions = FakeExemptions(self.tables)
        self.posts: Posts = FakePosts(self.tables)
        self.seen: Seen = FakeSeen(self.tables)
        self.state: State = FakeState(self.tables)
        self.leases: Leases = FakeLeases(self.tables)
        self.units: Units = fakes_ledger.FakeUnits(self.tables)
        self.objects: Objects = fakes_ledger.FakeObjects(self.tables)
        self.snapshots: Snapshots = fakes_ledger.FakeSnapshots(self.tables)
        self.changes: Changes = fakes_ledger.FakeChanges(self.tables)
        self.pointers: Pointers = fakes_ledger.FakePointers(self.tables)
        self.office: Office = fakes_ledger.FakeOffice(self.tables)
        self.periods: Periods = fakes_ledger.FakePeriods(self.tables)
        self.approvals: Approvals = fakes_approvals.FakeApprovals(self.tables)
        self.refusals: Refusals = fakes_approvals.FakeRefusals(self.tables)
        self.inquiries: Inquiries = fakes_approvals.FakeInquiries(self.tables)
        self.visits: Visits = fakes_approvals.FakeVisits(self.tables)
        self.cases: Cases = fakes_cases.FakeCases(self.tables)
        self.reports: Reports = fakes_cases.FakeReports(self.tables)

    async def __aenter__(self) -> Self:
        if self._store.holder is asyncio.current_task():
            raise RuntimeError("a unit of work inside another one of the same task waits for itself")
        await self._store.lock.acquire()
        self._store.holder = asyncio.current_task()
        self._open(self._store.tables)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.holder = None
        self._store.lock.release()

    def leave_nothing(self) -> None:
        pass

    async def commit(self) -> None:
        # Cross-transaction reads must see no later changes of this block: the store gets a copy of its own.
        self._store.tables = self.tables.copy()
        self._store.commits += 1


class InMemoryStore:
    """The database of tests. `tables` is what is committed; `commits` counts."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.lock = asyncio.Lock()
        self.holder: asyncio.Task[Any] | None = None
        self.commits = 0

    def begin(self, *, lasting: bool = True) -> InMemoryUnitOfWork:
        return InMemoryUnitOfWork(self)

    def queued(self) -> list[Outgoing]:
        """What is committed to be said and waits, in order."""
        return [row.entry.outgoing for row in self.tables.outbox.values() if row.state == "waiting"]
