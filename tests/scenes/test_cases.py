"""Scenes of cases over HTTP: the desk's, the unit's, and everybody else's screens, each looked at by itself."""

from bot.core.case_moves import CaseState
from bot.jobs import cases as reminders
from tests.scenes.case_play import WORDS, matter

WORDING = "请说明3月以来下班后布置工作的情况"
ANSWER = "已改为次日上班发布"
REASON = "已经改了，看过一周消息"
OF_REPORTS = (WORDS, "反映", "2 件", "规则", "波", "群主点名")


async def test_the_desk_takes_a_case_and_sees_what_was_reported_but_not_who_chose_to_be_known(town):
    here = await matter(town)
    quiet = here.elsewhere()
    await town.clerk.say(town.office, "/cases")
    await town.until(lambda: f"第 {here.number} 号" in here.at_desk(), "the list at the desk")
    assert "待受理" in here.at_desk()
    assert WORDS not in here.at_desk()
    await here.click(f"第 {here.number} 号")
    assert "群众反映：2 件" in here.at_desk()
    await here.click("受理")
    assert "已受理" in here.at_desk()
    assert f"单位：{here.unit.name}" in here.at_desk()
    await here.click("案卷")
    assert WORDS in here.at_desk()
    assert "群主点名" in here.at_desk()
    assert "波" not in here.at_desk()
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "案卷")
    assert "反映人愿意让整治办知道：波" in here.of_clerk()
    assert here.elsewhere() == quiet


async def test_the_unit_reads_the_offices_words_once_they_can_no_longer_be_taken_back(town):
    here = await matter(town)
    quiet = here.elsewhere()
    await here.opened_at_desk()
    await here.click("受理")
    asked = await here.by_link("send")
    assert "单位看到的就是您写的这段话" in asked
    assert "可能猜到" not in asked
    noted = await town.tell(town.clerk, WORDING)
    assert "15 分钟内可以撤回" in noted
    assert "还没有告知单位" in noted
    assert "已告知单位" not in noted
    assert "没有要本单位说明的事项" in await town.tell(here.contact, "/cases")
    told = await here.told_after(minutes=16)
    assert WORDING in told
    assert not any(word in told for word in OF_REPORTS)
    await town.tell(here.contact, "/cases")
    await town.press(here.contact, f"第 {here.number} 号")
    page = here.of_contact()[-1]
    assert WORDING in page
    assert not any(word in page for word in OF_REPORTS)
    assert here.elsewhere() == quiet


async def test_a_case_is_answered_found_corrected_and_closed(town):
    here = await matter(town)
    await here.sent(WORDING)
    await here.answered(ANSWER)
    assert "已交整治办" in here.of_contact()[-1]
    await town.until(lambda: "单位答复了" in here.at_desk(), "the desk is told")
    assert ANSWER not in here.at_desk()
    await here.click("查看")
    assert ANSWER in here.at_desk()
    told = await here.decided("结论：已改正…", REASON)
    assert "已有结论：已改正" in told
    assert REASON in told
    await town.press(town.clerk, "在办的")
    await town.press(town.clerk, f"第 {here.number} 号")
    assert not any("办结" in row for row in town.scene.buttons(town.clerk)[-6:]), "the unit may still object"
    town.at(10, days=14)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "办结")
    assert "已办结（已改正）" in here.of_clerk()
    assert (await here.case()).state is CaseState.CLOSED
    assert not any(word in text for text in here.elsewhere() for word in (WORDING, ANSWER, REASON))


