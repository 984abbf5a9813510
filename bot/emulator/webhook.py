"""Pushing updates to the bot's webhook: in order per chat, again until the bot answers with 2xx."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

import orjson

from bot.emulator.http_post import HttpPoster
from bot.emulator.spec import Json
from bot.emulator.updates import UpdateQueue


@dataclass(slots=True)
class Webhook:
    """What setWebhook set, and how it goes."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    has_certificate: bool = False
    ip_address: str | None = None
    last_error_date: int = 0
    last_error_message: str = ""
    attempts: int = 0
    lanes: dict[int, deque[int]] = field(default_factory=dict)


class WebhookPusher:
    """Delivers the queue to a webhook while one is set."""

    def __init__(self, updates: UpdateQueue) -> None:
        self.updates = updates
        self.hook: Webhook | None = None
        self.first_pause = 0.2
        """Seconds before the first repetition; each further pause is twice as long, up to longest_pause."""
        self.longest_pause = 5.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._poster: HttpPoster | None = None
        self._slots = asyncio.Semaphore(1)

    def set(self, hook: Webhook) -> None:
        """Starts pushing, what already waits first."""
        self.stop()
        self.hook = hook
        self._poster = HttpPoster(hook.url)
        self._slots = asyncio.Semaphore(hook.max_connections)
        self.updates.on_put = self._queued
        for number in list(self.updates.pending):
            self._queued(number)

    def stop(self) -> None:
        """Ends pushing; what is not delivered keeps waiting."""
        self.updates.on_put = None
        self.hook = None
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        if self._poster is not None:
            self._poster.close()

    def _queued(self, number: int) -> None:
        if self.hook is None:
            return
        lane = self.updates.pending[number].lane
        if lane in self.hook.lanes:
            self.hook.lanes[lane].append(number)
            return
        self.hook.lanes[lane] = deque([number])
        task = asyncio.get_running_loop().create_task(self._run(self.hook, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, hook: Webhook, lane: int) -> None:
        numbers = hook.lanes[lane]
        while numbers:
            pause = self.first_pause
            async with self._slots:
                delivered = await self._deliver(hook, numbers[0])
            while not delivered:
                await asyncio.sleep(pause)
                pause = min(pause * 2, self.longest_pause)
                async with self._slots:
                    delivered = await self._deliver(hook, numbers[0])
            numbers.popleft()
        del hook.lanes[lane]

    async def _deliver(self, hook: Webhook, number: int) -> bool:
        self.updates.forget_old()
        waiting = self.updates.pending.get(number)
        if waiting is None or self._poster is None:
            return True
        hook.attempts += 1
        try:
            status, content = await self._poster.post(orjson.dumps(waiting.body), self._headers(hook))
        except OSError as error:
            self._failed(hook, f"Connection failed: {error}")
            return False
        if not 200 <= status < 300:
            self._failed(hook, f"Wrong response from the webhook: {status}")
            return False
        self._read_answer(content)
        self.updates.pending.pop(number, None)
        return True

    @staticmethod
    def _headers(hook: Webhook) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret_token
        return headers

    def _failed(self, hook: Webhook, why: str) -> None:
        hook.last_error_date = self.updates.stamp()
        hook.last_error_message = why

    def _read_answer(self, content: bytes) -> None:
        """A method call in the answer is documented, but not played here."""
        try:
            answer: Json | None = orjson.loads(content) if content[:1] == b"{" else None
        except orjson.JSONDecodeError:
            return
        if answer and "method" in answer:
            self.updates.complain(f"method {answer['method']} in the answer of a webhook is not played")
