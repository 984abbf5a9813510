"""A file that the office sends to the bot: what it would do to the ledger, in a few lines, and two buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.cells import Cell
from bot.core.changes import Role
from bot.core.ledger_log import Author
from bot.core.ledger_plan import Defaults, Plan
from bot.core.speech import Button, Part, Speech, Word
from bot.ports import UnitOfWork
from bot.services import ledger_import

ACTION = "li"
ALL, RIGHT, LEAVE = "a", "p", "n"
"""What a press asks for: all rows, those that are right, or nothing."""
SHOWN = 8
"""Problems that are shown."""


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of a file with their numbers, the letters of its columns by field, and headings about persons."""

    name: str
    rows: Sequence[tuple[int, Mapping[str, Cell]]]
    letters: Mapping[str, str]
    personal: str = ""


async def preview(work: UnitOfWork, file: FileRows, today: date, language: str) -> Speech:
    """What the file would do."""
    return _shown(await ledger_import.planned(work, file.rows, Defaults(), today), file, language)


async def take(
    work: UnitOfWork, file: FileRows, what: str, seen: str, person: str, now: datetime, today: date, language: str
) -> Speech:
    """Take the rows if they still do what was `seen`; otherwise show again what they would do now."""
    effect = await ledger_import.planned(work, file.rows, Defaults(), today)
    if seen != _seen(effect) or (effect.wrong and what != RIGHT):
        again = _shown(effect, file, language)
        return replace(again, parts=(Part("ledger_chat.changed"), *again.parts))
    done = await ledger_import.apply(work, effect, Author(Role.OFFICE, person), now, file.name[:100])
    return Speech.of("ledger_chat.done", language, new=done.new, changed=done.changed, file=file.name)


def _seen(effect: Plan) -> str:
    return f"{len(effect.new)}.{len(effect.changed)}.{effect.wrong}"


def _shown(effect: Plan, file: FileRows, language: str) -> Speech:
    numbers = {"new": len(effect.new), "changed": len(effect.changed), "unchanged": effect.unchanged}
    parts = [Part("ledger_chat.preview", {"file": file.name, "rows": len(file.rows), "wrong": effect.wrong, **numbers})]
    if file.personal:
        parts.append(Part("ledger_chat.personal", {"names": file.personal}))
    if effect.left_out:
        parts.append(Part("cli.ledger.import.left_out", {"count": effect.left_out}))
    if effect.endless:
        parts.append(Part("cli.ledger.import.endless", {"count": effect.endless}))
    for problem in effect.problems[:SHOWN]:
        where = f"{file.letters.get(problem.field, '')}{problem.row}"
        parts.append(Part("ledger_chat.where", {"where": where, "field": Word(f"ledger_file.field.{problem.field}")}))
        parts.append(Part(f"ledger_file.problem.{problem.key}", {"value": problem.value}, follows=True))
    if len(effect.problems) > SHOWN:
        parts.append(Part("cli.ledger.import.more", {"count": len(effect.problems) - SHOWN}))
    count = len(effect.new) + len(effect.changed)
    if not count:
        return Speech((*parts, Part("ledger_chat.nothing")), language)
    what, label = (RIGHT, "ledger_chat.button.right") if effect.wrong else (ALL, "ledger_chat.button.all")
    take_button = Button(Part(label, {"count": count}), f"{ACTION}:{what}:{_seen(effect)}")
    leave = Button(Part("ledger_chat.button.leave"), f"{ACTION}:{LEAVE}")
    return Speech(tuple(parts), language, ((take_button,), (leave,)))
