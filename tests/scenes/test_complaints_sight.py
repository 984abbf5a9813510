"""Complaints 1, 2, 8, 12, 13 and 14 of users of other bots: what a bot fails to see, loses, or sees twice."""

import pytest

from bot.core.group import GroupState, Response
from tests.scenes.town import DEMAND, RECEIPT, SOLD


async def test_01_silent_because_of_privacy_mode_is_said_with_a_button_to_fix_it(town):
    room = await town.group()
    await town.open(room.anna)
    await room.place.add_bot(by=room.anna)
    await town.settled()
    await town.set_up(room.anna)
    said = room.anna.sees(room.anna.private)[-1]
    assert "我还看不到“前柏村工作群”里的消息" in said.text
    assert said.buttons[0] == ("设为管理员",)
    assert "&admin=" in town.links(room.anna)[0]
    await town.say(room.bo, room, RECEIPT)
    await room.place.promote_bot(by=room.anna)
    await town.settled()
    assert room.anna.reads(room.anna.private)[-1] == "我现在看得到“前柏村工作群”的消息了。"
    await town.say(room.bo, room, SOLD)
    status = await town.tell(room.anna, "/status")
    assert "看得到全部消息（我是管理员）" in status
    assert "没有权限看" in status
    assert "消息 1 条，疑似 1 项；没看到的时段不在其中" in status


async def test_02_privacy_switched_off_and_still_silent_is_explained_move_it_out_and_back(town):
    room = await town.group()
    await town.open(room.anna)
    await room.place.add_bot(by=room.anna)
    await town.settled()
    await town.set_up(room.anna)
    town.world.set_privacy(False)
    await town.say(room.bo, room, RECEIPT)
    status = await town.tell(room.anna, "/status")
    assert "已设置好，看得到时才开始" in status
    assert "看不到普通消息" in status
    assert "移出群、重新加入" in status
    assert "不作统计" in status
    await room.place.remove_bot(by=room.anna, ban=False)
    await room.place.add_bot(by=room.anna)
    await town.say(room.bo, room, RECEIPT)
    status = await town.tell(room.anna, "/status")
    assert "看得到全部消息（隐私模式已关）" in status
    assert "消息 1 条" in status


@pytest.mark.parametrize("order", ["old_first", "new_first", "neither message comes"])
async def test_08_nothing_is_lost_after_the_upgrade_to_a_supergroup(town, order):
    room = await town.watched(Response.GROUP_HINT, basic=True)
    await town.say(room.anna, room, "请各村报送秸秆禁烧台账")
    town.at(22)
    await town.say(room.anna, room, DEMAND)
    before, counts, waiting = await room.row(), await room.counts(), len(room.posts())
    await room.place.migrate(by=room.anna, order="old_first" if order.startswith("neither") else order)
    if order.startswith("neither"):
        town.world.updates.drop()
    await town.settled()
    town.at(9, days=1)
    await town.until(lambda: len(room.posts()) > 0, "the hint that waited for the morning")
    after = await room.row()
    assert (after.id, after.state, after.unit) == (before.id, GroupState.WATCHING, before.unit)
    assert after.chat_id == room.place.id
    assert waiting == 1
    assert [one.text[:8] for one in room.posts()] == ["提醒：本群有消息"]
    await town.say(room.anna, room, "请各村报送秸秆禁烧台账")
    assert (await room.categories())[-1] == "duplicate_collection"
    assert (await room.counts())["messages"] == counts["messages"] + 1
    assert "前柏村工作群" in await town.tell(room.anna, "/status")


async def test_12_an_album_is_one_event_with_one_hint(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    first = len(room.bo.reads(room.bo.private))
    await room.bo.send_album(room.place, ["", RECEIPT, "", ""])
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > first, "a hint")
    assert (await room.counts())["messages"] == 1
    assert await room.categories() == ["receipt"]
    assert len(room.bo.reads(room.bo.private)) == first + 1
    await room.bo.send_album(room.bo.private, ["", "", ""])
    await town.settled()
    assert len(room.bo.reads(room.bo.private)) == first + 2


@pytest.mark.parametrize("watched", [False, True], ids=["the bot is not in the channel", "the bot is in both"])
async def test_13_a_post_of_the_groups_own_channel_counts_once_and_punishes_nobody(town, watched):
    room = await town.watched(Response.GROUP_HINT)
    channel = town.world.channel("前柏发布", owner=room.anna)
    channel.link(room.place)
    if watched:
        await channel.add_bot(by=room.anna, admin=True)
    await channel.post(room.anna, "防火安全提示：上山请勿带火种")
    await channel.post(room.anna, RECEIPT)
    assert (await room.counts())["messages"] == 2
    assert await room.categories() == ["receipt"]
    assert room.calls("deleteMessage", "banChatMember", "banChatSenderChat", "restrictChatMember") == []


async def test_14_an_edit_is_no_way_around_and_no_second_trigger(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    first = len(room.bo.reads(room.bo.private))
    said = await town.say(room.bo, room, "大家早上好")
    await room.bo.edit(said, RECEIPT)
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > first, "a hint")
    for text in (f"{RECEIPT}！", f"{RECEIPT}！！"):
        await room.bo.touch(said)
        await room.bo.edit(said, text)
    command = await town.say(room.anna, room, "/urgent 18:00 防汛抢险")
    await room.anna.edit(command, "/urgent 19:00 防汛抢险")
    assert await room.categories() == ["receipt"]
    assert (await room.counts())["messages"] == 1
    assert (await room.counts())["windows"] == 1
    assert len(room.bo.reads(room.bo.private)) == first + 1
    await room.bo.edit(said, "大家早上好")
    assert await room.categories() == []
