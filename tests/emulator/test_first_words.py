"""A bot of python-telegram-bot hears and answers over HTTP."""

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.emulator import Emulator, World


def application(world: World, emulator: Emulator) -> Application:
    builder = ApplicationBuilder().token(world.token).base_url(emulator.base_url)
    return builder.base_file_url(emulator.base_file_url).build()


async def _start(update, _context):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("配置", callback_data="configure")]])
    await update.message.reply_text("你好", reply_markup=keyboard)


async def _pressed(update, _context):
    await update.callback_query.answer("好的", show_alert=True)
    await update.callback_query.edit_message_text("已配置")


async def _scene():
    world = World()
    anna, bo = world.user("安娜"), world.user("波")
    group = world.group("前柏村工作群", owner=anna, members=[bo])
    heard = []

    async def hear(update, _context):
        heard.append(update.effective_message.text)

    async with Emulator(world) as emulator:
        app = application(world, emulator)
        app.add_handlers([CommandHandler("start", _start), CallbackQueryHandler(_pressed)])
        app.add_handler(MessageHandler(filters.TEXT, hear))
        async with app:
            await app.start()
            await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            await group.add_bot(by=anna, rights=["delete_messages"])
            await bo.say(group, "请今晚十点前交表")
            await anna.start("abc")
            await world.settled()
            answer = await anna.press(anna.private, "配置")
            await world.settled()
            await app.updater.stop()
            await app.stop()
    return world, anna, heard, answer


def test_a_bot_hears_the_group_and_answers_in_private():
    world, anna, heard, answer = asyncio.run(_scene())
    assert heard == ["请今晚十点前交表"]
    assert (answer.text, answer.show_alert) == ("好的", True)
    assert [one.text for one in anna.sees(anna.private)] == ["/start abc", "已配置"]
    assert world.complaints == []
