"""Apps and accounts forced on people: installs, registrations, log-ins, and their rates."""

import pytest

from tests.make import Judge, found

CATEGORY = "forced_app"

DEMANDS = (
    pytest.param("请各村组织群众下载反诈APP并注册", id="an app pressed on villagers"),
    pytest.param("请大家今天安装“睦邻汇”,组长逐个核对", id="an app known only by its name"),
    pytest.param("把“乡亲在线”给家里老人也装上,一户不漏", id="the name before the verb"),
    pytest.param("安装率只有四成的组请抓紧", id="an install rate"),
    pytest.param("平台注册率东片91%,西片38%,西片今天务必把没注册的都装上", id="rates side by side"),
    pytest.param("上面要看日活,请大家每天登录一次平台", id="daily active users"),
    pytest.param("电子社保卡激活任务每村六十人", id="an activation quota"),
    pytest.param("还没激活医保码的同志抓紧激活", id="those who have not activated"),
    pytest.param("小程序没装的现在装,我挨个看手机", id="those who have not installed"),
    pytest.param("每人拉五户注册,填我的邀请码", id="an invitation code"),
    pytest.param("请老师督促家长绑定家长端,全班必须百分百", id="parents to be bound"),
    pytest.param("全体职工请关注单位视频号", id="an account to be followed"),
    pytest.param("請各里住戶下載「安居」App並註冊", id="traditional characters"),
    pytest.param("请 大 家 下 载 安 装 客 户 端", id="spaced-out characters"),
    pytest.param("请全员今天注册ＡＰＰ,没注册的通报", id="full-width letters"),
    pytest.param("“稻香码”小程序各组注册了多少?报一下", id="how many have registered"),
    pytest.param("谁还没绑定?", id="who has not bound"),
    pytest.param("请渔民扫码注册,船长负责", id="an unnamed app"),
    pytest.param("从没登过的同志今天都登一遍", id="those who never logged in"),
    pytest.param("各站安装数:甲站四十,乙站零,请乙站补上", id="figures station by station"),
    pytest.param("请把“苗乡通”平台推广到每户", id="an unnamed platform promoted"),
)

LOOK_ALIKES = (
    pytest.param("请在学习强国上学完本周的课", id="an app as the tool of a lesson"),
    pytest.param("请值班人员在钉钉上打卡", id="an app as the tool of a check-in"),
    pytest.param("请登录财政系统完成报账", id="the office's own system"),
    pytest.param("系统今晚升级,请提前保存", id="maintenance"),
    pytest.param("打印机驱动装不上,请信息科来看看", id="a help-desk case"),
    pytest.param("请下载附件并打印两份", id="an attachment"),
    pytest.param("明天上午给活动室安装空调,请留人开门", id="an air conditioner"),
    pytest.param("不得强制群众下载安装APP", id="a ban"),
    pytest.param("取消小程序注册要求,大家不用装了", id="a cancellation"),
    pytest.param("这个小程序要注册吗?", id="a question"),
    pytest.param("提醒:陌生人让下载的软件不要安装,谨防被骗", id="a fraud alert"),
    pytest.param("有需要的居民可以自行下载预约小程序", id="an offer"),
    pytest.param("我手机里装了八个软件,烦死了", id="a complaint"),
    pytest.param("请提前下载腾讯会议,会议号稍后发", id="the tool of a meeting"),
    pytest.param("登不上平台的找小田重置密码", id="support for a lost password"),
    pytest.param("请注册护士把证书交到护理部", id="a registered profession"),
    pytest.param("请检查消防器材安装情况", id="extinguishers"),
    pytest.param("请各科推广先进做法", id="practice, not software"),
    pytest.param("没登记的车辆今天登记", id="registered vehicles"),
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
