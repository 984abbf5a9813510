"""The same document sent into a chat again, and what only looks like it."""

from collections.abc import Callable

import pytest

from bot.core.model import Category, Verdict
from bot.core.scene import Scene

Judge = Callable[..., Verdict]
NOTICE = (
    "关于做好冬季取暖安全工作的提示：各单位要检查烟道、报警器和电线，发现隐患立即停用，责任到人，做好登记，不留死角"
)


def repeats(judge: Judge, scene: Scene, *texts: str) -> list[str | None]:
    """The ids of the earlier messages to which the last of these texts refers."""
    verdict = None
    for number, text in enumerate(texts, 1):
        verdict = judge(text, scene=scene, id=str(number))
    assert verdict is not None
    return [found.refers_to for found in verdict.findings if found.category is Category.REPEATED_DOCUMENT]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("[文件]防溺水值守安排.docx", id="the same file"),
        pytest.param("防溺水值守安排.docx 再发一遍", id="said to be sent anew"),
        pytest.param("防溺水的值守安排再发一次，怕有人没看到", id="only named, but said to be sent anew"),
        pytest.param("防溺水值守安排.pdf", id="the same file in another format"),
        pytest.param("《防溺水值守安排》又发一遍", id="by its title"),
    ],
)
def test_a_document_sent_again_refers_to_the_first(judge: Judge, scene: Scene, again: str) -> None:
    assert repeats(judge, scene, "请查收：防溺水值守安排.docx", again) == ["1"]


def test_the_same_long_words_are_the_same_document(judge: Judge, scene: Scene) -> None:
    assert repeats(judge, scene, NOTICE, f"转：{NOTICE}") == ["1"]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        pytest.param("《燃气安全须知》发给大家", "《燃气安全须知》我又搁上来一道", id="its title, with a word as 又"),
        pytest.param("《燃气安全须知》发给大家", "转《燃气安全须知》", id="hardly a word beside its title"),
        pytest.param(
            "[附件] 燃气安全须知（定稿）", "[附件] 燃气安全须知（定稿） 都看看", id="an attachment without ending"
        ),
        pytest.param("燃气安全须知2.0.docx", "组长让我也发：燃气安全须知2.0.docx", id="a version in the name"),
        pytest.param(
            "转住建局：燃气软管一律换成金属的。", "还是它\n转住建局：燃气软管一律换成金属的。", id="a short line"
        ),
        pytest.param(
            "《燃气安全须知》各组贴到单元门口去", "《燃气安全须知》各组贴到单元门口去", id="the very same words"
        ),
        pytest.param(
            "【燃气】软管一律换成金属的，月底前换完。", "【燃气】软管一律换成金属的，月底前换完。", id="a headed line"
        ),
    ],
)
def test_a_document_is_known_by_little(judge: Judge, scene: Scene, first: str, again: str) -> None:
    assert repeats(judge, scene, first, again) == ["1"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("按《燃气安全须知》第三条把软管换了", id="what it says is to be done"),
        pytest.param("《燃气安全须知》更正版，再看看", id="a corrected version"),
        pytest.param("又到冬天了，燃气的安全须知大家心里有数就行", id="its words, but not its title"),
    ],
)
def test_a_document_that_is_spoken_of_is_no_repeat(judge: Judge, scene: Scene, other: str) -> None:
    assert repeats(judge, scene, "《燃气安全须知》发给大家", other) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("[文件]防溺水值守安排（更正版）.docx", id="a corrected version"),
        pytest.param("[文件]防火值守安排.docx", id="another document"),
        pytest.param("《防溺水值守安排》第三条怎么理解", id="a question about it"),
    ],
)
def test_another_document_is_no_repeat(judge: Judge, scene: Scene, other: str) -> None:
    assert repeats(judge, scene, "请查收：防溺水值守安排.docx", other) == []


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        pytest.param("😀.pdf", "🎉.docx", False, id="names of nothing but signs"),
        pytest.param("關於防汛工作的通知.docx", "关于防汛工作的通知.DOCX", True, id="the same in the other script"),
    ],
)
def test_an_attached_file_is_known_by_its_name(
    judge: Judge, scene: Scene, first: str, second: str, again: bool
) -> None:
    judge("", scene=scene, id="1", file_name=first)
    verdict = judge("", scene=scene, id="2", file_name=second)
    assert (Category.REPEATED_DOCUMENT in {found.category for found in verdict.findings}) is again


def test_another_chat_has_not_seen_it(judge: Judge, scene: Scene) -> None:
    judge("防溺水值守安排.docx", scene=scene, id="1")
    assert repeats(judge, Scene(scene.worktime), "防溺水值守安排.docx") == []


def test_an_edit_of_the_first_message_is_no_repeat(judge: Judge, scene: Scene) -> None:
    judge("防溺水值守安排.docx", scene=scene, id="1")
    assert repeats(judge, scene, "防溺水值守安排.docx") == []


def test_months_later_it_is_no_repeat(judge: Judge, scene: Scene) -> None:
    judge("防溺水值守安排.docx", scene=scene, id="0", at="2026-03-02T09:00")
    verdict = judge("防溺水值守安排.docx", scene=scene, id="9", at="2026-07-02T09:00")
    assert Category.REPEATED_DOCUMENT not in {found.category for found in verdict.findings}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("《防溺水值守安排》再发一遍，怕有人没看到", True, id="a title, sent anew"),
        pytest.param("昨天那份防火方案重发一次", True, id="a kind of document, sent anew"),
        pytest.param("放假安排第三次贴出来了，各班看清楚", True, id="in words that no list holds"),
        pytest.param("防火方案发错了，重发一次", False, id="a corrected one"),
        pytest.param("那份防火方案在哪，能不能再发一遍？", False, id="a question for it"),
        pytest.param("最近在看《平凡的世界》，第三遍了", False, id="a novel"),
        pytest.param("哈哈这个笑话再发一遍", False, id="no document"),
        pytest.param("文件要求严禁重复发文", False, id="the rule itself"),
    ],
)
def test_a_sender_is_believed_who_says_that_a_document_comes_again(
    judge: Judge, scene: Scene, text: str, is_found: bool
) -> None:
    assert repeats(judge, scene, text) == ([None] if is_found else [])
