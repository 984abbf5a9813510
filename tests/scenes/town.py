"""A town: one running bot for the scenes of a file, with a new day, new people and new groups for each of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.core.arrival import StoredFinding
from bot.core.group import Gap, Group, GroupKind, GroupState, Response
from bot.core.workcal import WorkCalendar
from bot.emulator import World
from bot.emulator.groups import Group as Place
from bot.emulator.log import Answer, Call
from bot.emulator.people import Person
from bot.emulator.transcript import Seen
from bot.runtime import Runtime
from config.calendar import load_calendar
from tests.scenes.playing import QUICK, ZONE, Scene, stage

DEMAND = "请各村今晚把秸秆禁烧排查台账报上来"
RECEIPT = "请各村看到后逐一回复收到"
TUESDAY = 1
SOLD = "每个村认购二十份，本周完成"


@dataclass
class Room:
    """A watched group with its admin Anna and its member Bo."""

    town: "Town"
    place: Place
    anna: Person
    bo: Person

    async def row(self) -> Group:
        """What the ledger holds of the group."""
        async with self.town.runtime.store.begin() as work:
            group = await work.groups.of_chat(self.place.id)
            assert group is not None
            return group

    async def findings(self) -> list[StoredFinding]:
        """What was found in the group, the oldest first."""
        await self.town.scene.settled(QUICK)
        group = await self.row()
        async with self.town.runtime.store.begin() as work:
            found = await work.findings.latest(1000)
        return [each for each in reversed(found) if each.group_id == group.id]

    async def categories(self) -> list[str]:
        """The categories of what was found, the oldest first."""
        return [each.finding.category.value for each in await self.findings()]

    async def counts(self) -> dict[str, int]:
        """What was counted in these days, without what is nought."""
        await self.town.scene.settled(QUICK)
        group, today = await self.row(), self.town.now.date()
        async with self.town.runtime.store.begin() as work:
            sums = await work.counts.sums(group.id, today - timedelta(days=3), today + timedelta(days=3))
        return {name: amount for name, amount in sums.items() if amount}

    async def gaps(self) -> Sequence[Gap]:
        """When nothing was seen of the group."""
        group = await self.row()
        async with self.town.runtime.store.begin() as work:
            return await work.groups.gaps(group.id, self.town.now - timedelta(days=30))

    def calls(self, *methods: str) -> list[Call]:
        """The bot's calls in the group."""
        return [call for call in self.town.world.calls_of(*methods) if call.parameters.get("chat_id") == self.place.id]

    def posts(self, reader: Person | None = None) -> list[Seen]:
        """The bot's posts that are to be seen in the group."""
        return [one for one in (reader or self.bo).sees(self.place) if one.text and _by_bot(one, self.town.world)]

    def reactions(self) -> list[tuple[str, ...]]:
        """The reactions that everybody sees, message by message."""
        return [one.reactions for one in self.bo.sees(self.place) if one.reactions]


def _works(calendar: WorkCalendar, day: date) -> bool:
    return calendar.day(day).works


def _by_bot(one: Seen, world: World) -> bool:
    return one.post is not None and one.post.author == world.bot.id


@dataclass
class Town:
    """The running bot, its office, and the ways to fill it with life."""

    scene: Scene
    clerk: Person
    office: Place | None = None
    runner: asyncio.Runner | None = None

    @property
    def world(self) -> World:
        """The emulated platform."""
        return self.scene.world

    @property
    def runtime(self) -> Runtime:
        """The parts of the running bot."""
        assert self.scene.runtime is not None
        return self.scene.runtime

    @property
    def now(self) -> datetime:
        """The moment in the office's zone."""
        return self.world.clock.now().astimezone(ZONE)

    def dawn(self) -> None:
        """Go on to ten o'clock of the next Tuesday that has two more working days behind it."""
        calendar, day = load_calendar(), self.now.date() + timedelta(days=1)
        while day.weekday() != TUESDAY or not all(_works(calendar, day + timedelta(days=more)) for more in range(3)):
            day += timedelta(days=1)
        self.world.clock.set(datetime.combine(day, time(10), ZONE))
        self.world.set_privacy(True)

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Put the clock forward to a time of the day."""
        moment = datetime.combine(self.now.date() + timedelta(days=days), time(hour, minute), ZONE)
        assert moment > self.now
        self.world.clock.set(moment)

    async def settled(self) -> None:
        """Wait until all is handled and said."""
        await self.scene.settled()

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what somebody sees."""
        await self.settled()
        await self.world.until(condition, what=what)

    async def tell(self, person: Person, text: str) -> str:
        """Somebody writes in private; returns the answer."""
        return await self.scene.tell(person, text)

    async def press(self, person: Person, button: str) -> Answer:
        """Somebody presses a button in private; returns what only they see."""
        return await self.scene.press(person, button)

    async def open(self, *people: Person) -> None:
        """People press Start in private, and so may be written to."""
        for person in people:
            await self.tell(person, "/start")

    async def set_up(self, admin: Person) -> None:
        """An admin answers the questions of the set-up, which they were asked in private, by its buttons."""
        for button in ("减负办", "常设群", "日常工作", "办公室主任", "按单位规定", "简体中文"):
            await self.press(admin, button)

    def links(self, person: Person, where: Any = None) -> list[str]:
        """The addresses behind the buttons of the newest message that has any."""
        for post in reversed(person.finds(where or person.private)):
            rows = post.fields.get("reply_markup", {}).get("inline_keyboard", [])
            found = [button["url"] for row in rows for button in row if "url" in button]
            if found:
                return found
        return []

    async def say(self, person: Person, room: Room, text: str, **how: Any) -> Any:
        """Somebody writes in a group; returns the message once it is handled."""
        self.world.clock.advance(seconds=2)
        post = await person.say(room.place, text, **how)
        await self.scene.settled(QUICK)
        return post

    async def group(self, title: str = "前柏村工作群", **kind: Any) -> Room:
        """A group with Anna, who owns it, and Bo; the bot is not in it yet."""
        anna, bo = self.world.user("安娜"), self.world.user("波")
        return Room(self, self.world.group(title, owner=anna, members=[bo], **kind), anna, bo)

    async def watched(self, response: Response = Response.WATCH_ONLY, title: str = "前柏村工作群", **kind: Any) -> Room:
        """Such a group, watched since this morning; the shortest way there, for the long one has scenes of its own."""
        room = await self.group(title, **kind)
        await room.place.add_bot(by=room.anna, rights=["delete_messages"])
        await self.settled()
        stated = replace(
            await room.row(),
            state=GroupState.WATCHING,
            unit="某镇",
            kind=GroupKind.STANDING,
            purpose="日常",
            owner="办公室",
            hours="",
            language="zh-Hans",
            response=response,
            contact=room.anna.id,
            watching_since=self.now - timedelta(seconds=1),
        )
        async with self.runtime.store.begin() as work:
            await work.groups.update(stated)
            await work.commit()
        self.runtime.scenes.forget()
        self.world.clock.advance(seconds=2)
        return room


@asynccontextmanager
async def opened(folder: Path, runner: asyncio.Runner, **settings: Any) -> AsyncIterator[Town]:
    """A town whose bot runs; its office has a chat, and a clerk who belongs to it."""
    async with stage(folder, actions_per_minute=1000) as scene:
        clerk = scene.world.user("小陈")
        office = scene.world.group("减负办公室", owner=clerk)
        chosen = scene.settings.model_copy(update={"office_chat": office.id, **settings})
        scene.settings = chosen
        async with scene.running():
            await office.add_bot(by=clerk, admin=True)
            await scene.settled()
            yield Town(scene, clerk, office, runner)
