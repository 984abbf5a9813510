"""Online quizzes, study hours, compulsory lessons and questionnaires that are demanded."""

import pytest

from tests.make import Judge, found

CATEGORY = "quiz_study"

DEMANDS = [
    pytest.param("请全体干部本周内完成网络安全知识答题", id="a quiz for all staff"),
    pytest.param("禁毒知识竞赛还没答的抓紧答", id="those who have not answered are chased"),
    pytest.param("普法考试全镇完成率垫底，各村盯紧", id="a completion rate"),
    pytest.param("各支部督促党员每天学习强国不低于30分", id="daily study points"),
    pytest.param("干部网络学院学时没学够的抓紧补", id="study hours to make up"),
    pytest.param("青年大学习各团支部参学率要达到百分百", id="a rate of attendance"),
    pytest.param("继续教育公需科目没学完的同志赶紧学完", id="further education chased"),
    pytest.param("请各位家长扫码填写满意度问卷，都选非常满意", id="a survey with its answer"),
    pytest.param("每户填一份调查问卷，网格员负责", id="a questionnaire for each household"),
    pytest.param("公开课没看满一小时的请补看回放，要计学时", id="a lesson counted in hours"),
    pytest.param("各社区动员居民做满意度测评，每社区不少于200份", id="a quota of answers"),
    pytest.param("麻烦大家帮忙做个问卷，单位有任务数", id="a polite demand"),
    pytest.param("學習強國積分不達標的同志請盡快補足", id="traditional characters"),
    pytest.param("学 习 强 国 没学够的抓紧补", id="spaced-out characters"),
    pytest.param("请登录法宣在线，学法考试８０分以上才合格", id="full-width digits"),
    pytest.param("线上培训课程请各位本周学完，后台看得到", id="an online course"),
]

LOOK_ALIKES = [
    pytest.param("期末考试监考老师八点到考务室", id="invigilation"),
    pytest.param("网上答题取消，大家不用答了", id="a cancelled quiz"),
    pytest.param("问卷自愿填写，不填也没关系", id="a voluntary survey"),
    pytest.param("下午三点在会议室学习文件精神，请准时参加", id="a meeting to study a document"),
    pytest.param("学习强国现在还要刷分吗？", id="a question"),
    pytest.param("天天答题刷分，正经活还干不干了", id="a complaint"),
    pytest.param("我已经学完继续教育的学时了", id="one's own report"),
    pytest.param("测试数据请化验室上午报来", id="laboratory data"),
    pytest.param("新系统上线测试，请技术组盯着", id="a system test"),
    pytest.param("祝贺我镇在知识竞赛中荣获一等奖", id="a prize"),
    pytest.param("驾照科目一刷题软件哪个好用", id="a private exam"),
    pytest.param("请各校把月考成绩汇总后交教务处", id="school results"),
    pytest.param("不得要求基层干部参加网上答题", id="the policy itself"),
    pytest.param("满意度测评结果出来了，我区第三", id="a result"),
]


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
