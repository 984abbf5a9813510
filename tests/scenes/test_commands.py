"""Scenes of commands and settings over HTTP, as people see them."""

import asyncio

from bot.core.group import GroupState
from tests.scenes.playing import NIGHT, stage
from tests.scenes.test_setup import _answer, _group_row, _press, _tell


async def _watched(scene, anna, group):
    await _tell(anna, "/start", scene)
    await group.add_bot(by=anna, rights=["delete_messages"], payload="added")
    await scene.settled()
    await _answer(anna, scene)


async def _settings(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村工作群", owner=anna)
        async with scene.running():
            await _watched(scene, anna, group)
            seen = [one.text for one in anna.sees(group)]
            await _tell(anna, "/settings", scene)
            messages = len(anna.sees(anna.private))
            for label in ("发现以后", "私下提醒", "时区", "Asia/Urumqi", "用途"):
                await _press(anna, label, scene)
            in_place = len(anna.sees(anna.private)) == messages
            answer = await _tell(anna, "秋收 <b>防火</b>", scene)
            changed = await _group_row(scene)
            for label in ("退出、删除", "退出并删去一切", "退出并删去"):
                await _press(anna, label, scene)
            calls = [call.method for call in world.calls_of("leaveChat")]
            return seen, in_place, answer, changed, calls, await _group_row(scene)


def test_settings_are_changed_in_place_and_the_group_is_left_without_a_trace(tmp_path):
    seen, in_place, answer, changed, calls, gone = asyncio.run(_settings(tmp_path))
    assert "/start@jianfu_bot added" not in seen
    assert in_place
    assert "秋收 <b>防火</b>" in answer  # shown as it was written, not as marks
    assert (changed.response, changed.zone, changed.purpose) == ("private_hint", "Asia/Urumqi", "秋收 <b>防火</b>")
    assert calls == ["leaveChat"]
    assert gone is None or gone.state is GroupState.LEFT


async def _at_night(folder):
    async with stage(folder, NIGHT, actions_per_minute=1000) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波", language_code="en")
        group = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running():
            await _watched(scene, anna, group)
            for command in ("/help", "/status", "/settings", "/rules", "/privacy"):
                await bo.say(group, command)
            await scene.settled()
            answers = [await _tell(bo, command, scene) for command in ("/help", "/check 收到请回复", "/privacy")]
            await _press(bo, "Delete what concerns me", scene)
            await _press(bo, "Delete", scene)
            return bo.reads(group), answers, bo.reads(bo.private)[-1], (await _group_row(scene)).state, bo.menu(group)


def test_at_night_the_group_is_silent_and_everybody_is_answered_in_private(tmp_path):
    posts, answers, forgotten, state, menu = asyncio.run(_at_night(tmp_path))
    assert posts == []
    assert "What I can do" in answers[0]
    assert "If it were sent now" in answers[1]
    assert "not in working time" in answers[1].lower() or "outside" in answers[1].lower()
    assert "after 30 days" in answers[2]
    assert "Deleted." in forgotten
    assert state is GroupState.READY
    assert menu == ["report", "status", "rules", "verify", "privacy", "about", "help"]
