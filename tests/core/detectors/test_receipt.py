"""A reply demanded only to show that a message was seen."""

import pytest

from tests.make import Judge, found

CATEGORY = "receipt"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("会议改到周四上午，收到请回复", id="the classic"),
        pytest.param("看到的麻烦吱一声", id="polite and colloquial"),
        pytest.param("新的排班已发，看完扣1", id="one digit"),
        pytest.param("请各支部收到后在群里回复“已知悉”", id="words to be written"),
        pytest.param("请确认收到，谢谢", id="please confirm receipt"),
        pytest.param("阅后请回复，未回复的逐个电话通知", id="reply after reading"),
        pytest.param("还有两个村没回复收到，抓紧", id="chases two villages"),
        pytest.param("通知发了半天，回收到的才7个人，其他人呢", id="counts the replies"),
        pytest.param("看到没？看到了都应一声", id="seen? then answer"),
        pytest.param("各股室收到通知后请在群内接龙确认", id="chain as receipt"),
        pytest.param("群里的通知必须秒回", id="instant reply"),
        pytest.param("已读不回的我一个个打电话", id="read but not answered"),
        pytest.param("麻烦大家看到后点个大拇指，让我知道通知到了", id="a thumb as receipt"),
        pytest.param("請各位收到後回覆「收悉」二字", id="traditional characters"),
        pytest.param("收 到 请 回 复", id="spaced-out characters"),
        pytest.param("收到请回１", id="full-width digit"),
        pytest.param("停水通知见上，sdqhf", id="pinyin initials"),
        pytest.param("只有四个人回复，其他人没看到吗", id="counts who answered"),
        pytest.param("就两个字：收到，请各位发一下", id="two characters are asked for"),
        pytest.param("没有回复的请抓紧，经理在等", id="those without an answer are chased"),
        pytest.param("哪几个班组还没有回复？自己看一下", id="which teams have not answered"),
        pytest.param("请收到通知的商户在群里说一声", id="say so in the chat"),
        pytest.param("各位看到请及时回复", id="answer promptly"),
        pytest.param("请全体队员点“收到”", id="press the button"),
        pytest.param("刚发的消息请各组长马上回复收到", id="at once"),
        pytest.param("各组长收到没？", id="have all leaders got it"),
        pytest.param("请各位知悉后在群里报“已传达”", id="report that it was passed on"),
    ],
)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("收到", id="a bare answer"),
        pytest.param("收到，马上去办", id="an answer with a promise"),
        pytest.param("大家知悉即可，无需回复", id="no reply needed"),
        pytest.param("看到就行，别刷屏回收到", id="please do not reply"),
        pytest.param("请于周五前书面回复整改意见", id="reply with content"),
        pytest.param("看到请给我回个电话，家属在找你", id="call me back"),
        pytest.param("明天聚餐能来的扣1", id="head-count for dinner"),
        pytest.param("地震了，各组马上报平安，看到的回话", id="emergency roll-call"),
        pytest.param("请及时回复群众来信", id="answers to letters"),
        pytest.param("这个通知要回复收到吗？", id="a question"),
        pytest.param("一天回几十条收到，头都大了", id="a complaint"),
        pytest.param("收到货款后三日内开发票", id="receipt of money"),
        pytest.param("规定明确，不得强制要求基层即时回复收到", id="policy text"),
        pytest.param("谁的雨伞落在会议室了？看到回复我", id="lost property"),
        pytest.param("你昨天的邮件我没收到，麻烦重发", id="mail not received"),
        pytest.param("供货商还没有回复报价", id="a supplier has not answered"),
        pytest.param("你在吗？在的话回我一下，有事问你", id="a private question"),
        pytest.param("有没有人看到我的水杯？看到的说一声", id="a lost cup"),
        pytest.param("收到样品后请检测", id="samples received"),
        pytest.param("他给我点了个赞，说收到礼物很开心", id="a gift"),
        pytest.param("参加的请在群里说一声，我统计人数", id="a head-count"),
        pytest.param("每天回收到都成条件反射了", id="a joke about the habit"),
    ],
)
def test_look_alike_is_not_found(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))
