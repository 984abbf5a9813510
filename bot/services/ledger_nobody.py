"""Rows of the ledger whose unit is not known yet; the office says to which unit each belongs."""

from dataclasses import replace
from datetime import datetime

from bot.core.ledger_log import Author
from bot.core.speech import Button, Part, Speech
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services import ledger
from bot.services.ledger_lines import platform_word
from bot.services.ledger_pages import ACTION, QUESTION, label

ROWS = 8


async def page(work: UnitOfWork, language: str, first: int = 0) -> Speech:
    """Some of the rows, with a button for each."""
    rows = [row for row in await work.objects.of_unit(None) if not row.state.ended]
    first = max(0, min(first, len(rows) - 1)) // ROWS * ROWS
    buttons: list[tuple[Button, ...]] = []
    for row in rows[first : first + ROWS]:
        words = Part("ledger_pages.nobody.row", {"name": label(row.name), "platform": platform_word(row)})
        buttons.append((Button(words, f"{ACTION}:g:{row.id}"),))
    if len(rows) > first + ROWS:
        buttons.append((Button(Part("ledger_pages.button.after"), f"{ACTION}:n:{first + ROWS}"),))
    buttons.append((Button(Part("ledger_pages.button.units"), f"{ACTION}:l:0"),))
    key = "ledger_pages.nobody.some" if rows else "ledger_pages.nobody.none"
    return Speech((Part(key, {"count": len(rows)}),), language, tuple(buttons))


async def ask(work: UnitOfWork, row_id: int, person_key: str, language: str, now: datetime) -> Speech:
    """Ask for the unit of a row."""
    row = await work.objects.get(row_id)
    if row is None:
        return Speech.of("ledger_pages.gone", language)
    await work.people.expect(person_key, f"{QUESTION}:assign.{row_id}", 0, now)
    back = (Button(Part("settings.button.back"), f"{ACTION}:n:0"),)
    return Speech((Part("ledger_pages.nobody.ask", {"name": row.name}),), language, (back,))


async def assign(work: UnitOfWork, row_id: int, unit: Unit, author: Author, now: datetime) -> bool:
    """Give a row its unit; False when the row is gone."""
    row = await work.objects.get(row_id)
    if row is None:
        return False
    await ledger.alter(work, [(row, replace(row, unit_id=unit.id))], author, now)
    return True
