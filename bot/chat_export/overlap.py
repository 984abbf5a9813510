"""Messages that an earlier file of the same audit held already: who exports a group each month passes them all."""

from collections.abc import Iterable, Iterator

from bot.chat_export.export import Tally
from bot.chat_export.telegram_desktop import UNNUMBERED
from bot.core.model import Message

CHATS_KEPT = 10_000
"""Of more chats than this no overlap is noticed."""


class Seen:
    """The stretches of messages that were read of each chat.

    Telegram numbers the messages of a chat once for ever, and an export holds a chat from one moment to another
    without a gap: what lies between the first and the last number of an earlier file was read. Other products state
    no such number.
    """

    def __init__(self) -> None:
        self._stretches: dict[str, list[tuple[int, int]]] = {}

    def fresh(self, messages: Iterable[Message], tally: Tally) -> Iterator[Message]:
        """Yield the messages that no earlier file held; the others are counted as passed over."""
        earlier = {chat: tuple(stretches) for chat, stretches in self._stretches.items()}
        read: dict[str, tuple[int, int]] = {}
        for message in messages:
            chat = message.chat
            if chat.startswith(UNNUMBERED):
                yield message
                continue
            number = int(message.id)
            known = earlier.get(chat, ())
            if any(first <= number <= last for first, last in known):
                tally.skipped["seen_before"] += 1
                continue
            low, high = read.get(chat, (number, number))
            read[chat] = min(low, number), max(high, number)
            yield message
        for chat, stretch in read.items():
            if chat in self._stretches or len(self._stretches) < CHATS_KEPT:
                self._stretches.setdefault(chat, []).append(stretch)
