"""Who speaks: stand-ins, channels, anonymous admins; and who is told of comings and goings."""

from datetime import UTC, datetime

import pytest

from bot.emulator import World
from bot.emulator.failures import Unsupported
from tests.emulator.scene import at_work, play, received


def _group(**how):
    world = World(datetime(2026, 11, 23, 4, tzinfo=UTC))
    anna, bo = world.user("安娜"), world.user("波")
    return world, anna, bo, world.group("群", owner=anna, members=[bo], **how)


def test_an_anonymous_admin_writes_as_the_group_but_presses_as_himself():
    async def scene():
        world, anna, _, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await group.make_anonymous(anna)
            await anna.say(group, "匿名")
            keys = {"inline_keyboard": [[{"text": "答", "callback_data": "a"}]]}
            own = await bot.send_message(group.id, "问", reply_markup=keys)
            await anna.press(group.state.posts[own.message_id], "答", wait=0)
            message, press = (await received(bot))[-2:]
            admins = await bot.get_chat_administrators(group.id)
        return group.id, anna.id, message.message, press.callback_query, {one.user.id: one for one in admins}

    group_id, anna_id, message, press, admins = play(scene)
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, group_id)
    assert press.from_user.id == anna_id
    assert admins[anna_id].is_anonymous


def test_a_member_can_speak_as_a_channel():
    async def scene():
        world, anna, bo, group = _group()
        channel = world.channel("波的频道", owner=bo)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await bo.say(group, "转发点赞", as_channel=channel)
            return (await received(bot))[-1].message, channel.id

    message, channel_id = play(scene)
    assert (message.from_user.id, message.sender_chat.id) == (136817688, channel_id)


def test_a_post_of_the_linked_channel_comes_twice():
    async def scene():
        world, anna, _, group = _group()
        channel = world.channel("乡政府", owner=anna)
        channel.link(group)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await channel.add_bot(by=anna, admin=True)
            await received(bot)
            await channel.post(anna, "通知")
            full = await bot.get_chat(group.id)
            return await received(bot), full.linked_chat_id, channel.id

    (post, forward), linked, channel_id = play(scene)
    assert (post.channel_post.text, linked) == ("通知", channel_id)
    assert forward.message.is_automatic_forward
    assert (forward.message.from_user.id, forward.message.sender_chat.id) == (777000, channel_id)
    origin = forward.message.forward_origin
    assert (origin.chat.id, origin.message_id) == (channel_id, post.channel_post.message_id)


def test_the_bot_is_told_of_itself_always_and_of_others_as_admin():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await bot.get_updates(allowed_updates=["my_chat_member", "chat_member"])
            await group.add_bot(by=anna)
            await bo.leave(group)
            await group.promote_bot(by=anna, rights=["delete_messages"])
            await bo.join(group)
            await anna.promote(group, bo, "pin_messages")
            await group.remove_bot(by=anna)
            updates = await bot.get_updates()
        changes = [one.my_chat_member or one.chat_member for one in updates]
        members = [(one.old_chat_member, one.new_chat_member) for one in changes]
        return bo.id, [(new.user.id, old.status, new.status) for old, new in members]

    bo_id, changes = play(scene)
    assert changes == [
        (7300000001, "left", "member"),
        (7300000001, "member", "administrator"),
        (bo_id, "left", "member"),
        (bo_id, "member", "administrator"),
        (7300000001, "administrator", "kicked"),
    ]


def test_blocking_and_taking_back_are_told():
    async def scene():
        world, anna, _, _ = _group()
        async with at_work(world) as bot:
            await anna.start()
            await world.block(anna)
            await world.unblock(anna)
            changes = [one.my_chat_member for one in await received(bot) if one.my_chat_member]
            await bot.send_message(anna.id, "又见面了")
        return [(one.chat.type, one.new_chat_member.status) for one in changes]

    assert play(scene) == [("private", "kicked"), ("private", "member")]


def test_a_startgroup_link_adds_the_bot_and_sends_the_payload():
    async def scene():
        world, anna, _, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, payload="g_42")
            return [one.message.text for one in await received(bot) if one.message and one.message.text]

    assert play(scene) == ["/start@jianfu_bot g_42"]


def test_the_bot_can_leave_and_a_dissolved_group_is_gone():
    async def scene():
        world, anna, _, group = _group()
        other = world.group("另一群", owner=anna)
        async with at_work(world) as bot:
            await group.add_bot(by=anna)
            await other.add_bot(by=anna)
            await received(bot)
            await bot.leave_chat(group.id)
            await other.dissolve(by=anna)
            changes = [one.my_chat_member for one in await received(bot) if one.my_chat_member]
        return [(one.chat.title, one.new_chat_member.status) for one in changes]

    assert play(scene) == [("群", "left"), ("另一群", "left")]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda group, bo: bo.rename(group, "新"), id="rename without right"),
        pytest.param(lambda group, bo: bo.pin(group.state.posts[1]), id="pin without right"),
        pytest.param(lambda group, bo: bo.world.user("外人").say(group, "x"), id="write from outside"),
        pytest.param(lambda group, bo: bo.edit(group.state.posts[1], "x"), id="edit what another wrote"),
        pytest.param(lambda group, bo: bo.press(group, "没有"), id="press a button that is not there"),
    ],
)
def test_people_cannot_do_what_their_client_would_not_let_them(act):
    async def scene():
        _, anna, bo, group = _group()
        group.set_permissions("can_send_messages")
        await anna.say(group, "早")
        with pytest.raises(Unsupported):
            await act(group, bo)

    play(scene)


def test_members_are_counted_and_asked_for():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, rights=["restrict_members", "change_info"])
            await bot.restrict_chat_member(group.id, bo.id, {"can_send_messages": False})
            statuses = [(await bot.get_chat_member(group.id, one)).status for one in (anna.id, bo.id, bot.id)]
            await bot.set_chat_permissions(group.id, {})
            await bot.set_chat_title(group.id, "【已结束】群")
            chat = await bot.get_chat(group.id)
            return statuses, await bot.get_chat_member_count(group.id), chat.title, chat.permissions.can_send_messages

    assert play(scene) == (["creator", "restricted", "administrator"], 3, "【已结束】群", False)
