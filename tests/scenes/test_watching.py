"""Scenes of a watched group, over HTTP and in SQLite: what is counted, what everybody sees, what nobody sees."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.arrival import StoredFinding
from bot.core.group import Group, GroupKind, GroupState, Response
from bot.emulator.groups import Group as Room
from bot.emulator.people import Person
from bot.services import review
from bot.services.response import Responder
from tests.scenes.playing import NIGHT, WORKDAY, Scene, stage

DEMAND = "请各村今晚把秸秆禁烧排查台账报上来"
RECEIPT = "请各村看到后逐一回复收到"


@dataclass
class Play:
    """A watched group with an admin and a member."""

    scene: Scene
    room: Room
    anna: Person
    bo: Person

    async def row(self) -> Group:
        await self.scene.settled()
        assert self.scene.runtime is not None
        async with self.scene.runtime.store.begin() as work:
            (group,) = await work.groups.all()
            return group

    async def findings(self) -> list[StoredFinding]:
        await self.scene.settled()
        assert self.scene.runtime is not None
        async with self.scene.runtime.store.begin() as work:
            return list(await work.findings.latest(100))

    async def counts(self) -> dict[str, int]:
        await self.scene.settled()
        assert self.scene.runtime is not None
        async with self.scene.runtime.store.begin() as work:
            (group,) = await work.groups.all()
            day = self.scene.world.clock.now().date()
            sums = await work.counts.sums(group.id, day - timedelta(days=2), day + timedelta(days=2))
            return {name: amount for name, amount in sums.items() if amount}

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what somebody sees."""
        await self.scene.settled()
        await self.scene.world.until(condition, what=what)


@asynccontextmanager
async def watched(
    folder: Path, at: Any = WORKDAY, response: Response = Response.WATCH_ONLY, **group: Any
) -> AsyncIterator[Play]:
    async with stage(folder, at) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        room = world.group("前柏村工作群", owner=anna, members=[bo], **group)
        async with scene.running() as runtime:
            await room.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            async with runtime.store.begin() as work:
                (row,) = await work.groups.all()
                stated = replace(
                    row,
                    state=GroupState.WATCHING,
                    unit="某镇",
                    kind=GroupKind.STANDING,
                    purpose="日常",
                    owner="办公室",
                    hours="",
                    language="zh-Hans",
                    response=response,
                    contact=anna.id,
                    watching_since=world.clock.now() - timedelta(seconds=5),
                )
                await work.groups.update(stated)
                await work.outbox.cancel(f"welcome:{row.id}:{row.joined_at:%Y%m%d%H%M%S}")
                await work.commit()
            runtime.scenes.forget()
            yield Play(scene, room, anna, bo)


async def _night(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, NIGHT, Response.GROUP_HINT) as play:
        await play.anna.say(play.room, DEMAND)
        await play.bo.say(play.room, "收到")
        return await play.findings(), await play.counts(), play.bo.sees(play.room)


def test_a_demand_at_night_is_stored_and_nothing_is_seen_of_it(tmp_path: Path) -> None:
    findings, counts, seen = asyncio.run(_night(tmp_path))
    assert {stored.finding.category.value for stored in findings} == {"after_hours", "late_deadline"}
    assert {stored.excerpt for stored in findings} == {DEMAND}
    assert (counts["messages"], counts["receipts"], counts["finding.after_hours"]) == (2, 1, 1)
    assert [one.sender for one in seen if one.kind == "text"] == ["安娜", "波"]
    assert not any(one.reactions for one in seen)


async def _album_edit_and_channel(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, NIGHT) as play:
        channel = play.scene.world.channel("前柏发布", owner=play.anna)
        channel.link(play.room)
        await channel.add_bot(by=play.anna, admin=True)
        await play.anna.send_album(play.room, ["", DEMAND, ""])
        await channel.post(play.anna, DEMAND)
        said = await play.anna.say(play.room, DEMAND)
        before = await play.counts()
        await play.anna.touch(said)
        await play.anna.edit(said, "大家晚安")
        return before, await play.counts(), await play.row(), channel.id


def test_albums_channel_posts_and_edits_count_once(tmp_path: Path) -> None:
    before, after, row, channel = asyncio.run(_album_edit_and_channel(tmp_path))
    assert before["messages"] == after["messages"] == 3
    assert (before["finding.after_hours"], after["finding.after_hours"]) == (3, 2)
    assert row.linked_chat_id == channel


