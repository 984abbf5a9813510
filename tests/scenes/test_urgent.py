"""Scenes of an emergency: declared with a reason and an end, counted, told to the office, reviewed, and over."""

from tests.scenes.town import DEMAND

NIGHT_WORK = "请各村今晚再把巡堤人员安排报上来"


async def test_an_emergency_is_declared_by_buttons_and_reviewed_by_the_office(town):
    room = await town.watched(title="前柏村防汛群")
    other = await town.watched(title="后柏村防汛群")
    await town.world.people["安娜"].add(other.place, room.anna)
    await other.anna.promote(other.place, room.anna, "delete_messages")
    await town.open(room.anna)
    assert "为哪个群宣布紧急时段" in await town.tell(room.anna, "/urgent")
    await town.press(room.anna, "前柏村防汛群")
    assert "请写明“前柏村防汛群”紧急时段的结束时间和事由" in room.anna.reads(room.anna.private)[-1]
    assert "没有看到结束时间" in await town.tell(room.anna, "防汛抢险")
    assert "请在结束时间后写明事由" in await town.tell(room.anna, "22:00")
    opened = await town.tell(room.anna, "22:00 防汛抢险")
    assert "已为“前柏村防汛群”记下紧急时段" in opened
    assert "22:00" in opened
    await town.until(lambda: "防汛抢险" in town.clerk.reads(town.office)[-1], "the office being told")
    told = town.clerk.sees(town.office)[-1]
    assert told.buttons == (("属于紧急公务", "有疑问"),)
    await town.clerk.press(told, "有疑问")
    await town.settled()
    assert "已复核：有疑问" in town.clerk.sees(town.office)[-1].text
    assert "近 7 天宣布紧急时段：1 次" in await _status(town, room)
    assert "紧急时段中，到" in await _status(town, room)
    assert (await room.counts())["windows"] == 1
    assert "windows" not in await other.counts()


async def _status(town, room):
    await town.tell(room.anna, "/status")
    await town.press(room.anna, room.place.state.title)
    return room.anna.reads(room.anna.private)[-1]


async def test_within_the_window_no_hour_is_held_against_anybody_and_after_it_they_are(town):
    room = await town.watched()
    town.at(19)
    await town.say(room.anna, room, "/urgent 22:00 防汛抢险")
    town.at(20)
    await town.say(room.anna, room, DEMAND)
    assert await room.categories() == []
    assert (await room.counts())["windows"] == 1
    town.at(22, 1)
    await town.say(room.anna, room, NIGHT_WORK)
    assert "after_hours" in await room.categories()
    assert [one.text for one in room.posts()[1:]] == []  # at night the bot says nothing of it in the group
    town.at(9, days=1)
    await town.until(lambda: "防汛抢险" in town.clerk.reads(town.office)[-1], "the office being told in the morning")


async def test_an_emergency_is_ended_early_by_its_button(town):
    room = await town.watched()
    await town.open(room.anna)
    town.at(19)
    await town.tell(room.anna, "/urgent 6小时 山火扑救")
    await town.press(room.anna, "提前结束")
    assert "已提前结束" in room.anna.reads(room.anna.private)[-1]
    await town.say(room.anna, room, DEMAND)
    assert "after_hours" in await room.categories()


async def test_whoever_is_no_admin_declares_nothing_and_nobody_learns_who_tried(town):
    room = await town.watched()
    await town.open(room.bo)
    private = len(room.bo.reads(room.bo.private))
    await town.say(room.bo, room, "/urgent 18:00 防汛抢险")
    assert len(room.posts()) == 1
    assert len(room.bo.reads(room.bo.private)) == private
    assert "没有找到您管理的" in await town.tell(room.bo, "/urgent 18:00 防汛抢险")
    assert "windows" not in await room.counts()
