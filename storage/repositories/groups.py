"""The groups in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, and_, bindparam, delete, insert, or_, select, update

from bot.core.group import BotRight, Gap, Group, GroupKind, GroupState, Response
from storage.repositories.regroup import negate_findings, regroup
from storage.session import Session
from storage.tables.group import aliases, gaps, groups
from storage.tables.person import people

PLAIN = (
    "chat_id", "title", "is_supergroup", "is_forum", "unit", "purpose", "owner", "end_date", "hours", "zone",
    "language", "linked_chat_id", "is_admin", "reads_all", "announced_sign", "joined_at", "watching_since", "left_at",
)  # fmt: skip
"""The fields that are columns as they are."""

_OF_CHAT = (
    select(groups)
    .where(
        or_(
            groups.c.chat_id == bindparam("chat_id"),
            groups.c.id
            == select(aliases.c.group_id).where(aliases.c.chat_id == bindparam("chat_id")).scalar_subquery(),
        )
    )
    .order_by((groups.c.chat_id == bindparam("chat_id")).desc())
    .limit(1)
)


MISSES, FEW = 3, 500
"""After so many single look-ups in one transaction, all groups are fetched at once, where there are few."""


@dataclass(slots=True)
class SqlGroups:
    """Fulfils `ports.Groups`; what one transaction looked up is not asked for twice."""

    session: Session
    _known: dict[int, Group | None] = field(default_factory=dict)
    """By chat id, as long as nothing changes."""
    _fetched: dict[int, Row[*tuple[Any, ...]]] = field(default_factory=dict)
    """All groups by present and former chat id, once there were `MISSES`."""
    _misses: int = 0

    def __post_init__(self) -> None:
        self.session.after.append(self._forget)

    def _forget(self) -> None:
        self._known.clear()
        self._fetched.clear()
        self._misses = 0

    async def of_chat(self, chat_id: int) -> Group | None:
        """The group of a present or former chat id."""
        if chat_id not in self._known:
            row = await self._found(chat_id)
            self._known[chat_id] = None if row is None else self._group(row)
        return self._known[chat_id]

    async def _found(self, chat_id: int) -> Row[*tuple[Any, ...]] | None:
        self._misses += 1
        if self._misses == MISSES:
            await self._fetch_all()
        if self._fetched:
            return self._fetched.get(chat_id)
        return (await self.session.run(_OF_CHAT, {"chat_id": chat_id})).first()

    async def _fetch_all(self) -> None:
        rows = (await self.session.run(select(groups).limit(FEW + 1))).all()
        if len(rows) <= FEW:
            by_id = {row.id: row for row in rows}
            former = await self.session.run(select(aliases.c.chat_id, aliases.c.group_id))
            self._fetched.update({chat_id: by_id[group_id] for chat_id, group_id in former})
            self._fetched.update({row.chat_id: row for row in rows})

    async def get(self, id: int) -> Group | None:  # noqa: A002
        """The group of our own number."""
        row = (await self.session.run(select(groups).where(groups.c.id == id))).first()
        return None if row is None else self._group(row)

    async def add(self, group: Group) -> Group:
        """Store a new group; returns it with its number (the stored one where the chat is known already)."""
        known = await self.of_chat(group.chat_id)
        if known is not None:
            return known
        self._forget()
        added = await self.session.run(insert(groups).values(self._values(group)).returning(groups.c.id))
        return replace(group, id=added.scalar_one())

    async def update(self, group: Group) -> None:
        """Store the changed group."""
        self._forget()
        await self.session.run(update(groups).where(groups.c.id == group.id).values(self._values(group)))

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> Group | None:
        """Let a group go on under its new chat id, whatever order the events come in; the old one becomes an alias.

        Where both ids already have a group, the newer joins the older: findings, counts and gaps are moved. The new
        chat numbers its messages anew, so findings of the old one go on under negated message ids.
        """
        old, new = await self.of_chat(old_chat_id), await self.of_chat(new_chat_id)
        group = old or new
        if group is None or old_chat_id == new_chat_id:
            return group
        if old is not None and old.chat_id == old_chat_id:
            await negate_findings(self.session, old.id)
        if old is not None and new is not None and old.id != new.id:
            older, newer = sorted((old, new), key=lambda each: each.id)
            group = older.merged(newer, present=new)
            await regroup(self.session, newer.id, older.id)
        if group.chat_id == old_chat_id:
            group = replace(group, chat_id=new_chat_id, is_supergroup=True)
        await self.update(group)
        alias = self.session.insert(aliases).values(chat_id=old_chat_id, group_id=group.id)
        await self.session.run(alias.on_conflict_do_update(index_elements=["chat_id"], set_={"group_id": group.id}))
        self._forget()
        return group

    async def all(self) -> Sequence[Group]:
        """Every group, in the order of joining."""
        return [self._group(row) for row in await self.session.run(select(groups).order_by(groups.c.id))]

    async def delete(self, id: int) -> None:  # noqa: A002
        """Forget a group with all that hangs on it."""
        self.session.purged = True
        self._forget()
        asked = update(people).where(people.c.question_group == id)
        await self.session.run(asked.values(question="", question_group=0, asked_at=None))
        await self.session.run(delete(groups).where(groups.c.id == id))

    async def open_gap(self, gap: Gap) -> None:
        """Note from when the bot is blind; nothing happens while a gap of the same reason is open."""
        same = (gaps.c.group_id == gap.group_id) & (gaps.c.reason == gap.reason) & gaps.c.until.is_(None)
        if (await self.session.run(select(gaps.c.id).where(same).limit(1))).first() is None:
            values = {"group_id": gap.group_id, "since": gap.since, "until": gap.until, "reason": gap.reason}
            await self.session.run(insert(gaps).values(values))

    async def close_gaps(self, group_id: int, at: datetime, reason: str = "") -> None:
        """Note that the bot sees again (of one reason, or of all)."""
        closed = update(gaps).where(gaps.c.group_id == group_id, gaps.c.until.is_(None)).values(until=at)
        await self.session.run(closed.where(gaps.c.reason == reason) if reason else closed)

    async def gaps(self, group_id: int, since: datetime) -> Sequence[Gap]:
        """The gaps that last into the time from `since`."""
        lasting = or_(gaps.c.until.is_(None), gaps.c.until >= since)
        found = select(gaps.c.since, gaps.c.reason, gaps.c.until).where(gaps.c.group_id == group_id, lasting)
        rows = await self.session.run(found.order_by(gaps.c.since, gaps.c.id))
        return [Gap(group_id, start, reason, until) for start, reason, until in rows]

    async def gaps_between(self, since: datetime, until: datetime) -> Sequence[Gap]:
        """The gaps of all groups that touch a stretch of time, its end left out, by their beginning."""
        touching = and_(gaps.c.since < until, or_(gaps.c.until.is_(None), gaps.c.until > since))
        found = select(gaps.c.group_id, gaps.c.since, gaps.c.reason, gaps.c.until).where(touching)
        return [Gap(*row) for row in await self.session.run(found.order_by(gaps.c.since, gaps.c.id))]

    def _values(self, group: Group) -> Mapping[str, Any]:
        contact = None if group.contact is None else self.session.vault.seal(str(group.contact).encode())
        return {name: getattr(group, name) for name in PLAIN} | {
            "state": group.state.value,
            "kind": None if group.kind is None else group.kind.value,
            "response": group.response.value,
            "exempt_threads": orjson.dumps(sorted(group.exempt_threads)).decode(),
            "rights": orjson.dumps(sorted(group.rights)).decode(),
            "contact": contact,
        }

    def _group(self, row: Row[*tuple[Any, ...]]) -> Group:
        columns = row._mapping  # noqa: SLF001 - its public name in SQLAlchemy
        contact = self.session.unsealed(columns["contact"])
        return Group(
            id=columns["id"],
            state=GroupState(columns["state"]),
            kind=None if columns["kind"] is None else GroupKind(columns["kind"]),
            response=Response(columns["response"]),
            exempt_threads=frozenset(orjson.loads(columns["exempt_threads"])),
            rights=frozenset(BotRight(right) for right in orjson.loads(columns["rights"])),
            contact=None if contact is None else int(contact),
            **{name: columns[name] for name in PLAIN},
        )
