import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.masking import EXCERPT_LENGTH, MARK, RULES, clean, excerpt, mask

PIECES = (
    *"张王李陈于高方周任小老阿师主书记长总工局哥各的已请由和1５8０x*＊@:：、,，。 \n-–/.?#aVq_幺八〇",
    *("主任", "书记", "老师", "同志", "姓名：", "联系人", "负责", "电话", "微信", "wx", "https://", "t.me/"),
    *("a.cn", "mr ", "欧阳", "司马", "小程序", "安全", "周五", "12345", "138 ", "甘A", "@所有人"),
    *(MARK, "\u200b", "\ue000"),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("请张主任、王书记牵头", "请＊＊主任、＊＊书记牵头", id="surname and title"),
        pytest.param("張主任、李老師請查收", "＊＊主任、＊＊老師請查收", id="traditional script"),
        pytest.param("请欧阳建国副局长审定", "请＊＊副局长审定", id="whole name and title"),
        pytest.param("请@张三 今天报送，@所有人", "请@＊＊ 今天报送，@所有人", id="a mention but not of all"),
        pytest.param("姓名：买买提·艾力，已到", "姓名：＊＊，已到", id="whatever a label calls a name"),
        pytest.param("未打卡：张三、李四、王五", "未打卡：＊＊", id="a list of names, and its length"),
        pytest.param("1.张三 已完成\n2、李四 已完成", "1.＊＊ 已完成\n2、＊＊ 已完成", id="a chain of names"),
        pytest.param("张三、李四未完成", "＊＊未完成", id="a list of those who have not done it"),
        pytest.param("还差张三没报", "还差＊＊没报", id="the one who is missing"),
        pytest.param("通报批评张三", "通报批评＊＊", id="a name that is blamed"),
        pytest.param("请张伟今晚交表", "请＊＊今晚交表", id="a name told by when"),
        pytest.param("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "＊＊", id="number in keycaps"),
        pytest.param("①③⑧①②③④⑤⑥⑦⑧", "＊＊", id="number in circles"),
        pytest.param("壹叁捌零零壹叁捌零零零", "＊＊", id="number in the Chinese of banks"),
        pytest.param("138，0013，8000、138*0013*8000", "＊＊、＊＊", id="telephone number parted by other signs"),
        pytest.param("由刘强负责汇总", "由＊＊负责汇总", id="a name told to do something"),
        pytest.param("请小张和阿敏报一下", "请＊＊和＊＊报一下", id="a familiar name"),
        pytest.param("杨芳 13900001111 报名", "＊＊ ＊＊ 报名", id="a name before a number"),
        pytest.param("電話０９３１－８８８８８８８", "電話＊＊", id="full-width telephone number"),
        pytest.param("138 0013 8000、138-0013-8000", "＊＊、＊＊", id="number in groups"),
        pytest.param("1 3 8 0 0 1 3 8 0 0 0", "＊＊", id="number spaced out"),
        pytest.param("138\u200b0013\u200b8000", "＊＊", id="number with hidden characters"),
        pytest.param("138\u20111234\u20115678", "＊＊", id="number with hyphens that do not break"),
        pytest.param("138~1234~5678、138：1234：5678", "＊＊、＊＊", id="number with waves or colons"),
        pytest.param("138(1234)5678", "＊＊", id="number with a part in brackets"),
        pytest.param("¹³⁸¹²³⁴⁵⁶⁷⁸", "＊＊", id="number in small figures above the line"),
        pytest.param("⑴⑶⑻⑴⑵⑶⑷⑸", "＊＊", id="number in figures in brackets"),
        pytest.param("一 三 八 一 二 三 四 五 六 七 八", "＊＊", id="number in Chinese, spaced out"),
        pytest.param("138l2345678和l38O1234567", "＊＊和＊＊", id="number with letters like figures"),
        pytest.param("1101 0519 4912 3100 2X", "＊＊", id="identity card in groups"),
        pytest.param("https://例子.中国/u/wangjianguo 收到", "https://例子.中国/＊＊ 收到", id="a Chinese host"),
        pytest.param("加V：wjg_1234", "加V：＊＊", id="an account behind a V"),
        pytest.param("请把截图发给 张伟国", "请把截图发给 ＊＊", id="a name behind a blank"),
        pytest.param("一三八零零一三八零零零", "＊＊", id="number in Chinese"),
        pytest.param("身份证62010219900101123X", "身份证＊＊", id="identity card"),
        pytest.param("6222 0200 1234 5678 901", "＊＊", id="bank card"),
        pytest.param("加微信zhang_san88或QQ：12345", "加微信＊＊或QQ：＊＊", id="ids of chat programs"),
        pytest.param("邮箱abc.def@163.com", "邮箱＊＊", id="mail address"),
        pytest.param("甘A12345和甘A·D12345", "＊＊和＊＊", id="number plates"),
        pytest.param("https://docs.qq.com/sheet/DQWJ?u=1 请填", "https://docs.qq.com/＊＊ 请填", id="link"),
        pytest.param("t.me/joinchat/AAAA 和 tg://user?id=7", "t.me/＊＊ 和 tg://＊＊", id="Telegram links"),
        pytest.param("http://u:p@example.com/", "http://＊＊/", id="user and password of a link"),
    ],
)
def test_hides_what_leads_to_a_person(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "hidden", [*"\u200b\ufe00\ufe0f\u3164\u115f\u17b4\u2065", "\U000e0101", "\U000e0020"], ids=ascii
)
def test_a_hidden_character_hides_no_name(hidden: str) -> None:
    text = f"请王{hidden}建国老师看一下"
    assert mask(text) == mask(clean(text)) == "请＊＊老师看一下"


