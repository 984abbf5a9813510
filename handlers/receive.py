"""Long polling: raw updates are in the database before the offset moves, and so before the platform forgets them."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from loguru import logger
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.ports import Clock, Store, StoredUpdate
from bot.services.inbox import Keeper
from handlers.errors import kind_of
from handlers.wire import as_json, is_number, read_answer

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
)
"""Named at every start, since the platform keeps what was named last; what no handler uses is not asked for."""
POLL_SECONDS = 50
ANSWER_SECONDS = 15.0
LIMIT = 100
LONGEST_PAUSE = 60.0


class PatientRequest(HTTPXRequest):
    """PTB's requests, read by orjson; an answer that is no JSON is an error without its text."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON of an answer; raises `TelegramError` when it is none."""
        return read_answer(payload)


def pause_after(error: TelegramError, failures: int) -> float:
    """How long to wait after an error; obeys the platform, and is patient with the rest."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait.total_seconds() if isinstance(wait, timedelta) else wait) + 0.5
    if isinstance(error, InvalidToken):
        return LONGEST_PAUSE
    if isinstance(error, Conflict):
        return _doubling(2.0, failures, LONGEST_PAUSE)
    return _doubling(0.5, failures, 30.0)


def _doubling(first: float, failures: int, longest: float) -> float:
    return float(min(longest, first * 2 ** min(failures, 10)))


@dataclass(slots=True)
class Receiver:
    """Polls one bot. `request` and `address` (with the token) are for this alone; `stored` wakes the worker."""

    request: BaseRequest
    address: str
    bot_id: int
    store: Store
    clock: Clock
    stored: Callable[[], None]
    poll_seconds: int = POLL_SECONDS
    _offset: int | None = None
    _failures: int = 0
    _keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self._keeper = Keeper(self.store)

    async def run(self, stop: asyncio.Event) -> None:
        """Receive until told to stop. Waiting updates are kept when a webhook is taken down."""
        await self._until_done(self._take_down_webhook, stop)
        while not stop.is_set():
            await self._until_done(self.step, stop)

    async def step(self) -> int:
        """Ask once, store, and only then move on; returns how many updates came."""
        updates = await self._ask()
        now = self.clock.now()
        rows = [StoredUpdate(self.bot_id, update["update_id"], as_json(update), now) for update in updates]
        await self._keeper.keep(rows, now)
        if rows:
            self._offset = rows[-1].update_id + 1
            self.stored()
        return len(rows)

    async def _ask(self) -> Sequence[dict[str, Any]]:
        asked: dict[str, object] = {
            "timeout": self.poll_seconds,
            "limit": LIMIT,
            "allowed_updates": json.dumps(ALLOWED_UPDATES, separators=(",", ":")),
        }
        if self._offset is not None:
            asked["offset"] = self._offset
        url = f"{self.address}/getUpdates?{urlencode(asked, quote_via=quote)}"
        result: Any = await self.request.post(url, read_timeout=self.poll_seconds + ANSWER_SECONDS)
        if not isinstance(result, list):
            raise TelegramError("Invalid server response")
        known = [each for each in result if isinstance(each, dict) and is_number(each.get("update_id"))]
        if len(known) < len(result):
            logger.error("{} updates came without a number and cannot be kept", len(result) - len(known))
        return known

    async def _take_down_webhook(self) -> None:
        await self.request.post(f"{self.address}/deleteWebhook?drop_pending_updates=false")

    async def _until_done(self, action: Callable[[], Any], stop: asyncio.Event) -> None:
        """Do something, waiting as long as it takes after failures; given up when told to stop."""
        while not stop.is_set():
            try:
                await _unless(stop, action())
            except TelegramError as error:
                await self._wait(error, pause_after(error, self._failures), stop)
            except Exception as error:  # noqa: BLE001 - the database may be away; what was not stored comes again
                await self._wait(error, _doubling(0.5, self._failures, 30.0), stop)
            else:
                if self._failures:
                    logger.warning("Receiving again after {} failures", self._failures)
                self._failures = 0
                return

    async def _wait(self, error: Exception, seconds: float, stop: asyncio.Event) -> None:
        self._failures += 1
        advice = {
            InvalidToken: "the token is refused; set JIANFU_BOT_TOKEN anew",
            Conflict: "another program polls with the same token, or a webhook is set; stop the other one",
        }.get(type(error), "trying again")
        logger.warning("Receiving failed ({}): {}; next try in {:.0f} s", kind_of(error), advice, seconds)
        await _unless(stop, asyncio.sleep(seconds))


async def _unless(stop: asyncio.Event, doing: Any) -> None:
    """Await something, but not beyond the order to stop; what is cut off is undone by whoever began it."""
    task, told = asyncio.ensure_future(doing), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
    if not task.cancelled():
        task.result()
