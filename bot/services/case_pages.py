"""The screens of cases: lists and pages for the office and for a unit's contacts, each from a view and never the case.

Open cases stand by their state and then by their number, done ones the newest first; nothing is coloured or ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import cases
from bot.core.case_moves import DONE, MOVES, OPEN, UNDECIDED, CaseState, Step, move_of
from bot.core.case_screens import CaseScreen, Party
from bot.core.case_views import CaseFile, view_of
from bot.core.cases import Case
from bot.core.changes import Role
from bot.core.speech import Button, Part, Speech
from bot.ports import UnitOfWork
from bot.services import case_files, case_office
from bot.services.case_files import CaseRoom
from bot.services.case_lines import ACTION, CLIPPED, IN_ENTRIES, OWN_CLIPPED, brief, entries, lines, page, paged, title
from bot.services.cases import last_undoable
from bot.services.links import case_payload, start_link

LISTED = 6
"""Cases of one page of a list."""
MOST = 1_000
"""Cases of a list."""
UNIT_STEPS = frozenset(move.step for move in MOVES if Role.UNIT_CONTACT in move.by)
"""What a contact may do."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, in which language, when; at the desk what is typed leads into the private chat."""

    language: str
    now: datetime
    at_desk: bool = False

    @property
    def screens(self) -> tuple[CaseScreen, CaseScreen, CaseScreen]:
        """The office's list, page and file, where it looks at them."""
        if self.at_desk:
            return CaseScreen.DESK_LIST, CaseScreen.DESK_PAGE, CaseScreen.DESK_FILE
        return CaseScreen.OFFICE_LIST, CaseScreen.OFFICE_PAGE, CaseScreen.OFFICE_FILE


async def office_list(work: UnitOfWork, room: CaseRoom, look: Look, which: str = "open", first: int = 0) -> Speech:
    """The open cases by their state, or (`done`) those that are done, some at a time."""
    if which == "done":
        found = await work.cases.in_states(DONE, MOST, newest=True)
    else:
        found = sorted(await work.cases.in_states(OPEN, MOST), key=lambda case: [*CaseState].index(case.state))
    first = max(0, min(first, len(found) - 1)) // LISTED * LISTED
    shown = found[first : first + LISTED]
    parts = [Part(f"case.list.{which}", {"count": len(found)})]
    for case in shown:
        file = await case_files.of_office(work, room, case, look.now)
        view = view_of(file, Party.OFFICE, look.screens[0], room.today(look.now))
        parts += brief(view, room.office.zone)
    rows = _numbers([each.id for each in shown])
    rows += _turning(f"{ACTION}:l:{which}:", first, LISTED, len(found))
    other = "open" if which == "done" else "done"
    rows.append((Button(Part(f"case.button.{other}"), f"{ACTION}:l:{other}:0"),))
    return Speech(tuple(parts), look.language, tuple(rows))


async def office_page(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, note: Part | None = None) -> Speech:
    """One case, with the steps that can be made now; `note` tells what was just done."""
    file = await case_files.of_office(work, room, case, look.now)
    view = view_of(file, Party.OFFICE, look.screens[1], room.today(look.now))
    parts = [*([note] if note else []), *page(view, room.office.zone, CLIPPED)]
    rows: list[tuple[Button, ...]] = [(each,) for each in await _steps(work, room, look, case)]
    other = [_typed(room, look, case, "unit")] if case_office.may_assign(case) else []
    if await case_office.askable(work, case.id):
        other.append(_typed(room, look, case, "ask"))
    if case.state in UNDECIDED:
        other.append(_typed(room, look, case, "join"))
    rows += [tuple(other[place : place + 2]) for place in range(0, len(other), 2)]
    rows.append((_button("file", f"f:{case.id}:0"), _button("open", "l:open:0")))
    return Speech(tuple(parts), look.language, tuple(rows))