@pytest.mark.parametrize(
    "text",
    [
        "今晚12点前务必把现场照片发群里，未完成的点名通报",
        "2024-03-15 18:00前上报，满意度95.5%，覆盖率100%",
        "本周工作总结请于周五前报送，高度重视，安全第一",
        "周一、周三、周五召开，时间、地点另行通知",
        "各村书记、包村干部、各组长请用小程序打卡",
        "@全体成员 二〇二四年第3期",
    ],
)
def test_leaves_the_evidence_readable(text: str) -> None:
    assert mask(text) == text


@given(HOSTILE)
@settings(max_examples=1500, deadline=None)
def test_no_run_of_five_digits_survives(text: str) -> None:
    assert not re.search(r"\d{5}", mask(text))


@given(HOSTILE)
@settings(max_examples=1500, deadline=None)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)

    assert mask(once) == once


@given(HOSTILE, st.integers(0, 50))
@settings(max_examples=500, deadline=None)
def test_an_excerpt_is_one_short_printable_line_without_numbers(text: str, at: int) -> None:
    shown = excerpt(text, min(at, len(text)))

    assert len(shown) <= EXCERPT_LENGTH
    assert shown.isprintable()
    assert not re.search(r"\d{5}", shown)
    shown.encode()


def test_an_excerpt_shows_the_place_it_is_about() -> None:
    text = "电话13800138000。" * 300 + "请上传截图。" + "以下无关。" * 300

    shown = excerpt(text, text.index("截图"))

    assert "请上传截图" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        pytest.param(
            "@lina_1988 今晚11点前截图发到微信lina_1988",
            "今晚",
            "@＊＊ 今晚11点前截图发到微信＊＊",
            id="a space before it",
        ),
        pytest.param("@lina_1988 今晚交", " 今晚", "@＊＊ 今晚交", id="a space at its beginning"),
        pytest.param("请各村\n 今晚交", " 今晚", "请各村 今晚交", id="spaces on both sides"),
        pytest.param(" 今晚交 ", " 今晚", "今晚交", id="nothing before it"),
    ],
)
def test_an_excerpt_keeps_the_space_at_its_place(text: str, place: str, shown: str) -> None:
    assert excerpt(text, text.index(place)) == shown


def test_a_cleaned_text_holds_no_control_or_hidden_character() -> None:
    assert clean("截\u200b图\x1b[31m\r\n\ud800\u202e红") == "截图[31m 红"


@pytest.mark.parametrize(
    "unit",
    [
        "张",
        "1",
        "1 ",
        "1-",
        "138 ",
        "a.",
        "a",
        "@",
        "a@",
        "张三、",
        "https://a",
        "小",
        "幺",
        "wx",
        "王主",
        "_",
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    text = (unit * 40_000)[:40_000]
    begun = time.perf_counter()

    for rule in RULES:
        assert sum(1 for _ in rule.finditer(text)) <= len(text)

    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("联系人 王建国13812345678 https://a.cn/" + "a" * 972 + "\n", id="a name and number at the edge"),
        pytest.param("电话13812345678 https://a.cn/" + "a" * 983 + "\n", id="a number cut in two"),
        pytest.param("https://a.cn/" + "wang-jian-guo/" * 150 + " ", id="a link longer than the neighbourhood"),
    ],
)
def test_nothing_shows_at_the_edge_of_a_neighbourhood(before: str) -> None:
    shown = excerpt(before + "收到请回复", len(before))
    assert "收到请回复" in shown
    assert not re.search(r"\d|建国|wang", shown)
