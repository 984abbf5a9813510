"""What was counted, and the bot's own posts, in SQL."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from sqlalchemy import Table, and_, func, insert, select

from storage.session import Insert, Session
from storage.sqlite_driver import MANY
from storage.tables.count import FORMS, counts, posts


@dataclass(slots=True)
class SqlCounts:
    """Fulfils `ports.Counts`; amounts are gathered, and written together before they are read or committed."""

    session: Session
    _gathered: Counter[tuple[int, date, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.session.before_commit.append(self._flush)
        self.session.after.append(self._gathered.clear)

    async def add(self, group_id: int, day: date, amounts: Mapping[str, int]) -> None:
        """Add amounts by name."""
        for name, amount in amounts.items():
            self._gathered[group_id, day, name] += amount

    async def _flush(self) -> None:
        rows = [
            {"group_id": group_id, "day": day, "name": name, "amount": amount}
            for (group_id, day, name), amount in self._gathered.items()
        ]
        if rows:
            self._gathered.clear()
            await self.session.run(_adding(self.session.insert), rows)

    async def sums(self, group_id: int, first: date, last: date) -> Mapping[str, int]:
        """The sums of a stretch of days, both included."""
        await self._flush()
        mine = and_(counts.c.group_id == group_id, counts.c.day.between(first, last))
        rows = await self.session.run(
            select(counts.c.name, func.sum(counts.c.amount)).where(mine).group_by(counts.c.name)
        )
        return {name: int(amount) for name, amount in rows}

    async def by_group(self, first: date, last: date) -> Mapping[int, Mapping[str, int]]:
        """The sums of a stretch of days of every group in which anything was counted."""
        await self._flush()
        columns = (counts.c.group_id, counts.c.name)
        summed = select(*columns, func.sum(counts.c.amount)).where(counts.c.day.between(first, last))
        found: dict[int, dict[str, int]] = {}
        for group_id, name, amount in await self.session.run(summed.group_by(*columns).prefix_with(MANY)):
            found.setdefault(group_id, {})[name] = int(amount)
        return found

    async def forms(self, first: date, last: date) -> int:
        """How often data was asked for in all groups, in a stretch of days however long."""
        await self._flush()
        asked = select(func.sum(counts.c.amount)).where(FORMS, counts.c.day.between(first, last))
        return int((await self.session.run(asked)).scalar() or 0)

    async def last_day(self, group_id: int, name: str, until: date) -> date | None:
        """The last day, not after `until`, on which something was counted under a name."""
        await self._flush()
        mine = and_(counts.c.group_id == group_id, counts.c.name == name, counts.c.amount > 0, counts.c.day <= until)
        day: date | None = (await self.session.run(select(func.max(counts.c.day)).where(mine))).scalar()
        return day


@cache
def _adding(insert: Callable[[Table], Insert]) -> Insert:
    upsert = insert(counts)
    total = {"amount": counts.c.amount + upsert.excluded.amount}
    return upsert.on_conflict_do_update(index_elements=["group_id", "day", "name"], set_=total)


@dataclass(slots=True)
class SqlPosts:
    """Fulfils `ports.Posts`."""

    session: Session

    async def add(self, group_id: int, kind: str, at: datetime) -> None:
        """Count one post."""
        await self.session.run(insert(posts).values(group_id=group_id, kind=kind, at=at))

    async def count(self, group_id: int, since: datetime, kind: str = "") -> int:
        """Posts since a moment, of one kind or of all."""
        mine = select(func.count()).where(posts.c.group_id == group_id, posts.c.at >= since)
        return int((await self.session.run(mine.where(posts.c.kind == kind) if kind else mine)).scalar() or 0)

    async def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Posts in all groups by kind, from a moment until before another."""
        counted = select(posts.c.kind, func.count()).where(posts.c.at >= since, posts.c.at < until)
        return {kind: int(count) for kind, count in await self.session.run(counted.group_by(posts.c.kind))}
