"""Answers to button presses: given directly, once the transaction is committed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from loguru import logger
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.core.speech import Part, Speech
from bot.render.messages import plain_of, text_of, words_of
from bot.runtime import Runtime
from handlers.context import Bot, PressAnswer
from handlers.errors import kind_of
from handlers.keyboard import markup
from handlers.split import plain, split

AT_ONCE = 8
LONGEST_LINE = 200
"""Characters of the line that only the presser sees."""


@dataclass(slots=True)
class PressAnswers:
    """Answers presses; one that comes too late ("query is too old") is no failure."""

    bot: Bot
    runtime: Runtime
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def give(self, answers: Sequence[PressAnswer]) -> None:
        """Begin to answer; the worker does not wait for it."""
        for answer in answers:
            task = asyncio.create_task(self._give(answer))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Wait for the answers under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _give(self, answer: PressAnswer) -> None:
        async with self._room:
            for call in (self._line, self._page):
                try:
                    await call(answer)
                except BadRequest as error:
                    logger.debug("A press was answered too late or in vain: {}", kind_of(error))
                except (TelegramError, KeyError, ValueError) as error:
                    logger.warning("A press could not be answered: {}", kind_of(error))

    async def _line(self, answer: PressAnswer) -> None:
        await self.bot.answer_callback_query(
            answer.query_id, self._worded(answer.toast, answer.language), show_alert=answer.alert
        )

    async def _page(self, answer: PressAnswer) -> None:
        if answer.speech is None or answer.chat_id is None or answer.message_id is None:
            return
        words = words_of(answer.speech, answer.language)
        keyboard = markup(answer.speech, words, self.runtime.vault)
        text = split(text_of(answer.speech, words))[0]
        await self.bot.edit_message_text(
            text, answer.chat_id, answer.message_id, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )

    def _worded(self, part: Part | None, language: str) -> str | None:
        if part is None:
            return None
        line = plain(plain_of(part, words_of(Speech((), language), self.runtime.policy.language)))
        return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
