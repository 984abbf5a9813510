"""Scenes of coming and going: removed and back, refused, renamed, and speaking the group's language."""

from bot.core.group import GroupState, Response
from tests.scenes.town import DEMAND, RECEIPT


async def test_a_removed_bot_tells_its_contact_and_goes_on_in_the_same_row_when_it_is_back(town):
    room = await town.watched()
    await town.open(room.anna)
    await town.say(room.anna, room, RECEIPT)
    before = await room.row()
    await room.place.remove_bot(by=room.anna)
    await town.until(lambda: "已被移出" in room.anna.reads(room.anna.private)[-1], "the contact being told")
    assert "已有记录按期限保留，到期删除" in room.anna.reads(room.anna.private)[-1]
    assert "没有找到您管理的" in await town.tell(room.anna, "/status")
    town.at(14)
    await room.bo.say(room.place, RECEIPT)
    await room.place.add_bot(by=room.anna, rights=["delete_messages"])
    await town.settled()
    after = await room.row()
    assert (after.id, after.state, after.unit, after.response) == (
        before.id,
        GroupState.WATCHING,
        "某镇",
        before.response,
    )
    status = await town.tell(room.anna, "/status")
    assert "10:00 到" in status
    assert "被移出了群" in status
    assert "消息 1 条，疑似 1 项；没看到的时段不在其中" in status
    assert len(room.posts()) == 1  # who was welcomed this week is not welcomed again


async def test_added_at_night_it_greets_in_the_morning_and_says_nothing_before(town):
    room = await town.group()
    await town.open(room.anna)
    town.at(21)
    await room.place.add_bot(by=room.anna, rights=["delete_messages"])
    await town.settled()
    await town.set_up(room.anna)
    assert room.posts() == []
    town.at(8, 31, days=1)
    await town.until(room.posts, "the welcome")
    assert room.posts()[0].buttons == (("配置", "隐私说明"),)


async def test_a_group_hears_its_own_language_and_each_person_theirs(town):
    room = await town.watched(Response.GROUP_HINT)
    carl = town.world.user("Carl", language_code="en")
    await room.anna.add(room.place, carl)
    await town.tell(room.anna, "/settings")
    for button in ("语言", "繁體中文"):
        await town.press(room.anna, button)
    await town.say(room.anna, room, RECEIPT)
    await town.until(lambda: len(room.posts()) == 2, "a hint")
    assert room.posts()[-1].text.startswith("提醒：本群組有訊息疑似")
    await town.say(carl, room, "/help")
    await town.until(lambda: len(room.posts()) == 3, "the way into the private chat")
    assert "請到私訊裡看" in room.posts()[-1].text
    assert "What I can do" in await town.tell(carl, "/start help")
    assert "我能做什么" in await town.tell(room.anna, "/help")


async def test_a_renamed_group_is_called_by_its_new_name(town):
    room = await town.watched()
    await room.anna.rename(room.place, "前柏村秋收群")
    await town.settled()
    assert "前柏村秋收群" in await town.tell(room.anna, "/status")


async def test_watching_can_be_paused_and_what_is_not_seen_meanwhile_is_a_gap(town):
    room = await town.watched()
    await town.tell(room.anna, "/settings")
    await town.press(room.anna, "先不看")
    await town.say(room.anna, room, RECEIPT)
    assert await room.findings() == []
    assert "先不看了，可在 /settings 恢复" in await town.tell(room.anna, "/status")
    town.at(11)
    await town.tell(room.anna, "/settings")
    await town.press(room.anna, "开始看")
    await town.say(room.anna, room, RECEIPT)
    assert await room.categories() == ["receipt"]
    status = await town.tell(room.anna, "/status")
    assert "10:00 到" in status
    assert "按设置先不看" in status


async def test_a_hint_for_a_topic_that_was_closed_meanwhile_never_lands_in_general(town):
    room = await town.watched(Response.GROUP_HINT, topics=True)
    topic = await room.anna.open_topic(room.place, "秋收")
    town.at(22)
    await town.say(room.anna, room, DEMAND, topic=topic)
    await room.anna.close_topic(room.place, topic)
    town.at(9, days=1)
    await town.tell(room.anna, "/help")
    assert [one.topic for one in room.posts()] in ([None, topic], [None])


async def test_where_reactions_are_off_the_quiet_sign_leaves_no_trace(town):
    room = await town.watched(Response.QUIET_SIGN)
    room.place.allow_reactions()
    await town.say(room.anna, room, RECEIPT)
    await town.say(room.anna, room, RECEIPT + "！")
    assert room.reactions() == []
    assert len(await room.findings()) == 2
    assert len(room.posts()) == 2  # the welcome, and what the sign means
