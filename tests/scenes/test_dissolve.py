"""A scene over HTTP: a project group comes to its end, its owner is asked, closes it, and says that it is gone."""

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.core.ledger import Evidence, ObjectState
from bot.jobs import dissolve as job
from tests.scenes.playing import ZONE, stage
from tests.scenes.test_setup import _press, _tell

BEGIN = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
RIGHTS = ["delete_messages", "restrict_members", "change_info"]


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=ZONE)


async def _row(scene):
    async with scene.runtime.store.begin() as work:
        (row,) = await work.objects.all(ended=True)
        return row


async def _look(scene, moment):
    """The job looks at a moment."""
    scene.world.clock.set(moment)
    await job.run(replace(scene.runtime, username="jianfu_bot"), scene.world.clock.now())
    await scene.settled()


async def _project(scene, anna, group):
    await _tell(anna, "/start", scene)
    await group.add_bot(by=anna, rights=RIGHTS, payload="added")
    await scene.settled()
    for label in ("减负办", "专项 1 个月", "应急值守", "办公室主任", "按单位规定", "简体中文"):
        await _press(anna, label, scene)


async def _life(folder):
    async with stage(folder, BEGIN, actions_per_minute=1000) as scene:
        world = scene.world
        anna, ben = world.user("安娜"), world.user("小本")
        group = world.group("防汛专班群", owner=anna, members=[ben])
        async with scene.running():
            await _project(scene, anna, group)
            posts = len(ben.sees(group))
            await _look(scene, at(3, 27, 20))
            at_night = anna.reads(anna.private)[-1]
            await _look(scene, at(3, 30))
            asked = anna.reads(anna.private)[-1]
            await _look(scene, at(3, 31))
            again = anna.reads(anna.private)[-1]
            quiet = len(ben.sees(group)) == posts
            await _press(anna, "现在关闭", scene)
            warned = anna.sees(anna.private)[-1].text
            await _press(anna, "确定关闭", scene)
            told = anna.sees(anna.private)[-1].text
            await world.until(lambda: world.calls_of("leaveChat"), what="the bot leaves")
            seen = [one.text for one in ben.sees(group)][posts:]
            locked, title = not group.state.permissions, group.state.title
            waiting = (await _row(scene)).state
            await _press(anna, "已解散", scene)
            return locals() | {"row": await _row(scene)}


def test_a_project_group_is_asked_about_closed_and_gone_on_the_owners_word(tmp_path):
    seen = asyncio.run(_life(tmp_path))
    assert "截止日期" not in seen["at_night"]
    assert "“防汛专班群”的截止日期是 2026-04-11，还有 12 天" in seen["asked"]
    assert seen["again"] == seen["asked"]
    assert seen["quiet"]
    assert "锁定" in seen["warned"]
    assert "只有群主能解散群" in seen["told"]
    assert "本群的工作已经结束" in seen["seen"][0]
    assert (seen["locked"], seen["title"]) == (True, "【已结束】防汛专班群")
    assert seen["waiting"] is ObjectState.AWAITING
    assert (seen["row"].state, seen["row"].evidence) == (ObjectState.DISSOLVED, Evidence.OWNER)


async def _lost(folder, end):
    """The row of a project group that its owner brings to an `end` beside the bot."""
    async with stage(folder, BEGIN, actions_per_minute=1000) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("防汛专班群", owner=anna)
        async with scene.running():
            await _project(scene, anna, group)
            await getattr(group, end)(by=anna)
            await scene.settled()
            return await _row(scene)


def test_a_group_that_its_owner_deletes_is_dissolved_on_the_platforms_evidence(tmp_path):
    row = asyncio.run(_lost(tmp_path, "dissolve"))
    assert (row.state, row.evidence) == (ObjectState.DISSOLVED, Evidence.PLATFORM)


def test_a_group_that_only_removes_the_bot_is_not_counted_as_dissolved(tmp_path):
    assert asyncio.run(_lost(tmp_path, "remove_bot")).state is ObjectState.RUNNING
