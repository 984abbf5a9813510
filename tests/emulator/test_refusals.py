"""What Telegram refuses, in its words."""

from datetime import UTC, datetime

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import ChatMigrated, RetryAfter

from bot.emulator import World
from tests.emulator.scene import at_work, play, received, refused

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def _buttons(data):
    return InlineKeyboardMarkup([[InlineKeyboardButton("配置", callback_data=data)]])


async def _edit_same(bot, group, own):
    await bot.edit_message_text("早", group.id, own.message_id)


async def _react(bot, group, own, emoji="👀"):
    group.allow_reactions("👍")
    await bot.set_message_reaction(group.id, own.message_id, emoji)


async def _delete_late(bot, group, own):
    group.world.clock.advance(hours=49)
    await bot.delete_message(group.id, own.message_id)


async def _stranger(bot, group, own):
    del own
    await bot.get_chat_member(group.id, 424242)


CASES = [
    pytest.param(_edit_same, "is not modified", id="the same text again"),
    pytest.param(lambda b, g, _: b.edit_message_text("晚", g.id, 999), "Message to edit not found", id="edit nothing"),
    pytest.param(lambda b, g, _: b.edit_message_text("晚", g.id, 2), "Message can't be edited", id="edit others"),
    pytest.param(lambda b, g, _: b.delete_message(g.id, 999), "Message to delete not found", id="delete nothing"),
    pytest.param(lambda b, g, _: b.delete_message(g.id, 2), "Message can't be deleted", id="delete without right"),
    pytest.param(_delete_late, "can't be deleted for everyone", id="delete after two days"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "x", message_thread_id=1), "thread not found", id="no thread"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "x", reply_to_message_id=99), "replied not found", id="no reply"),
    pytest.param(lambda b, *_: b.send_message(-4, "x"), "Chat not found", id="no chat"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "😀" * 2049), "Message is too long", id="too many utf-16 units"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "<b> </b>", parse_mode="HTML"), "is empty", id="an empty text"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "a < b", parse_mode="HTML"), "parse entities", id="a bare less"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "<b>x", parse_mode="HTML"), "end tag", id="an open tag"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "1.", parse_mode="MarkdownV2"), "reserved", id="a bare dot"),
    pytest.param(lambda b, g, _: b.send_message(g.id, "x", reply_markup=_buttons("配" * 22)), "Button_data_invalid",
                 id="66 bytes in a button"),
    pytest.param(lambda b, g, _: b.send_photo(g.id, b"x", caption="字" * 1025), "caption is too long", id="a caption"),
    pytest.param(_react, "Reaction_invalid", id="a reaction that the chat forbids"),
    pytest.param(lambda b, g, o: _react(b, g, o, "✅"), "Reaction_invalid", id="an emoji that is no reaction"),
    pytest.param(lambda b, *_: b.answer_callback_query("77"), "Query is too old", id="an unknown query"),
    pytest.param(lambda b, g, _: b.set_chat_title(g.id, "新"), "Not enough rights", id="a title without right"),
    pytest.param(lambda b, g, o: b.pin_chat_message(g.id, o.message_id), "Not enough rights", id="a pin without right"),
    pytest.param(lambda b, g, _: b.set_chat_permissions(g.id, {}), "Not enough rights", id="a lock without right"),
    pytest.param(_stranger, "User not found", id="a member who does not exist"),
    pytest.param(lambda b, *_: b.get_file("nope"), "Wrong file identifier", id="a file that does not exist"),
    pytest.param(lambda b, *_: b.set_my_commands([("Über", "x")]), "Bot_command_invalid", id="a bad command"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "words"), CASES)
def test_a_call_is_refused_with_400(call, words):
    async def scene():
        world = World(NOON)
        anna = world.user("安娜")
        group = world.group("群", owner=anna)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await anna.say(group, "大家好")
            own = await bot.send_message(group.id, "早")
            said = await refused(call(bot, group, own))
        return said, world.complaints

    said, complaints = play(scene)
    assert words in said
    assert complaints == []


async def _never(group):
    return group.world.people["安娜"].id


async def _blocked(group):
    anna = group.world.people["安娜"]
    await anna.start()
    await anna.block()
    return anna.id


async def _vanished(group):
    anna = group.world.people["安娜"]
    await anna.start()
    await anna.vanish()
    return anna.id


async def _bot(group):
    return group.world.user("打卡机", is_bot=True).id


async def _outside(group):
    return group.id


