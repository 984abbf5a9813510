"""Votes, likes, shares, follows, reads and audiences: what is a demand, and what only sounds like one."""

import pytest

from bot.core.model import MessageKind
from tests.make import Judge, found

CATEGORY = "vote_like"

DEMANDS = (
    pytest.param("请全站同志给咱们选送的山歌视频投一票,每人每天一次", id="votes asked of everybody"),
    pytest.param("我家闺女参加小画家评选,麻烦大家帮忙投个票,11号", id="private canvassing for a child"),
    pytest.param("投票别断,咱们只差两百票就进前五了", id="spurring on without a please"),
    pytest.param("各组都去给刚发的短视频点个赞", id="likes for a video"),
    pytest.param("还有九个人没点赞,链接在上面", id="those who have not liked"),
    pytest.param("请大家给推文点个“在看”", id="the wow button in quotation marks"),
    pytest.param("各位把招商海报转发朋友圈", id="a poster to be shared with friends"),
    pytest.param("这篇文章每人至少转三个群", id="a number of groups"),
    pytest.param("1.关注“绿野村”视频号;2.转发置顶视频;3.完成后说一声,请各组抓紧", id="a list of chores"),
    pytest.param("请各网格员扫码关注镇里的公众号", id="following an account"),
    pytest.param("今晚的助农直播,各村组织二十人进直播间", id="an audience for a live stream"),
    pytest.param("推文阅读量太低,大家都点开看看", id="reads are too few"),
    pytest.param("请各单位网评员到视频下面评论,每人两条", id="comments by quota"),
    pytest.param("转赞评走起,一个不能少", id="share, like and comment at one go"),
    pytest.param("請各位同仁將宣傳影片轉發至朋友圈並按讚", id="traditional characters"),
    pytest.param("请 大 家 给 这 条 视 频 点 赞 转 发", id="spaced-out characters"),
    pytest.param("大家给镇上的抖音视频点攒", id="a homophone of like"),
    pytest.param("请在座各位把链接zf到pyq", id="pinyin initials"),
    pytest.param("请各泵站报一下昨天的点赞数", id="figures to be reported"),
    pytest.param("物业的人帮忙转一下吧", id="a bare please pass on"),
    pytest.param("还有五个人没给视频点赞,抓紧", id="not liked, with the object between"),
    pytest.param("凡是没转发的,明天写说明", id="those who have not shared"),
    pytest.param("公众号还有一半人没看,请组长提醒", id="those who have not read"),
    pytest.param("每人转三个群,海报在上面", id="a share for each"),
    pytest.param("播放量落后了,请大家每天点开两次", id="figures that lag"),
)

LOOK_ALIKES = (
    pytest.param("巡夜的兄弟们真棒,给你们点赞,辛苦了", id="praise"),
    pytest.param("村委会换届选举明早九点开始,请选民带好选民证到场投票", id="an election by law"),
    pytest.param("下次例会周二还是周五方便,请大家投票", id="choosing a meeting time"),
    pytest.param("中午吃面还是吃饺子,投个票选一下吃什么", id="choosing a dish"),
    pytest.param("请转发给分管领导阅处", id="a notice passed on to whom it concerns"),
    pytest.param("请将培训安排转各组组长", id="an arrangement passed on"),
    pytest.param("夜里降温,请大家关注天气变化", id="attention to the weather"),
    pytest.param("请勿在群里发拉票、集赞链接", id="a ban"),
    pytest.param("不用转发朋友圈了,把海报贴门口就行", id="a cancellation"),
    pytest.param("投票结果出来了,我们组第二名", id="a result"),
    pytest.param("这篇推文需要我们转发吗?", id="a question"),
    pytest.param("我已经转发到朋友圈了", id="a member who has done it"),
    pytest.param("听说有的单位要求转发文章,被通报了", id="hearsay"),
    pytest.param("山洪预警!请各组立即转发到村民群,组织撤离", id="a warning that saves lives"),
    pytest.param("老人走失,穿蓝色棉袄,请大家帮忙转发扩散", id="a missing person"),
    pytest.param("请投件人到门卫登记", id="another sense of the character"),
    pytest.param("请夜班组给新工服投个票,选出一个样式", id="choosing a pattern"),
    pytest.param("请电工到直播间布置灯光", id="work in the studio"),
    pytest.param("请把请假单转发给人事", id="a paper passed on"),
    pytest.param("视频点赞过千,多谢大家", id="thanks for a result"),
)


@pytest.mark.parametrize("text", DEMANDS)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_left_alone(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))


def test_following_an_account_is_also_a_forced_app(judge: Judge) -> None:
    assert {CATEGORY, "forced_app"} <= found(judge("请全体职工今天都关注局里的公众号"))


@pytest.mark.parametrize(
    ("text", "canvasses"),
    [
        pytest.param("全县最美村医评选\n竹溪村 柴医生\n青禾村 向医生", True, id="a native poll about an award"),
        pytest.param("主题党日定在哪天？\n周二下午\n周四下午", False, id="a native poll to choose a day"),
    ],
)
def test_a_native_poll_counts_only_when_it_canvasses(judge: Judge, text: str, canvasses: bool) -> None:
    assert ("vote_like" in found(judge(text, kind=MessageKind.POLL))) is canvasses