async def test_a_unit_objects_and_is_answered_with_a_reason(town):
    here = await matter(town)
    await here.sent(WORDING)
    await here.answered(ANSWER)
    assert "经核查属实" in await here.decided("结论：查实…", "查到三次")
    await town.press(here.contact, "查看")
    await town.press(here.contact, "申辩…")
    assert "复核" in await town.tell(here.contact, "两次是防汛，请复核")
    await town.until(lambda: "单位申辩了" in here.at_desk(), "the desk is told")
    assert "防汛" not in here.at_desk()
    await here.click("查看")
    page = here.at_desk()
    assert "两次是防汛" in page
    assert "单位不同意，整治办在复核" in page
    assert "申辩前的结论（已查实）的理由：\n“查到三次”" in page
    told = await here.decided("结论：查实…", "另有一次不是防汛")
    assert "复核了贵单位的申辩，维持原结论：经核查属实" in told
    assert "另有一次不是防汛" in told
    assert "查到三次" not in told


async def test_a_unit_that_does_not_answer_is_reminded_once_and_the_office_may_then_confirm(town):
    here = await matter(town)
    await here.sent(WORDING)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    labels = {label for row in town.scene.buttons(town.clerk) for label in row}
    assert "登记单位的答复…" in labels
    assert "结论：查实…" not in labels
    town.at(10, days=21)
    before = len(here.of_contact())
    for _ in range(3):
        await reminders.run(town.runtime, town.now)
        await town.settled()
    assert len(here.of_contact()) == before + 1
    assert "只提醒这一次" in here.of_contact()[-1]
    assert not any(word in here.of_contact()[-1] for word in OF_REPORTS)
    await town.until(lambda: "有事项到了期限" in here.at_desk(), "the desk is reminded")
    assert here.unit.name not in here.at_desk()
    assert "经核查属实" in await here.decided("结论：查实…", "逾期未答复，查到三次")


async def test_a_report_that_was_wrong_is_cleared_where_the_charge_was_shown(town):
    here = await matter(town)
    await here.sent(WORDING)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "不能认定，澄清…")
    await town.press(town.clerk, "当面")
    await town.tell(town.clerk, "查过记录，当晚是防汛")
    await town.press(town.clerk, "撤回上一步")
    assert "已撤回，没有人收到" in here.of_clerk()
    before = here.of_contact()
    town.world.clock.advance(minutes=20)
    await town.settled()
    assert here.of_contact() == before
    await town.press(town.clerk, "不能认定，澄清…")
    await town.press(town.clerk, "书面")
    await town.tell(town.clerk, "查过记录，当晚是防汛")
    told = await here.told_after(minutes=16)
    assert "不能认定，特此澄清" in told
    assert "当晚是防汛" in told
    assert "书面" in told
    assert not any(word in told for word in (*OF_REPORTS, "恶意", "诬告", "失实"))


async def test_in_a_small_group_the_office_is_warned_before_it_writes(town):
    here = await matter(town, members=9)
    await here.opened_at_desk()
    await here.click("受理")
    assert "可能猜到是谁反映的" in await here.by_link("send")


async def test_admins_and_members_are_told_that_there_is_nothing_for_them(town):
    here = await matter(town)
    for person in (here.room.anna, here.room.bo):
        answer = await town.tell(person, "/cases")
        assert "没有要办的" in answer
        assert not any(f"第 {here.number} 号" in label for row in town.scene.buttons(person) for label in row)


async def test_a_decision_that_an_objection_changes_is_told_as_such(town):
    here = await matter(town)
    await here.sent(WORDING)
    await here.answered(ANSWER)
    await here.decided("结论：查实…", "查到三次")
    await town.press(here.contact, "查看")
    await town.press(here.contact, "申辩…")
    await town.tell(here.contact, "已经改了")
    told = await here.decided("结论：已改正…", REASON)
    assert "复核了贵单位的申辩，结论：已改正" in told
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    assert "已告知单位" in here.of_clerk()


async def test_a_member_of_the_desk_who_is_no_admin_is_told_what_is_missing(town):
    member = town.world.user("新来的")
    await town.open(member)
    await member.join(town.office)
    before = len(member.reads(member.private))
    await member.say(town.office, "/cases")
    await town.until(lambda: len(member.reads(member.private)) > before, "an answer in private")
    assert "不是办公群的管理员" in member.reads(member.private)[-1]
