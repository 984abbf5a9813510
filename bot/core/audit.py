"""What an audit says in the end: counts of messages, never of what one person did.

How small numbers are folded. Every table counts messages, over all who wrote them; nothing is ever
counted by sender. Persons are counted in two places only: a chat says how many wrote in it, as `<5`
when they are fewer than five, and then shows no more than how many messages it holds (nor does the
next smallest chat when only one is so small, or the difference to the totals would tell). A chat that
is the only one shows what the totals show as well. Messages by role are shown only when at least three
persons stand behind each role that occurs. Chats are numbered in the order of the export, without
their title unless it is asked for, and are not ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core.model import Category, Clause, Fact, MessageKind, SenderRole

FEWEST_IN_CHAT = 5
"""A chat in which fewer persons wrote shows its size and nothing else, unless it is the only one."""
FEWEST_IN_ROLE = 3
"""Messages by role are shown when at least so many persons stand behind each."""
HOURS_OF_WEEK = 7 * 24
"""Hours are counted from Monday, 0 o'clock."""


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """What was suspected under one category; a message counts once in `messages`.

    `reasons` stand most frequent first; `provisional` counts findings that rest on an unknown year.
    """

    findings: int = 0
    messages: int = 0
    provisional: int = 0
    clause: Clause | None = None
    reasons: tuple[tuple[str, int], ...] = ()
    excerpts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One ISO week: its Monday, all its messages, and the suspected ones by category."""

    monday: date
    messages: int
    suspected: Mapping[Category, int]


@dataclass(frozen=True, slots=True)
class ChatLoad:
    """The load of one chat: `people` is a number, `<5`, or empty where no sender is known.

    `days` runs from the first to the last message. What is folded is None.
    """

    number: int
    title: str
    messages: int
    days: int
    people: str
    work: int | None
    tasks: int | None
    after_hours: int | None
    receipts: int | None
    suspected: int | None

    @property
    def folded(self) -> bool:
        """Whether only the size of the chat is shown."""
        return self.work is None


@dataclass(frozen=True, slots=True)
class Source:
    """What the reader of one file saw besides the messages it handed on, by its own codes."""

    kind: str
    messages: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    repairs: Mapping[str, int] = field(default_factory=dict)
    services: int = 0
    truncated: bool = False
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The whole audit; every finding in it is suspected and waits for a person to check it.

    `failed` messages could not be judged, `failures` counts detectors that failed by name. `hours` and
    `late_hours` (work messages outside working time) run over the 168 hours of a week. `lead_minutes`
    is the median of the working minutes up to a stated deadline. `receipts` are replies like 收到.
    """

    first: date | None
    last: date | None
    messages: int
    failed: int
    undated: int
    suspected: int
    categories: Mapping[Category, CategoryCount]
    weeks: tuple[WeekCount, ...]
    hours: tuple[int, ...]
    late_hours: tuple[int, ...]
    facts: Mapping[Fact, int]
    kinds: Mapping[MessageKind, int]
    roles: Mapping[SenderRole, int]
    asks: int
    answers: int
    receipts: int
    deadlines: int
    lead_minutes: int | None
    exempt: Mapping[str, int]
    failures: Mapping[str, int]
    unknown_years: tuple[int, ...]
    chats: tuple[ChatLoad, ...]
    chats_left_out: int
    sources: tuple[Source, ...]

    @property
    def judged(self) -> int:
        """How many messages were judged."""
        return self.messages - self.failed

    @property
    def duplicates(self) -> int:
        """How many messages ask again for data that had been asked for."""
        return self.categories[Category.DUPLICATE_COLLECTION].messages

    @property
    def provisional(self) -> int:
        """How many findings rest on a year of which no official calendar is known."""
        return sum(count.provisional for count in self.categories.values())


def fold_people(number: int, *, more: bool = False) -> str:
    """Return a number of persons as it may be shown, `more` when only that it is larger is known."""
    if number >= FEWEST_IN_CHAT:
        return f"{number}+" if more else str(number)
    return f"<{FEWEST_IN_CHAT}" if number or more else ""


def fold_chats(chats: Sequence[ChatLoad], *, left_out: int = 0) -> tuple[ChatLoad, ...]:
    """Fold the chats in which few persons wrote, and one more where a single one could be worked out.

    What the totals alone tell of a single chat, with none `left_out`, is not folded.
    """
    if len(chats) == 1 and not left_out:
        return tuple(chats)
    small = {chat.number for chat in chats if chat.people.startswith("<")}
    others = [chat for chat in chats if chat.number not in small]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda chat: chat.messages).number)
    return tuple(_folded(chat) if chat.number in small else chat for chat in chats)


def _folded(chat: ChatLoad) -> ChatLoad:
    return replace(chat, work=None, tasks=None, after_hours=None, receipts=None, suspected=None)
