"""Attackers in a group, over HTTP: forged presses, demoted and anonymous admins, forged events, tricks at night."""

import asyncio

from bot.core.group import GroupState
from tests.scenes.playing import NIGHT, stage
from tests.scenes.test_commands import _watched
from tests.scenes.test_setup import _group_row, _tell


def _signed(scene, data):
    return f"{data}~{scene.runtime.vault.sign(data)}"


async def _presses(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna, eve = world.user("安娜"), world.user("夏娃", language_code="en")
        group = world.group("前柏村工作群", owner=anna, members=[eve])
        async with scene.running():
            await _watched(scene, anna, group)
            await _tell(eve, "/start", scene)
            welcome = eve.sees(group)[-1]
            private = eve.sees(eve.private)[-1]
            before = await _group_row(scene)
            answers = []
            for data in ("go:privacy", "rl:ranking", "fb:plain", "se:1", "se:1:gone:yes"):
                answers.append(await eve.press(welcome.post, data=_signed(scene, data)))
                await scene.settled()
            for data in ("se:1", "se:1:unit", "se:1:gone:yes", "su:1:unit:=office", "st:1", "st:health", "rv:marks"):
                answers.append(await eve.press(private.post, data=_signed(scene, data)))
                await scene.settled()
            for data in ("se:1", "se:1:gone:yes~AAAAAAAA", "", "~", "x" * 64):
                answers.append(await eve.press(private.post, data=data or "-"))
                await scene.settled()
            return answers, welcome.text, eve.sees(group)[-1], before, await _group_row(scene)


def test_forged_presses_change_nothing_and_are_all_answered(tmp_path):
    answers, text, last, before, after = asyncio.run(_presses(tmp_path))
    assert all(answer.text for answer in answers)
    assert (last.text, last.edited) == (text, False)
    assert after == before


async def _demoted(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna, carl = world.user("安娜"), world.user("卡尔")
        group = world.group("前柏村工作群", owner=anna, members=[carl])
        async with scene.running():
            await _watched(scene, anna, group)
            await anna.promote(group, carl, "delete_messages")
            await scene.settled()
            await _tell(carl, "/settings", scene)
            menu = carl.sees(carl.private)[-1]
            assert menu.buttons
            await carl.press(menu.post, data=_signed(scene, "se:1:unit"))
            await scene.settled()
            await anna.demote(group, carl)
            await scene.settled()
            pressed = await carl.press(menu.post, data=_signed(scene, "se:1:gone:yes"))
            await scene.settled()
            typed = await _tell(carl, "别人的单位", scene)
            link = await _tell(carl, f"/start s_1_{scene.runtime.vault.sign('start:1')}", scene)
            await carl.say(group, "/urgent 18:00 防汛抢险")
            await scene.settled()
            async with scene.runtime.store.begin() as work:
                windows = await work.exemptions.windows(world.clock.now())
            return pressed, typed, link, windows, await _group_row(scene)


def test_whoever_was_demoted_is_an_admin_no_more_at_once(tmp_path):
    pressed, typed, link, windows, row = asyncio.run(_demoted(tmp_path))
    assert pressed.show_alert
    assert "管理员" in typed
    assert "管理员" in link
    assert windows == []
    assert (row.unit, row.state) == ("减负办", GroupState.WATCHING)


async def _forged(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna = world.user("安娜")
        group = world.group("前柏村工作群", owner=anna)
        async with scene.running():
            await _watched(scene, anna, group)
            chat = {"id": -100999, "type": "supergroup", "title": "别处"}
            sender = {"id": 666, "is_bot": False, "first_name": "x"}
            base = {"message_id": 5, "date": int(world.clock.now().timestamp()), "chat": chat, "from": sender}
            for fields in (
                {"migrate_to_chat_id": -1007},
                {"migrate_to_chat_id": 5},
                {"migrate_from_chat_id": -1008},
                {"new_chat_title": "假"},
                {"new_chat_title": "假", "chat": {"id": 666, "type": "private", "first_name": "x"}},
            ):
                world.inject({"message": base | fields})
            world.inject({"edited_message": base | {"edit_date": base["date"], "migrate_from_chat_id": group.id}})
            await scene.settled()
            async with scene.runtime.store.begin() as work:
                return group.id, await work.groups.all()


def test_events_of_unknown_chats_touch_no_group(tmp_path):
    chat_id, groups = asyncio.run(_forged(tmp_path))
    assert [(group.chat_id, group.title) for group in groups] == [(chat_id, "前柏村工作群")]


async def _night(folder):
    async with stage(folder, NIGHT, actions_per_minute=1000) as scene:
        world = scene.world
        anna, eve = world.user("安娜"), world.user("夏娃")
        group = world.group("前柏村工作群", owner=anna, members=[eve])
        async with scene.running():
            await _watched(scene, anna, group)
            for response in ("quiet_sign", "group_hint"):
                menu = anna.sees(anna.private)[-1]
                await anna.press(menu.post, data=_signed(scene, f"se:1:response:{response}"))
                await scene.settled()
                order = await anna.say(group, "请各村今晚十二点前把秸秆禁烧排查台账报上来")
                await anna.edit(order, "请各村今晚十二点前把秸秆禁烧排查台账和照片报上来")
                await eve.say(group, "/help@jianfu_bot")
                await eve.say(group, "/help@other_bot")
                await eve.say(group, "/urgent 23:50 x")
                await anna.say(group, "/urgent 23:50 防汛抢险")
                await scene.settled()
            await group.remove_bot(by=anna)
            await group.add_bot(by=anna, rights=["delete_messages"])
            await group.remove_bot(by=anna)
            await group.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            at_night = [one.text for one in eve.sees(group) if one.sender == "Jianfu"], eve.reads(group)
            reactions = [one.reactions for one in eve.sees(group) if one.reactions]
            return at_night, reactions


def test_no_trick_makes_the_bot_speak_in_a_group_at_night(tmp_path):
    said, reactions = asyncio.run(_night(tmp_path))
    assert said == ([], [])
    assert reactions == []
