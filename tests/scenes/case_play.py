"""What the scenes of cases share: a unit with its contact, reports in the store, and a way to look at each screen."""

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

    async def click(self, button: str) -> None:
        """The clerk presses a button at the desk."""
        await self.town.clerk.press(self.town.office, button)
        await self.town.settled()

    async def by_link(self, what: str) -> str:
        """The clerk follows the link of a button at the desk into the private chat; returns what is asked there."""
        (link,) = [link for link in self.town.links(self.town.clerk, self.town.office) if f"_{what}_" in link]
        return await self.town.tell(self.town.clerk, f"/start {link.partition('start=')[2]}")

    async def opened_at_desk(self) -> None:
        """The clerk opens the case at the desk."""
        before = len(self.town.clerk.reads(self.town.office))
        await self.town.clerk.say(self.town.office, "/cases")
        await self.town.until(lambda: len(self.town.clerk.reads(self.town.office)) > before, "the list at the desk")
        await self.click(f"第 {self.number} 号")

    async def sent(self, wording: str) -> None:
        """The office takes the case and asks the unit, which is told."""
        await self.opened_at_desk()
        await self.click("受理")
        await self.by_link("send")
        await self.town.tell(self.town.clerk, wording)
        await self.told_after(minutes=16)

    async def told_after(self, **time: int) -> str:
        """Let time pass until the contact is told something; returns what."""
        before = len(self.of_contact())
        self.town.world.clock.advance(**time)
        await self.town.until(lambda: len(self.of_contact()) > before, "the unit is told")
        return self.of_contact()[-1]

    async def answered(self, words: str) -> None:
        """The contact answers by the buttons of what it was told."""
        await self.town.press(self.contact, "查看和答复")
        await self.town.press(self.contact, "答复…")
        await self.town.tell(self.contact, words)

    async def decided(self, button: str, words: str) -> str:
        """The office decides in private, and the contact is told; returns what."""
        await self.town.tell(self.town.clerk, "/cases")
        await self.town.press(self.town.clerk, f"第 {self.number} 号")
        await self.town.press(self.town.clerk, button)
        await self.town.tell(self.town.clerk, words)
        return await self.told_after(minutes=16)

    def elsewhere(self) -> list[str]:
        """All that the group's people read, in the group and in private."""
        people = (self.room.anna, self.room.bo)
        return [text for one in people for where in (self.room.place, one.private) for text in one.reads(where)]


async def matter(town, *, members=40, findings=0) -> Matter:
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
    case = await work.cases.add(opened(case, runtime.policy.case_terms, rooms.office.works))
    for number in range(2):
        key = RECEIPT_NUMBER + case.id * 10 + number
        report = Report(key, today, case.category, f"receipt{key}", group.id, words=WORDS, known="" if number else "波")
        await work.reports.add(replace(report, state=ReportState.OPEN, case_id=case.id))
        await work.reports.say(Note(key, key, today, "补充：群主点名"))
    return case
