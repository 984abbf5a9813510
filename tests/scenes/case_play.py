"""What the scenes of cases share: a unit with its contact, reports in the store, and the ways to look at each screen."""

from dataclasses import dataclass, replace
from itertools import count

from bot.core.cases import Case, opened
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from bot.core.units import Unit, UnitLevel
from bot.emulator.people import Person
from bot.services import office
from bot.services.case_files import CaseRoom
from bot.services.persons import person

WORDS = "昨晚十一点还让我们截图报数"
RECEIPT_NUMBER = 8_123_456_789
_numbers = count(1)


@dataclass
class Matter:
    """A case in the town: its unit, the contact, and the group's people."""

    town: object
    room: object
    unit: Unit
    contact: Person
    number: int

    async def case(self) -> Case:
        async with self.town.runtime.store.begin() as work:
            return await work.cases.get(self.number)

    def at_desk(self) -> str:
        return self.town.clerk.reads(self.town.office)[-1]

    def of_clerk(self) -> str:
        return self.town.clerk.reads(self.town.clerk.private)[-1]

    def of_contact(self) -> list[str]:
        return self.contact.reads(self.contact.private)

    def elsewhere(self) -> list[str]:
        """All that the group's people read, in the group and in private."""
        people = (self.room.anna, self.room.bo)
        return [text for one in people for where in (self.room.place, one.private) for text in one.reads(where)]


async def matter(town, *, members=40, findings=0, notice=False) -> Matter:
    """A suspected case of two reports in a watched group whose unit has one contact."""
    room = await town.watched()
    which = next(_numbers)
    contact = town.world.user(f"联络员{which}")
    await town.open(contact)
    group = await room.row()
    async with town.runtime.store.begin() as work:
        (unit,) = await work.units.add([Unit(f"青山镇{which}", UnitLevel.TOWNSHIP)])
        await office.bind_contact(work, unit, person(town.runtime.vault, contact.id, "zh-Hans"), town.now)
        row = await work.objects.of_group(group.id)
        if row is None:
            row = LedgerObject(unit.id, ObjectType.GROUP, Platform.TELEGRAM, group.title, group_id=group.id)
            (row,) = await work.objects.add([row])
        await work.objects.update([replace(row, unit_id=unit.id, members=members)])
        case = await _case(work, town, group, findings)
        await work.commit()
    return Matter(town, room, unit, contact, case.id)


async def _case(work, town, group, findings) -> Case:
    runtime = town.runtime
    rooms = CaseRoom(runtime.policy, runtime.vault, runtime.office)
    today = town.now.date()
    case = Case(Category.AFTER_HOURS, today, today, group_id=group.id, reports=2, findings=findings)
    case = await work.cases.add(opened(case, runtime.policy.case_terms, rooms.works))
    for number in range(2):
        key = RECEIPT_NUMBER + case.id * 10 + number
        report = Report(key, today, case.category, f"receipt{key}", group.id, words=WORDS, known="" if number else "波")
        await work.reports.add(replace(report, state=ReportState.OPEN, case_id=case.id))
        await work.reports.say(Note(key, key, today, "补充：群主点名"))
    return case
