"""A year with the real jobs and the real sender, from 29 December 2025 on, over a fake clock and the store in memory.

Fifty-two digests, three hundred project groups, two migrations, forty restarts, two stops of days. What should have
been said is worked out from the calendar and from when the bot looked, not from its own code.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.group import Group, GroupKind, GroupState
from bot.core.office import Place, PlaceKind
from bot.core.units import Unit, UnitLevel
from bot.core.worktime import WorkingHours, WorkTime
from bot.jobs import digest, dissolve, snapshot
from bot.runtime import Runtime
from bot.scheduler import run_once
from bot.services import ledger, membership
from bot.services.persons import key_of
from bot.services.scenes import Scenes
from config.calendar import load_calendar
from handlers.sender import Sender
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import Refused, ScriptedRequest, application, default, runtime

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGIN, END = date(2025, 12, 29), date(2026, 12, 31)
LOOKS = (time(9, 40), time(13, 5), time(20, 0))
GROUPS, UNITS, RESTARTS = 300, 20, 40
STEPS, GRACE = (14, 7, 1, 0), 7
DESK, CHANNEL = -9001, -9002
STOPS = ((date(2026, 3, 29), date(2026, 4, 1)), (date(2026, 8, 8), date(2026, 8, 12)))
"""The days, both included, on which the machine was off."""
MIGRATED = {-1100: (-2100, date(2026, 5, 6)), -1200: (-2200, date(2026, 6, 1))}
OFFICE = WorkTime(load_calendar(), WorkingHours(), SHANGHAI)


@dataclass(frozen=True)
class Said:
    """One call that people could see."""

    at: datetime
    method: str
    chat_id: int
    text: str


class Year:
    """The world of the simulation."""

    def __init__(self) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock(datetime(2025, 12, 29, 1, 0, tzinfo=UTC))
        self.parts = runtime(self.store, self.clock)
        self.said: list[Said] = []
        self.request = ScriptedRequest(self._answer)
        self.ids = 0
        self.dice = Random(4)  # noqa: S311 - a play, the same each time
        days = (date(2026, 1, 20) - BEGIN).days, (date(2026, 12, 10) - BEGIN).days
        self.ends = {-1000 - n: BEGIN + timedelta(days=self.dice.randint(*days)) for n in range(1, GROUPS + 1)}
        self.chats = {chat: chat for chat in self.ends}
        """The present chat of each group, by the chat in which it began."""

    def runtime(self) -> Runtime:
        """The parts of a process that has just started."""
        instance = f"process {self.dice.random()}"
        return replace(self.parts, username="jianfu_bot", instance=instance, scenes=Scenes())

    def _answer(self, method: str, given: dict[str, Any]) -> Any:
        chat_id = int(given.get("chat_id", 0))
        for old, (new, _) in MIGRATED.items():
            if chat_id == old and self.chats[old] == new:
                raise Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=new)
        if method.startswith(("send", "edit")):
            words = str(given.get("text", given.get("caption", "")))
            self.said.append(Said(self.clock.now().astimezone(SHANGHAI), method, chat_id, words))
            self.ids += 1
            return {"message_id": self.ids, "date": 1, "chat": {"id": chat_id, "type": "supergroup"}, "text": "x"}
        return default(method)

    async def found(self) -> None:
        """Units, an office with two places, and the groups; every third owner cannot be reached in private."""
        now = self.clock.now()
        async with self.store.begin() as work:
            await work.units.add([Unit(f"{n}号镇", UnitLevel.TOWNSHIP) for n in range(UNITS)])
            for kind, chat in ((PlaceKind.DESK, DESK), (PlaceKind.CHANNEL, CHANNEL)):
                await work.office.bind(Place(kind, chat, "整治办", now))
            for n, (chat, end) in enumerate(self.ends.items()):
                owner = self.owner(chat)
                if owner is not None:
                    await work.people.opened(key_of(self.parts.vault, owner), "zh-Hans", now)
                group = Group(
                    *(chat, f"{n}号专班群"),
                    state=GroupState.WATCHING,
                    unit=f"{n % UNITS}号镇",
                    kind=GroupKind.PROJECT,
                    purpose=f"第{n}件事",
                    owner="办公室",
                    hours="",
                    language="zh-Hans",
                    end_date=end,
                    contact=owner,
                    is_admin=True,
                    joined_at=now,
                    watching_since=now,
                )
                await ledger.follow(work, await work.groups.add(group), now)
                await work.counts.add(n + 1, BEGIN + timedelta(days=n), {"messages": 40, "finding.after_hours": 1})
            await work.commit()

    def owner(self, chat: int) -> int | None:
        """The one who is asked about a group in private."""
        return None if chat % 3 == 0 else 50_000 - chat

    async def migrate(self, old: int) -> None:
        new = MIGRATED[old][0]
        self.chats[old] = new
        async with self.store.begin() as work:
            await membership.carried_on(work, old, new, self.clock.now())
            await work.commit()


def looks() -> Iterator[datetime]:
    """The moments at which the jobs look: several a day, some of them at night, none while the machine is off."""
    for number in range((END - BEGIN).days + 1):
        day = BEGIN + timedelta(days=number)
        if not any(first <= day <= last for first, last in STOPS):
            yield from (datetime.combine(day, at, SHANGHAI) for at in LOOKS)


def speaks(at: datetime) -> bool:
    """Whether the bot may say something, by the calendar alone."""
    return OFFICE.inside(at) and OFFICE.known(at)


async def play() -> Year:
    year = Year()
    await year.found()
    process, bot = year.runtime(), (await application(year.request)).bot
    sender = Sender(bot, process)
    moments = [*looks()]
    restarts = set(year.dice.sample(moments, RESTARTS))
    for at in moments:
        year.clock.moment = at.astimezone(UTC)
        for old, (_, day) in MIGRATED.items():
            if at == datetime.combine(day, LOOKS[0], SHANGHAI):
                await year.migrate(old)
        if at in restarts:
            await sender.finish()
            process = year.runtime()
            sender = Sender(bot, process)
            year.clock.advance(seconds=10)  # the lease of the process that ended
        for job in (snapshot.JOB, digest.WEEKLY, dissolve.JOB):
            assert await run_once(process, job)
        for _ in range(4):
            year.clock.advance(seconds=5)
            await sender.step()
            await sender.finish()
    return year


@pytest.fixture(scope="module")
def year() -> Year:
    return asyncio.run(play())


def test_every_week_has_its_digest_once_in_working_time(year):
    posts = [said for said in year.said if said.chat_id == CHANNEL]
    weeks = [(said.at - timedelta(days=7)).isocalendar()[:2] for said in posts]
    assert len(posts) == 52
    assert all(speaks(said.at) for said in posts)
    spring = Counter(weeks)  # the week of Spring Festival has no working day: its digest comes with the next one
    assert {week for week, count in spring.items() if count > 1} == {(2026, 8)}
    assert sum(said.chat_id == DESK for said in year.said) == 52


def test_nothing_is_said_outside_working_time(year):
    assert [said for said in year.said if not speaks(said.at)] == []


def expected(end: date) -> int:
    """How many questions the rule asks about a group that ends on a day, given when the bot looked."""
    days = {at.date() for at in looks() if speaks(at)}
    windows = [(end - timedelta(days=first), end - timedelta(days=after + 1)) for first, after in pairwise(STEPS)]
    windows += [(end, end + timedelta(days=GRACE)), (end + timedelta(days=GRACE + 1), END)]
    return sum(any(first <= day <= last for day in days) for first, last in windows)


def test_every_owner_is_asked_as_often_as_the_rule_says_and_in_the_group_one_post_is_edited(year):
    asked = Counter(said.chat_id for said in year.said if said.method.startswith("send"))
    edited = Counter(said.chat_id for said in year.said if said.method.startswith("edit"))
    for chat, end in year.ends.items():
        owner, places = year.owner(chat), {chat, year.chats[chat]}
        if owner is not None:
            assert asked[owner] == expected(end), (chat, end)
            assert sum(asked[place] + edited[place] for place in places) == 0
        else:
            assert sum(asked[place] for place in places) == 1, (chat, end)
            assert 1 + sum(edited[place] for place in places) == expected(end), (chat, end)


def test_a_group_that_moved_is_one_row_and_is_asked_about_in_its_new_chat(year):
    rows = [row for row in year.store.tables.objects.values() if row.group_id is not None]
    assert len(rows) == GROUPS
    assert {said.chat_id for said in year.said} & {
        old for old in MIGRATED if year.ends[old] > MIGRATED[old][1]
    } == set()


def test_every_unit_is_counted_on_every_day_but_none_twice(year):
    days = Counter(day for day, _ in year.store.tables.days)
    assert set(days.values()) == {UNITS}
    assert len(days) >= (END - BEGIN).days - 1
