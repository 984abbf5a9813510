"""/visit: a unit records who came, and sees how often; counted for the unit itself, compared with nobody."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.dates import months_later
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.core.units import Unit
from bot.core.visits import LONGEST, PAST_DAYS, Told, Trouble, Visit, VisitKind, months_of, read_visit
from bot.ports import UnitOfWork
from bot.services.persons import Person

ACTION = "vs"
QUESTION = "visit"
MONTHS = 6
"""Months whose counts a unit sees."""


def choice(units: Sequence[Unit], language: str) -> Speech:
    """The units for which somebody may record a visit."""
    rows = tuple((Button(Part("setup.choose.as_is", {"text": each.name}), f"{ACTION}:u:{each.id}"),) for each in units)
    return Speech((Part("visits.which"),), language, rows)


async def home(work: UnitOfWork, unit: Unit, today: date, language: str, *, sees: bool) -> Speech:
    """What came, as a first tap; the unit's own counts by month for whoever `sees` them."""
    parts = [Part("visits.title", {"unit": unit.name})]
    if sees:
        parts += await _months(work, unit, today)
    row = tuple(Button(Part(f"visits.button.{kind}"), f"{ACTION}:k:{unit.id}:{kind}") for kind in VisitKind)
    return Speech((*parts, Part("visits.what")), language, (row,))


async def _months(work: UnitOfWork, unit: Unit, today: date) -> Sequence[Part]:
    first = months_later(today.replace(day=1), 1 - MONTHS)
    months = months_of(await work.visits.of_unit(unit.id, first, today))
    if not months:
        return [Part("visits.none", {"months": MONTHS}, follows=True)]
    lines = []
    for month, counted in months.items():
        kinds: dict[str, Value] = {kind.value: counted.get(kind, 0) for kind in VisitKind}
        lines.append(Part("visits.month", {"month": month, "count": sum(counted.values()), **kinds}, follows=True))
    return lines


async def ask(work: UnitOfWork, unit: Unit, kind: VisitKind, person: Person, now: datetime) -> Speech:
    """Ask who came and where; the unit and the kind are in the question, so that nothing unfinished is kept."""
    await work.people.expect(person.key, f"{QUESTION}:{unit.id}.{kind}", 0, now)
    return Speech.of("visits.ask", person.language, kind=Word(f"visits.button.{kind}"))


async def record(
    work: UnitOfWork, unit: Unit, kind: VisitKind, text: str, today: date, person: Person, *, sees: bool
) -> Speech:
    """Store what was typed, or say what is wrong with it and go on waiting."""
    told = read_visit(text, today)
    if not isinstance(told, Told):
        fields: dict[str, Value] = {"most": LONGEST, "days": PAST_DAYS}
        return Speech((Part(f"visits.trouble.{Trouble(told)}", fields),), person.language)
    await work.people.answered(person.key)
    visit = Visit(unit.id, kind, told.who, told.place, told.on, told.noticed)
    number = await work.visits.add(visit)
    fields = {"who": told.who, "place": told.place, "on": f"{told.on}", "kind": Word(f"visits.button.{kind}")}
    parts = [Part("visits.done", fields)]
    if told.noticed is not None:
        parts.append(Part("visits.noticed", {"noticed": f"{told.noticed}"}, follows=True))
    if sees:
        parts += await _months(work, unit, today)
    undo = Button(Part("visits.button.undo"), f"{ACTION}:x:{number}")
    return Speech(tuple(parts), person.language, ((undo,),))
