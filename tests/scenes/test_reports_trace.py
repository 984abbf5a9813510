"""No way back: after each transaction of a report all that lies on the machine is walked for its author.

And the walk can fail: with a leak made on purpose it finds it.
"""

import asyncio
import re
from pathlib import Path

import pytest
from loguru import logger

from bot.core.speech import Outgoing, PostKind, Speech
from bot.jobs import day_keys
from bot.jobs import reports as batches
from bot.services.backup import back_up
from handlers.report_talk import Talk
from storage.backup import SqlArchive
from storage.crypto import KeyVault, open_vault
from storage.unit_of_work import SqlUnitOfWork
from tests.scenes import playing
from tests.scenes.playing import stage
from tests.scenes.town import SOLD, Room, Town
from tests.walk import Walker, marks_of, purposes

NAME, USERNAME = "欧阳青石", "ouyang_of_the_hill"
OWN = "要我们给领导的视频点赞"


class Play:
    """One bot with a watched group, and a reporter who never spoke to it before."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *, leave_out: frozenset[str] = frozenset()):
        self.folder, self.lines, self.step, self.leave_out = folder, [], "before", leave_out
        monkeypatch.setattr(playing, "open_vault", open_vault)
        self.monkeypatch = monkeypatch
        self.walker = None

    def walk(self) -> None:
        if self.walker is not None:
            self.walker.walk("\n".join(self.lines), step=self.step)

    async def run(self) -> Walker:
        sink = logger.add(self.lines.append, level="DEBUG", format="{name} {message} {exception}")
        real, play = SqlUnitOfWork.commit, self

        async def commit(work: SqlUnitOfWork) -> None:
            await real(work)
            play.walk()

        self.monkeypatch.setattr(SqlUnitOfWork, "commit", commit)
        try:
            async with stage(self.folder, actions_per_minute=1000) as scene:
                await self._within(scene)
        finally:
            logger.remove(sink)
        assert self.walker is not None
        return self.walker

    async def _within(self, scene) -> None:
        clerk = scene.world.user("小陈")
        office = scene.world.group("减负办公室", owner=clerk)
        scene.settings = scene.settings.model_copy(update={"office_chat": office.id})
        async with scene.running():
            await office.add_bot(by=clerk, admin=True)
            town = Town(scene, clerk, office)
            room = await town.watched()
            bo = scene.world.user(NAME, username=USERNAME)
            room.place.state.members[bo.id] = type(room.place.state.members[room.bo.id])(
                bo.account, room.place.state.members[room.bo.id].status
            )
            key_file = scene.settings.key_file
            vault = open_vault(key_file).lasting()
            self.walker = Walker(self.folder, key_file, vault, marks_of(vault, bo.id, [NAME, USERNAME]))
            order = await town.say(room.anna, room, SOLD)
            await self._acts(town, room, bo, order)

    async def _acts(self, town: Town, room: Room, bo, order) -> None:
        self.step = "report in private"
        await bo.start("report")
        await self.sees(town, bo, "只给整治办看")
        await town.tell(bo, OWN)
        await town.press(bo, "投票、点赞")
        await self.sees(town, bo, "记下了")
        receipt = re.search(r"[0-9]{4}(?: [0-9]{4}){3}", bo.reads(bo.private)[-1])[0]
        await town.press(bo, "补充一句")
        await self.sees(town, bo, "请写下要补充的话")
        await town.tell(bo, "每天都要")
        self.step = "forward"
        await town.press(bo, "再反映一件")
        await self.sees(town, bo, "只给整治办看")
        await bo.forward(order, bo.private)
        await self.sees(town, bo, "哪一类")
        await town.press(bo, "像是")
        await self.sees(town, bo, "记下了")
        await town.press(bo, "我已存好回执")
        self.step = "receipt"
        await town.tell(bo, "1234 1234 1234 1234")
        await town.tell(bo, receipt)
        await town.press(bo, "撤回")
        await town.press(bo, "返回")
        self.step = "in the group, unseen"
        await bo.say(room.place, "/report", reply_to=order)
        await town.settled()
        self.step = "in the group, seen by all"
        for menu in town.world.bot_self.menus.values():
            for entry in menu:
                entry.pop("is_ephemeral", None)
        await bo.say(room.place, "/report 积分排名", reply_to=order)
        await self.sees(town, bo, "可能已经看到")
        self.step = "words out of place"
        await town.press(bo, "我已存好回执")
        await town.tell(bo, "你好")
        await town.tell(bo, "/nothing")
        await bo.block()
        await town.settled()
        self.step = "the batch"
        town.at(11, 1)
        await batches.run(town.runtime, town.now)
        await town.settled()
        self.step = "the backup and the next days"
        store = town.runtime.store
        await back_up(SqlArchive(store.engine), store.vault, self.folder / "backup")
        for days in (1, 2):
            town.at(9, days=days)
            await day_keys.run(town.runtime, town.now)
        self.walk()

    @staticmethod
    async def sees(town: Town, person, text: str) -> None:
        await town.until(lambda: text in person.reads(person.private)[-1], f"{text} in private")


def played(folder, monkeypatch):
    return asyncio.run(Play(folder, monkeypatch).run())


def test_nothing_that_lies_on_the_machine_leads_back_to_who_reported(tmp_path, monkeypatch):
    walker = played(tmp_path, monkeypatch)
    assert walker.found == set()
    assert walker.looked > 40
    assert walker.opened > 100  # the words themselves were found and read
    assert (tmp_path / "backup").exists()


async def _opened(talk, _):
    await talk.context.work.people.opened(talk.who.key, "zh-Hans", talk.context.now)


async def _expects(talk, _):
    await talk.context.work.people.expect(talk.who.key, "report", 0, talk.context.now)


async def _entry(talk, page):
    said = Outgoing(talk.who.user_id, PostKind.ANSWER, speech=Speech(page.parts, "zh-Hans"))
    await talk.context.work.outbox.add([said], talk.context.now)


async def _keyed(talk, _):
    await talk.context.work.state.set(f"seen {talk.context.runtime.vault.pseudonym('sender', talk.who.user_id)}", "1")


async def _logged(talk, _):
    logger.debug("A report of {}", talk.who.user_id)


async def _sealed(talk, _):
    await talk.context.work.pointers.add(f"from {talk.who.user_id}", talk.hearing.today)


LEAKS = {
    "a person is noted as having opened the bot": _opened,
    "a person is noted as being asked": _expects,
    "an ordinary entry for their chat": _entry,
    "a keyed hash of theirs in some fact": _keyed,
    "their id in a line of the log": _logged,
    "their id in sealed words": _sealed,
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_leak_on_purpose_is_found(leak, tmp_path, monkeypatch):
    real = Talk.say

    async def say(talk, speech, keys=None):
        await leak(talk, speech)
        await real(talk, speech, keys)

    monkeypatch.setattr(Talk, "say", say)
    assert played(tmp_path, monkeypatch).found


def test_an_inbox_that_is_sealed_for_good_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(KeyVault, "seal_fleeting", KeyVault.seal)
    assert any("inbox" in each for each in played(tmp_path, monkeypatch).found)


def test_the_walk_knows_every_purpose_of_a_keyed_hash():
    assert purposes() >= {"person", "sender", "queue", "outbox", "receipt", "code", "seen", "document", "webhook"}
