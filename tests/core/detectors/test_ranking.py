"""Points, league tables and naming those behind are found; sport, weather and bans of rankings are not."""

import pytest

from tests.make import Judge, found

CATEGORY = "ranking"

DEMANDS = (
    pytest.param("档案录入完成率：坡头村93%，坡尾村85%，坡中村64%", id="three units and their percentages"),
    pytest.param("扫黄打非工作倒数三名：文化站、司法所、城建办", id="last three are named"),
    pytest.param("卫生红黑榜已出，红榜枣林社区，黑榜桃园社区", id="red and black list"),
    pytest.param("网格员积分榜更新，请各位自查", id="points board is published"),
    pytest.param("未报送防火台账的单位：水管站、畜牧站", id="those who have not reported are named"),
    pytest.param("就差杏花村没报了，别再等", id="one village is singled out"),
    pytest.param("@顾小北 @陶然 就差你俩的承诺书了", id="two colleagues are called by sign"),
    pytest.param("完成率垫底的单位在全镇大会上作检讨", id="bottom ones must apologise in public"),
    pytest.param("进度滞后的村一律亮黄牌", id="yellow card is threatened"),
    pytest.param("我局考核全县倒数第二，请各科室想办法", id="own bureau is last in the county"),
    pytest.param("收缴率最低的是东关小区，请物业说明原因", id="lowest rate must explain"),
    pytest.param("各校到課率排名：最後三名請校長說明原因", id="traditional characters"),
    pytest.param("各村进度 排 名 见附件，末位的说明原因", id="spaced out characters"),
    pytest.param("参保率：东庄９５％，西庄８８％，南庄７０％", id="full width figures"),
    pytest.param("现按得分由高到低公布各科室考核排名", id="from high to low"),
    pytest.param("表扬河湾村、石坎村，批评坝下村", id="praise and blame by name"),
    pytest.param("各班卫生评分：一班得了95分，二班只有61分", id="points without percent"),
    pytest.param("青石村还没归档", id="one village has not filed"),
    pytest.param("缺甘泉、马岭两个村的", id="two villages are lacking"),
    pytest.param("后勤和基建没报预算", id="two offices joined by and"),
    pytest.param("@红岩村 @白沙村 你们两家的表呢", id="two called by sign and asked where it is"),
    pytest.param("收费进度：北门96，南门71，西门55", id="bare figures by place"),
    pytest.param("一大队31起，二大队28起，三大队9起", id="counts by unit"),
    pytest.param("就差信息科的盘点表了", id="only one office is lacking"),
)

LOOK_ALIKES = (
    pytest.param("镇篮球比赛积分榜出来了，咱们第一名", id="sports result"),
    pytest.param("还有四个村没交表，请抓紧", id="missing without names"),
    pytest.param("逾期将通报", id="bare threat to publish delay"),
    pytest.param("严禁以任何形式对村排名通报", id="ban of rankings"),
    pytest.param("即日起取消排名，不再公布积分榜", id="ranking is cancelled"),
    pytest.param("昨夜雨量：东山82毫米，西山75毫米，请继续巡查", id="rainfall of a night"),
    pytest.param("开标结果：第一名为华建公司，报价最低", id="bid result"),
    pytest.param("本周值班：周一老秦，周二老石，周三老蒋", id="duty roster"),
    pytest.param("请问这次有排名吗？", id="question about ranking"),
    pytest.param("天天排名，烦死了，谁受得了", id="complaint about ranking"),
    pytest.param("据报道，某县取消了对乡镇的排名", id="news from elsewhere"),
    pytest.param("我村已完成入户95%，其余下周完成", id="own progress report"),
    pytest.param("还缺合同、发票、验收单，请采购科补", id="things are missing not people"),
    pytest.param("请坡头、坡尾、坡中三个村的书记十点来开会", id="meeting of three villages"),
    pytest.param("年会抽奖第一名是食堂的胡师傅", id="best wishes of a party"),
    pytest.param("本月办结率98%，较上月提高2%", id="trend of one figure"),
    pytest.param("最后一班车六点开，别误了", id="last bus"),
    pytest.param("还有五个科室没归档，请抓紧", id="missing offices without names"),
    pytest.param("老魏还没到，等他一下再开会", id="a late colleague is waited for"),
    pytest.param("水泥、砂石没到货，先停工", id="goods that did not arrive"),
    pytest.param("方案还没报批", id="a plan not yet approved"),
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
