"""Scenes of the office's other work with cases, over HTTP: a notice corrected, a unit named, two cases joined."""

from dataclasses import replace

from bot.core.cases import Shown
from bot.core.office import Place, PlaceKind
from tests.scenes.case_play import RECEIPT_NUMBER, WORDS, matter

WORDING = "请说明3月以来下班后布置工作的情况"


async def _noticed(here) -> None:
    """The case is confirmed, and stood in a notice."""
    await here.sent(WORDING)
    await here.answered("确有三次")
    await here.decided("结论：查实…", "查到三次")
    async with here.town.runtime.store.begin() as work:
        case = await work.cases.get(here.number)
        await work.cases.update(replace(case, shown=case.shown | {Shown.NOTICE}))
        await work.commit()


async def test_what_stood_in_a_notice_is_corrected_in_the_channel_and_told_to_the_unit(town):
    here = await matter(town)
    channel = town.world.channel("减负简报", owner=town.clerk)
    await channel.add_bot(by=town.clerk, rights=["post_messages"])
    await town.settled()
    async with town.runtime.store.begin() as work:
        await work.office.bind(Place(PlaceKind.CHANNEL, channel.id, "减负简报", town.now))
        await work.commit()
    await _noticed(here)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    assert "写进过通报草稿" in here.of_clerk()
    await town.press(town.clerk, "不能认定，澄清…")
    await town.press(town.clerk, "通报")
    assert "印发过吗" in here.of_clerk()
    await town.press(town.clerk, "印发过，要更正")
    assert "更正会发到发简报的地方" in here.of_clerk()
    await town.tell(town.clerk, "三次都是防汛")
    assert town.clerk.reads(channel) == []
    told = await here.told_after(minutes=16)
    assert "三次都是防汛" in told
    await town.until(lambda: town.clerk.reads(channel), "the correction")
    (post,) = town.clerk.reads(channel)
    assert "经复核不能认定" in post
    assert "数字" not in post
    words = (here.unit.name, "前柏村", "三次都是防汛", WORDING, WORDS, "第")
    assert not any(word in post for word in words)
    async with town.runtime.store.begin() as work:
        await work.office.unbind(PlaceKind.CHANNEL)
        await work.commit()


async def test_what_stood_in_a_draft_that_nobody_sent_out_is_not_corrected_in_public(town):
    here = await matter(town)
    before = town.clerk.reads(town.office)
    await _noticed(here)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "不能认定，澄清…")
    await town.press(town.clerk, "当面")
    await town.press(town.clerk, "没有印发")
    assert "更正会发到" not in here.of_clerk()
    await town.tell(town.clerk, "三次都是防汛")
    assert "三次都是防汛" in await here.told_after(minutes=16)
    await town.settled()
    assert not any("更正" in text for text in town.clerk.reads(town.office)[len(before) :])


async def test_what_no_unit_was_told_of_is_cleared_without_a_word_of_where(town):
    here = await matter(town)
    await here.opened_at_desk()
    assert "没有告知过任何单位" in await here.by_link("clear")
    said = await town.tell(town.clerk, "查过，没有这回事")
    assert "没有告知过任何单位" in said
    assert "一一澄清" not in said
    assert "不能认定，已澄清" in said


async def test_the_office_names_the_unit_by_a_part_of_its_name(town):
    here = await matter(town)
    async with town.runtime.store.begin() as work:
        group = await here.room.row()
        row = await work.objects.of_group(group.id)
        await work.objects.update([replace(row, unit_id=None)])
        await work.commit()
    await here.opened_at_desk()
    await here.click("受理")
    assert "单位：还没有定" in here.at_desk()
    assert "哪个单位" in await here.by_link("unit")
    await town.tell(town.clerk, here.unit.name[:2])
    await town.press(town.clerk, here.unit.name)
    assert f"已定为“{here.unit.name}”" in here.of_clerk()
    await town.press(town.clerk, "请单位说明…")
    await town.tell(town.clerk, WORDING)
    assert WORDING in await here.told_after(minutes=16)


async def test_the_office_asks_the_reporters_and_nobody_is_written_to(town):
    here = await matter(town)
    quiet = here.elsewhere()
    await here.opened_at_desk()
    assert "机器人不会主动找他" in await here.by_link("ask")
    assert "已问 2 位反映人" in await town.tell(town.clerk, "是哪一天的事？")
    async with town.runtime.store.begin() as work:
        talk = await work.reports.talk(RECEIPT_NUMBER + here.number * 10)
    assert [note.words for note in talk if note.from_office] == ["是哪一天的事？"]
    await town.press(town.clerk, "案卷")
    assert "整治办问" in here.of_clerk()
    assert here.elsewhere() == quiet


async def test_two_cases_of_one_matter_are_joined(town):
    first, second = await matter(town), await matter(town)
    await first.opened_at_desk()
    assert "是同一件事" in await first.by_link("join")
    await town.press(town.clerk, f"第 {second.number} 号")
    assert "不能撤回" in first.of_clerk()
    await town.press(town.clerk, "确定合并")
    assert "群众反映：4 件" in first.of_clerk()
    await second.town.tell(town.clerk, "/cases")
    assert f"第 {second.number} 号" not in first.of_clerk()


async def test_a_button_that_is_out_of_date_says_so_in_one_sentence(town):
    here = await matter(town)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await here.opened_at_desk()
    await here.click("受理")
    answer = await town.press(town.clerk, "受理")
    assert answer.show_alert
    assert "现在的进度不能走这一步" in answer.text
    await town.press(town.clerk, "在办的")
    await town.press(town.clerk, f"第 {here.number} 号")
    await here.click("撤回上一步")
    answer = await town.press(town.clerk, "撤回上一步")
    assert answer.show_alert
    assert "没有可以撤回的一步" in answer.text


async def test_a_unit_without_a_contact_is_told_by_the_office_which_enters_its_answer(town):
    here = await matter(town)
    async with town.runtime.store.begin() as work:
        (binding,) = await work.office.bindings(here.unit.id)
        await work.office.take_role(binding.person, here.unit.id)
        await work.commit()
    await here.opened_at_desk()
    await here.click("受理")
    assert "没有能收到消息的联系人" in await here.by_link("send")
    assert "别的办法告知" in await town.tell(town.clerk, WORDING)
    await town.press(town.clerk, "登记单位的答复…")
    await town.tell(town.clerk, "来信说已改")
    assert "来信说已改" in here.of_clerk()
    assert "已登记答复" in here.of_clerk()
