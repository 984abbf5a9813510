"""What the tests of the emulator share: a bot at a world's HTTP side, and what it was sent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.emulator import Emulator, World

ALL = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "poll", "poll_answer",
       "my_chat_member", "chat_member", "message_reaction", "message_reaction_count"]  # fmt: skip


@asynccontextmanager
async def at_work(world: World) -> AsyncIterator[Bot]:
    """A bot of python-telegram-bot that talks to the world over HTTP."""
    async with Emulator(world) as emulator:
        plain, polling = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))  # no certificates to load
        urls = {"base_url": emulator.base_url, "base_file_url": emulator.base_file_url}
        async with Bot(world.token, **urls, request=plain, get_updates_request=polling) as bot:
            yield bot


def play(scene: Callable[[], Awaitable[Any]]) -> Any:
    """Plays an async scene to its end."""
    return asyncio.run(scene())


async def received(bot: Bot) -> list[Update]:
    """What waits for the bot, confirmed at once."""
    updates = await bot.get_updates(allowed_updates=ALL)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def refused(call: Awaitable[Any]) -> str:
    """The words with which a call is refused."""
    with pytest.raises(TelegramError) as caught:
        await call
    return caught.value.message
