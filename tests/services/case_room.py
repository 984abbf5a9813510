"""A case in a store in memory, the people around it, and steps made with it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Clearing, Shown
from bot.core.changes import Change, Role
from bot.core.group import Group
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.model import Category
from bot.core.office import Binding, Place, PlaceKind
from bot.core.policy import Policy
from bot.core.reports import Note, Report, ReportState
from bot.core.speech import Outgoing
from bot.core.units import Unit, UnitLevel
from bot.core.worktime import WorkingHours
from bot.services import cases
from bot.services.case_files import CaseRoom
from bot.services.cases import Actor
from bot.services.places import OfficeTime
from config.calendar import load_calendar
from tests.fakes import FakeVault, InMemoryStore

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=SHANGHAI).astimezone(UTC)
TODAY, PAST, FUTURE = date(2026, 3, 11), date(2026, 3, 10), date(2026, 3, 20)
DESK, CHANNEL, CONTACT, CONTACT_TOO = -5001, -5002, 501, 502
OFFICE = Actor(Role.OFFICE, "office")
Value = TypeVar("Value")


@dataclass
class Play:
    """The store with one case; `now` is the clock."""

    store: InMemoryStore
    room: CaseRoom
    number: int = 0
    unit_id: int = 0
    other_unit: int = 0
    group_id: int = 0
    now: datetime = NOW

    @classmethod
    def of(cls, state: CaseState = CaseState.SUSPECTED, *, channel: bool = True, **fields: Any) -> "Play":
        """A case in a state, of a unit with two contacts; `fields` are the case's."""
        office = OfficeTime(load_calendar(), WorkingHours(), SHANGHAI)
        play = cls(InMemoryStore(), CaseRoom(Policy(), FakeVault(), office, "jianfu_bot"))
        play.run(lambda work: play._open(work, state, fields, channel=channel))
        return play

    async def _open(self, work: Any, state: CaseState, fields: dict[str, Any], *, channel: bool) -> None:
        group = await work.groups.add(Group(-1001, "工作群"))
        units = await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP), Unit("前柏镇", UnitLevel.TOWNSHIP)])
        self.unit_id, self.other_unit, self.group_id = units[0].id, units[1].id, group.id
        row = LedgerObject(self.unit_id, ObjectType.GROUP, Platform.TELEGRAM, "x", members=40, group_id=group.id)
        await work.objects.add([row])
        for key, user in (("one", CONTACT), ("two", CONTACT_TOO)):
            await work.people.opened(key, "zh-Hans", NOW)
            await work.office.give_role(Binding(key, user, Role.UNIT_CONTACT, self.unit_id, NOW))
        await work.office.bind(Place(PlaceKind.DESK, DESK, "办公群", NOW))
        if channel:
            await work.office.bind(Place(PlaceKind.CHANNEL, CHANNEL, "频道", NOW))
        shown = frozenset({Shown.UNIT}) if state not in {CaseState.SUSPECTED, CaseState.UNDER_CHECK} else frozenset()
        case = Case(Category.AFTER_HOURS, PAST, PAST, state, group.id, self.unit_id, shown=shown, due=FUTURE)
        self.number = (await work.cases.add(replace(case, **fields))).id

    @property
    def contact(self) -> Actor:
        """The unit's contact."""
        return Actor(Role.UNIT_CONTACT, "one", frozenset({self.unit_id}))

    def run(self, act: Callable[[Any], Awaitable[Value]]) -> Value:
        """Do something in a transaction; an error undoes it."""

        async def done() -> Value:
            async with self.store.begin() as work:
                found = await act(work)
                await work.commit()
                return found

        return asyncio.run(done())

    def step(
        self,
        step: Step,
        words: str = "话",
        by: Actor = OFFICE,
        clearing: Clearing | None = None,
        *,
        sent_out: bool = False,
    ) -> Case:
        """Make a step with the case."""
        if step is Step.CLEAR and clearing is None:
            clearing = Clearing.WRITTEN
        how = (words, clearing)
        return self.run(
            lambda work: cases.make(work, self.room, by, self.number, step, self.now, *how, sent_out=sent_out)
        )

    def undo(self, by: Actor = OFFICE) -> Case:
        """Take the last step back."""
        last = max(self.store.tables.case_events, default=0)
        return self.run(lambda work: cases.undo(work, self.room, by, self.number, last, self.now))

    def report(self, number: int, **fields: Any) -> None:
        """A report of the case."""
        report = Report(number, PAST, Category.AFTER_HOURS, f"receipt{number}", self.group_id, words="反映", **fields)
        open_ = replace(report, state=ReportState.OPEN, case_id=self.number)
        self.run(lambda work: work.reports.add(open_))

    def say(self, number: int, words: str, **fields: Any) -> None:
        """A line of the talk about a report."""
        note = Note(len(self.store.tables.report_notes) + 1, number, self.today, words, **fields)
        self.run(lambda work: work.reports.say(note))

    @property
    def today(self) -> date:
        return self.room.today(self.now)

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    @property
    def case(self) -> Case:
        return self.store.tables.cases[self.number]

    def changes(self) -> list[Change]:
        return [each for each in self.store.tables.changes.values() if each.noun == "case"]

    def queued(self, *chats: int) -> list[Outgoing]:
        """What waits to be said, in some chats or in all."""
        return [each for each in self.store.queued() if not chats or each.chat_id in chats]
