"""Marks of secrecy and lists of identity numbers are known; talk about them is left alone."""

import time

import pytest

from bot.core.model import Message
from bot.core.secrecy import Secrecy, Withheld, is_identity_number
from config.secrecy import load_secrecy

NUMBERS = ("11010519491231002X", "440524188001010014", "110101199003070038")


@pytest.fixture(scope="module")
def secrecy() -> Secrecy:
    return load_secrecy()


def message(text: str, file_name: str = "") -> Message:
    return Message(id="1", text=text, at=None, file_name=file_name)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("秘密★1年\n关于某项工作的通知", id="秘密 with a star"),
        pytest.param("机 密 ★\n报告", id="spaced out"),
        pytest.param("機密★五年", id="in traditional script"),
        pytest.param("绝密★启用前", id="before its use"),
        pytest.param("密级：秘密\n文号", id="a stated grade"),
        pytest.param("【机密】请各位组长看一下", id="in brackets"),
        pytest.param("内部资料\n一、工作安排", id="alone in the first line"),
        pytest.param("以下为内部资料，不得外传：一、……", id="not to be passed on"),
        pytest.param("内部文件 注意保密", id="to be kept secret"),
        pytest.param("請看附件，內部資料，請勿外傳", id="the same in traditional script"),
        pytest.param("名单如下，注意保密，严禁外传", id="secret and not to be passed on"),
        pytest.param("工作秘密，请勿转发", id="a work secret"),
    ],
)
def test_a_document_with_a_mark_is_withheld(secrecy: Secrecy, text: str) -> None:
    assert secrecy.withheld(message(text)) is Withheld.MARK


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("请各单位做好保密工作，明天上午参加保密培训", id="a training"),
        pytest.param("机密文件要按规定保管，不得带出办公室", id="how to keep them"),
        pytest.param("严禁在群里发送【机密】文件", id="forbidding to send them"),
        pytest.param("凡标注内部资料不得外传的文件，一律不发群里", id="of documents with a mark"),
        pytest.param("请在今晚前完成保密法知识答题", id="a quiz"),
        pytest.param("内部会议明天九点召开，请准时参加", id="a meeting"),
        pytest.param("秘密", id="the word alone"),
        pytest.param("注意安全，注意保暖", id="something else"),
        pytest.param("请各村报姓名、身份证号、电话", id="a demand for numbers has none yet"),
    ],
)
def test_talk_about_secrecy_is_not(secrecy: Secrecy, text: str) -> None:
    assert secrecy.withheld(message(text)) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("（机密）方案.docx", Withheld.MARK, id="in brackets"),
        pytest.param("机密.docx", Withheld.MARK, id="alone"),
        pytest.param("秘密★一年.pdf", Withheld.MARK, id="with a star"),
        pytest.param("保密培训通知.docx", None, id="about secrecy"),
        pytest.param("秘密花园.epub", None, id="a title"),
    ],
)
def test_a_files_name_may_carry_the_mark(secrecy: Secrecy, name: str, expected: Withheld | None) -> None:
    assert secrecy.withheld(message("", name)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\n".join(f"张三 {n}" for n in NUMBERS), Withheld.IDENTITY, id="three numbers"),
        pytest.param("\n".join(f"张三 {n}" for n in NUMBERS[:2]), None, id="two numbers"),
        pytest.param("\n".join([f"张三 {NUMBERS[0]}"] * 3), None, id="one number three times"),
        pytest.param("\n".join(f"单号 {n[:17]}7" for n in NUMBERS), None, id="wrong check digits"),
        pytest.param(
            "姓名 身份证号\n甲 110101199003070011\n乙 110101199003070012", Withheld.IDENTITY, id="rows under a heading"
        ),
        pytest.param("姓名 身份证号 电话\n甲\n乙\n丙 13800138000", None, id="a form without numbers"),
        pytest.param(
            "甲１１０１０５１９４９１２３１００２Ｘ乙440524188001010014丙110101199003070038",
            Withheld.IDENTITY,
            id="in full width",
        ),
    ],
)
def test_lists_of_identity_numbers_are_withheld(secrecy: Secrecy, text: str, expected: Withheld | None) -> None:
    assert secrecy.withheld(message(text)) is expected


@pytest.mark.parametrize(
    ("number", "right"),
    [
        pytest.param("11010519491231002X", True, id="with X"),
        pytest.param("11010519491231002x", True, id="with x"),
        pytest.param("110105194912310021", False, id="a wrong digit"),
        pytest.param("1101051949123100", False, id="too short"),
    ],
)
def test_the_check_digit_tells_a_number(number: str, right: bool) -> None:
    assert is_identity_number(number) is right


@pytest.mark.parametrize("piece", ["内部资料", "【", " ", "密级", "1", "身份证号\n", "内部信息，不", "机密 "])
def test_hostile_texts_take_linear_time(secrecy: Secrecy, piece: str) -> None:
    started = time.perf_counter()
    secrecy.withheld(message(piece * 20_000))
    assert time.perf_counter() - started < 2
