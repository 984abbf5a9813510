""" "Urgent" written on forms, votes, meetings and other routine work."""

import pytest

from tests.make import Judge, found

CATEGORY = "urgent_misuse"

DEMANDS = [
    pytest.param("【紧急】请各村立即报送低保花名册", id="a form"),
    pytest.param("特急！公众号投票每人投五票", id="a vote"),
    pytest.param("急急急！统计表还没交的赶紧交", id="a chased form"),
    pytest.param("十万火急，三张报表中午前报党政办", id="a figure of speech"),
    pytest.param("加急：各科室把工作计划发我邮箱", id="a plan"),
    pytest.param("紧急通知：下午三点开作风会议，请各站所参加", id="a meeting"),
    pytest.param("🚨各位，台账今天要汇总，请报我", id="an emoji as a word"),
    pytest.param("ASAP，please把统计表发我", id="code-mixing"),
    pytest.param("请各组紧急统计一下养犬户数，中午报", id="the word in the sentence"),
    pytest.param("急需各村种粮面积，请尽快填表", id="needed urgently"),
    pytest.param("緊急！請各單位於中午前填妥統計表", id="traditional characters"),
    pytest.param("紧 急 通 知，请各支部上报党费台账", id="spaced-out characters"),
    pytest.param("【特急】请各校报送报刊征订数", id="a bracketed mark"),
]

LOOK_ALIKES = [
    pytest.param("紧急！山体滑坡，有人被埋，附近民兵立即救援", id="a landslide"),
    pytest.param("暴雨红色预警，紧急转移低洼处群众，各村立即到岗", id="a flood warning"),
    pytest.param("这个表不急，周五前给我就行", id="not urgent"),
    pytest.param("别急，表慢慢填，周五交都行", id="no hurry"),
    pytest.param("请各单位报送应急预案备案表", id="emergency as a name"),
    pytest.param("紧急联系人一栏请填家属电话", id="a column of a form"),
    pytest.param("一般工作不得标注紧急、特急", id="the rule itself"),
    pytest.param("天天特急，到底有几件是真急", id="a complaint"),
    pytest.param("急救培训周四下午举行，请报名", id="first aid"),
    pytest.param("请各单位学习《关于紧急信息报送的通知》", id="a title"),
    pytest.param("这份报表急不急？我在村里", id="a question"),
    pytest.param("着急回家的可以先走，纪要我来写", id="a private hurry"),
    pytest.param("请各班检查紧急出口标识", id="an exit"),
]


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
