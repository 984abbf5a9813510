"""Asking for data: forms, tables, figures, name lists, online sheets, zero reports. A fact, no wrong in itself."""

import pytest

from bot.core.model import Fact
from tests.make import Judge


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("各村把撂荒地统计表报上来", id="the classic"),
        pytest.param("麻烦把你们科的通讯录发我一份", id="polite and to me"),
        pytest.param("你们车间有多少人没买社保，给我个数", id="how many of you"),
        pytest.param("谁还没打流感疫苗的，列个名单出来", id="who has not"),
        pytest.param("大家去共享文档里填一下自己那一行", id="own row of a shared document"),
        pytest.param("没有隐患的单位也要报，写“无”", id="zero report in plain words"),
        pytest.param("今天起实行零报告", id="zero report"),
        pytest.param("三组的考勤表呢？就等你们了", id="where is the table"),
        pytest.param("还差两个班的请假名单没交", id="chases two classes"),
        pytest.param("日报怎么又没人交，抓紧", id="chases everybody"),
        pytest.param("局里要各站的油耗明细，今天给我", id="a superior wants the details"),
        pytest.param("请各科室填写附件中的需求表", id="fill in a form"),
        pytest.param("把保质期到期的商品数量报给店长", id="report a count to the manager"),
        pytest.param("各店报一下昨天的销售额", id="figures of yesterday"),
        pytest.param("請各社區統計獨居老人人數", id="traditional characters"),
        pytest.param("请 各 班 上 报 近 视 人 数", id="spaced-out characters"),
        pytest.param("大家pls把team roster更新一下发我", id="code-mixed"),
    ],
)
def test_asking_for_data_is_seen(judge: Judge, text: str) -> None:
    assert Fact.DATA_COLLECTION in judge(text).facts


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("周四例会请带上本月台账", id="a ledger brought to a meeting"),
        pytest.param("报表我昨天已经发您邮箱了", id="an answer"),
        pytest.param("请问这张表填到几月份？", id="a question about the form"),
        pytest.param("周六聚餐，来的报个数，我订位", id="a dinner"),
        pytest.param("请各科室写一份半年总结", id="a summary"),
        pytest.param("把讲话稿发给办公室", id="a speech"),
        pytest.param("月报表从下月起停报", id="a report that ends"),
        pytest.param("名单已公示，请大家知悉", id="a list that is shown"),
        pytest.param("数据都汇总好了，谢谢各位", id="thanks for the data"),
        pytest.param("水表坏了，找物业修一下", id="a meter"),
        pytest.param("请各班打扫教室", id="other work"),
        pytest.param("考勤机坏了，今天不用打卡", id="a broken device"),
    ],
)
def test_other_talk_is_not(judge: Judge, text: str) -> None:
    assert Fact.DATA_COLLECTION not in judge(text).facts
