"""The findings in SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Select, Table, and_, delete, func, or_, select, update

from bot.core.arrival import StoredFinding
from bot.core.model import Category, Clause, Deadline, DeadlineKind, Direction, Finding, SenderRole
from storage.session import Insert, Session
from storage.tables.finding import findings

IDENTITY = ("group_id", "message_id", "category")
KEPT = ("at",)
"""What a finding keeps when its message is judged again, beside its number and its mark."""
COLUMNS = (
    "group_id", "message_id", "thread_id", "category", "reason", "score", "direction", "provisional", "refers_to",
    "details", "role", "sender", "excerpt", "at", "expires_at", "edited_at", "marked_wrong_at",
)  # fmt: skip
CHANGED = [name for name in COLUMNS if name not in {*IDENTITY, *KEPT, "marked_wrong_at"}]
_PERSONAL = or_(findings.c.sender != "", findings.c.excerpt.is_not(None))
_RIGHT = findings.c.marked_wrong_at.is_(None)
_ASKS = findings.c.direction.is_distinct_from(Direction.ANSWERS.value)


@dataclass(slots=True)
class SqlFindings:
    """Fulfils `ports.Findings`."""

    session: Session

    async def replace(
        self, group_id: int, message_id: int, findings: Sequence[StoredFinding], edited_at: datetime | None
    ) -> Sequence[StoredFinding]:
        """Make these the findings of the message; returns those that are gone."""
        found = {each.finding.category for each in findings}
        gone = [each for each in await self.of_message(group_id, message_id) if each.finding.category not in found]
        await self._delete([each.id for each in gone])
        await self.add(
            [replace(each, group_id=group_id, message_id=message_id, edited_at=edited_at) for each in findings]
        )
        return gone

    async def _delete(self, ids: Sequence[int]) -> None:
        if ids:
            await self.session.run(delete(findings).where(findings.c.id.in_(ids)))

    async def add(self, findings: Sequence[StoredFinding]) -> None:
        """Add the findings of new messages in one go; a known one (message and category) is updated."""
        rows = {(each.group_id, each.message_id, each.finding.category): self._values(each) for each in findings}
        if rows:
            await self.session.ask(_upsert(self.session.insert), [*rows.values()])

    async def get(self, id: int) -> StoredFinding | None:  # noqa: A002
        """One finding."""
        found = await self._all(select(findings).where(findings.c.id == id))
        return found[0] if found else None

    async def of_message(self, group_id: int, message_id: int) -> Sequence[StoredFinding]:
        """The findings of one message."""
        mine = and_(findings.c.group_id == group_id, findings.c.message_id == message_id)
        return await self._all(select(findings).where(mine).order_by(findings.c.id))

    async def of_moment(self, at: datetime, categories: Sequence[Category]) -> Sequence[StoredFinding]:
        """The findings of some categories in messages of one second, of all groups."""
        second = at.replace(microsecond=0)
        within = and_(findings.c.at >= second, findings.c.at < second + timedelta(seconds=1))
        alike = findings.c.category.in_([each.value for each in categories])
        return await self._all(select(findings).where(within, alike).order_by(findings.c.id))

    async def of_sender(self, sender: str, limit: int) -> Sequence[StoredFinding]:
        """The latest findings of a keyed hash."""
        if not sender:
            return []
        return await self._latest(findings.c.sender == sender, limit)

    async def latest(self, limit: int, before_id: int | None = None) -> Sequence[StoredFinding]:
        """The latest findings not marked wrong, for the office's review."""
        return await self._latest(_RIGHT if before_id is None else and_(_RIGHT, findings.c.id < before_id), limit)

    async def _latest(self, wanted: ColumnElement[bool], limit: int) -> Sequence[StoredFinding]:
        return await self._all(select(findings).where(wanted).order_by(findings.c.id.desc()).limit(limit))

    async def totals(self, group_id: int, since: datetime, until: datetime) -> Mapping[Category, int]:
        """Findings by category that were not marked wrong."""
        mine = and_(findings.c.group_id == group_id, findings.c.at >= since, findings.c.at < until, _RIGHT)
        counted = select(findings.c.category, func.count()).where(mine).group_by(findings.c.category)
        return {Category(name): count for name, count in await self.session.run(counted)}

    async def by_matter(self, since: datetime, until: datetime) -> Mapping[tuple[int, Category], int]:
        """Findings by group and category, not marked wrong, from a moment until before another; answers left out."""
        columns = (findings.c.group_id, findings.c.category)
        counted = select(*columns, func.count()).where(findings.c.at >= since, findings.c.at < until, _RIGHT, _ASKS)
        rows = await self.session.run(counted.group_by(*columns).order_by(*columns))
        return {(group_id, Category(name)): count for group_id, name, count in rows}

    async def of_matter(
        self, group_id: int, category: Category, since: datetime, until: datetime, marked_at: datetime | None = None
    ) -> Sequence[StoredFinding]:
        """The findings of a category in a group from a moment until before another, oldest first; answers left out."""
        mine = and_(findings.c.group_id == group_id, findings.c.category == category.value)
        mark = _RIGHT if marked_at is None else findings.c.marked_wrong_at == marked_at
        wanted = select(findings).where(mine, findings.c.at >= since, findings.c.at < until, mark, _ASKS)
        return await self._all(wanted.order_by(findings.c.id))

    async def mark_wrong(self, id: int, at: datetime | None) -> None:  # noqa: A002
        """Take a finding back, or (None) undo that."""
        await self.session.run(update(findings).where(findings.c.id == id).values(marked_wrong_at=at))

    async def taken_back(self, since: datetime, until: datetime) -> int:
        """How many findings were marked wrong from a moment until before another, and still are."""
        marked = findings.c.marked_wrong_at
        counted = select(func.count()).where(marked >= since, marked < until)
        return int((await self.session.run(counted)).scalar() or 0)

    async def marks(self) -> Mapping[Category, tuple[int, int]]:
        """For each category how many findings there are, and how many of them were marked wrong."""
        counted = select(findings.c.category, func.count(), func.count(findings.c.marked_wrong_at))
        rows = await self.session.run(counted.group_by(findings.c.category))
        return {Category(name): (count, wrong) for name, count, wrong in rows}

    async def forget_sender(self, sender: str) -> int:
        """Empty the sender and excerpt of all findings of a keyed hash; the counts stay."""
        return await self._empty(findings.c.sender == sender) if sender else 0

    async def expire(self, now: datetime) -> int:
        """Empty the sender and excerpt of findings whose retention has ended."""
        return await self._empty(and_(findings.c.expires_at <= now, _PERSONAL))

    async def _empty(self, wanted: ColumnElement[bool]) -> int:
        self.session.purged = True
        emptied = await self.session.run(update(findings).where(wanted).values(sender="", excerpt=None))
        return emptied.rowcount

    async def _all(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[StoredFinding]:
        return [self._stored(row) for row in await self.session.run(wanted)]

    def _values(self, stored: StoredFinding) -> Mapping[str, Any]:
        finding = stored.finding
        return {
            "group_id": stored.group_id,
            "message_id": stored.message_id,
            "thread_id": stored.thread_id,
            "category": finding.category.value,
            "reason": finding.reason,
            "score": finding.score,
            "direction": None if finding.direction is None else finding.direction.value,
            "provisional": finding.provisional,
            "refers_to": finding.refers_to,
            "details": _details(finding),
            "role": stored.role.value,
            "sender": stored.sender,
            "excerpt": self.session.sealed_text(stored.excerpt),
            "at": stored.at,
            "expires_at": stored.expires_at,
            "edited_at": stored.edited_at,
            "marked_wrong_at": stored.marked_wrong_at,
        }

    def _stored(self, row: Row[*tuple[Any, ...]]) -> StoredFinding:
        return StoredFinding(
            group_id=row.group_id,
            message_id=row.message_id,
            finding=_finding(row),
            at=row.at,
            role=SenderRole(row.role),
            sender=row.sender,
            thread_id=row.thread_id,
            excerpt=self.session.unsealed_text(row.excerpt),
            expires_at=row.expires_at,
            edited_at=row.edited_at,
            marked_wrong_at=row.marked_wrong_at,
            id=row.id,
        )


@cache
def _upsert(insert: Callable[[Table], Insert]) -> Insert:
    statement = insert(findings)
    changed = {name: statement.excluded[name] for name in CHANGED}
    return statement.on_conflict_do_update(index_elements=IDENTITY, set_=changed)


def _details(finding: Finding) -> str:
    deadline = None if finding.deadline is None else finding.deadline._asdict()
    return orjson.dumps({"spans": finding.spans, "clause": finding.clause, "deadline": deadline}).decode()


def _finding(row: Row[*tuple[Any, ...]]) -> Finding:
    details = orjson.loads(row.details)
    return Finding(
        category=Category(row.category),
        score=row.score,
        reason=row.reason,
        spans=tuple((start, end) for start, end in details["spans"]),
        clause=Clause(**details["clause"]),
        deadline=_deadline(details["deadline"]),
        refers_to=row.refers_to,
        direction=None if row.direction is None else Direction(row.direction),
        provisional=row.provisional,
    )


def _deadline(tree: Mapping[str, Any] | None) -> Deadline | None:
    if tree is None:
        return None
    start, end = tree["span"]
    return Deadline((start, end), datetime.fromisoformat(tree["moment"]), DeadlineKind(tree["kind"]))
