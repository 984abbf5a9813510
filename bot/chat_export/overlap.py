"""Messages that an earlier file of the same audit held already: who exports a group each month passes them all."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from bot.chat_export.export import Tally
from bot.chat_export.telegram_desktop import BASIC, UNNUMBERED
from bot.core.model import Message

RUNS_KEPT = 1_000_000
"""Runs of numbers that are kept of all chats together, 16 bytes each; of more no overlap is noticed."""

MESSAGES_KEPT = 300_000
"""Messages of basic groups that are kept by a number made of them; of more no overlap is noticed."""

_WIDEST = 1 << 62


class Runs:
    """Numbers that were read, as runs without a gap; found once they were sorted."""

    def __init__(self) -> None:
        self.first = array("q")
        self.last = array("q")

    def add(self, number: int) -> bool:
        """Add a number; return whether it began a run of its own."""
        if self.last and self.last[-1] == number - 1:
            self.last[-1] = number
            return False
        self.first.append(number)
        self.last.append(number)
        return True

    def sort(self, more: "Runs") -> None:
        """Take in what another file held, and bring all into their order, so that it can be searched."""
        runs = sorted(zip((*self.first, *more.first), (*self.last, *more.last), strict=True))
        self.first = array("q", [first for first, _ in runs])
        self.last = array("q", [last for _, last in runs])

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.first, number) - 1
        return place >= 0 and number <= self.last[place]


class Seen:
    """The messages that were read of each chat.

    Telegram numbers the messages of a supergroup or channel once for ever. Those of a basic group it numbers anew for
    each account that is in it, and once more, below zero, when the group becomes a supergroup: such a message is known
    by its moment, its author and its words. Other products state no such number.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, Runs] = {}
        self._words: set[int] = set()
        self._runs = 0

    def fresh(self, messages: Iterable[Message], tally: Tally) -> Iterator[Message]:
        """Yield the messages that no earlier file held; the others are counted as passed over."""
        numbers: dict[str, Runs] = {}
        words: set[int] = set()
        for message in messages:
            chat, number = message.chat, int(message.id)
            if chat.startswith(UNNUMBERED) or not -_WIDEST < number < _WIDEST:
                yield message
            elif chat.startswith(BASIC) or number < 0:
                yield from self._by_words(message, words, tally)
            else:
                yield from self._by_number(message, number, numbers, tally)
        self._words |= words
        for chat, runs in numbers.items():
            self._numbers.setdefault(chat, Runs()).sort(runs)

    def _by_words(self, message: Message, words: set[int], tally: Tally) -> Iterator[Message]:
        known = hash((message.at, message.sender, message.text, message.kind))
        if known in self._words:
            tally.skipped["seen_before"] += 1
            return
        if len(words) + len(self._words) < MESSAGES_KEPT:
            words.add(known)
        yield message

    def _by_number(self, message: Message, number: int, numbers: dict[str, Runs], tally: Tally) -> Iterator[Message]:
        if message.chat in self._numbers and number in self._numbers[message.chat]:
            tally.skipped["seen_before"] += 1
            return
        if self._runs < RUNS_KEPT:
            self._runs += numbers.setdefault(message.chat, Runs()).add(number)
        yield message
