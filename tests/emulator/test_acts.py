"""What people do and see: buttons, topics, reactions, files, menus, ephemeral messages, transcripts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from telegram import BotCommand, BotCommandScopeAllChatAdministrators, BotCommandScopeAllGroupChats, LinkPreviewOptions

from bot.emulator import Unanswered, World
from bot.emulator.entities import parse, utf16
from bot.emulator.failures import Unsupported
from tests.emulator.scene import at_work, play, received, refused

NINE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
KEYS = {"inline_keyboard": [[{"text": "是", "callback_data": "y"}, {"text": "否", "callback_data": "n"}]]}


def _group(**how):
    world = World(NINE)
    anna, bo = world.user("安娜"), world.user("波")
    return world, anna, bo, world.group("群", owner=anna, members=[bo], **how)


def test_a_press_without_an_answer_fails_and_a_late_answer_is_refused():
    async def scene():
        world, anna, _, _ = _group()
        async with at_work(world) as bot:
            await anna.start()
            await bot.send_message(anna.id, "好吗", reply_markup=KEYS)
            with pytest.raises(Unanswered):
                await anna.press(anna.private, "是", wait=0.05)
            query = (await received(bot))[-1].callback_query
            world.clock.advance(minutes=16)
            words = await refused(query.answer("迟了"))
        return query.data, words

    data, words = play(scene)
    assert data == "y"
    assert "too old" in words


def test_a_topic_keeps_its_messages_and_general_has_no_thread():
    async def scene():
        world, anna, bo, group = _group(topics=True)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, rights=["manage_topics"])
            topic = await anna.open_topic(group, "通知")
            inside = await bo.say(group, "在里面", topic=topic)
            outside = await bo.say(group, "在外面")
            general = await bo.say(group, "答复", reply_to=outside)
            await bot.send_message(group.id, "答", message_thread_id=topic)
            await bot.send_message(group.id, "也答", reply_to_message_id=inside.message_id)
            await bot.close_forum_topic(group.id, topic)
            messages = {one.message.text: one.message for one in await received(bot) if one.message}
            return topic, messages, anna.sees(group), general, outside

    topic, messages, seen, general, outside = play(scene)
    assert (messages["在里面"].message_thread_id, messages["在里面"].is_topic_message) == (topic, True)
    assert messages["在外面"].message_thread_id is None
    assert general.fields["message_thread_id"] == outside.message_id
    assert not messages["答复"].is_topic_message
    assert [one.topic for one in seen if one.text in {"答", "也答"}] == [topic, topic]


def test_reactions_and_pins_are_seen():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, rights=["pin_messages"])
            said = await bo.say(group, "请填表")
            await anna.react(said, "👍")
            await bot.set_message_reaction(group.id, said.message_id, "👀")
            await bot.pin_chat_message(group.id, said.message_id)
            both = next(one for one in bo.sees(group) if one.text == "请填表")
            await bot.set_message_reaction(group.id, said.message_id)
            return both, next(one for one in bo.sees(group) if one.text == "请填表")

    both, after = play(scene)
    assert (both.reactions, both.pinned) == (("👀", "👍"), True)
    assert after.reactions == ("👍",)


def test_files_go_both_ways_byte_for_byte():
    content = bytes(range(256)) * 9 + b"\r\n--x\r\n"

    async def scene():
        world, anna, _, _ = _group()
        async with at_work(world) as bot:
            await anna.start()
            await anna.send_file(anna.private, "表.xlsx", content, "填好了")
            message = (await received(bot))[-1].message
            file = await bot.get_file(message.document.file_id)
            loaded = bytes(await file.download_as_bytearray())
            sent = await bot.send_document(anna.id, loaded, filename="回执 “一”.xlsx", caption="收到")
            again = await bot.send_document(anna.id, sent.document.file_id)
            big = await anna.send_file(anna.private, "大.zip", b"x", size=21 * 1024 * 1024)
            words = await refused(bot.get_file(big.fields["document"]["file_id"]))
            stored = world.files.find(sent.document.file_id).content
        return loaded, stored, again.document.file_name, words

    loaded, stored, name, words = play(scene)
    assert loaded == stored == content
    assert name == "回执 “一”.xlsx"
    assert "too big" in words


def test_the_menu_is_the_first_list_that_is_set():
    async def scene():
        world, anna, bo, group = _group()
        chinese = {"language_code": "zh"}
        async with at_work(world) as bot:
            await group.add_bot(by=anna)
            await bot.set_my_commands([BotCommand("start", "开始")])
            await bot.set_my_commands([BotCommand("report", "反映")], scope=BotCommandScopeAllGroupChats(), **chinese)
            await bot.set_my_commands([BotCommand("settings", "设置")], scope=BotCommandScopeAllChatAdministrators())
            menus = anna.menu(group), bo.menu(group), bo.menu(bo.private)
            await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats(), **chinese)
            await bot.set_my_description("减负", language_code="zh")
            kept = await bot.get_my_commands(), (await bot.get_my_description("zh")).description
        return menus, bo.menu(group), kept

    menus, after, kept = play(scene)
    assert menus == (["settings"], ["report"], ["start"])
    assert after == ["start"]
    assert kept == ((BotCommand("start", "开始"),), "减负")


async def _whisper(bot, group, receiver, **how):
    parameters = {"ephemeral_message_parameters": {"receiver_user_id": receiver.id, **how}}
    return await bot.send_message(group.id, "只给你看", api_kwargs=parameters)


def test_an_ephemeral_message_is_for_one_pair_of_eyes():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            sent = await _whisper(bot, group, bo)
            address = {"chat_id": group.id, "receiver_user_id": bo.id, "ephemeral_message_id": 1}
            await bot.do_api_request("editEphemeralMessageText", {**address, "text": "改了"})
            seen = [[one.text for one in person.sees(group) if one.ephemeral] for person in (anna, bo)]
            await bot.do_api_request("deleteEphemeralMessage", address)
        return sent.message_id, sent.api_kwargs["ephemeral_message_id"], seen, bo.sees(group)[-1].kind

    assert play(scene) == (0, 1, [[], ["改了"]], "new_chat_members")


def test_a_bot_that_is_no_admin_whispers_only_in_answer():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna)
            menu = [{"command": "report", "description": "反映", "is_ephemeral": True}]
            await bot.set_my_commands([], api_kwargs={"commands": menu})
            words = await refused(_whisper(bot, group, bo))
            await bo.say(group, "/report")
            command = (await received(bot))[-1].message
            answer = {"reply_parameters": {"ephemeral_message_id": command.api_kwargs["ephemeral_message_id"]}}
            parameters = {"ephemeral_message_parameters": {"receiver_user_id": bo.id}} | answer
            await bot.send_message(group.id, "收到", api_kwargs=parameters)
            world.clock.advance(seconds=16)
            late = await refused(bot.send_message(group.id, "迟了", api_kwargs=parameters))
        seen = [[one.text for one in person.sees(group) if one.kind == "text"] for person in (bo, anna)]
        return words, late, *seen

    words, late, of_bo, of_anna = play(scene)
    assert "ephemeral" in words
    assert "ephemeral" in late
    assert of_bo == ["/report", "收到"]
    assert of_anna == []


def test_a_poll_of_the_bot_tells_its_votes_and_one_of_a_person_does_not():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await bot.get_updates(allowed_updates=["poll", "poll_answer"])
            await group.add_bot(by=anna, admin=True)
            own = await bot.send_poll(group.id, "去不去", ["去", "不去"], is_anonymous=False)
            await bo.vote(group.state.posts[own.message_id], "去")
            foreign = await bo.send_poll(group, "投我", ["好"])
            await anna.vote(foreign, "好")
            answer, counts = await bot.get_updates()
            closed = await bot.stop_poll(group.id, own.message_id)
        return answer.poll_answer.option_ids, counts.poll.total_voter_count, closed.is_closed

    assert play(scene) == ((0,), 1, True)


def test_a_reply_keyboard_sends_its_words_and_can_share_a_chat():
    request = {"text": "选群", "request_chat": {"request_id": 5, "chat_is_channel": False, "request_title": True}}

    async def scene():
        world, anna, _, group = _group()
        async with at_work(world) as bot:
            await anna.start()
            sent = await bot.send_message(anna.id, "选", reply_markup={"keyboard": [[{"text": "跳过"}, request]]})
            key = anna.private.state.posts[sent.message_id]
            await anna.tap(anna.private, "跳过")
            await anna.share_chat(key, "选群", group)
            skipped, shared = [one.message for one in (await received(bot))[-2:]]
        return skipped.text, shared.chat_shared.chat_id == group.id, shared.chat_shared.title

    assert play(scene) == ("跳过", True, "群")


def test_only_groups_that_a_person_sees_can_be_shared_and_only_with_the_bot_where_that_is_asked():
    request = {"text": "选群", "request_chat": {"request_id": 5, "chat_is_channel": False, "bot_is_member": True}}

    async def scene():
        world, anna, _, group = _group()
        chen = world.user("陈")
        async with at_work(world) as bot:
            for person in (anna, chen):
                await person.start()
            refused = []
            for person in (anna, chen):
                sent = await bot.send_message(person.id, "选", reply_markup={"keyboard": [[request]]})
                with pytest.raises(Unsupported) as error:
                    await person.share_chat(person.private.state.posts[sent.message_id], "选群", group)
                refused.append(str(error.value))
        return refused

    without_bot, stranger = play(scene)
    assert "the bot is not in" in without_bot
    assert "陈 is not in" in stranger


def test_the_transcript_reads_like_the_chat():
    async def scene():
        world, anna, bo, group = _group()
        async with at_work(world) as bot:
            await group.add_bot(by=anna, rights=["delete_messages"])
            said = await bo.say(group, "今晚十点前\n交表", at=NINE + timedelta(hours=12))
            await anna.react(said, "👍")
            gone = await bo.say(group, "说错了")
            await bot.delete_message(group.id, gone.message_id)
            await bot.send_message(group.id, "<b>配置</b>？", parse_mode="HTML", reply_markup=KEYS)
        return world.transcript(group, tz=ZoneInfo("Asia/Shanghai"))

    assert play(scene).splitlines() == [
        "[11-23 09:00] 安娜: <new_chat_members>",
        "[11-23 21:00] 波: 今晚十点前",
        "    交表",
        "    👍×1",
        "[11-23 09:00] 减负助手: 配置？",
        "    [是] [否]",
    ]


@pytest.mark.parametrize(
    ("text", "mode", "shown", "entities"),
    [
        pytest.param("/help@a_bot 看 #通知", None, "/help@a_bot 看 #通知", [("bot_command", 0, 11), ("hashtag", 14, 3)],
                     id="plain text"),
        pytest.param("用/help看 @bo_bo看", None, "用/help看 @bo_bo看", [], id="letters on both sides are Chinese too"),
        pytest.param("😀<b>重要</b>", "HTML", "😀重要", [("bold", 2, 2)], id="an emoji counts two"),
        pytest.param('<a href="https://a.cn">看</a> &lt;', "HTML", "看 <", [("text_link", 0, 1)], id="a link"),
        pytest.param("*重要* \\. `x_y`", "MarkdownV2", "重要 . x_y", [("bold", 0, 2), ("code", 5, 3)], id="markdown"),
        pytest.param("  前后 \n", None, "前后", [], id="trimmed"),
    ],
)  # fmt: skip
def test_a_text_and_its_entities(text, mode, shown, entities):
    got, marks = parse(text, mode, None)
    assert (got, [(one["type"], one["offset"], one["length"]) for one in marks]) == (shown, entities)


def test_text_is_counted_in_utf16_units():
    assert utf16("字😀") == 3


def test_the_bot_edits_and_forwards_and_copies():
    async def scene():
        world, anna, _, _ = _group()
        async with at_work(world) as bot:
            await anna.start()
            sent = await bot.send_message(anna.id, "一", link_preview_options=LinkPreviewOptions(is_disabled=True))
            await bot.edit_message_text("二", anna.id, sent.message_id, reply_markup=KEYS)
            await bot.edit_message_reply_markup(anna.id, sent.message_id)
            photo = await bot.send_photo(anna.id, b"png", caption="图")
            await bot.edit_message_caption(anna.id, photo.message_id, caption="新图")
            await bot.forward_message(anna.id, anna.id, sent.message_id)
            await bot.copy_message(anna.id, anna.id, photo.message_id)
            await bot.send_chat_action(anna.id, "typing")
            await bot.delete_messages(anna.id, [photo.message_id, 999])
            seen = [(one.text, one.edited, one.buttons) for one in anna.sees(anna.private)]
        return seen, world.complaints, sent.date == NINE.astimezone(UTC)

    assert play(scene) == ([("/start", False, ()), ("二", True, ()), ("二", False, ()), ("新图", False, ())], [], True)
