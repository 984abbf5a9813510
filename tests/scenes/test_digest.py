"""Scenes of the digest, over HTTP and in SQLite: a week passes, and what the channel and the desk see of it."""

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.core.group import GroupKind, GroupState
from bot.core.ledger_log import HOST, SYSTEM
from bot.core.office import PlaceKind
from bot.core.units import Unit, UnitLevel
from bot.emulator.groups import Channel, Group
from bot.emulator.people import Person
from bot.emulator.state import Post
from bot.jobs import JOBS
from bot.runtime import Runtime
from bot.scheduler import run_once
from bot.services import ledger, office, units
from tests.scenes.playing import ZONE, Scene, stage

WEDNESDAY = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
MONDAY = datetime(2026, 3, 16, 9, 31, tzinfo=ZONE)
DEMAND = "请各村今晚把秸秆禁烧排查台账报上来"
RECEIPT = "请各村看到后逐一回复收到"


@dataclass
class Play:
    """A watched group, the office's desk and its channel, and people."""

    scene: Scene
    room: Group
    desk: Group
    channel: Channel
    anna: Person
    officer: Person

    async def jobs(self, runtime: Runtime | None = None) -> None:
        """What the scheduler does when it looks, and the sending of it."""
        for job in JOBS:
            assert await run_once(runtime or self.runtime, job)
        await self.scene.settled()

    @property
    def runtime(self) -> Runtime:
        assert self.scene.runtime is not None
        return self.scene.runtime

    async def look_at(self, at: datetime) -> None:
        """The clock comes to a moment, and the scheduler looks."""
        self.scene.world.clock.set(at)
        await self.jobs()

    def posts(self, chat: Group | Channel) -> Sequence[Post]:
        return [post for post in chat.state.posts.values() if post.author == self.scene.world.bot.id]

    def latest(self, person: Person) -> Post:
        """The latest post of the bot in somebody's private chat."""
        posts = person.private.state.posts
        return posts[max(number for number, post in posts.items() if post.author == self.scene.world.bot.id)]

    def pictures(self) -> Sequence[Post]:
        return [post for post in self.posts(self.channel) if "photo" in post.fields]

    def sheets(self) -> Sequence[Post]:
        return [post for post in self.posts(self.desk) if "document" in post.fields]

    def content(self, post: Post) -> bytes:
        shown = post.fields.get("document") or post.fields["photo"][-1]
        return self.scene.world.files.find(shown["file_id"]).content


async def bound(play: Play) -> None:
    """The office binds its places by codes, as it does."""
    runtime = play.runtime
    for kind, place in ((PlaceKind.DESK, play.desk), (PlaceKind.CHANNEL, play.channel)):
        async with runtime.store.begin() as work:
            code = await office.make_code(work, runtime.vault, kind, None, play.scene.world.clock.now())
            await work.commit()
        await play.officer.say(place, f"/bind {code}")
        await play.scene.settled()


async def watched(play: Play) -> None:
    """The group is watched and stands in the ledger, under a unit that has another one already."""
    now = play.scene.world.clock.now()
    async with play.runtime.store.begin() as work:
        (town,) = await units.add(work, [Unit("=前柏镇", UnitLevel.TOWNSHIP)], HOST, now)
        group = await work.groups.of_chat(play.room.id)
        assert group is not None
        stated = replace(group, state=GroupState.WATCHING, kind=GroupKind.STANDING, unit="=前柏镇", owner="办公室")
        stated = replace(stated, purpose="日常", hours="", language="zh-Hans", watching_since=now - timedelta(days=3))
        await work.groups.update(stated)
        row = await ledger.follow(work, stated, now, group, town)
        await ledger.alter(work, [(row, replace(row, members=30))], SYSTEM, now)
        await ledger.enter(work, [replace(row, id=0, group_id=None, name="旧群")], SYSTEM, now)
        await work.commit()
    play.runtime.scenes.forget()


@asynccontextmanager
async def played(folder: Path, at: datetime = WEDNESDAY) -> AsyncIterator[Play]:
    async with stage(folder, at) as scene:
        world = scene.world
        anna, officer = world.user("安娜"), world.user("老秦")
        room = world.group("前柏镇工作群", owner=anna)
        desk, channel = world.group("整治办", owner=officer), world.channel("减负简报", owner=officer)
        scene.settings = scene.settings.model_copy(update={"office_members": frozenset({officer.id})})
        play = Play(scene, room, desk, channel, anna, officer)
        async with scene.running():
            await room.add_bot(by=anna, rights=["delete_messages"])
            await desk.add_bot(by=officer, rights=["delete_messages"])
            await channel.add_bot(by=officer, rights=["post_messages", "delete_messages"])
            await scene.settled()
            await bound(play)
            await watched(play)
            await play.jobs()  # the first look of a bot that was not there before
        yield play


