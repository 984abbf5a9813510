"""The running counts of one chat while an audit reads it."""

from bot.core.audit import ChatLoad, fold_people
from bot.core.masking import Known, clean, mask

SENDERS_KEPT = 2_000
"""Of more senders in one chat only that they are more is known."""


class RunningChat:
    """What was met in one chat; of its senders only a number that cannot be read back is kept."""

    __slots__ = (
        "after_hours",
        "first",
        "last",
        "messages",
        "more_senders",
        "receipts",
        "senders",
        "suspected",
        "tasks",
        "today",
        "work",
    )

    def __init__(self) -> None:
        self.senders: set[int] = set()
        self.more_senders = False
        self.first = self.last = self.today = 0
        self.messages = self.work = self.tasks = self.after_hours = self.receipts = self.suspected = 0

    def meet(self, sender: int) -> bool:
        """Keep the number of a sender not met before; return False where there is no room for it."""
        if len(self.senders) < SENDERS_KEPT:
            self.senders.add(sender)
            return True
        self.more_senders = True
        return False

    def turn_to(self, day: int) -> None:
        """Widen the covered time to the day with this ordinal, at each change of the date."""
        self.today = day
        self.first = min(self.first, day) if self.first else day
        self.last = max(self.last, day)

    def load(self, number: int, title: str, known: Known) -> ChatLoad:
        """Return the counts under the number of the chat; names in its title are hidden."""
        return ChatLoad(
            number=number,
            title=mask(clean(title), known),
            messages=self.messages,
            days=self.last - self.first + 1 if self.first else 0,
            people=fold_people(len(self.senders), more=self.more_senders),
            work=self.work,
            tasks=self.tasks,
            after_hours=self.after_hours,
            receipts=self.receipts,
            suspected=self.suspected,
        )
