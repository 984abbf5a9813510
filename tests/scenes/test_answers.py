"""Scenes of what people ask the bot: every command, in private and in a group, in each language, and odd presses."""

import re

import pytest

from tests.scenes.town import RECEIPT

RAW = re.compile(r"[{}]|\b(?:command|setup|settings|status|privacy|errors|live_upkeep)\.[a-z_]+")
"""What no reader must see: a key instead of words, a name that was not filled in."""

SAYS = {
    "start": ("您好", "您好", "Hello"),
    "report": ("不记您是谁", "不記您是誰", "I do not keep who you are"),
    "status": ("在看", "在看", "Watching since"),
    "settings": ("正在看", "正在看", "watching"),
    "rules": ("我看这 14 类负担", "我看這 14 類負擔", "14 kinds of burden"),
    "check": ("我不保留", "我不保留", "I do not keep it"),
    "len": ("我不保留", "我不保留", "I do not keep it"),
    "mine": ("没有关于您的", "沒有關於您的", "no record of any message"),
    "urgent": ("紧急时段", "緊急時段", "emergency"),
    "duty": ("轮班时段", "輪班時段", "duty hours"),
    "quiet": ("安静日", "安靜日", "quiet days"),
    "review": ("只给管理机器人的单位看", "只給管理機器人的單位看", "for the office that runs"),
    "feedback": ("要不要署名", "要不要署名", "shall it be signed"),
    "privacy": ("留些什么", "留些什麼", "What is kept"),
    "forget": ("要删去与您有关的记录吗", "要刪去與您有關的記錄嗎", "Delete what concerns you"),
    "language": ("请选语言", "請選語言", "choose a language"),
    "about": ("备案编号", "備案編號", "Filing number"),
    "dissolve": ("到期和关闭", "到期和關閉", "End of groups"),
    "ledger": ("台账", "台帳", "ledger"),
    "unlisted": ("台账", "台帳", "ledger"),
    "verify": ("文号", "文號", "number or name"),
    "visit": ("来人来访由", "來人來訪由", "Visits are recorded by"),
    "approvals": ("只给整治办看", "只給整治辦看", "for the office alone"),
    "cases": ("没有要办的", "沒有要辦的", "nothing for you to do"),
    "digest": ("整治办", "整治辦", "office"),
    "office": ("只给整治办看", "只給整治辦看", "for the office alone"),
    "bind": ("口令", "口令", "code"),
    "help": ("我能做什么", "我能做什麼", "What I can do"),
}
"""What the answer to each command says in each language."""


@pytest.mark.parametrize(("number", "tongue"), [(0, "zh-hans"), (1, "zh-hant"), (2, "en")])
async def test_every_command_is_answered_in_private_in_the_language_of_whoever_asks(town, number, tongue):
    room = await town.watched()
    room.anna.account.language_code = tongue
    for name, says in SAYS.items():
        answer = await town.tell(room.anna, f"/{name}")
        assert says[number] in answer, name
        assert not RAW.search(answer), (name, answer)
        assert len(answer) < 1500, name
    assert set(SAYS) == set(room.anna.menu(room.anna.private))


async def test_a_command_in_the_group_is_answered_in_private_to_whoever_opened_the_bot(town):
    room = await town.watched()
    await town.open(room.bo)
    before = len(room.bo.reads(room.bo.private))
    names = ("help", "status", "rules", "privacy", "about", "mine", "language", "feedback")
    for name in names:
        await town.say(room.bo, room, f"/{name}")
    await town.until(lambda: len(room.bo.reads(room.bo.private)) == before + len(names), "all the answers")
    assert len(room.posts()) == 1
    assert not any(one.text.startswith("/") for one in room.bo.sees(room.place))
    outline = room.bo.reads(room.bo.private)[before + 1]
    assert "数字只给本群管理员看" in outline
    assert "消息" not in outline.replace("全部消息", "").replace("删除消息", "")


async def test_words_in_private_that_are_no_command_are_answered_with_a_way_to_help(town):
    room = await town.watched()
    assert "发 /help 看全部命令" in await town.tell(room.bo, "/nonsense")
    answer = await town.tell(room.bo, "你好")
    assert "没看懂" in answer
    assert "要反映，请先发 /report" in answer
    before = len(room.bo.reads(room.bo.private))
    await room.bo.send_photo(room.bo.private, "")
    await room.bo.send_media(room.bo.private, "voice")
    await town.until(lambda: len(room.bo.reads(room.bo.private)) == before + 2, "two answers")


async def test_a_text_is_checked_measured_and_forgotten(town):
    room = await town.watched()
    await town.tell(room.bo, "/check")
    checked = await town.tell(room.bo, RECEIPT)
    assert "如果现在发出去" in checked
    assert "要求逐一回复" in checked
    assert "共 12 字" in await town.tell(room.bo, f"/len {RECEIPT}")
    assert await town.tell(room.bo, "/mine") == "没有关于您的消息的记录。"
    assert await room.counts() == {}


async def test_rules_are_opened_one_by_one_with_basis_example_and_better_wording(town):
    room = await town.watched()
    await town.tell(room.bo, "/rules")
    await town.press(room.bo, "要求逐一回复")
    page = room.bo.reads(room.bo.private)[-1]
    assert all(word in page for word in ("依据：", "责任单位：", "例：", "改法："))
    await town.press(room.bo, "返回")
    assert "我看这 14 类负担" in room.bo.reads(room.bo.private)[-1]


async def test_feedback_reaches_the_office_without_the_name(town):
    room = await town.watched()
    await town.tell(room.bo, "/feedback")
    await town.press(room.bo, "不署名")
    assert "已转交，没有带您的姓名" in await town.tell(room.bo, "会议通知请写清楚要不要回复")
    await town.until(lambda: "会议通知" in town.clerk.reads(town.office)[-1], "the office being told")
    letter = town.clerk.reads(town.office)[-1]
    assert "未署名" in letter
    assert not any(word in letter for word in ("波", str(room.bo.id)))


async def test_a_button_of_long_ago_and_one_that_never_was_are_answered_politely(town):
    room = await town.watched()
    await town.tell(room.anna, "/settings")
    menu = room.anna.sees(room.anna.private)[-1].post
    before = menu.fields["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for button in ("退出、删除", "删去记录，留在群里", "删去记录"):
        await town.press(room.anna, button)
    old = await room.anna.press(menu, data=before)  # the group has a new number since
    assert "请发 /settings 重新选群" in old.text
    assert "按钮已过期" in (await room.anna.press(menu, data="v0:whatever")).text


async def test_a_press_by_somebody_without_the_right_is_refused_and_changes_nothing(town):
    room = await town.watched()
    await town.open(room.bo)
    await room.anna.promote(room.place, room.bo, "delete_messages")
    await town.tell(room.bo, "/settings")
    await town.press(room.bo, "发现以后")
    await room.anna.demote(room.place, room.bo)
    before = await room.row()
    refused = await town.press(room.bo, "群内提醒")
    assert refused.show_alert
    assert "只有这个群的管理员" in refused.text
    assert await room.row() == before


async def test_a_command_of_a_stranger_at_night_stays_and_is_not_answered_in_the_group(town):
    room = await town.watched()
    town.at(22)
    await town.say(room.bo, room, "/help")
    assert [one.text for one in room.bo.sees(room.place)][-1] == "/help"
    assert len(room.posts()) == 1
