"""Who was forgotten, kept outside the database and its backups, so that a restored one forgets them again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Traces:
    """The keyed hashes under which a person stands in the database: of `people`, of `findings`, of the outbox."""

    person: str
    sender: str
    queue: str


class Forgotten(Protocol):
    """The list of the forgotten."""

    def add(self, traces: Traces, at: datetime) -> None:
        """Note somebody; raises `OSError` where that is not possible."""
        ...

    def since(self, moment: datetime | None) -> Iterable[Traces]:
        """Who was forgotten at or after a moment; all, without one."""
        ...
