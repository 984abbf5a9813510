"""Moving all that hangs on one group to another, when two records turn out to be one group."""

from sqlalchemy import Table, and_, case, delete, exists, func, select, update

from storage.session import Session
from storage.tables.case import cases, reports
from storage.tables.count import counts, posts
from storage.tables.exemption import duty, quiet, windows
from storage.tables.finding import findings
from storage.tables.group import aliases, gaps, groups
from storage.tables.ledger import objects
from storage.tables.memory import documents, requests, urgent
from storage.tables.person import people

MOVED = (findings, gaps, posts, requests, documents, windows, duty, quiet, aliases, cases, reports)


async def negate_findings(session: Session, group_id: int) -> None:
    """Free the message ids of a group's former chat, which its new chat gives out again."""
    mine = and_(findings.c.group_id == group_id, findings.c.message_id > 0)
    await session.run(update(findings).where(mine).values(message_id=-findings.c.message_id))


async def regroup(session: Session, gone: int, stays: int) -> None:
    """Move everything of the one group to the other, and delete the one."""
    await _add_counts(session, gone, stays)
    await _keep_latest_emergency(session, gone, stays)
    await _drop_twins(session, findings, ("message_id", "category"), gone, stays)
    await _drop_twins(session, documents, ("key",), gone, stays)
    for table in MOVED:
        await session.run(update(table).where(table.c.group_id == gone).values(group_id=stays))
    await session.run(update(people).where(people.c.question_group == gone).values(question_group=stays))
    await _keep_one_entry(session, gone, stays)
    await session.run(delete(groups).where(groups.c.id == gone))


async def _add_counts(session: Session, gone: int, stays: int) -> None:
    found = await session.run(select(counts.c.day, counts.c.name, counts.c.amount).where(counts.c.group_id == gone))
    rows = [{"group_id": stays, "day": day, "name": name, "amount": amount} for day, name, amount in found]
    if rows:
        upsert = session.insert(counts)
        total = {"amount": counts.c.amount + upsert.excluded.amount}
        await session.run(upsert.on_conflict_do_update(index_elements=["group_id", "day", "name"], set_=total), rows)


async def _keep_latest_emergency(session: Session, gone: int, stays: int) -> None:
    found = await session.run(select(func.max(urgent.c.at)).where(urgent.c.group_id.in_((gone, stays))))
    latest = found.scalar()
    if latest is not None:
        upsert = session.insert(urgent).values(group_id=stays, at=latest)
        await session.run(upsert.on_conflict_do_update(index_elements=["group_id"], set_={"at": latest}))


async def _drop_twins(session: Session, table: Table, columns: tuple[str, ...], gone: int, stays: int) -> None:
    other = table.alias()
    same = and_(*(other.c[name] == table.c[name] for name in columns))
    twin = exists().where(other.c.group_id == stays, same)
    await session.run(delete(table).where(table.c.group_id == gone, twin))


async def _keep_one_entry(session: Session, gone: int, stays: int) -> None:
    """Of two rows of the ledger let the one of the staying group stand, and what referred to the other refer to it."""
    found = await session.run(select(objects.c.group_id, objects.c.id).where(objects.c.group_id.in_((gone, stays))))
    entries = {row.group_id: row.id for row in found}
    if gone in entries and stays in entries:
        for column in (objects.c.twin_of, objects.c.merged_into):
            followed = case((objects.c.id == entries[stays], None), else_=entries[stays])
            await session.run(update(objects).where(column == entries[gone]).values({column: followed}))
        await session.run(delete(objects).where(objects.c.id == entries[gone]))
    elif gone in entries:
        await session.run(update(objects).where(objects.c.id == entries[gone]).values(group_id=stays))
