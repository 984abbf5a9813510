"""Scenes of cases over HTTP: the desk's, the unit's, and everybody else's screens, each looked at by itself."""

from bot.core.case_moves import CaseState
from tests.scenes.case_play import WORDS, matter

WORDING = "请说明3月以来下班后布置工作的情况"
ANSWER = "已改为次日上班发布"


async def test_a_case_goes_from_the_desk_to_the_unit_and_back_and_is_closed(town):
    here = await matter(town)
    quiet = here.elsewhere()
    await town.clerk.say(town.office, "/cases")
    await town.until(lambda: f"第 {here.number} 号" in here.at_desk(), "the list at the desk")
    assert "待受理" in here.at_desk()
    assert WORDS not in here.at_desk()
    await town.clerk.press(town.office, f"第 {here.number} 号")
    await town.settled()
    assert "群众反映：2 件" in here.at_desk()
    await town.clerk.press(town.office, "受理")
    await town.settled()
    assert "已受理" in here.at_desk()
    assert f"单位：{here.unit.name}" in here.at_desk()
    await town.clerk.press(town.office, "案卷")
    await town.settled()
    assert WORDS in here.at_desk()
    assert "波" not in here.at_desk()
    await town.clerk.press(town.office, "返回")
    await town.settled()
    (link,) = [link for link in town.links(town.clerk, town.office) if "_send_" in link]
    await town.tell(town.clerk, f"/start {link.partition('start=')[2]}")
    assert "单位看到的就是您写的这段话" in here.of_clerk()
    assert "可能猜到" not in here.of_clerk()
    assert "15 分钟内可以撤回" in await town.tell(town.clerk, WORDING)
    before = here.of_contact()
    assert "没有要本单位说明的事项" in await town.tell(here.contact, "/cases")
    town.world.clock.advance(minutes=16)
    await town.until(lambda: len(here.of_contact()) > len(before) + 1, "the unit is told")
    told = here.of_contact()[-1]
    assert WORDING in told
    assert not any(word in told for word in (WORDS, "反映", "2 件", "规则发现", "波"))
    await town.press(here.contact, "查看和答复")
    await town.press(here.contact, "答复…")
    assert "只给整治办看" in here.of_contact()[-1]
    assert "已交整治办" in await town.tell(here.contact, ANSWER)
    await town.until(lambda: "单位答复了" in here.at_desk(), "the desk is told")
    assert ANSWER not in here.at_desk()
    await town.clerk.press(town.office, "查看")
    await town.settled()
    assert ANSWER in here.at_desk()
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "结论：已整改…")
    await town.tell(town.clerk, "已经改了，看过一周消息")
    seen = len(here.of_contact())
    town.world.clock.advance(minutes=16)
    await town.until(lambda: len(here.of_contact()) > seen, "the decision")
    assert "已有结论：已整改" in here.of_contact()[-1]
    assert "看过一周消息" in here.of_contact()[-1]
    town.at(10, days=14)
    await town.tell(town.clerk, "/cases")
    await town.press(town.clerk, f"第 {here.number} 号")
    await town.press(town.clerk, "办结")
    assert "已办结（已整改）" in here.of_clerk()
    assert (await here.case()).state is CaseState.CLOSED
    assert here.elsewhere() == quiet
