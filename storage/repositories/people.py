"""The people in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from storage.session import Session
from storage.tables.person import people

STRANGER: Mapping[str, Any] = {
    "reachable": False, "language": "", "chosen": "", "question": "", "question_group": 0, "asked_at": None,
}  # fmt: skip


@dataclass(slots=True)
class SqlPeople:
    """Fulfils `ports.People`."""

    session: Session

    async def _set(self, person: str, **values: Any) -> None:
        known = self.session.insert(people).values({**STRANGER, "person": person, **values})
        await self.session.run(known.on_conflict_do_update(index_elements=["person"], set_=values))

    async def opened(self, person: str, language: str, at: datetime) -> None:  # noqa: ARG002 - no need to know when
        """Note that somebody opened the bot (and so may be written to); an unblock too."""
        await self._set(person, reachable=True, **({"language": language} if language else {}))

    async def blocked(self, person: str) -> None:
        """Note that somebody blocked the bot."""
        await self.session.run(update(people).where(people.c.person == person).values(reachable=False))

    async def reachable(self, person: str) -> bool:
        """Whether the bot may write to somebody."""
        return bool((await self.session.run(select(people.c.reachable).where(people.c.person == person))).scalar())

    async def language(self, person: str) -> str:
        """The language somebody chose or last used; empty when unknown."""
        words = func.coalesce(func.nullif(people.c.chosen, ""), people.c.language)
        return (await self.session.run(select(words).where(people.c.person == person))).scalar() or ""

    async def choose_language(self, person: str, language: str) -> None:
        """Keep somebody's own choice, which no later message changes."""
        await self._set(person, chosen=language)

    async def expect(self, person: str, question: str, group_id: int, at: datetime) -> None:
        """Note that the next private text of somebody answers a question (one at a time)."""
        await self._set(person, question=question, question_group=group_id, asked_at=at)

    async def expected(self, person: str, after: datetime) -> tuple[str, int] | None:
        """The question asked of somebody since `after`, with its group; None when there is none."""
        asked = select(people.c.question, people.c.question_group)
        row = (await self.session.run(asked.where(people.c.person == person, people.c.asked_at >= after))).first()
        return None if row is None else (row.question, row.question_group)

    async def answered(self, person: str) -> None:
        """The question was answered or given up."""
        open_ = update(people).where(people.c.person == person)
        await self.session.run(open_.values(question="", question_group=0, asked_at=None))

    async def forget(self, person: str) -> None:
        """Delete all that is known of somebody."""
        self.session.purged = True
        await self.session.run(delete(people).where(people.c.person == person))
