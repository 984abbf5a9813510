"""Scenes of how an office hosts the bot: who may bring it, for which units, and by webhook."""

import asyncio
import socket

from bot.core.group import GroupState, Response
from bot.emulator.state import Numbers
from tests.scenes.playing import stage
from tests.scenes.town import RECEIPT, Town

FIRST = next(Numbers().users)
"""The id of the first person of a world."""


def _play(folder, scene, **settings):
    async def played():
        async with stage(folder, actions_per_minute=1000, **settings) as raised:
            town = Town(raised, raised.world.user("小陈"))
            async with raised.running():
                await raised.settled()
                return await scene(town)

    return asyncio.run(played())


async def _brought_by_two(town):
    strange, known = await town.group("路人群"), await town.group("前柏村工作群")
    await town.open(strange.anna, town.clerk)
    await strange.place.add_bot(by=strange.anna)
    await known.anna.add(known.place, town.clerk)
    await known.anna.promote(known.place, town.clerk, "delete_messages")
    await known.place.add_bot(by=town.clerk, rights=["delete_messages"])
    await town.settled()
    return strange.posts(), strange.anna.reads(strange.anna.private)[-1], len(strange.calls("leaveChat")), known.posts()


def test_only_those_on_the_list_may_bring_it_and_it_leaves_politely(tmp_path):
    said, told, left, welcomed = _play(tmp_path, _brought_by_two, inviters=[FIRST])
    assert said == []
    assert told == "“路人群”不在我的服务范围内，我已退出，没有保存任何消息。如需使用，请联系管理单位。"
    assert left == 1
    assert len(welcomed) == 1


async def _of_no_unit(town):
    room = await town.group("路人群")
    await town.open(room.anna)
    await room.place.add_bot(by=room.anna)
    await town.settled()
    asked = room.anna.sees(room.anna.private)[-1]
    typed = await town.tell(room.anna, "别的单位")
    await town.press(room.anna, "都不是，请退出")
    left = room.anna.reads(room.anna.private)[-1], len(room.calls("leaveChat"))
    await room.place.add_bot(by=room.anna)
    await town.settled()
    await town.press(room.anna, "后柏村")
    return asked.buttons, typed, left, (await room.row()).unit


def test_a_group_belongs_to_a_unit_on_the_list_or_the_bot_leaves(tmp_path):
    buttons, typed, left, unit = _play(tmp_path, _of_no_unit, units=["前柏村", "后柏村"])
    assert buttons[:2] == (("前柏村", "后柏村"), ("都不是，请退出",))
    assert "名单里没有这个单位" in typed
    assert left == ("好的，我退出“路人群”。", 1)
    assert unit == "后柏村"


async def _by_webhook(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.open(room.anna)
    await town.say(room.anna, room, RECEIPT)
    await town.until(lambda: len(room.posts()) == 2, "a hint")
    await town.tell(room.anna, "/settings")
    pressed = await town.press(room.anna, "先不看")
    return (await room.row()).state, pressed, town.world.calls_of("setWebhook")[0].parameters, await room.counts()


def test_the_same_scene_is_played_by_webhook(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    state, pressed, hook, counts = _play(
        tmp_path, _by_webhook, webhook_url=f"http://{listen}/updates", webhook_listen=listen
    )
    assert state is GroupState.JOINED
    assert pressed.text == ""
    assert len(hook["secret_token"]) == 64
    assert counts["messages"] == 1
