"""Groups that stand in no ledger, pointed out by whoever knows of one: for the office alone, and nobody is named."""

from datetime import date, datetime
from enum import StrEnum

from bot.core.changes import Change, Role
from bot.core.speech import Button, Part, Speech
from bot.ports import UnitOfWork
from bot.services.ledger_pages import ACTION
from bot.services.persons import Person

QUESTION = "unlisted"
NOUN = "pointer"
LONGEST = 200
"""Characters that are enough to find a group, and too few for a story."""
SHOWN = 100


class Outcome(StrEnum):
    """What the office did about it."""

    ADDED = "added"
    NO_GROUP = "no_group"
    DONE = "done"


async def invite(work: UnitOfWork, person: Person, now: datetime) -> Speech:
    """Ask which group it is."""
    await work.people.expect(person.key, f"{QUESTION}:words", 0, now)
    return Speech.of("unlisted.ask", person.language, most=LONGEST)


async def keep(work: UnitOfWork, words: str, day: date, language: str) -> Speech:
    """Keep what was pointed out, with nothing but its day."""
    text = " ".join(words.split())
    if not text or len(text) > LONGEST:
        return Speech.of("unlisted.length", language, most=LONGEST)
    await work.pointers.add(text, day)
    return Speech.of("unlisted.thanks", language)


async def page(work: UnitOfWork, language: str) -> Speech:
    """The oldest of what waits, with what can be done about it."""
    waiting = await work.pointers.open(SHOWN)
    back = (Button(Part("ledger_pages.button.units"), f"{ACTION}:l:0"),)
    if not waiting:
        return Speech((Part("unlisted.none"),), language, (back,))
    number, words = next(iter(waiting.items()))
    row = tuple(Button(Part(f"unlisted.button.{each}"), f"{ACTION}:p:{number}:{each}") for each in Outcome)
    parts = (Part("unlisted.title", {"count": len(waiting)}), Part("unlisted.words", {"words": words}))
    return Speech((*parts, Part("unlisted.note")), language, (row, back))


async def settle(work: UnitOfWork, number: int, outcome: Outcome, actor: str, now: datetime) -> bool:
    """The office is done with one: its words are gone, the log says how it ended. False when it was already."""
    settled = await work.pointers.settle(number)
    if settled:
        done = Change(now, Role.OFFICE, NOUN, number, {}, {"outcome": outcome.value}, actor)
        await work.changes.append([done])
    return settled
