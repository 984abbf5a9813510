"""The cases and their steps in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy import delete as deleted

from bot.core.case_moves import DONE, CaseState, Step
from bot.core.cases import Case, Clearing, Event, Shown
from bot.core.changes import Role
from bot.core.model import Category
from storage.session import Session
from storage.tables.case import case_events, cases, report_notes, reports

_PLAIN = [each.name for each in fields(Case) if each.name not in {"id", "place", "shown"}]


@dataclass(slots=True)
class SqlCases:
    """Fulfils `ports.Cases`."""

    session: Session

    async def add(self, case: Case) -> Case:
        """Store a new case; returns it with its number."""
        new = insert(cases).values(self._row(case)).returning(cases.c.id)
        return replace(case, id=int((await self.session.run(new)).scalar_one()))

    async def get(self, id: int) -> Case | None:  # noqa: A002
        """The case of a number."""
        return next(iter(await self._found(select(cases).where(cases.c.id == id))), None)

    async def update(self, case: Case) -> None:
        """Store a changed case."""
        await self.session.run(update(cases).where(cases.c.id == case.id).values(self._row(case)))

    async def remove(self, id: int) -> None:  # noqa: A002
        """Take away a case that nobody has seen."""
        self.session.purged = True
        await self.session.run(deleted(cases).where(cases.c.id == id))

    async def in_states(
        self, states: frozenset[CaseState], limit: int = 1_000, *, newest: bool = False
    ) -> Sequence[Case]:
        """The cases in some states, oldest first, or newest first."""
        order = cases.c.id.desc() if newest else cases.c.id
        return await self._found(select(cases).where(cases.c.state.in_(sorted(states))).order_by(order).limit(limit))

    async def of_unit(self, unit_id: int, limit: int = 100) -> Sequence[Case]:
        """The cases of a unit, newest first."""
        mine = select(cases).where(cases.c.unit_id == unit_id)
        return await self._found(mine.order_by(cases.c.id.desc()).limit(limit))

    async def of_matter(self, category: Category, group_id: int | None, since: date) -> Sequence[Case]:
        """The cases of a category in a group (None: in no watched group) that moved on or after a day, newest first."""
        place = cases.c.group_id.is_(None) if group_id is None else cases.c.group_id == group_id
        alike = select(cases).where(cases.c.category == category.value, place, cases.c.moved_on >= since)
        return await self._found(alike.order_by(cases.c.id.desc()))

    async def due_before(self, day: date) -> Sequence[Case]:
        """The cases whose next step is owed since before a day, oldest first."""
        return await self._found(select(cases).where(cases.c.due < day).order_by(cases.c.id))

    async def record(self, case_id: int, event: Event, former: Case) -> Event:
        """Keep a step, with the case as it was before it; returns it with its number."""
        row = {
            "case_id": case_id,
            "step": event.step.value,
            "role": event.by.value,
            "before": event.before.value,
            "after": event.after.value,
            "at": event.at,
            "words": self.session.sealed_text(event.words),
            "clearing": event.clearing,
            "undone": event.undone,
            "former": self.session.vault.seal(_dump(former)),
        }
        new = insert(case_events).values(row).returning(case_events.c.id)
        return replace(event, id=int((await self.session.run(new)).scalar_one()))

    async def events(self, case_id: int) -> Sequence[Event]:
        """The steps of a case, in order."""
        mine = select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id)
        return [self._event(row) for row in await self.session.run(mine)]

    async def last(self, case_id: int) -> tuple[Event, Case] | None:
        """The last step that was not undone, and the case before it."""
        mine = select(case_events).where(case_events.c.case_id == case_id, case_events.c.undone.is_(False))
        row = (await self.session.run(mine.order_by(case_events.c.id.desc()).limit(1))).first()
        former = None if row is None else self.session.unsealed(row.former)
        return None if row is None or former is None else (self._event(row), _load(former))

    async def former(self, event_id: int) -> Case | None:
        """The case as it was before a step; None once that is deleted."""
        wanted = select(case_events.c.former).where(case_events.c.id == event_id)
        former = self.session.unsealed((await self.session.run(wanted)).scalar())
        return None if former is None else _load(former)

    async def mark_undone(self, event_id: int) -> None:
        """A step was taken back."""
        await self.session.run(update(case_events).where(case_events.c.id == event_id).values(undone=True))

    async def happened(self, since: datetime, until: datetime) -> Sequence[tuple[int, Event]]:
        """The steps of all cases from a moment until before another, undone ones left out; with the case's number."""
        then = select(case_events).where(
            case_events.c.at >= since, case_events.c.at < until, case_events.c.undone.is_(False)
        )
        return [(row.case_id, self._event(row)) for row in await self.session.run(then.order_by(case_events.c.id))]

    async def opened_between(self, first: date, last: date) -> int:
        """How many cases were opened in a stretch of days, both included."""
        wanted = select(func.count()).where(cases.c.opened_on.between(first, last))
        return int((await self.session.run(wanted)).scalar() or 0)

    async def show(self, ids: Sequence[int], place: Shown) -> None:
        """The charge of some cases was shown at a place."""
        found = select(cases.c.id, cases.c.shown).where(cases.c.id.in_(ids)).with_for_update()
        for id_, shown in (await self.session.run(found)).all() if ids else ():
            places = ",".join(sorted({*filter(None, shown.split(",")), place.value}))
            await self.session.run(update(cases).where(cases.c.id == id_).values(shown=places))

    async def of_group(self, group_id: int) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the cases and of the reports of a group."""
        mine = [select(each.c.id).where(each.c.group_id == group_id).order_by(each.c.id) for each in (cases, reports)]
        found = [[*(await self.session.run(wanted)).scalars()] for wanted in mine]
        return found[0], found[1]

    async def regroup(self, cases: Sequence[int], reports: Sequence[int], group_id: int) -> None:
        """Let cases and reports belong to a group."""
        for table, ids in ((_cases, cases), (_reports, reports)):
            for id_ in ids:
                await self.session.run(update(table).where(table.c.id == id_).values(group_id=group_id))

    async def hand_over(self, unit_id: int, to: int) -> Sequence[int]:
        """Give all cases of a unit to another one; returns which, oldest first."""
        mine = update(cases).where(cases.c.unit_id == unit_id).values(unit_id=to).returning(cases.c.id)
        return sorted((await self.session.run(mine)).scalars())

    async def seal_off(self, before: date) -> Sequence[int]:
        """No longer show the words of cases that were done before a day; returns which."""
        old = update(cases).where(_is_done(), cases.c.moved_on < before, cases.c.sealed_off.is_(False))
        return [*(await self.session.run(old.values(sealed_off=True).returning(cases.c.id))).scalars()]

    async def ending(self, before: date) -> Sequence[Case]:
        """The done cases that moved last before a day and whose words are still there, oldest first."""
        old = select(cases).where(_is_done(), cases.c.moved_on < before, cases.c.emptied.is_(False))
        return await self._found(old.order_by(cases.c.id))

    async def announce_end(self, id: int, last_day: date) -> None:  # noqa: A002
        """The desk was told until which day the words of a case are kept."""
        await self.session.run(update(cases).where(cases.c.id == id).values(words_until=last_day))

    async def empty(self, id: int) -> None:  # noqa: A002
        """Delete the words of a case and of all its reports; states, days and counts stay."""
        self.session.purged = True
        mine = select(reports.c.id).where(reports.c.case_id == id)
        await self.session.run(deleted(report_notes).where(report_notes.c.report_id.in_(mine)))
        no_words = {"words": None, "place": None, "known": None, "message_id": None}
        await self.session.run(update(reports).where(reports.c.case_id == id).values(no_words))
        gone = update(case_events).where(case_events.c.case_id == id)
        await self.session.run(gone.values(words=None, former=None))
        await self.session.run(update(cases).where(cases.c.id == id).values(place=None, emptied=True, sealed_off=True))

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Case]:
        return [self._case(row) for row in await self.session.run(wanted)]

    def _row(self, case: Case) -> dict[str, Any]:
        tree: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
        return tree | {"shown": ",".join(sorted(case.shown)), "place": self.session.sealed_text(case.place)}

    def _case(self, row: Row[*tuple[Any, ...]]) -> Case:
        tree = {name: getattr(row, name) for name in (*_PLAIN, "id")}
        return _case_of({**tree, "shown": row.shown, "place": self.session.unsealed_text(row.place)})

    def _event(self, row: Row[*tuple[Any, ...]]) -> Event:
        return Event(
            *(Step(row.step), Role(row.role), CaseState(row.before), CaseState(row.after), row.at),
            words=self.session.unsealed_text(row.words),
            clearing=None if row.clearing is None else Clearing(row.clearing),
            undone=row.undone,
            id=row.id,
        )


_cases, _reports = cases, reports
"""The tables; parameters of a method have their names."""


def _is_done() -> Any:
    return cases.c.state.in_(sorted(DONE))


def _case_of(tree: Mapping[str, Any]) -> Case:
    values = dict(tree)
    values["category"], values["state"] = Category(values["category"]), CaseState(values["state"])
    values["outcome"] = None if values["outcome"] is None else CaseState(values["outcome"])
    values["clearing"] = None if values["clearing"] is None else Clearing(values["clearing"])
    values["shown"] = frozenset(Shown(each) for each in values["shown"].split(",") if each)
    return Case(**values)


def _dump(case: Case) -> bytes:
    return orjson.dumps({**asdict(case), "shown": ",".join(sorted(case.shown))})


def _load(plain: bytes) -> Case:
    tree = orjson.loads(plain)
    for name in ("opened_on", "moved_on", "due", "words_until"):
        tree[name] = None if tree[name] is None else date.fromisoformat(tree[name])
    return _case_of(tree)
