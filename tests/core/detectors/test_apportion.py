"""Donations, subscriptions and sales quotas pressed on people are found; welfare, fees and real purchases are not."""

import pytest

from tests.make import Judge, found

CATEGORY = "apportion"

DEMANDS = (
    pytest.param("帮扶村的脐橙，每科室认购不少于三箱", id="oranges for each section"),
    pytest.param("党报党刊征订任务已分解到各村，请按时缴款", id="subscription quota is broken down"),
    pytest.param("慈善一日捐：科级200元，科员100元，收齐交工会", id="donation by rank"),
    pytest.param("捐款自愿，但每人不低于50元", id="voluntary but at least"),
    pytest.param("每人两桶菜籽油，钱从工资里扣", id="deducted from wages"),
    pytest.param("本月信用卡任务每人8张，完不成扣绩效", id="credit card quota"),
    pytest.param("每个员工揽储任务30万，月底考核", id="deposits by employee"),
    pytest.param("党员人手一册《村志》，费用自理", id="one book each at own cost"),
    pytest.param("修路集资，每户200元，组长上门收", id="household levy"),
    pytest.param("演出票每人两张，票款收齐交办公室", id="tickets are shared out"),
    pytest.param("扶贫商城的年货大家都得买，不买的找书记说", id="nobody may refuse"),
    pytest.param("捐款还差三科和五科没捐，抓紧转给出纳", id="donation is chased"),
    pytest.param("每个网点每天推销两份意外险，日报业绩", id="insurance sales"),
    pytest.param("村里的土豆卖不掉，每人至少消化20斤", id="unsold goods"),
    pytest.param("報刊徵訂任務：每村五份，款項週五前繳清", id="traditional characters"),
    pytest.param("请大家认 购帮扶产品，每人不少于2箱", id="spaced out characters"),
    pytest.param("每位党员捐款不少于１００元，今天收齐", id="full width figures"),
    pytest.param("慈善募捐，科级500，股级300，科员200", id="a ladder of ranks"),
    pytest.param("镇里分下来十份党报，各组认一认", id="papers handed down"),
    pytest.param("修路的钱大家摊一下，每户50，组长收齐", id="households chip in"),
    pytest.param("本着自愿，不过局长都捐了，没捐的自己掂量", id="voluntary in name only"),
)

LOOK_ALIKES = (
    pytest.param("捐款完全自愿，不设标准，多少都行", id="really voluntary donation"),
    pytest.param("请各科室把办公用品采购清单报给行政", id="office supplies"),
    pytest.param("居民医保每人400元，请网格员提醒群众缴费", id="medical insurance fee"),
    pytest.param("请党员同志于10号前缴纳党费", id="party dues"),
    pytest.param("工会发福利，每人一箱牛奶，来办公室领", id="welfare from the union"),
    pytest.param("救灾物资每户一袋米，请村干部发放到户", id="relief goods"),
    pytest.param("有人拼单买樱桃吗，三斤包邮", id="colleagues share an order"),
    pytest.param("我家自己养的土鸡蛋，一块二一个", id="own eggs for sale"),
    pytest.param("严禁以任何名义向群众摊派、集资", id="ban of apportioning"),
    pytest.param("今年不再下达报刊征订任务", id="quota is lifted"),
    pytest.param("又让买苹果，工资都没了，烦死", id="complaint about buying"),
    pytest.param("某单位强制员工购买帮扶产品被曝光", id="news of a case"),
    pytest.param("县医院血库告急，能献的同志请速去", id="blood in an emergency"),
    pytest.param("请每个单位回收问卷不少于50份", id="questionnaire copies"),
    pytest.param("感谢大家捐款，善款已送到孩子家里", id="donation of thanks"),
    pytest.param("今晚聚餐AA，每人60元转给小米", id="dinner is shared"),
    pytest.param("请组织学生签订防溺水承诺书，收齐交德育处", id="signing a promise"),
    pytest.param("每人一份工作餐，到食堂领", id="a meal for each"),
    pytest.param("水果摊的摊位费请到市场办缴", id="stall fees"),
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
