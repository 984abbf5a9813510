"""A bare python-telegram-bot that counts messages, for comparison: `python -m tests.bench.bare TOKEN BASE_URL`."""

import sys

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, MessageHandler, filters


async def count(update: Update, _: "CallbackContext[object, object, object, object]") -> None:
    """Touch the message, and do nothing with it."""
    assert update.effective_message is not None


def main() -> None:
    """Poll until killed."""
    _, token, base_url = sys.argv
    application: Application = ApplicationBuilder().token(token).base_url(base_url).build()  # type: ignore[type-arg]
    application.add_handler(MessageHandler(filters.TEXT, count))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


main()
