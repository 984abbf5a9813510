"""Scenes of a watched group: what is counted of what is said, and what follows a message that is changed."""

from bot.core.group import Response
from tests.scenes.town import DEMAND, RECEIPT


async def test_a_demand_at_night_is_stored_and_nothing_is_seen_of_it(town):
    room = await town.watched(Response.GROUP_HINT)
    town.at(22)
    await town.say(room.anna, room, DEMAND)
    await town.say(room.bo, room, "收到")
    counts = await room.counts()
    assert sorted(await room.categories()) == ["after_hours", "late_deadline"]
    assert {stored.excerpt for stored in await room.findings()} == {DEMAND}
    assert (counts["messages"], counts["receipts"], counts["finding.after_hours"]) == (2, 1, 1)
    assert len(room.posts()) == 1
    assert room.reactions() == []


async def test_albums_channel_posts_and_edits_count_once(town):
    room = await town.watched()
    channel = town.world.channel("前柏发布", owner=room.anna)
    channel.link(room.place)
    town.at(22)
    await room.anna.send_album(room.place, ["", DEMAND, ""])
    await channel.post(room.anna, DEMAND)
    said = await town.say(room.anna, room, DEMAND)
    before = await room.counts()
    await room.anna.touch(said)
    await room.anna.edit(said, "大家晚安")
    after = await room.counts()
    assert before["messages"] == after["messages"] == 3
    assert (before["finding.after_hours"], after["finding.after_hours"]) == (3, 2)
    assert (await room.row()).linked_chat_id == channel.id


async def test_a_quiet_sign_goes_when_the_message_is_mended(town):
    room = await town.watched(Response.QUIET_SIGN)
    said = await town.say(room.anna, room, RECEIPT)
    await town.until(room.reactions, "a sign")
    assert [one.reactions for one in room.bo.sees(room.place) if one.message_id == said.message_id] == [("👀",)]
    await room.anna.edit(said, "请各村阅知，无需回复")
    await town.until(lambda: not room.reactions(), "no sign")


async def test_a_hint_that_waits_goes_when_the_message_is_mended(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    town.at(22)
    said = await town.say(room.bo, room, DEMAND)
    await room.bo.edit(said, "大家晚安")
    town.at(9, days=1)
    await town.tell(room.bo, "/mine")
    assert room.bo.reads(room.bo.private)[1:] == ["没有关于您的消息的记录。"]
