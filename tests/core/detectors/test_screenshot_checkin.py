"""Pictures, position, check-in and 接龙 as proof of work: what is a demand, and what only looks like one."""

import pytest

from tests.make import Judge, found

CATEGORY = "screenshot_checkin"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("请各村把慰问困难户的照片上传工作群", id="asks villages for visit photos"),
        pytest.param("走完访截图发我", id="curt: send me the screenshot"),
        pytest.param("每到一户先拍一张合影再登记", id="one photo at every household"),
        pytest.param("值守人员每两小时发一次定位，漏发按脱岗处理", id="position every two hours"),
        pytest.param("还有四个组的巡查照片没交，抓紧补", id="chases missing photos"),
        pytest.param("今天没打卡的网格员马上补上", id="names those who have not clocked in"),
        pytest.param("照片呢？昨天不是说好下班前给我吗", id="where are the photos"),
        pytest.param("没照片视为没去，这个规矩不变", id="no photo counts as not done"),
        pytest.param("全体党员今天必须在小程序打卡", id="everybody must clock in"),
        pytest.param("参会人员扫码签到，散会再签退", id="sign-in by code recorded online"),
        pytest.param("转发完的请在群里接龙，格式为姓名加已转发", id="chain as proof of forwarding"),
        pytest.param("各组请逐级接龙", id="plain order to chain"),
        pytest.param("宣传单发完了拍几张给我，要看得到人", id="photos with people in them"),
        pytest.param("安装好以后请截图，截图统一发联络员", id="screenshot after installing"),
        pytest.param("巡河时打开行动轨迹，轨迹截图存档", id="track recorded and kept"),
        pytest.param("消杀要用水印相机拍，时间地点都带上", id="watermark camera"),
        pytest.param("打卡率太低，各组长今天把人催齐", id="clock-in rate too low"),
        pytest.param("清理前后对比照每处一张，周四交镇里", id="before and after pictures"),
        pytest.param("請各位同仁將宣導活動照片回傳群組", id="traditional characters"),
        pytest.param("请 把 走 访 照 片 发 到 群 里", id="spaced-out characters"),
        pytest.param("答完题jt发群里", id="pinyin initials"),
        pytest.param("夜巡的记得打咔，不打咔扣补助", id="homophone for clock-in"),
        pytest.param("摊位收拾干净后拍个照发市场管理处", id="photo to an office by name"),
        pytest.param("岗位照每站两张，九点前报调度", id="so many photos at every post"),
        pytest.param("每擦一台留一张影像，月底核对", id="one image for every machine"),
        pytest.param("没见你们班的图，是不是忘了", id="the bare word for picture, chased"),
        pytest.param("没有现场图的整改一律视为没改", id="no picture counts as not mended"),
        pytest.param("谁没有接龙？中午前补上", id="who has not chained"),
        pytest.param("保洁员六点到岗后先在群里签到", id="sign in inside the chat"),
        pytest.param("漏扫一次二十块，巡检点的码要按时扫", id="money for a missed code"),
        pytest.param("拍一段十秒的视频给值班长，大家都要", id="video handed to somebody"),
        pytest.param("考勤记录以打卡为准，漏打算缺勤", id="only the clock counts"),
        pytest.param("各位，拍个小视频过来，领导要看", id="bring a video"),
    ],
)
def test_demand_is_found(judge: Judge, text: str) -> None:
    assert CATEGORY in found(judge(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("从下月起走访不用拍照，也不用打卡", id="called off"),
        pytest.param("这次检查要截图吗？", id="a question"),
        pytest.param("天天打卡拍照，正事都没空干", id="a complaint"),
        pytest.param("报告：河道已清理，现场照片已发群里", id="a member reports"),
        pytest.param("打印机又卡纸了，请拍照发维修师傅看看", id="picture of a fault"),
        pytest.param("被困的同志请马上发定位，救援队在路上", id="position for a rescue"),
        pytest.param("周五聚餐，参加的请接龙", id="dinner chain"),
        pytest.param("读书会自愿参加，想来的请接龙报名", id="voluntary sign-up"),
        pytest.param("签到表放在门口，请自行签名入座", id="paper sheet at the door"),
        pytest.param("古镇新开的打卡墙很出片，周末去拍照", id="tourist spot"),
        pytest.param("请新同事交一寸证件照，做工作证用", id="identity photo"),
        pytest.param("下午三点视频会议，请提前十分钟到会场", id="video conference"),
        pytest.param("需要的话我把截图发给大家参考", id="offers screenshots"),
        pytest.param("文件规定，不得要求基层上传工作截图和照片", id="policy text"),
        pytest.param("据报道，外省叫停了每日定位打卡", id="news"),
        pytest.param("请把路面塌陷的坑洞拍照报给公路站", id="the photo is the work itself"),
        pytest.param("谁拍了昨天的晚霞，发群里欣赏一下", id="picture for pleasure"),
        pytest.param("位置有限，请大家早点到会场", id="another meaning of 位置"),
        pytest.param("请大家按照新的排班表执行", id="照 inside 按照"),
        pytest.param("打卡时间改为九点，请知悉", id="news about the hours"),
        pytest.param("请把流程示意图发我，我放进方案", id="a diagram is the work itself"),
        pytest.param("报销要附打车截图", id="papers for a refund"),
        pytest.param("签到墙布置得真漂亮", id="a wall, not a demand"),
        pytest.param("照片我看了，不错", id="somebody has looked"),
        pytest.param("以前每天要上传三张照片，现在不用了", id="a custom that is over"),
        pytest.param("位置给我留一个，马上到", id="keep me a seat"),
        pytest.param("请财务把付款截图发给供应商", id="a slip for the supplier"),
    ],
)
def test_look_alike_is_not_found(judge: Judge, text: str) -> None:
    assert CATEGORY not in found(judge(text))


def test_evidence_points_into_the_original_text(judge: Judge) -> None:
    text = "請把走 訪 照 片發到群裡"
    (finding,) = [f for f in judge(text).findings if f.category.value == CATEGORY]
    assert [text[start:end] for start, end in finding.spans] == ["走 訪 照 片", "發到群裡"]
