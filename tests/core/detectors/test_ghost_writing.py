"""Writing a report or speech for somebody else is found; own reports, corrections and bans are not."""

import pytest

from tests.make import Judge, found

CATEGORY = "ghost_writing"

DEMANDS = (
    pytest.param("领导的调研报告请你们所代写一份", id="plain order to ghost-write"),
    pytest.param("田局下周的发言稿你来起草，十分钟", id="speech for a director"),
    pytest.param("你帮我写篇心得体会呗，我没空", id="a colleague asks"),
    pytest.param("以县长名义写一篇理论文章，办公室今天出初稿", id="in the name of the boss"),
    pytest.param("县里的调研报告由村里写，署领导名字", id="given to the village"),
    pytest.param("书记明天讲话，稿子你们捋一捋", id="speech is to be put together"),
    pytest.param("调研组的报告请你们镇先起草初稿", id="the report of the inspectors"),
    pytest.param("处长的论文请站里代笔", id="thesis for a cadre"),
    pytest.param("请各支部替书记写一份党课讲稿", id="party lesson of a leader"),
    pytest.param("请帮主席拟一份贺词", id="congratulations for a chairman"),
    pytest.param("刘主任的述职报告，小郝你来写", id="report is passed down"),
    pytest.param("领导的致辞，谁文笔好谁来写，文笔好的小杜执笔", id="somebody with a good pen"),
    pytest.param("替他写份检讨，明天要念", id="self criticism for another"),
    pytest.param("請替處長擬一份講話稿，三百字", id="traditional characters"),
    pytest.param("局长的讲话稿请办公室代 写", id="spaced out characters"),
    pytest.param("帮李书记写一份发言稿，１５００字", id="full width digits"),
    pytest.param("赵局的年度述职，政工科先写", id="the section writes the report of its head"),
    pytest.param("把论文帮我写一下", id="a colleague's thesis"),
    pytest.param("董事长的新年致辞，综合部今天出一版", id="a new year address"),
)

LOOK_ALIKES = (
    pytest.param("请各村于周五前上报半年工作总结", id="own summary"),
    pytest.param("请每位党员写一篇学习心得", id="everybody writes his own"),
    pytest.param("请提供近三年的素材，下周五前给我", id="raw material with time"),
    pytest.param("领导的讲话稿他自己写，不用我们操心", id="leader writes himself"),
    pytest.param("严禁要求基层代写调研报告", id="ban of ghost-writing"),
    pytest.param("讲话稿第二页数字错了，请改一下", id="correction of a draft"),
    pytest.param("讲话稿已写好，请领导审阅", id="ready for review"),
    pytest.param("儿子让我帮他写作文，我没答应", id="school essay"),
    pytest.param("会议纪要由办公室起草", id="minutes of a meeting"),
    pytest.param("小霍写个会议通知发群里", id="notice of a meeting"),
    pytest.param("请三位书记准备发言，讲讲自己的做法", id="speakers prepare"),
    pytest.param("据报道，某地查处一起代写论文案例", id="news of a case"),
    pytest.param("天天替领导写稿子，烦死了", id="complaint"),
    pytest.param("请问述职报告要写多少字", id="question about form"),
    pytest.param("书记的讲话已整理，请各支部学习", id="study the speech"),
    pytest.param("请帮村民写一份低保申请书", id="villager needs help"),
    pytest.param("会上我要发言，帮我看看稿子", id="a look at a draft"),
    pytest.param("书记下午讲话，请准时参会", id="a speech to attend"),
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
