"""A case file in which every field holds something that is found again wherever it is shown, and every screen of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.case_moves import DECIDED, CaseState, Step
from bot.core.case_screens import CaseField, CaseScreen, Party
from bot.core.case_views import CaseFile, CaseView, view_of
from bot.core.cases import Case, Clearing, Event, Shown
from bot.core.changes import Role
from bot.core.group import Group
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.model import Category, Clause, Finding, SenderRole
from bot.core.office import Binding
from bot.core.policy import Policy
from bot.core.reports import Note, Report, ReportState
from bot.core.speech import Part, Speech, Word
from bot.core.units import Unit, UnitLevel
from bot.core.worktime import WorkingHours
from bot.render.messages import plain_of, text_of
from bot.services import case_files, case_lines, case_pages, case_posts, report_receipt
from bot.services.case_files import CaseRoom
from bot.services.case_pages import Look
from bot.services.places import OfficeTime
from bot.texts import Catalogue
from config.calendar import load_calendar
from tests.fakes import FakeVault, InMemoryStore

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 20, 10, 0, tzinfo=SHANGHAI).astimezone(UTC)
NUMBER, REPORT_ID = 770_001, 660_002
CLAUSE = Clause("包头 2019", "第21条", "办公室")
_F = CaseField
_WORDS = {step: f"金丝雀{step.value}" for step in Step}

CANARIES: Mapping[CaseField, str] = {
    _F.NUMBER: f"{NUMBER}",
    _F.CATEGORY: "非工作时间发布工作信息",
    _F.GROUP: "金丝雀群名",
    _F.MEMBERS: "90417",
    _F.PLACE: "金丝雀地方",
    _F.UNIT: "金丝雀单位",
    _F.CONTACTS: "[case.contacts",
    _F.STATE: "[case.state.",
    _F.COARSE: "[report.state.",
    _F.OPENED_ON: "2026-01-05",
    _F.MOVED_ON: "2026-01-06",
    _F.DUE: "2026-04-17",
    _F.SHOWN: "[case.shown.",
    _F.REPORT_COUNT: "[case.report_count]",
    _F.FINDING_COUNT: "90419",
    _F.WORDING: _WORDS[Step.SEND],
    _F.ANSWER: _WORDS[Step.ANSWER],
    _F.OBJECTION: _WORDS[Step.OBJECT],
    _F.REASON: _WORDS[Step.CONFIRM],
    _F.FORMER: "[case.said.former]",
    _F.CLEARING: "[case.clearing.",
    _F.CLEARING_WORDS: _WORDS[Step.CLEAR],
    _F.REOPENING: _WORDS[Step.REOPEN],
    _F.REPORT_DAY: "2026-02-03",
    _F.REPORT_WORDS: "金丝雀话语",
    _F.REPORT_PLACE: "金丝雀何处",
    _F.OPEN_HANDED: "[case.report.open_handed]",
    _F.REPORTER: "金丝雀署名",
    _F.TALK: "金丝雀往来",
    _F.FINDING_DAY: "2026-01-07",
    _F.EXCERPT: "金丝雀原文",
    _F.HISTORY: "[case.history.",
}
"""What is looked for; a key of the catalogue where the field has no words of its own."""


@dataclass(frozen=True)
class Stored:
    """The file in a store, with what the services need."""

    store: InMemoryStore
    room: CaseRoom
    case: Case
    unit: Unit


@cache
def room() -> CaseRoom:
    """What cases need of the running bot."""
    office = OfficeTime(load_calendar(), WorkingHours(), SHANGHAI)
    return CaseRoom(Policy(), FakeVault(), office, "jianfu_bot")


@cache
def stored(state: CaseState, **fields: object) -> Stored:
    """The file in a state; all that ever was said in it stands in it."""
    return asyncio.run(_stored(state, fields))


async def _stored(state: CaseState, fields: Mapping[str, object]) -> Stored:
    store, made = InMemoryStore(), room()
    store.tables.numbers["cases"] = NUMBER - 1
    async with store.begin() as work:
        group = await work.groups.add(Group(-1001, CANARIES[_F.GROUP]))
        (unit,) = await work.units.add([Unit(CANARIES[_F.UNIT], UnitLevel.TOWNSHIP)])
        row = LedgerObject(unit.id, ObjectType.GROUP, Platform.TELEGRAM, "x", members=90417, group_id=group.id)
        await work.objects.add([row])
        await work.people.opened("contact", "zh-Hans", NOW)
        await work.office.give_role(Binding("contact", 500, Role.UNIT_CONTACT, unit.id, NOW))
        case = replace(_case(state, group, unit), **fields)
        case = await work.cases.add(case)
        await _told(work, case, group)
        await work.commit()
    assert case.id == NUMBER
    return Stored(store, made, case, unit)


def _case(state: CaseState, group: Group, unit: Unit) -> Case:
    outcome = state if state in DECIDED else CaseState.CONFIRMED if state is CaseState.CLOSED else None
    return Case(
        *(Category.AFTER_HOURS, date(2026, 1, 5), date(2026, 1, 6), state),
        group_id=group.id,
        unit_id=unit.id,
        place=CANARIES[_F.PLACE],
        due=date(2026, 4, 17),
        outcome=outcome,
        objected=state is CaseState.ANSWERED,
        clearing=Clearing.MEDIA,
        shown=frozenset(Shown),
        findings=90419,
        reports=90413,
    )


async def _told(work, case: Case, group: Group) -> None:
    decided = (Step.CORRECT, Step.CONFIRM)  # the last, lest something after them took the decision back
    for hour, step in enumerate(sorted(Step, key=decided.__contains__)):
        role = Role.UNIT_CONTACT if step in {Step.ANSWER, Step.OBJECT} else Role.OFFICE
        words = CANARIES[_F.REASON] if step is Step.CORRECT else _WORDS[step]
        clearing = Clearing.MEDIA if step is Step.CLEAR else None
        at = datetime(2026, 3, 9, hour, tzinfo=UTC)
        await work.cases.record(case.id, Event(step, role, case.state, case.state, at, words, clearing), case)
    report = Report(
        *(REPORT_ID, date(2026, 2, 3), case.category, "receipt", group.id, 5),
        words=CANARIES[_F.REPORT_WORDS],
        place=CANARIES[_F.REPORT_PLACE],
        known=CANARIES[_F.REPORTER],
        open_handed=True,
        state=ReportState.OPEN,
        case_id=case.id,
    )
    await work.reports.add(report)
    await work.reports.say(Note(1, REPORT_ID, date(2026, 2, 4), CANARIES[_F.TALK]))
    at = datetime(2026, 1, 7, 4, tzinfo=UTC)
    finding = Finding(case.category, 1.0, "x", (), CLAUSE)
    found = StoredFinding(group.id, 5, finding, at, SenderRole.ADMIN, excerpt=CANARIES[_F.EXCERPT])
    await work.findings.add([found])


def speech_of(file: Stored, party: Party, screen: CaseScreen, *, report_id: int = REPORT_ID) -> Speech:
    """The real screen where the party has it, made from the whole file; for all others what a view would let out."""
    return asyncio.run(_speech_of(file, party, screen, NOW, report_id))


async def _speech_of(file: Stored, party: Party, screen: CaseScreen, now: datetime, report_id: int) -> Speech:  # noqa: PLR0911
    rooms, case = file.room, file.case
    look = Look("zh-Hans", now, at_desk=screen.startswith("desk"))
    async with file.store.begin() as work:
        whole = await case_files.of_office(work, rooms, case, now)
        view = view_of(whole, party, screen, rooms.today(now), report_id=report_id)
        match party, screen:
            case Party.OFFICE, CaseScreen.OFFICE_LIST | CaseScreen.DESK_LIST:
                return await case_pages.office_list(work, rooms, look, "open" if case.is_open else "done")
            case Party.OFFICE, CaseScreen.OFFICE_PAGE | CaseScreen.DESK_PAGE:
                return await case_pages.office_page(work, rooms, look, case)
            case Party.OFFICE, CaseScreen.OFFICE_FILE | CaseScreen.DESK_FILE:
                return await case_pages.office_file(work, rooms, look, case, 0)
            case Party.OFFICE, CaseScreen.DESK_POST:
                return case_posts.to_desk(view, SHANGHAI, case.id, Step.ANSWER, "zh-Hans")
            case Party.UNIT, CaseScreen.UNIT_LIST:
                return case_pages.unit_list_of([whole], rooms, look)
            case Party.UNIT, CaseScreen.UNIT_PAGE:
                return case_pages.unit_page_of(whole, rooms, look)
            case Party.UNIT, CaseScreen.UNIT_POST:
                return case_posts.to_unit(view, SHANGHAI, case.id, Step.SEND, "zh-Hans")
            case Party.REPORTER, CaseScreen.RECEIPT if report := await work.reports.get(report_id):
                return await report_receipt.page(work, rooms.office, report, "zh-Hans", now)
            case _, CaseScreen.CHANNEL:
                return case_posts.to_channel(view, SHANGHAI, "zh-Hans")
    return of_view(view)


def unit_file(file: Stored) -> CaseFile:
    """What is loaded for a unit's screens."""

    async def loaded() -> CaseFile:
        async with file.store.begin() as work:
            return await case_files.of_unit(work, file.case, NOW)

    return asyncio.run(loaded())


def of_view(view: CaseView) -> Speech:
    """All that a view holds."""
    return Speech(tuple(case_lines.page(view, SHANGHAI)), "zh-Hans")


def read(speech: Speech) -> str:
    """All that a speech tells: its words, the keys of its words, its buttons and what is in them."""
    words = Catalogue.load("zh-Hans")
    text = text_of(speech, words)
    buttons = [button for row in speech.buttons for button in row]
    labels = [f"{plain_of(each.label, words)} {each.data} {each.url}" for each in buttons]
    return "\n".join([text, *labels, *(_keys(part) for part in speech.parts)])


def _keys(part: Part) -> str:
    named = [value.key for value in part.fields.values() if isinstance(value, Word)]
    return " ".join(f"[{key}]" for key in (part.key, *named))


def seen(speech: Speech) -> set[CaseField]:
    """The fields that a speech shows."""
    text = read(speech)
    return {field for field, canary in CANARIES.items() if canary in text}