async def _kicked(group):
    anna = group.world.people["安娜"]
    await group.add_bot(by=anna)
    await group.remove_bot(by=anna)
    return group.id


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        pytest.param(_never, "can't initiate conversation", id="who never started the bot"),
        pytest.param(_blocked, "bot was blocked by the user", id="who blocked it"),
        pytest.param(_vanished, "user is deactivated", id="who deleted the account"),
        pytest.param(_bot, "can't send messages to bots", id="another bot"),
        pytest.param(_outside, "bot is not a member of the supergroup", id="a group it is not in"),
        pytest.param(_kicked, "bot was kicked from the supergroup", id="a group that removed it"),
    ],
)
def test_a_message_is_refused_with_403(prepare, words):
    async def scene():
        world = World()
        anna = world.user("安娜")
        chat_id = await prepare(world.group("群", owner=anna))
        async with at_work(world) as bot:
            return await refused(bot.send_message(chat_id, "x"))

    assert words in play(scene)


@pytest.mark.parametrize("order", ["old_first", "new_first"])
def test_a_group_that_became_a_supergroup_names_its_new_id(order):
    async def scene():
        world = World()
        anna = world.user("安娜")
        group = world.group("群", owner=anna, basic=True)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await received(bot)
            old = group.id
            new = await group.migrate(by=anna, order=order)
            with pytest.raises(ChatMigrated) as caught:
                await bot.send_message(old, "x")
            await anna.say(group, "还在")
            messages = [update.message for update in await received(bot)]
            events = [(one.chat_id, one.migrate_to_chat_id, one.migrate_from_chat_id) for one in messages[:2]]
            member = await bot.get_chat_member(new, bot.id)
        return old, new, caught.value.new_chat_id, events, messages[2], member.status

    old, new, told, events, after, status = play(scene)
    assert told == new
    assert events == (
        [(old, new, None), (new, None, old)] if order == "old_first" else [(new, None, old), (old, new, None)]
    )
    assert (after.chat_id, after.message_id, status) == (new, 2, "administrator")


def test_a_flooded_chat_alone_is_refused_with_429(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    async def scene():
        world = World()
        anna, bo = world.user("安娜"), world.user("波")
        async with at_work(world) as bot:
            await anna.start()
            await bo.start()
            world.flood(anna, retry_after=7)
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(anna.id, "x")
            await bot.send_message(bo.id, "x")
            await bot.send_message(anna.id, "y")
        return caught.value.retry_after.total_seconds(), world.limits.impatient

    assert play(scene) == (7, ["sendMessage to 7100000001"])


@pytest.mark.parametrize(
    ("in_group", "passed"),
    [pytest.param(True, 20, id="a group: 20 in a minute"), pytest.param(False, 3, id="a person: 3 in 3 seconds")],
)
def test_the_automatic_limits(in_group, passed, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    async def scene():
        world = World()
        world.limits.automatic = True
        world.limits.all_per_second = 1000
        anna = world.user("安娜")
        group = world.group("群", owner=anna)
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await anna.start()
            for _ in range(passed):
                await bot.send_message(group.id if in_group else anna.id, "x")
            with pytest.raises(RetryAfter):
                await bot.send_message(group.id if in_group else anna.id, "x")
            return True

    assert play(scene)


@pytest.mark.parametrize(
    ("when", "done"),
    [
        pytest.param("before", ["/start", "再来"], id="a call that never arrives is not done"),
        pytest.param("after", ["/start", "一", "再来"], id="a call whose answer is lost is done"),
    ],
)
def test_an_accident_on_the_way(when, done):
    async def scene():
        world = World()
        anna = world.user("安娜")
        async with at_work(world) as bot:
            await anna.start()
            world.faults.lose("sendMessage", when=when)
            words = await refused(bot.send_message(anna.id, "一"))
            world.faults.slow("sendMessage", 0.01)
            await bot.send_message(anna.id, "再来")
        return words, [one.text for one in anna.sees(anna.private)]

    words, seen = play(scene)
    assert "Bad Gateway" in words
    assert seen == done


def test_a_reaction_to_an_album_goes_to_its_first_item():
    async def scene():
        world = World()
        anna = world.user("安娜")
        async with at_work(world) as bot:
            await anna.start()
            first, second = await anna.send_album(anna.private, ["打卡", ""])
            await bot.set_message_reaction(anna.id, second.message_id, "👀")
        return first.reactions.keys() == {world.bot.id}, second.reactions

    assert play(scene) == (True, {})
