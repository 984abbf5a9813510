import pytest

from bot.core.audit import CategoryCount, Source
from bot.core.model import Category, Fact
from bot.render.remarks import listed, method, per_day, period, reading, reasons_of, remarks, share
from bot.texts import Catalogue
from tests.render.make_report import chat, remarkable, report

WORDS = Catalogue.load("zh-Hans")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        pytest.param(0, "0 分钟", id="none"),
        pytest.param(120, "120 分钟", id="two hours are still minutes"),
        pytest.param(570, "9.5 小时", id="a working day is hours"),
        pytest.param(600, "10 小时", id="whole hours have no fraction"),
    ],
)
def test_a_long_deadline_is_told_in_hours(minutes: int, said: str) -> None:
    told = "".join(remarks(report(lead_minutes=minutes, deadlines=3), WORDS))

    assert f"中位数为 {said}。" in told


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33.3), (0, 5, 0.0), (3, 0, 0.0)])
def test_a_share_is_in_percent(part: int, whole: int, percent: float) -> None:
    assert share(part, whole) == percent


def test_nothing_is_remarked_where_nothing_is_remarkable() -> None:
    assert list(remarks(report(), WORDS)) == [WORDS("audit.remark.provisional", count=1)]


def test_whatever_was_left_out_or_is_uncertain_is_remarked() -> None:
    said = "\n".join(remarks(remarkable(), WORDS))

    for words in (
        "1 条消息无法判断",
        "2 条消息没有注明时间",
        "2029、2031",
        "积分排名、点名 1 条、unheard_of 2 条",
    ):
        assert words in said
    for words in (
        "紧急公务 6 条、unheard_of 1 条",
        "不足 5 人",
        "不足 3 人",
        "另有 7 个群",
        "45 分钟",
        "答复的 4 条",
    ):
        assert words in said


def test_requests_made_again_are_set_against_all_requests() -> None:
    again = {**report().categories, Category.DUPLICATE_COLLECTION: CategoryCount(2, 2)}

    said = "".join(remarks(report(categories=again, facts={Fact.DATA_COLLECTION: 9}), WORDS))

    assert "索要数据材料 9 条，其中疑似重复索要 2 条" in said


def test_a_clean_file_is_said_to_be_clean() -> None:
    source = Source("wechat_csv", 3, {"no_date": 0})

    assert list(reading(report(sources=(source,)), WORDS)) == ["文件 1（微信 CSV）：读到 3 条消息；没有跳过的内容。"]


def test_the_method_forbids_ranking() -> None:
    assert "不得用于考核、排名" in "".join(method(WORDS))


def test_a_period_without_dates_is_said_so() -> None:
    assert period(report(first=None, last=None), WORDS) == WORDS("audit.no_period")


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert listed({"unheard_of": 2, "zero": 0}, "audit.skipped", WORDS) == "unheard_of 2 条"


def test_rare_reasons_are_summed_up() -> None:
    count = CategoryCount(reasons=(("no_such_reason", 5), ("b", 2), ("c", 1)))

    assert reasons_of(count, WORDS, 1) == (("no_such_reason", 5), ("其他原因", 3))


def test_a_chat_without_dates_has_no_messages_a_day() -> None:
    assert per_day(chat(days=0)) is None
    assert per_day(chat(messages=7, days=2)) == 3.5
