"""Visits and inspections arranged for rest days of the official calendar."""

import pytest

from tests.make import Judge, found

CATEGORY = "visit_on_rest_day"
THURSDAY = "2026-03-12T09:00"

DEMANDS = [
    pytest.param("周六上午县领导来村里调研，请做好准备", THURSDAY, id="a leader on Saturday"),
    pytest.param("本周日督导组到校检查，全员在岗", THURSDAY, id="an inspection team on Sunday"),
    pytest.param("后天检查组来看现场，书记在村口等", THURSDAY, id="the day after tomorrow is a Saturday"),
    pytest.param("3月14日专家组到院评估，科主任都在岗", THURSDAY, id="a date"),
    pytest.param("国庆期间县领导走访慰问，请各村安排好路线", "2026-09-24T10:00", id="National Day"),
    pytest.param("明天督查组来暗访，大家注意", "2026-03-13T10:00", id="tomorrow is a Saturday"),
    pytest.param("大年初三市领导来慰问，村干部到场", "2026-02-12T10:00", id="a day of the lunar calendar"),
    pytest.param("下午考核组来抽查，村干部都在", "2026-03-14T09:00", id="this afternoon, said on a Saturday"),
    pytest.param("检查组原定周五来，现改到周六，请做好迎检", THURSDAY, id="moved to a rest day"),
    pytest.param("周日各村互查互评，支书带队，请准时集合", THURSDAY, id="mutual inspections"),
    pytest.param("周日上午我到你们村转转，书记在家等着", THURSDAY, id="a visit announced by the visitor"),
    pytest.param("週六區長來社區視察，請提前佈置", THURSDAY, id="traditional characters"),
    pytest.param("周 六 检 查 组 到 各 校 查 食 堂，后勤都到岗", THURSDAY, id="spaced-out characters"),
    pytest.param("３月１５日市领导到园区调研，请陪同", THURSDAY, id="full-width digits"),
    pytest.param("4月6日督查组进驻，班子成员不得请假", "2026-04-02T10:00", id="a Monday that is a holiday"),
]

LOOK_ALIKES = [
    pytest.param("周五上午县领导来村里调研，请做好准备", THURSDAY, id="a working day"),
    pytest.param("5月9日督查组来检查，请各科在岗", "2026-05-07T10:00", id="a Saturday that is worked"),
    pytest.param("原定周六的调研改到下周一", THURSDAY, id="moved to a working day"),
    pytest.param("周六的督查取消，大家不用来", THURSDAY, id="cancelled"),
    pytest.param("上周六市里来检查的问题请尽快整改", THURSDAY, id="in the past"),
    pytest.param("节假日不安排各类检查调研", THURSDAY, id="the policy itself"),
    pytest.param("国庆值班表已排好，请各带班领导到岗", "2026-09-24T10:00", id="a duty roster"),
    pytest.param("周六带娃去博物馆参观", THURSDAY, id="one's own life"),
    pytest.param("周日走亲戚，单位的事周一再说", THURSDAY, id="relatives"),
    pytest.param("周末愉快，大家好好休息", THURSDAY, id="a wish"),
    pytest.param("双休日还要来检查，能不能让人喘口气", THURSDAY, id="a complaint"),
    pytest.param("周六检查组还来吗？", THURSDAY, id="a question"),
    pytest.param("周日山洪预警，书记带队查险，沿河群众立即转移", THURSDAY, id="an emergency"),
]


@pytest.mark.parametrize(("text", "at"), DEMANDS)
def test_demand_is_found(judge: Judge, text: str, at: str) -> None:
    assert CATEGORY in found(judge(text, at=at))


@pytest.mark.parametrize(("text", "at"), LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str, at: str) -> None:
    assert CATEGORY not in found(judge(text, at=at))
