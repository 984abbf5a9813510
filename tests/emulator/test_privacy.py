"""What a bot in a group is shown, by privacy mode, its place and the kind of message."""

import pytest

from bot.emulator import World
from tests.emulator.scene import at_work, play, received


async def _heard(*, privacy=True, admin=False, re_add=False, spoke=False, act) -> list[str]:
    """The texts that reach the bot when somebody acts after it has come in and privacy was set."""
    world = World()
    anna, bo = world.user("安娜"), world.user("波")
    group = world.group("群", owner=anna, members=[bo])
    async with at_work(world) as bot:
        await group.add_bot(by=anna, admin=admin)
        own = await bot.send_message(group.id, "我来了")
        if not spoke:
            other = world.user("别的机器人", is_bot=True)
            await other.join(group)
            await other.say(group, "我也来了")
        world.set_privacy(privacy)
        if re_add:
            await group.remove_bot(by=anna)
            await group.add_bot(by=anna)
        await received(bot)
        await act(group, bo, group.state.posts[own.message_id])
        return [update.effective_message.text or "service" for update in await received(bot)]


def _say(text):
    return lambda group, bo, _own: bo.say(group, text)


async def _reply(group, bo, own):
    await bo.say(group, "答复", reply_to=own)


async def _join(group, bo, _own):
    await bo.world.user("丙").join(group)


async def _edit(group, bo, _own):
    await bo.edit(await bo.say(group, "说"), "/help@jianfu_bot")


@pytest.mark.parametrize(
    ("circumstances", "act", "heard"),
    [
        pytest.param({}, _say("大家好"), [], id="on: plain text is hidden"),
        pytest.param({}, _say("@jianfu_bot 你好"), [], id="on: a mention is hidden"),
        pytest.param({}, _say("/help@jianfu_bot"), ["/help@jianfu_bot"], id="on: an addressed command is shown"),
        pytest.param({}, _say("/help@other_bot"), [], id="on: another bot's command is hidden"),
        pytest.param({}, _say("/help"), [], id="on: a general command is hidden when another bot spoke last"),
        pytest.param({"spoke": True}, _say("/help"), ["/help"], id="on: a general command is shown when it spoke last"),
        pytest.param({}, _reply, ["答复"], id="on: a reply to the bot is shown"),
        pytest.param({}, _join, ["service"], id="on: service messages are shown"),
        pytest.param({}, _edit, ["/help@jianfu_bot"], id="on: an edit that becomes a command is shown"),
        pytest.param({"admin": True}, _say("大家好"), ["大家好"], id="on: an admin is shown everything"),
        pytest.param({"privacy": False}, _say("大家好"), [], id="off: no change where it is"),
        pytest.param({"privacy": False, "re_add": True}, _say("大家好"), ["大家好"], id="off: all once added again"),
    ],
)
def test_privacy_mode(circumstances, act, heard):
    async def scene():
        return await _heard(**circumstances, act=act)

    assert play(scene) == heard


def test_making_it_admin_works_at_once_and_unmaking_too():
    async def scene():
        world = World()
        anna = world.user("安娜")
        group = world.group("群", owner=anna)
        async with at_work(world) as bot:
            await group.add_bot(by=anna)
            await anna.say(group, "一")
            await group.promote_bot(by=anna)
            await anna.say(group, "二")
            await group.demote_bot(by=anna)
            await anna.say(group, "三")
            return [one.message.text for one in await received(bot) if one.message and one.message.text]

    assert play(scene) == ["二"]


def test_get_me_tells_the_setting():
    async def scene():
        world = World()
        async with at_work(world) as bot:
            first = await bot.get_me()
            world.set_privacy(False)
            return first.can_read_all_group_messages, (await bot.get_me()).can_read_all_group_messages

    assert play(scene) == (False, True)


def test_other_bots_are_never_shown():
    async def scene():
        world = World()
        anna, other = world.user("安娜"), world.user("打卡机", is_bot=True)
        group = world.group("群", owner=anna, members=[other])
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await received(bot)
            await other.say(group, "请打卡")
            return await received(bot)

    assert play(scene) == []