async def office_file(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, number: int) -> Speech:
    """The file of a case: what was reported and found, the talk with reporters, and every step."""
    file = await case_files.of_office(work, room, case, look.now)
    view = view_of(file, Party.OFFICE, look.screens[2], room.today(look.now))
    shown, number, count = paged(entries(view, room.office.zone), number)
    parts = [*title(view), *lines(view, without=IN_ENTRIES), *shown]
    if not shown:
        parts.append(Part("case.file_empty"))
    elif count > 1:
        parts.append(Part("case.file_page", {"number": number + 1, "count": count}))
    rows = _turning(f"{ACTION}:f:{case.id}:", number, 1, count)
    last = (_button("document", f"d:{case.id}"), _button("back", f"p:{case.id}"))
    return Speech(tuple(parts), look.language, (*rows, last))


async def unit_list(work: UnitOfWork, room: CaseRoom, look: Look, units: Sequence[int], first: int = 0) -> Speech:
    """The cases that a contact's units were told of: those that wait for them first, then the newest."""
    files = await case_files.to_unit(work, sorted(units), look.now)
    return unit_list_of(sorted(files, key=lambda file: file.case.state is not CaseState.SENT), room, look, first)


def unit_list_of(files: Sequence[CaseFile], room: CaseRoom, look: Look, first: int = 0) -> Speech:
    """The same from files, as they are settled."""
    first = max(0, min(first, len(files) - 1)) // LISTED * LISTED
    shown = files[first : first + LISTED]
    parts = [Part("case.list.unit" if files else "case.list.unit_none", {"count": len(files)})]
    for file in shown:
        view = view_of(file, Party.UNIT, CaseScreen.UNIT_LIST, room.today(look.now))
        parts += brief(view, room.office.zone)
    rows = _numbers([file.case.id for file in shown]) + _turning(f"{ACTION}:l:own:", first, LISTED, len(files))
    return Speech(tuple(parts), look.language, tuple(rows))


async def unit_page(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, note: Part | None = None) -> Speech:
    """One case as its unit sees it: the office's wording, its own answer, and how far it has come."""
    return unit_page_of(await case_files.of_unit(work, case, look.now), room, look, note)


def unit_page_of(file: CaseFile, room: CaseRoom, look: Look, note: Part | None = None) -> Speech:
    """The same from a file, as it is settled."""
    today = room.today(look.now)
    view = view_of(file, Party.UNIT, CaseScreen.UNIT_PAGE, today)
    parts = [*([note] if note else []), *page(view, room.office.zone, OWN_CLIPPED)]
    can = cases.possible(file.case, Role.UNIT_CONTACT, today)
    rows = [(_button(f"unit_{step}", f"w:{file.case.id}:{step}"),) for step in can]
    return Speech(tuple(parts), look.language, (*rows, (_button("own", "l:own:0"),)))


async def _steps(work: UnitOfWork, room: CaseRoom, look: Look, case: Case) -> list[Button]:
    """The office's steps that can be made now, and the one that can be taken back."""
    found = []
    for step in cases.possible(case, Role.OFFICE, room.today(look.now)):
        if step is Step.SEND and case.unit_id is None:
            continue
        if move_of(step).words:
            found.append(_typed(room, look, case, step.value))
        else:
            found.append(_button(step.value, f"s:{case.id}:{step}"))
    last = await last_undoable(work, case, look.now)
    if last is not None:
        found.append(_button("undo", f"s:{case.id}:undo:{last.id}"))
    return found


def _typed(room: CaseRoom, look: Look, case: Case, what: str) -> Button:
    """The button of what is typed or chosen in private; at the desk it leads there."""
    if look.at_desk:
        link = start_link(room.username, case_payload(case.id, what, room.vault))
        return Button(Part(f"case.button.{what}"), url=link)
    return _button(what, f"w:{case.id}:{what}")


def _numbers(ids: Sequence[int]) -> list[tuple[Button, ...]]:
    buttons = [Button(Part("case.button.number", {"number": each}), f"{ACTION}:p:{each}") for each in ids]
    return [tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3)]


def _turning(start: str, first: int, size: int, count: int) -> list[tuple[Button, ...]]:
    row = [Button(Part("case.button.before"), f"{start}{first - size}")] if first > 0 else []
    if first + size < count:
        row.append(Button(Part("case.button.after"), f"{start}{first + size}"))
    return [tuple(row)] if row else []


def _button(key: str, data: str) -> Button:
    return Button(Part(f"case.button.{key}"), f"{ACTION}:{data}")
