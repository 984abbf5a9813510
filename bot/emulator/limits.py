"""Flood limits: told by a test for one chat, or the automatic ones that Telegram publishes."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.emulator.failures import too_many_requests

COUNTED = frozenset({
    "sendMessage", "sendPhoto", "sendDocument", "sendPoll", "forwardMessage", "copyMessage", "editMessageText",
    "editMessageCaption", "editMessageReplyMarkup", "deleteMessage", "deleteMessages",
})  # fmt: skip
"""What counts against the limits; that edits and deletes do is commonly assumed, not documented."""


@dataclass(slots=True)
class _Told:
    retry_after: int
    times: int | None
    until: float | None = None


@dataclass(slots=True)
class Limits:
    """Decides which call comes too fast, in the machine's time."""

    automatic: bool = False
    group_per_minute: int = 20
    chat_burst: int = 3
    """One message a second on average: so many within as many seconds."""
    all_per_second: int = 30
    impatient: list[str] = field(default_factory=list)
    """Calls that came before the seconds of a retry_after were over."""
    _told: dict[int, _Told] = field(default_factory=dict)
    _waits: dict[int, float] = field(default_factory=dict)
    _calls: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def tell(self, chat_id: int, retry_after: int, times: int | None) -> None:
        """The next calls to a chat fail: so many, or with None all until retry_after seconds have gone by."""
        until = None if times is not None else time.monotonic() + retry_after
        self._told[chat_id] = _Told(retry_after, times, until)

    def check(self, method: str, chat_id: int, *, is_group: bool) -> None:
        """Refuses a call that comes too fast."""
        if method not in COUNTED:
            return
        now = time.monotonic()
        if now < self._waits.pop(chat_id, 0.0) - 0.05:
            self.impatient.append(f"{method} to {chat_id}")
        self._check_told(chat_id, now)
        if self.automatic:
            self._check_window(chat_id, now, *((self.group_per_minute, 60.0) if is_group else (self.chat_burst,) * 2))
            self._check_window(0, now, self.all_per_second, 1.0)
            self._calls[chat_id].append(now)
            self._calls[0].append(now)

    def _check_told(self, chat_id: int, now: float) -> None:
        told = self._told.get(chat_id)
        if told is None:
            return
        if told.until is not None:
            if now >= told.until:
                del self._told[chat_id]
                return
            self._refuse(chat_id, now, told.until - now)
        told.times = (told.times or 1) - 1
        if told.times == 0:
            del self._told[chat_id]
        self._refuse(chat_id, now, told.retry_after)

    def _check_window(self, key: int, now: float, limit: int, seconds: float) -> None:
        calls = self._calls[key]
        while calls and calls[0] <= now - seconds:
            calls.popleft()
        if len(calls) >= limit:
            self._refuse(key, now, calls[0] + seconds - now)

    def _refuse(self, key: int, now: float, seconds: float) -> None:
        rounded = max(1, math.ceil(seconds))
        self._waits[key] = now + rounded
        raise too_many_requests(rounded)
