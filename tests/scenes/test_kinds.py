"""Scenes of all that people send beside plain text, and of what must not be kept at all."""

from bot.core.group import Response
from tests.scenes.town import RECEIPT

PHOTO = "请各村入户走访时拍照打卡，照片发群里"


async def test_a_demand_is_seen_in_captions_polls_and_checklists(town):
    room = await town.watched()
    await room.anna.send_photo(room.place, PHOTO)
    await room.anna.send_file(room.place, "通知.docx", caption=RECEIPT)
    await room.anna.send_poll(room.place, "请每人每天为我县投一票，投完截图发群里", ["已投", "未投"])
    await room.anna.send_checklist(room.place, "请各村逐一接龙报平安，收到请回复", ["前柏村", "后柏村"])
    await room.bo.send_poll(room.place, "周末去爬山，几点集合？", ["七点", "八点"])
    await room.bo.send_checklist(room.place, "野餐要带的东西", ["水", "水果"])
    found = await room.categories()
    assert {"screenshot_checkin", "receipt", "vote_like"} <= set(found)
    assert (await room.counts())["messages"] == 6
    assert {each.message_id for each in await room.findings()} == set(range(3, 7))


async def test_who_forwards_a_demand_is_not_blamed_for_its_words_and_may_ask_about_it_in_private(town):
    room = await town.watched(Response.PRIVATE_HINT)
    other = town.world.group("镇工作群", owner=room.anna, members=[room.bo])
    await town.open(room.bo)
    order = await room.anna.say(other, RECEIPT)
    await room.bo.forward(order, room.place)
    assert "receipt" not in await room.categories()
    before = len(room.bo.reads(room.bo.private))
    await room.bo.forward(order, room.bo.private)
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > before, "the verdict on what was forwarded")
    assert "要求逐一回复" in room.bo.reads(room.bo.private)[-1]


async def test_of_a_message_with_a_mark_of_secrecy_nothing_is_kept_and_its_sender_is_warned_at_any_hour(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.open(room.bo)
    town.at(22)
    first = len(room.bo.reads(room.bo.private))
    await town.say(room.bo, room, "【秘密】请各村今晚报送涉密人员名单，逐一回复收到")
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > first, "a warning")
    assert "带有密级" in room.bo.reads(room.bo.private)[-1]
    assert "我没有保存任何内容" in room.bo.reads(room.bo.private)[-1]
    assert await room.findings() == []
    assert await room.counts() == {"messages": 1, "withheld": 1}
    assert len(room.posts()) == 1
    town.at(9, days=1)
    await town.tell(room.bo, "/mine")
    assert len(room.posts()) == 1


async def test_a_mark_that_an_edit_brings_in_removes_what_was_kept(town):
    room = await town.watched()
    await town.open(room.bo)
    said = await town.say(room.bo, room, RECEIPT)
    assert await room.categories() == ["receipt"]
    await room.bo.edit(said, f"【机密】{RECEIPT}")
    await town.until(lambda: "密级" in room.bo.reads(room.bo.private)[-1], "a warning")
    assert await room.findings() == []


async def test_a_secret_that_is_given_to_a_command_is_not_read_and_not_kept(town):
    room = await town.watched()
    for command in ("/check", "/len", "/urgent 18:00"):
        assert "我没有看，也不保留" in await town.tell(room.anna, f"{command} 【绝密】演练方案")
    assert "windows" not in await room.counts()