def run(folder: Path, act, at: datetime = WEDNESDAY) -> None:
    async def go() -> None:
        async with played(folder, at) as play:
            await act(play)

    asyncio.run(go())


async def a_week(play: Play) -> None:
    """Somebody demands something twice."""
    for text in (DEMAND, RECEIPT):
        await play.anna.say(play.room, text)
    await play.scene.settled()


def test_on_monday_the_channel_sees_one_picture_with_its_caption_and_the_desk_the_sheet(tmp_path):
    async def act(play: Play) -> None:
        async with play.scene.running():
            await a_week(play)
            await play.look_at(MONDAY - timedelta(minutes=5))
            assert not play.pictures()
            await play.look_at(MONDAY)
            (picture,) = play.pictures()
            assert play.content(picture).startswith(b"\x89PNG")
            caption = picture.fields["caption"]
            assert "2026 年第 11 周" in caption
            assert "1 个群共 2 条消息" in caption
            assert "一单位一群（政策，原则上 1 个）：1 个单位中 1 个超出" in caption
            assert "前柏" not in caption
            assert "安娜" not in caption
            assert len(caption.encode("utf-16-le")) // 2 <= 1024
            assert "reply_markup" not in picture.fields
            assert len(play.posts(play.channel)) == 1
            (sheet,) = play.sheets()
            page = load_workbook(io.BytesIO(play.content(sheet))).active
            values = [[cell.value for cell in line] for line in page.iter_rows()]
            assert "不得用于考核" in values[0][0]
            assert values[2][:3] == ["=前柏镇", 2, 1]
            assert page["A3"].data_type == "s"

    run(tmp_path, act)


def test_a_restart_and_a_second_replica_say_nothing_again(tmp_path):
    async def act(play: Play) -> None:
        async with play.scene.running():
            await a_week(play)
            await play.look_at(MONDAY)
        async with play.scene.running() as runtime:
            await play.look_at(MONDAY + timedelta(minutes=6))
            play.scene.world.clock.set(MONDAY + timedelta(minutes=12))
            await play.jobs(replace(runtime, instance="another replica"))
        assert (len(play.pictures()), len(play.sheets())) == (1, 1)

    run(tmp_path, act)


@pytest.mark.parametrize("days", [1, 4])
def test_what_was_missed_while_the_bot_was_down_is_caught_up_once(tmp_path, days):
    async def act(play: Play) -> None:
        async with play.scene.running():
            await a_week(play)
        play.scene.world.clock.set(MONDAY + timedelta(days=days))
        async with play.scene.running():
            await play.jobs()
            await play.look_at(play.scene.world.clock.now() + timedelta(minutes=6))
        (picture,) = play.pictures()
        assert "第 11 周" in picture.fields["caption"]
        assert "1 个单位中 1 个超出" in picture.fields["caption"]

    run(tmp_path, act)


def test_in_a_holiday_week_nothing_is_said_until_its_end(tmp_path):
    autumn = datetime(2026, 9, 23, 10, 0, tzinfo=ZONE)

    async def act(play: Play) -> None:
        async with play.scene.running():
            await a_week(play)
            await play.look_at(datetime(2026, 9, 28, 9, 31, tzinfo=ZONE))
            assert len(play.pictures()) == 1
            for day in (1, 4, 7):
                await play.look_at(datetime(2026, 10, day, 10, 0, tzinfo=ZONE))
            assert len(play.posts(play.channel)) == 1
            await play.look_at(datetime(2026, 10, 8, 9, 31, tzinfo=ZONE))
            assert len(play.posts(play.channel)) == 2

    run(tmp_path, act, autumn)


def test_a_week_in_which_nothing_happened_is_one_line_without_a_picture(tmp_path):
    async def act(play: Play) -> None:
        async with play.scene.running():
            await play.look_at(MONDAY)
            await play.look_at(MONDAY + timedelta(days=7))
        assert "没有要说的事" in play.posts(play.channel)[-1].text
        assert "第 12 周" in play.posts(play.channel)[-1].text

    run(tmp_path, act)


def test_the_office_asks_in_private_and_is_shown_the_week_with_its_buttons(tmp_path):
    async def act(play: Play) -> None:
        async with play.scene.running():
            await a_week(play)
            await play.look_at(MONDAY)
            await play.officer.start()
            await play.officer.tell("/digest")
            await play.scene.settled()
            picture = play.latest(play.officer)
            assert "第 11 周" in picture.fields["caption"]
            await play.officer.press(play.officer.private, "2025-Q4 通报草稿")
            await play.scene.settled()
            draft = play.latest(play.officer)
            assert draft.fields["document"]["file_name"] == "通报草稿-2025-Q4.docx"

    run(tmp_path, act)
