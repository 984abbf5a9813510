"""/approvals: what the office sees of the list, of refusals, and of visits; a plain list that compares no units."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.core.approvals import ApprovalKind
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.core.visits import IN_A_MONTH, IN_A_YEAR, NOTICE_DAYS, Remark, Rule, Visit, months_of, remarks
from bot.ports import UnitOfWork
from bot.services.approval_list import current
from bot.services.verify import Counter, age

ACTION = "ap"
REFUSALS, REMARKS, MONTHS = 10, 15, 12
"""Refusals, remarks on visits and months that are shown."""
_NUMBERS: dict[Rule, int] = {Rule.TWICE: IN_A_MONTH, Rule.SPOT: IN_A_YEAR, Rule.NOTICE: NOTICE_DAYS}


async def home(work: UnitOfWork, counter: Counter, language: str) -> Speech:
    """The list with its day, and how much there is of the rest."""
    index = await current(work, counter.scenes)
    year = date(counter.today.year, 1, 1)
    parts = [Part("approvals.office.title")]
    if index.as_of is None:
        parts.append(Part("approvals.office.none"))
    else:
        kinds = {each.value: sum(item.kind is each for item in index.approvals) for each in ApprovalKind}
        parts.append(Part("approvals.office.list", {"count": len(index.approvals), **kinds}))
        parts += age(index, counter)
    numbers: dict[str, Value] = {
        "refusals": await work.refusals.count(year, counter.today),
        "waiting": len(await work.inquiries.waiting()),
        "visits": sum(_by_month(await work.visits.between(year, counter.today)).values()),
    }
    parts.append(Part("approvals.office.numbers", numbers))
    row = tuple(Button(Part(f"approvals.button.{each}"), f"{ACTION}:{each}") for each in ("refusals", "visits"))
    return Speech(tuple(parts), language, (row,))


async def refusals(work: UnitOfWork, language: str) -> Speech:
    """The latest refusals: the day, the unit where a contact said so, and what was refused."""
    latest = await work.refusals.latest(REFUSALS)
    parts = [Part("approvals.office.refusals" if latest else "approvals.office.no_refusals")]
    for each in latest:
        fields: dict[str, Value] = {"day": f"{each.day}", "unit": await _unit(work, each.unit_id)}
        fields["words"] = each.words or Word("approvals.office.words_gone")
        parts.append(Part("approvals.office.refusal", fields, follows=True))
    return Speech((*parts, Part("approvals.office.no_names")), language, (_back(),))


async def visits(work: UnitOfWork, counter: Counter, works: Callable[[date], bool], language: str) -> Speech:
    """The visits of all units by month, and what of them to look at, the latest first.

    Whole years are read, for a spot is looked at by its visits of a year.
    """
    all_visits = await work.visits.between(date(counter.today.year - 1, 1, 1), counter.today)
    months = _by_month(all_visits)
    parts = [Part("approvals.office.visits" if months else "approvals.office.no_visits")]
    parts += [
        Part("approvals.office.month", {"month": month, "count": months[month]}, follows=True)
        for month in sorted(months, reverse=True)[:MONTHS]
    ]
    found = remarks(all_visits, works)
    if found:
        parts.append(Part("approvals.office.look", {"count": len(found)}))
    parts += [await _remark(work, each) for each in found[:REMARKS]]
    return Speech(tuple(parts), language, (_back(),))


def _by_month(visits: Sequence[Visit]) -> Mapping[str, int]:
    """How many visits all units together had in each month; a joint one counts once."""
    return {month: sum(kinds.values()) for month, kinds in months_of(visits).items()}


async def _remark(work: UnitOfWork, each: Remark) -> Part:
    fields: dict[str, Value] = {
        "unit": await _unit(work, each.unit_id),
        "place": each.place,
        "on": f"{each.on}",
        "month": f"{each.on:%Y-%m}",
        "year": each.on.year,
        "count": each.count,
        "limit": _NUMBERS[each.rule],
        "label": Word("label.policy" if each.policy else "label.local"),
    }
    return Part(f"approvals.office.remark.{each.rule}", fields, follows=True)


async def _unit(work: UnitOfWork, unit_id: int | None) -> str:
    unit = None if unit_id is None else await work.units.get(unit_id)
    return "–" if unit is None else unit.name


def _back() -> tuple[Button, ...]:
    return (Button(Part("approvals.button.back"), f"{ACTION}:home"),)
