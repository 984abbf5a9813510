"""Scenes of coming into a group, over HTTP, with the bot in its real wiring."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.group import GroupKind, GroupState
from tests.scenes.playing import NIGHT, WORKDAY, stage

SECOND = timedelta(seconds=1)
"""The platform tells moments by the second."""


async def _group_row(scene):
    async with scene.runtime.store.begin() as work:
        rows = await work.groups.all()
        return rows[0] if rows else None


def _links(person, where):
    rows = [post.fields.get("reply_markup", {}).get("inline_keyboard", []) for post in person.finds(where)]
    return [button["url"] for post in rows for row in post for button in row if "url" in button]


async def _configure(person, where, world, count=1):
    """The link into the set-up of a group, once there are so many of them."""
    found = lambda: [link for link in _links(person, where) if "?start=s_" in link]  # noqa: E731
    await world.until(lambda: len(found()) == count, what="a link into the set-up")
    return found()[-1]


def _start(link):
    return f"/start {link.partition('?start=')[2]}"


async def _press(person, label, scene):
    return await scene.press(person, label)


async def _answer(anna, scene):
    """Answer all questions about a group by their buttons."""
    for label in ("减负办", "常设群", "日常工作", "办公室主任", "按单位规定", "简体中文"):
        await _press(anna, label, scene)


async def _tell(person, text, scene):
    return await scene.tell(person, text)


async def _at_most_eight_taps(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村防汛群", owner=anna)
        async with scene.running():
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            link = await _configure(anna, group, world)
            taps = 2  # the button in the group, and Start
            await _tell(anna, _start(link), scene)
            for label in ("减负办", "专项 3 个月", "应急值守", "我来负责", "按单位规定", "简体中文"):
                await _press(anna, label, scene)
                taps += 1
            row = await _group_row(scene)
            return taps, row, anna.sees(anna.private)[-1].text, group, anna.sees(group)


def test_a_group_is_watched_after_at_most_eight_taps(tmp_path):
    taps, row, last, _, posts = asyncio.run(_at_most_eight_taps(tmp_path))
    assert taps <= 8
    assert row.state is GroupState.WATCHING
    assert row.watching_since >= WORKDAY
    assert (row.unit, row.kind, row.purpose, row.owner) == ("减负办", GroupKind.PROJECT, "应急值守", "本群管理员")
    assert f"{row.end_date}" == "2026-06-11"
    assert "设置好了" in last
    assert "/status" in last
    own = [post for post in posts if post.kind == "text"]
    assert len(own) == 1
    assert "减负办" in own[0].text
    assert "0000-1234567" in own[0].text
    assert "涉密" in own[0].text


async def _set_up_at_night(folder):
    async with stage(folder, NIGHT) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        group = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running() as runtime:
            await anna.start()
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            await _answer(anna, scene)
            done = anna.sees(anna.private)[-1].text
            await bo.say(group, "请各村今晚十点前把台账报上来")
            await scene.settled()
            ready = await _group_row(scene)
            world.clock.advance(hours=10, minutes=31)
            texts = lambda: [one.sender for one in bo.sees(group) if one.kind == "text"]  # noqa: E731
            await world.until(lambda: len(texts()) == 2, what="the welcome")
            await scene.settled()
            watched = await _group_row(scene)
            await bo.say(group, "请各村今晚十点前把台账报上来")
            await scene.settled()
            async with runtime.store.begin() as work:
                return done, ready, watched, await work.findings.latest(9), texts()


def test_a_group_set_up_at_night_is_watched_once_its_members_were_told(tmp_path):
    done, ready, watched, findings, seen = asyncio.run(_set_up_at_night(tmp_path))
    assert "2026-03-12 08:30 在群里告知以后开始" in done
    assert (ready.state, ready.watching_since) == (GroupState.READY, None)
    assert watched.state is GroupState.WATCHING
    assert findings
    assert all(stored.at > watched.watching_since - SECOND for stored in findings)
    assert [name == "波" for name in seen] == [True, False, True]


async def _led_in_private(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村工作群", owner=anna)
        async with scene.running():
            await _tell(anna, "/start", scene)
            (add,) = [link for link in _links(anna, anna.private) if "startgroup" in link]
            await group.add_bot(by=anna, rights=["delete_messages"], payload="added")
            await scene.settled()
            first = anna.reads(anna.private)[-1]
            await _tell(anna, "前柏村", scene)
        async with scene.running():  # the bot was restarted between two questions
            for label in ("常设群", "跳过", "办公室主任"):
                await _press(anna, label, scene)
            await _tell(anna, "周一至周五 早上九点", scene)
            wrong = anna.reads(anna.private)[-1]
            await _tell(anna, "周一至周五 09:00-12:00 14:00-17:30", scene)
            await _press(anna, "English", scene)
            return add, first, wrong, await _group_row(scene), anna.reads(anna.private)[-1]


def test_whoever_added_the_bot_is_led_in_private_over_a_restart(tmp_path):
    add, first, wrong, row, last = asyncio.run(_led_in_private(tmp_path))
    assert add == "https://t.me/jianfu_bot?startgroup=added&admin=delete_messages"
    assert "哪个单位" in first
    assert "08:30-12:00" in wrong
    assert row.state is GroupState.WATCHING
    assert (row.unit, row.purpose, row.owner, row.language) == ("前柏村", "-", "办公室主任", "en")
    assert row.hours == "周一至周五 09:00-12:00 14:00-17:30"
    assert "设置好了" in last


async def _blind(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村工作群", owner=anna)
        async with scene.running():
            await anna.start()
            await group.add_bot(by=anna)
            await scene.settled()
            await _answer(anna, scene)
            done = anna.sees(anna.private)[-1]
            await _press(anna, "再查一次", scene)
            blind = anna.sees(anna.private)[-1].text
            world.clock.advance(hours=1)
            await group.promote_bot(by=anna)
            await scene.settled()
            await _tell(anna, "/status", scene)
            return done, blind, anna.reads(anna.private)[-1]


def test_a_bot_that_sees_nothing_says_so_and_how_to_mend_it(tmp_path):
    done, blind, after = asyncio.run(_blind(tmp_path))
    assert "看不到" in done.text
    assert "BotFather" in done.text
    assert done.buttons[0] == ("设为管理员",)
    assert "看不到普通消息" in blind
    assert "不作统计" in blind
    assert "没看到：2026-03-11 10:00 到 2026-03-11 11:00" in after
    assert "看得到全部消息" in after


async def _strangers(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        group = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running():
            await anna.start()
            await bo.start()
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            link = await _configure(bo, group, world)
            await _tell(bo, _start(link), scene)
            refused = bo.reads(bo.private)[-1]
            await _tell(bo, "/start s_1_forged00", scene)
            forged = bo.reads(bo.private)[-1]
            return refused, forged


def test_a_member_cannot_set_a_group_up(tmp_path):
    refused, forged = asyncio.run(_strangers(tmp_path))
    assert "只有这个群的管理员" in refused
    assert "您好" in forged


async def _right_lost(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        group = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running():
            await anna.promote(group, bo, "delete_messages")
            await bo.start()
            await group.add_bot(by=bo, rights=["delete_messages"])
            await scene.settled()
            await _press(bo, "减负办", scene)
            await anna.demote(group, bo)
            await scene.settled()
            return await _press(bo, "常设群", scene), await _group_row(scene)


def test_a_press_is_refused_when_the_right_is_gone(tmp_path):
    answer, row = asyncio.run(_right_lost(tmp_path))
    assert answer.show_alert
    assert "只有这个群的管理员" in answer.text
    assert row.kind is None


async def _commands_in_a_group(folder, at):
    async with stage(folder, at) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        group = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running():
            await anna.start()
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            before = len(bo.reads(group))
            await bo.say(group, "/help")
            await bo.say(group, "/status")
            await bo.say(group, "/nonsense")
            await bo.say(group, "/help@other_bot")
            await scene.settled()
            lines = bo.reads(group)[before:]
            await anna.say(group, "/settings")  # asked once on adding the bot, and now again
            await world.until(lambda: str(anna.reads(anna.private)).count("哪个单位") == 2, what="the answer")
            world.clock.advance(minutes=2)
            await _tell(anna, "/about", scene)
            await world.until(lambda: len(bo.reads(group)) == before, what="the line to go away")
            return lines, [one.text for one in bo.sees(group)]


@pytest.mark.parametrize(
    ("at", "count"), [pytest.param(WORKDAY, 1, id="in working time"), pytest.param(NIGHT, 0, id="at night")]
)
def test_a_command_in_a_group_leaves_at_most_one_line_that_goes_away(tmp_path, at, count):
    lines, seen = asyncio.run(_commands_in_a_group(tmp_path, at))
    assert len(lines) == count
    assert "/settings" not in seen
    assert "/help@other_bot" in seen


async def _anonymous(folder):
    async with stage(folder) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村工作群", owner=anna)
        async with scene.running():
            await anna.start()
            await group.make_anonymous(anna)
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            await anna.say(group, "/settings")
            await scene.settled()
            link = await _configure(anna, group, world, 2)
            await _tell(anna, _start(link), scene)
            await _answer(anna, scene)
            return await _group_row(scene)


def test_an_anonymous_admin_is_led_into_private_and_known_there(tmp_path):
    assert asyncio.run(_anonymous(tmp_path)).state is GroupState.WATCHING
