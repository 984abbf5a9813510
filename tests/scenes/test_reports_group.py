"""Scenes of /report in a group over HTTP: unseen where the platform offers it, else an open report."""

import pytest

from storage.tables.outbox import outbox
from storage.tables.person import people
from tests.scenes.test_reports import held, receipt_of, rows, screen, shown
from tests.scenes.town import SOLD

COMMANDS = "getMyCommands", "setMyCommands"


def unseen(town, *, on):
    """Whether the platform offers commands that others do not see: else the menu does not call the command so."""
    for menu in town.world.bot_self.menus.values():
        for entry in menu:
            if entry["command"] == "report":
                entry["is_ephemeral"] = on


@pytest.fixture(autouse=True)
def as_before(town):
    """Other scenes find the platform as it was."""
    menus = {key: [dict(entry) for entry in menu] for key, menu in town.world.bot_self.menus.items()}
    yield
    town.world.bot_self.menus = menus


async def of_group(town, room):
    """The reports of a group."""
    group = await room.row()
    return [each for each in await held(town) if each.group_id == group.id]


def everybody(room):
    """What everybody in the group sees."""
    return [one.text for one in room.anna.sees(room.place)]


async def test_an_unseen_command_is_answered_to_its_author_alone(town):
    room = await town.watched()
    order = await town.say(room.anna, room, SOLD)
    before, known = everybody(room), [await rows(town, table) for table in (people, outbox)]
    await room.bo.say(room.place, "/report 摊派", reply_to=order)
    await town.until(lambda: any(one.ephemeral and "记下了" in one.text for one in room.bo.sees(room.place)), "it")
    answer = [one for one in room.bo.sees(room.place) if one.ephemeral][-1]
    assert "到私聊" in answer.buttons[0][0]
    (report,) = await of_group(town, room)
    assert (report.message_id, report.category.value, report.open_handed) == (order.message_id, "apportion", False)
    assert "认购" in report.words
    assert everybody(room) == before
    assert room.bo.reads(room.bo.private) == []
    assert [await rows(town, table) for table in (people, outbox)] == known

    await room.bo.start("report")
    await shown(town, room.bo, "记下了")
    assert receipt_of(room.bo) in answer.text
    await town.press(room.bo, "我已存好回执")
    await shown(town, room.bo, "回执已从这条消息里去掉")
    assert [await rows(town, table) for table in (people, outbox)] == known


async def test_without_a_kind_it_is_that_of_the_finding_or_is_chosen_in_private(town):
    room = await town.watched()
    order, plain = await town.say(room.anna, room, SOLD), await town.say(room.anna, room, "下午开会")
    await room.bo.say(room.place, "/report", reply_to=order)
    await town.until(lambda: any("记下了" in one.text for one in room.bo.sees(room.place)), "the receipt")
    assert any("记下了：摊派。" in one.text for one in room.bo.sees(room.place) if one.ephemeral)
    assert [each.category.value for each in await of_group(town, room)] == ["apportion"]
    await room.bo.say(room.place, "/report", reply_to=plain)
    await town.until(lambda: any("还没有记下" in one.text for one in room.bo.sees(room.place)), "the way")
    assert not any("点一下就记下了" in one.text for one in room.bo.sees(room.place))
    await room.bo.start("report")
    await shown(town, room.bo, "哪一类")
    await town.press(room.bo, "积分排名")
    await shown(town, room.bo, "记下了")
    assert sorted(each.category.value for each in await of_group(town, room)) == ["apportion", "ranking"]


async def test_at_night_it_is_answered_too_for_nobody_else_is_disturbed(town):
    room = await town.watched()
    order = await town.say(room.anna, room, SOLD)
    town.at(22)
    await room.bo.say(room.place, "/report 摊派", reply_to=order)
    await town.until(lambda: any("记下了" in one.text for one in room.bo.sees(room.place)), "the receipt")


async def test_a_command_that_others_saw_is_an_open_report_and_its_author_is_told_in_private(town):
    room = await town.watched()
    unseen(town, on=False)
    await town.open(room.bo)
    order = await town.say(room.anna, room, SOLD)
    before, known = everybody(room), [await rows(town, table) for table in (people, outbox)]
    await room.bo.say(room.place, "/report 摊派", reply_to=order)
    page = await shown(town, room.bo, "记下了")
    assert "别人，尤其是管理员，可能已经看到" in page
    (report,) = await of_group(town, room)
    assert report.open_handed
    assert everybody(room) == before  # the command is gone, and nothing was said
    assert room.bo.sees(room.place, lambda one: one.ephemeral) == []
    assert [await rows(town, table) for table in (people, outbox)] == known


async def test_whoever_cannot_be_reached_is_told_nothing_and_the_group_neither(town):
    room = await town.watched()
    unseen(town, on=False)
    order = await town.say(room.anna, room, SOLD)
    before, known = everybody(room), [await rows(town, table) for table in (people, outbox)]
    await room.bo.say(room.place, "/report", reply_to=order)
    await town.settled()
    assert len(await of_group(town, room)) == 1
    assert everybody(room) == before
    assert [await rows(town, table) for table in (people, outbox)] == known
    assert town.clerk.reads(town.office) == town.clerk.reads(town.office)


async def test_an_admin_is_reported_and_neither_they_nor_other_admins_hear_of_it(town):
    room = await town.watched()
    await town.open(room.anna)
    order = await town.say(room.anna, room, SOLD)
    private, group = room.anna.reads(room.anna.private), everybody(room)
    await room.bo.say(room.place, "/report", reply_to=order)
    await town.until(lambda: any("记下了" in one.text for one in room.bo.sees(room.place)), "the receipt")
    assert (room.anna.reads(room.anna.private), everybody(room)) == (private, group)


@pytest.mark.parametrize("hidden", [True, False])
async def test_without_a_reply_it_is_tidied_away_and_leads_into_private(hidden, town):
    room = await town.watched()
    unseen(town, on=hidden)
    await town.open(room.bo)
    before = everybody(room)
    await room.bo.say(room.place, "/report")
    if hidden:
        await town.until(lambda: any("不要在群里写" in one.text for one in room.bo.sees(room.place)), "the way")
    else:
        assert "可能已经看到" in await shown(town, room.bo, "只给整治办看")
    assert everybody(room) == before
    assert await of_group(town, room) == []


async def test_a_secret_message_is_not_taken(town):
    room = await town.watched()
    order = await room.anna.say(room.place, "【机密】关于防汛物资调拨的通知")
    await town.settled()
    await room.bo.say(room.place, "/report 摊派", reply_to=order)
    await town.until(lambda: any("涉密" in one.text for one in room.bo.sees(room.place) if one.ephemeral), "why not")
    assert await of_group(town, room) == []


async def test_the_menu_of_a_group_offers_it_only_where_it_is_unseen(town):
    room = await town.watched()
    assert "report" in room.bo.menu(room.place)
    assert "report" in room.anna.menu(room.place)
    assert room.bo.menu(room.bo.private)[:2] == ["start", "report"]
    assert "/report" in await town.tell(room.bo, "/help")
    assert screen(room.bo).index("/report") < screen(room.bo).index("/check")
