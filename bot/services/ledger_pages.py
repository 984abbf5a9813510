"""The ledger as the office looks at it: units in its order some at a time, and the page of one unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.ledger_view import load_of, view_of
from bot.core.onegroup import caps_of
from bot.core.policy import Policy
from bot.core.speech import Button, Part, Speech, Value
from bot.core.unit_tree import UnitTree
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.ledger_lines import figures, lines
from bot.services.units import above

ACTION = "ld"
QUESTION = "ledger"
UNITS, ROWS, FOUND = 8, 12, 10
"""Units and rows of a page, and units that are shown for a word."""
LOAD_DAYS = 7
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Viewer:
    """What the pages need of whoever looks, beside the transaction.

    `private` is the link into the private chat for a page at the office's desk, where it is only looked at.
    """

    policy: Policy
    zone: ZoneInfo
    now: datetime
    private: str = ""

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.now.astimezone(self.zone).date()


async def units(work: UnitOfWork, viewer: Viewer, language: str, first: int = 0) -> Speech:
    """Some units in the ledger's order with their counts, and a button for each."""
    count = await work.units.count()
    first = max(0, min(first, count - 1)) // UNITS * UNITS
    shown = await work.units.part(first, UNITS)
    parts = [Part("ledger_pages.title", {"units": count})]
    if not shown:
        parts.append(Part("ledger_pages.empty"))
    for number, unit in enumerate(shown, first + 1):
        parts.append(await _counted(work, unit, number))
    rows = [tuple(_unit_button(unit) for unit in shown[place : place + 2]) for place in range(0, len(shown), 2)]
    rows += _turning(first, UNITS, count, f"{ACTION}:l:")
    return Speech(tuple(parts), language, (*rows, *await _tools(work, viewer)))


async def unit(
    work: UnitOfWork, viewer: Viewer, unit: Unit, language: str, first: int = 0, *, back: bool = True
) -> Speech:
    """The page of one unit: its counts beside the rule, the load, and its rows. `back` leads to all units."""
    view = view_of(await work.objects.of_unit(unit.id))
    first = max(0, min(first, len(view.rows) - 1)) // ROWS * ROWS
    tree = UnitTree.of(await above(work, unit))
    parts = [Part("ledger_pages.unit", {"unit": tree.path(unit.id)})]
    days = await work.snapshots.of_unit(unit.id, viewer.today - timedelta(days=LOAD_DAYS), viewer.today)
    parts += figures(
        view,
        load_of(days),
        caps_of(tree, unit.id, viewer.policy.groups_per_unit).standing,
        viewer.policy.terms,
        viewer.today,
    )
    parts += lines(view, slice(first, first + ROWS), unit, viewer.policy, viewer.policy.terms, viewer.today)
    rows = _turning(first, ROWS, len(view.rows), f"{ACTION}:u:{unit.id}:")
    if unit.is_open:
        add = Button(Part("ledger_pages.button.add"), f"{ACTION}:a:{unit.id}")
        rows.append((Button(Part("ledger_pages.button.private"), url=viewer.private) if viewer.private else add,))
    if back:
        rows.append((Button(Part("ledger_pages.button.units"), f"{ACTION}:l:0"),))
    return Speech(tuple(parts), language, tuple(rows))


async def own(work: UnitOfWork, viewer: Viewer, unit_ids: Sequence[int], language: str) -> Speech:
    """What the contact of units sees: the page of their one unit, or the choice among several."""
    mine = [each for number in sorted(unit_ids) if (each := await work.units.get(number)) is not None]
    if len(mine) == 1:
        return await unit(work, viewer, mine[0], language, back=False)
    return choice("ledger_pages.own" if mine else "ledger_pages.not_yours", mine, language)


def choice(key: str, units: Sequence[Unit], language: str) -> Speech:
    """Some units to choose from."""
    return Speech((Part(key),), language, tuple((_unit_button(each),) for each in units))


async def find(work: UnitOfWork, words: str, language: str) -> Speech:
    """The units that have words in their name."""
    found = await work.units.like(words, FOUND + 1)
    if not found:
        return Speech.of("ledger_pages.found_none", language)
    return choice("ledger_pages.found_many" if len(found) > FOUND else "ledger_pages.found", found[:FOUND], language)


async def _counted(work: UnitOfWork, unit: Unit, number: int) -> Part:
    view = view_of(await work.objects.of_unit(unit.id))
    fields: dict[str, Value] = {"number": number, "unit": unit.name, "standing": view.standing}
    fields |= {"projects": view.projects, "accounts": len(view.accounts), "apps": len(view.apps)}
    return Part("ledger_pages.line", fields, follows=number % UNITS != 1)


async def _tools(work: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Button, ...]]:
    """What the office can do from the list; at its desk only the way into the private chat."""
    if viewer.private:
        return ((Button(Part("ledger_pages.button.private"), url=viewer.private),),)
    waiting = len(await work.pointers.open(100))
    find = Button(Part("ledger_pages.button.find"), f"{ACTION}:f")
    nobody = Button(Part("ledger_pages.button.nobody"), f"{ACTION}:n:0")
    pointed = Button(Part("ledger_pages.button.pointers", {"count": waiting}), f"{ACTION}:p")
    return ((find, nobody), (pointed,))


def _unit_button(unit: Unit) -> Button:
    return Button(Part("setup.choose.as_is", {"text": label(unit.name)}), f"{ACTION}:u:{unit.id}")


def label(name: str) -> str:
    """A name as it fits on a button."""
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _turning(first: int, size: int, count: int, start: str) -> list[tuple[Button, ...]]:
    """The buttons that turn the page, where there is another."""
    row = []
    if first > 0:
        row.append(Button(Part("ledger_pages.button.before"), f"{start}{first - size}"))
    if first + size < count:
        row.append(Button(Part("ledger_pages.button.after"), f"{start}{first + size}"))
    return [tuple(row)] if row else []