async def _quiet_sign(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, WORKDAY, Response.QUIET_SIGN) as play:
        said = await play.anna.say(play.room, RECEIPT)
        await play.bo.say(play.room, RECEIPT)
        await play.until(lambda: any(one.reactions for one in play.bo.sees(play.room)), "a sign")
        signed = {one.text: one.reactions for one in play.bo.sees(play.room) if one.sender == "安娜"}
        words = [one.text for one in play.bo.sees(play.room) if one.kind == "text"]
        await play.anna.edit(said, "请各村阅知，无需回复")
        await play.until(lambda: not any(one.reactions for one in play.bo.sees(play.room)), "no sign")
        return signed, words, [one.reactions for one in play.bo.sees(play.room) if one.message_id == said.message_id]


def test_a_quiet_sign_is_announced_once_and_goes_with_the_finding(tmp_path: Path) -> None:
    signed, words, after = asyncio.run(_quiet_sign(tmp_path))
    assert signed[RECEIPT] == ("👀",)
    assert len([text for text in words if "👀" in text]) == 1
    assert after == [()]


async def _private_hint(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, WORKDAY, Response.PRIVATE_HINT) as play:
        await play.bo.start()
        await play.scene.settled()
        first = len(play.bo.reads(play.bo.private))
        await play.bo.say(play.room, RECEIPT)
        await play.bo.say(play.room, RECEIPT)
        await play.until(lambda: len(play.bo.reads(play.bo.private)) > first, "a hint")
        await play.scene.settled()
        return play.bo.reads(play.bo.private)[first:], play.bo.sees(play.room)


def test_a_private_hint_reaches_the_sender_alone_and_once(tmp_path: Path) -> None:
    hints, seen = asyncio.run(_private_hint(tmp_path))
    assert len(hints) == 1
    assert "逐一回复" in hints[0]
    assert "依据" in hints[0]
    assert [one.text for one in seen if one.sender == "波"] == [RECEIPT, RECEIPT]
    assert not any("逐一回复" in one.text for one in seen if one.sender != "波")


async def _withdrawn(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, WORKDAY, Response.PRIVATE_HINT) as play:
        await play.bo.start()
        await play.scene.settled()
        first = len(play.bo.reads(play.bo.private))
        await play.bo.say(play.room, RECEIPT)
        await play.until(lambda: len(play.bo.reads(play.bo.private)) > first, "a hint")
        findings, runtime = await play.findings(), play.scene.runtime
        assert runtime is not None
        async with runtime.store.begin() as work:
            responder = Responder(runtime.policy, runtime.vault)
            for stored in findings:
                await review.mark(work, responder, stored.id, runtime.clock.now(), runtime.zone, wrong=True)
            await work.commit()
        await play.until(lambda: "逐一回复" not in play.bo.reads(play.bo.private)[-1], "the hint withdrawn")
        return play.bo.reads(play.bo.private)[first:], await play.counts()


def test_a_hint_of_a_wrong_finding_is_withdrawn_where_it_was_read(tmp_path: Path) -> None:
    (hint,), counts = asyncio.run(_withdrawn(tmp_path))
    assert "已撤回" in hint
    assert "finding.receipt" not in counts


async def _migration(folder: Path, order: Any) -> tuple[Any, ...]:
    async with watched(folder, WORKDAY, basic=True) as play:
        await play.anna.say(play.room, RECEIPT)
        await play.anna.say(play.room, "请各村报送秸秆禁烧台账")
        before = await play.counts()
        new_id = await play.room.migrate(by=play.anna, order=order)
        await play.scene.settled()
        await play.anna.say(play.room, "请各村报送秸秆禁烧台账")
        return before, await play.counts(), await play.row(), new_id, await play.findings()


@pytest.mark.parametrize("order", ["old_first", "new_first"])
def test_an_upgraded_group_goes_on_with_all_it_had(tmp_path: Path, order: str) -> None:
    before, after, row, new_id, findings = asyncio.run(_migration(tmp_path, order))
    assert (row.chat_id, row.state, row.is_supergroup) == (new_id, GroupState.WATCHING, True)
    assert (before["messages"], after["messages"]) == (2, 3)
    assert {stored.finding.category.value for stored in findings} == {"receipt", "duplicate_collection"}


async def _secrecy(folder: Path) -> tuple[Any, ...]:
    async with watched(folder, WORKDAY) as play:
        await play.bo.start()
        await play.scene.settled()
        first = len(play.bo.reads(play.bo.private))
        await play.bo.say(play.room, "【机密】请各村今晚十点前报送名单，逐一回复收到")
        return await play.findings(), await play.counts(), play.bo.reads(play.bo.private)[first:]


def test_of_a_marked_text_nothing_is_kept_and_its_sender_is_warned(tmp_path: Path) -> None:
    findings, counts, warned = asyncio.run(_secrecy(tmp_path))
    assert findings == []
    assert counts == {"messages": 1, "withheld": 1}
    assert len(warned) == 1
    assert "没有保存任何内容" in warned[0]
    for file in tmp_path.glob("jianfu.db*"):
        assert "机密".encode() not in file.read_bytes()
