"""A little world around cases, played through the real handlers: whoever writes or reads, and who may read which words.

Every text that somebody writes is a token of its own. `rights` says who may ever read it; `heard` checks whatever a
step made the bot say, on every screen, against that.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from bot.core.arrival import StoredFinding
from bot.core.case_moves import Step
from bot.core.case_screens import CaseScreen, Party
from bot.core.case_views import view_of
from bot.core.cases import UNDO_WITHIN, Case, Shown, opened, possible
from bot.core.changes import Role
from bot.core.group import Group, GroupState
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.model import Category, Clause, Finding, SenderRole
from bot.core.office import Binding, Place, PlaceKind
from bot.core.reports import Note, Report, ReportState
from bot.core.speech import Speech
from bot.core.units import Unit, UnitLevel
from bot.render.messages import plain_of, text_of
from bot.services import case_files, office
from bot.services.case_files import CaseRoom
from bot.services.case_lines import page
from bot.services.links import case_payload
from bot.services.office_pages import _mark
from bot.services.persons import key_of, person
from bot.texts import Catalogue
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, SHANGHAI, Stage

DESK, CHANNEL, ELSEWHERE = -5001, -5002, -5003
CONTACTS = (201, 202)
TOKEN = re.compile(r"tok\d{4}")
OF_THE_OFFICE = re.compile(r"case\.(?:report|finding|history|members|contacts|shown|opened|place)")
"""The lines that nobody but the office is shown, whatever their words."""
OUTSIDE = frozenset({"case.not_yours", "case.no_admin", "errors.case.gone"})
"""All that admins and members ever hear of cases, beside a correction in the channel."""
TOLD_TO_UNIT = frozenset({Step.SEND, Step.CORRECT, Step.CONFIRM, Step.CLEAR})
Value = TypeVar("Value")


@dataclass
class Right:
    """Who may read a token: places of the office, reports, and of a step the unit, once it is settled."""

    places: frozenset[str] = frozenset()
    reports: set[int] = field(default_factory=set)
    unit: int | None = None
    event: int | None = None


class CaseStage(Stage):
    """A stage where the group's admin is no admin of the desk."""

    def _answer(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getChatMember" and int(given["chat_id"]) != CHAT:
            return {"status": "member", "user": {"id": int(given["user_id"]), "is_bot": False, "first_name": "x"}}
        return super()._answer(method, given)


class World:
    """The stage, two units with a group each, and who may read what."""

    def __init__(self) -> None:
        self.stage = CaseStage()
        self.rights: dict[str, Right] = {}
        self.units: list[int] = []
        self.groups: list[int] = []
        self.run(self._built)
        self.stage.open_bot(OFFICER, *CONTACTS, ADMIN, MEMBER)
        for user, unit in zip(CONTACTS, self.units, strict=True):
            self.bind(user, unit)

    async def _built(self, work: Any) -> None:
        units = await work.units.add([Unit(name, UnitLevel.TOWNSHIP) for name in ("青山镇", "前柏镇")])
        self.units = [each.id for each in units]
        (first,) = await work.groups.all()
        second = await work.groups.add(Group(ELSEWHERE, "别的群", state=GroupState.WATCHING))
        self.groups = [first.id, second.id]
        for unit, group in zip(self.units, self.groups, strict=True):
            known = await work.objects.of_group(group)
            row = LedgerObject(unit, ObjectType.GROUP, Platform.TELEGRAM, "x", group_id=group, members=30)
            if known is None:
                await work.objects.add([row])
            else:
                await work.objects.update([replace(known, unit_id=unit)])
        for kind, chat in ((PlaceKind.DESK, DESK), (PlaceKind.CHANNEL, CHANNEL)):
            await work.office.bind(Place(kind, chat, "x", self.now))

    @property
    def now(self) -> Any:
        """The clock."""
        return self.stage.clock.now()

    @property
    def room(self) -> CaseRoom:
        runtime = self.stage.runtime
        return CaseRoom(runtime.policy, runtime.vault, runtime.office, "jianfu_bot")

    def run(self, act: Callable[[Any], Awaitable[Value]]) -> Value:
        """Do something in a transaction."""

        async def done() -> Value:
            async with self.stage.store.begin() as work:
                found = await act(work)
                await work.commit()
                return found

        return asyncio.run(done())

    @property
    def cases(self) -> list[int]:
        return sorted(self.stage.store.tables.cases)

    def token(self, **right: Any) -> str:
        """A new text, with who may read it."""
        made = f"tok{len(self.rights):04d}"
        self.rights[made] = Right(**right)
        return made

    # What happens

    def open(self, group: int, report: int) -> None:
        """A report becomes a case in a group, beside a finding there."""
        both = frozenset({"clerk", "desk"})
        known = self.token(places=frozenset({"clerk"}), reports={report})
        words, where = (self.token(places=both, reports={report}) for _ in range(2))
        excerpt = self.token(places=both)
        today = self.room.today(self.now)

        async def made(work: Any) -> None:
            place = {"group_id": self.groups[group]}
            case = Case(Category.AFTER_HOURS, today, today, reports=1, findings=1, **place)
            case = await work.cases.add(opened(case, self.room.policy.case_terms, self.room.office.works))
            told = Report(report, today, case.category, f"receipt{report}", place["group_id"], words=words)
            told = replace(told, place=where, known=known, state=ReportState.OPEN, case_id=case.id)
            await work.reports.add(told)
            finding = Finding(case.category, 1.0, "x", (), Clause("x", "x", "x"))
            at = self.now - timedelta(hours=1)
            stored = StoredFinding(place["group_id"], report, finding, at, SenderRole.ADMIN, excerpt=excerpt)
            await work.findings.add([stored])

        self.run(made)

    def note(self, report: int, *, held: bool) -> None:
        """A reporter adds a line."""
        places = frozenset() if held else frozenset({"clerk", "desk"})
        words = self.token(places=places, reports={report})
        note = Note(10_000 + len(self.rights), report, self.room.today(self.now), words, held=held)
        self.run(lambda work: work.reports.say(note))

    def office_writes(self, case: int, step: Step, *, desk: bool) -> None:
        """The office makes a step with words, by its own way through buttons, or by the link from the desk."""
        words = self.token(places=frozenset({"clerk", "desk"}))
        if desk:
            self.say(OFFICER, f"/start {case_payload(case, step.value, self.stage.runtime.vault)}")
        self.press(OFFICER, f"cs:w:{case}:{step}{':written' if step is Step.CLEAR else ''}")
        before = self.last_event()
        self.say(OFFICER, words)
        made = self.last_event()
        if made != before:
            _, event, _ = self.stage.store.tables.case_events[made]
            unit = self.stage.store.tables.cases[case].unit_id
            told = event.step in {*TOLD_TO_UNIT, Step.ANSWER, Step.OBJECT}
            self.rights[words].unit, self.rights[words].event = (unit if told else None), made

    def unit_writes(self, user: int, case: int, step: Step) -> None:
        """A contact answers or objects; nothing comes of it where they may not."""
        unit = self.stage.store.tables.cases[case].unit_id
        mine = unit in {binding.unit_id for binding in self.bindings(user)}
        words = self.token(places=frozenset({"clerk", "desk"}), unit=unit if mine else None)
        self.press(user, f"cs:w:{case}:{step}")
        self.say(user, words)

    def asks(self, case: int) -> None:
        """The office asks the reporters of a case."""
        words = self.token(places=frozenset({"clerk", "desk"}))
        self.press(OFFICER, f"cs:w:{case}:ask")
        self.say(OFFICER, words)
        notes = self.stage.store.tables.report_notes.values()
        self.rights[words].reports = {note.report_id for note in notes if note.words == words}

    def undoes(self, case: int) -> None:
        """The office takes the last step of a case back."""
        rows = self.stage.store.tables.case_events.items()
        mine = [number for number, (owner, event, _) in rows if owner == case and not event.undone]
        self.press(OFFICER, f"cs:s:{case}:undo:{max(mine, default=0)}")

    def bind(self, user: int, unit: int) -> None:
        """Somebody becomes the contact of a unit."""
        who = person(self.stage.runtime.vault, user, "zh-Hans")

        async def made(work: Any) -> None:
            await office.bind_contact(work, await work.units.get(unit), who, self.now)

        self.run(made)

    def unbind(self, user: int) -> None:
        """The office takes the role of a contact back."""
        for binding in self.bindings(user):
            self.press(OFFICER, f"of:out:{binding.unit_id}:{_mark(binding)}:yes")

    def bindings(self, user: int) -> list[Binding]:
        key = key_of(self.stage.runtime.vault, user)
        found = self.run(lambda work: work.office.binding(key))
        return [each for each in found if each.role is Role.UNIT_CONTACT]

    def last_event(self) -> int:
        return max(self.stage.store.tables.case_events, default=0)

    # What is said, and to whom

    def press(self, user: int, data: str, *, desk: bool = False) -> None:
        """Somebody presses data, as a button of any page has it, and what is said of it is checked."""
        signed = f"{data}~{self.stage.runtime.vault.sign(data)}"
        message = self.stage.private("x", by=user)["message"] | {"from": {"id": 1, "is_bot": True, "first_name": "b"}}
        if desk:
            message["chat"] = {"id": DESK, "type": "supergroup", "title": "x"}
        query = {"id": f"{self.stage.ids}", "chat_instance": "1", "message": message, "data": signed}
        query["from"] = {"id": user, "is_bot": False, "first_name": "x"}
        self.stage.play(self.stage.update("callback_query", query))
        self.heard(user)

    def say(self, user: int, text: str) -> None:
        """Somebody writes in private."""
        self.stage.play(self.stage.private(text, by=user))
        self.heard(user)

    def pass_time(self, **time: float) -> None:
        """Time passes, and what is due is said."""
        self.stage.clock.advance(**time)
        self.heard(0)

    def heard(self, presser: int) -> None:
        """Check all that was said since the last look: answers to presses, and what is due in the outbox."""
        for answer in self.stage.answers:
            if answer.speech is not None:
                self.check(answer.chat_id or presser, answer.speech)
            if answer.toast is not None:
                self.check(presser, Speech((answer.toast,)))
        self.stage.answers.clear()
        for number, row in [*self.stage.store.tables.outbox.items()]:
            outgoing = row.entry.outgoing
            if row.state == "waiting" and (outgoing.not_before is None or outgoing.not_before <= self.now):
                self.stage.store.tables.outbox[number] = replace(row, state="sent", done_at=self.now)
                if outgoing.speech is not None:
                    self.check(outgoing.chat_id, outgoing.speech)

    def check(self, chat: int, speech: Speech) -> None:
        """Nothing is read where it does not belong."""
        text, keys = _read(speech), {part.key for part in speech.parts}
        cases = {key for key in keys if key.startswith(("case.", "errors.case."))}
        for token in TOKEN.findall(text):
            assert self.may_read(chat, self.rights[token]), (token, chat, keys)
        if chat in CONTACTS:
            assert not [key for key in cases if OF_THE_OFFICE.match(key)], keys
        elif chat == CHANNEL:
            assert cases <= {"case.channel"}, keys
        elif chat not in {OFFICER, DESK}:
            assert cases <= OUTSIDE, keys

    def may_read(self, chat: int, right: Right) -> bool:
        """Whether a chat may read what has a right, now."""
        if chat == OFFICER:
            return "clerk" in right.places
        if chat == DESK:
            return "desk" in right.places
        if chat not in CONTACTS or right.unit is None or right.unit not in {b.unit_id for b in self.bindings(chat)}:
            return False
        if right.event is None:
            return True
        owner, event, _ = self.stage.store.tables.case_events[right.event]
        shown = Shown.UNIT in self.stage.store.tables.cases[owner].shown
        return shown and not event.undone and self.now - event.at >= UNDO_WITHIN

    def can_be_made(self, case: int, choice: int) -> Step:
        """One of the office's steps that can be made now."""
        found = possible(self.stage.store.tables.cases[case], Role.OFFICE, self.room.today(self.now))
        return found[choice % len(found)] if found else Step.TAKE

    def glance(self, case: int) -> None:
        """The contacts look at a case, and at their list."""
        for user in CONTACTS:
            self.press(user, f"cs:p:{case}")
            self.press(user, "cs:l:own:0")

    def look_around(self) -> None:
        """Everybody opens every page that there is, and every reporter looks with the receipt."""
        for user in (OFFICER, *CONTACTS, ADMIN, MEMBER):
            self.say(user, "/cases")
            for case in self.cases:
                for data in (f"cs:p:{case}", f"cs:f:{case}:0", f"cs:f:{case}:1"):
                    self.press(user, data)
                    self.press(user, data, desk=True)
                self.say(user, f"/start {case_payload(case, 'page', self.stage.runtime.vault)}")
            for data in ("cs:l:open:0", "cs:l:done:0", "cs:l:own:0"):
                self.press(user, data)
        for report in [*self.stage.store.tables.reports.values()]:
            self._receipt(report)

    def _receipt(self, report: Report) -> None:
        async def seen(work: Any) -> Speech:
            case = await work.cases.get(report.case_id)
            known, events = await case_files.settled(work, case, self.now)
            whole = replace(await case_files.of_office(work, self.room, known, self.now), events=tuple(events))
            today = self.room.today(self.now)
            view = view_of(whole, Party.REPORTER, CaseScreen.RECEIPT, today, report_id=report.id)
            return Speech(tuple(page(view, SHANGHAI)))

        text = _read(self.run(seen))
        for token in TOKEN.findall(text):
            assert report.id in self.rights[token].reports, (token, report.id)


def _read(speech: Speech) -> str:
    words = Catalogue.load("zh-Hans")
    labels = [plain_of(button.label, words) for row in speech.buttons for button in row]
    return "\n".join([text_of(replace(speech, language="zh-Hans"), words), *labels])
