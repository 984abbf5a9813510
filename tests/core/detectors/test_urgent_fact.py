"""Genuine urgent official business, and what only sounds like it."""

import pytest

from bot.core.model import Fact
from tests.make import Judge

EMERGENCIES = [
    pytest.param("上游开始泄洪，沿河群众立即转移", id="a flood"),
    pytest.param("三号楼着火了，物业马上疏散住户", id="a fire"),
    pytest.param("有小孩掉进水库了！谁在附近快来", id="a cry for help in two sentences"),
    pytest.param("老人走失，穿灰色棉袄，看到请联系派出所", id="a missing person"),
    pytest.param("发现霍乱疑似病例，疾控立即前往流调", id="an epidemic"),
    pytest.param("主管道爆裂，抢修队已到现场，请居民储水", id="an outage under repair"),
    pytest.param("猪场疑似非洲猪瘟，立即封锁采样", id="an animal epidemic"),
    pytest.param("產婦大出血，急需O型血，能獻的馬上到輸血科", id="traditional characters"),
    pytest.param("灯会人太多挤不动，执勤人员立即限流", id="a crowd"),
    pytest.param("暴雨红色预警，危险区人员立即撤离", id="a weather warning with action"),
]
ROUTINE = [
    pytest.param("周三开展消防疏散演练，请各班熟悉路线", id="a drill"),
    pytest.param("请组织观看火灾警示教育片", id="safety publicity"),
    pytest.param("去年洪水时干部立即转移群众，向大家致敬", id="a past event"),
    pytest.param("防溺水承诺书请各班收齐", id="a form about safety"),
    pytest.param("走失的老人已找到，谢谢大家", id="a case closed"),
    pytest.param("请各村报送隐患排查台账", id="a ledger"),
    pytest.param("进度红色预警的三个村请立即整改", id="a metaphor"),
    pytest.param("票数告急，请大家马上投票", id="a vote in danger"),
    pytest.param("系统登陆不上去，请检查密码", id="a log-in"),
]


@pytest.mark.parametrize("text", EMERGENCIES)
def test_emergency_is_urgent(judge: Judge, text: str) -> None:
    assert Fact.URGENT in judge(text).facts


@pytest.mark.parametrize("text", ROUTINE)
def test_routine_is_not_urgent(judge: Judge, text: str) -> None:
    assert Fact.URGENT not in judge(text).facts
