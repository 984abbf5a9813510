"""A view of a case as lines to read. Whatever the view holds is shown: the table alone decides what that is."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.core.case_moves import CaseState
from bot.core.case_screens import CaseField
from bot.core.case_views import CaseView, FindingLine, ReportLine, StepLine
from bot.core.cases import UNDO_WITHIN, Shown
from bot.core.dates import shown
from bot.core.speech import Part, Value, Word

ACTION = "cs"
QUESTION = "cases"
PAGE_SIZE = 2_800
"""Characters of a page of the file; a pressed message cannot be longer than one."""
_F = CaseField
_BRIEF = frozenset({_F.NUMBER, _F.CATEGORY, _F.GROUP, _F.PLACE, _F.STATE, _F.DUE})
_TITLE = frozenset({_F.NUMBER, _F.CATEGORY})
_SAID = (_F.WORDING, _F.ANSWER, _F.FORMER, _F.OBJECTION, _F.REASON, _F.CLEARING_WORDS, _F.REOPENING)
Clip: TypeAlias = Mapping[CaseField, int]
"""How many characters are shown of what was said; all of what is not named."""
CLIPPED: Clip = dict.fromkeys(_SAID, 200)
"""On a page that leads to the whole file."""
OWN_CLIPPED: Clip = {_F.ANSWER: 300, _F.OBJECTION: 300}
"""On a unit's page: a pressed message cannot be longer than one, and its own words the unit knows."""
_WHOLE: Clip = {}
IN_ENTRIES = frozenset({_F.CLEARING, *_SAID}) - {_F.FORMER}
"""What is told by the entries of a file."""
LOCAL = Word("label.local")


def page(view: CaseView, zone: ZoneInfo, clip: Clip = _WHOLE) -> Sequence[Part]:
    """A case on a page of its own, its texts as long as they are or clipped."""
    return [*title(view), *rest(view, zone, clip)]


def rest(view: CaseView, zone: ZoneInfo, clip: Clip = _WHOLE, without: Set[CaseField] = frozenset()) -> Sequence[Part]:
    """All that a view holds, but for its title and what was said of it already."""
    return [*lines(view, clip, without), *(part for entry in entries(view, zone) for part in entry)]


def title(view: CaseView) -> Sequence[Part]:
    """Its number and category."""
    if view.sees(_F.NUMBER, _F.CATEGORY):
        return [Part("case.title", {"number": view.number, "category": category(view)})]
    if view.sees(_F.CATEGORY):
        return [Part("case.title_category", {"category": category(view)})]
    return [Part("case.title_number", {"number": view.number})] if view.sees(_F.NUMBER) else []


def category(view: CaseView) -> Word:
    """The title of its category."""
    return Word(f"category.{view.category}.title")


def brief(view: CaseView, zone: ZoneInfo) -> Sequence[Part]:
    """A case in a list: one line, and what else the view holds."""
    fields: dict[str, Value] = {"number": view.number, "category": category(view)}
    fields["where"] = view.group or view.place or Word("case.nowhere")
    parts = [Part("case.item", fields)]
    if view.state is not None:
        parts.append(_state(view))
    if view.due is not None:
        parts.append(_due(view))
    told = _BRIEF - {_F.PLACE} if view.group else _BRIEF
    return [*parts, *rest(view, zone, CLIPPED, told)]


def lines(view: CaseView, clip: Clip = _WHOLE, without: Set[CaseField] = frozenset()) -> Sequence[Part]:
    """All that a view holds of the case itself, a line each."""
    seen = view.seen - without - _TITLE
    parts = [*_where(view, seen), *_how_far(view, seen)]
    said = [name for name in _SAID if name in seen and view.said.get(name)]
    parts += [_said(view, name, clip) for name in said]
    if view.clearing is not None and _F.CLEARING in seen:
        parts.append(Part.line("case.cleared_how", how=Word(f"case.clearing.{view.clearing}")))
    if view.sealed_off:
        parts.append(Part("case.sealed_off"))
    return parts


def _said(view: CaseView, name: CaseField, clip: Clip) -> Part:
    fields: dict[str, Value] = {"words": clipped(view.said[name], clip.get(name, 0))}
    if name is _F.FORMER:
        fields["outcome"] = Word(f"case.outcome.{view.former}")
    return Part(f"case.said.{name}", fields)


def _where(view: CaseView, seen: Set[CaseField]) -> Iterator[Part]:
    if _F.MEMBERS in seen:
        where = "case.members.of" if _F.GROUP in seen and view.group else "case.members.only"
        key = where if view.members is not None else f"{where}_unknown"
        yield Part.line(key, group=view.group, members=view.members or 0)
    elif _F.GROUP in seen and view.group:
        yield Part.line("case.group", group=view.group)
    if _F.PLACE in seen and view.place:
        yield Part.line("case.place", place=view.place)
    if _F.CONTACTS in seen and (view.unit or _F.UNIT not in seen):
        whose = "case.contacts.of" if _F.UNIT in seen else "case.contacts.only"
        yield Part.line(whose if view.contacts else f"{whose}_none", unit=view.unit, contacts=view.contacts)
    elif _F.UNIT in seen:
        yield Part.line("case.unit", unit=view.unit) if view.unit else Part.line("case.unit_open")


def _how_far(view: CaseView, seen: Set[CaseField]) -> Iterator[Part]:
    if _F.STATE in seen:
        yield _state(view)
    if view.coarse is not None and _F.COARSE in seen:
        yield Part.line(f"report.state.{view.coarse}")
    if view.due is not None and _F.DUE in seen:
        yield _due(view)
    if {_F.OPENED_ON, _F.MOVED_ON} <= seen:
        yield Part.line("case.opened_moved", opened=f"{view.opened_on}", moved=f"{view.moved_on}")
    elif _F.OPENED_ON in seen:
        yield Part.line("case.opened_on", day=f"{view.opened_on}")
    elif _F.MOVED_ON in seen:
        yield Part.line("case.moved_on", day=f"{view.moved_on}")
    if _F.SHOWN in seen:
        yield from (_shown(view, each) for each in sorted(view.shown))
    if _F.REPORT_COUNT in seen and view.report_count:
        key = "case.report_count_withdrawn" if view.withdrawn else "case.report_count"
        yield Part.line(key, count=view.report_count, withdrawn=view.withdrawn)
    if _F.FINDING_COUNT in seen and view.finding_count:
        yield Part.line("case.finding_count", count=view.finding_count)


def _shown(view: CaseView, place: Shown) -> Part:
    """Where it was told; a unit that is only to be told is not yet said to know."""
    if place is Shown.UNIT and view.telling:
        return Part.line("case.shown.soon", minutes=int(UNDO_WITHIN.total_seconds() // 60))
    return Part.line(f"case.shown.{place}")


def _state(view: CaseView) -> Part:
    reviewed = view.state is CaseState.ANSWERED and view.objected
    state = Word("case.state.objected" if reviewed else f"case.state.{view.state}")
    if view.state is CaseState.CLOSED and view.outcome is not None:
        return Part.line("case.state_closed", state=state, outcome=Word(f"case.outcome.{view.outcome}"))
    return Part.line("case.state_line", state=state)


def _due(view: CaseView) -> Part:
    key = f"case.due.{view.state}" if view.state is not None else "case.due.plain"
    return Part.line("case.overdue" if view.overdue else key, day=f"{view.due}", label=LOCAL)


def entries(view: CaseView, zone: ZoneInfo) -> Sequence[Sequence[Part]]:
    """The file behind the page: reports with their talk, findings, and the history; what must stand together."""
    found = [_report(number, each) for number, each in enumerate(view.reports, 1)]
    found += [[_finding(each, zone)] for each in view.findings]
    found += [_step(each, zone) for each in view.history]
    return found


def paged(found: Sequence[Sequence[Part]], number: int) -> tuple[Sequence[Part], int, int]:
    """One page of the file, its number and how many pages there are."""
    pages: list[list[Part]] = [[]]
    for part in (part for entry in found for part in entry):
        if pages[-1] and _length([*pages[-1], part]) > PAGE_SIZE:
            pages.append([])
        pages[-1].append(part)
    number = max(0, min(number, len(pages) - 1))
    return pages[number], number, len(pages)


def clipped(words: str, most: int) -> str:
    """A text as far as it fits."""
    return words if not most or len(words) <= most else f"{words[: most - 1]}…"


def _length(parts: Sequence[Part]) -> int:
    return sum(40 + sum(len(value) for value in part.fields.values() if isinstance(value, str)) for part in parts)


def _report(number: int, line: ReportLine) -> list[Part]:
    parts = [Part("case.report.title", {"number": number})]
    if line.day is not None:
        parts = [Part("case.report.dated", {"number": number, "day": f"{line.day}"})]
    if line.words:
        parts.append(Part.line("case.report.words", words=line.words))
    if line.place:
        parts.append(Part.line("case.report.place", place=line.place))
    if line.known:
        parts.append(Part.line("case.report.known", known=line.known))
    if line.open_handed:
        parts.append(Part.line("case.report.open_handed"))
    for note in line.talk:
        key = "case.report.asked" if note.from_office else "case.report.answered"
        parts.append(Part.line(key, day=f"{note.day}", words=note.words))
    return parts


def _finding(line: FindingLine, zone: ZoneInfo) -> Part:
    at = "" if line.at is None else shown(line.at, zone, year=True)
    key = "case.finding.wrong" if line.wrong else "case.finding.line"
    return Part(key, {"at": at, "excerpt": line.excerpt or Word("case.finding.no_excerpt")})


def _step(line: StepLine, zone: ZoneInfo) -> list[Part]:
    fields: dict[str, Value] = {"at": shown(line.at, zone, year=True), "role": Word(f"role.{line.by}")}
    fields["step"] = Word(f"case.step.{line.step}")
    parts = [Part("case.history.undone" if line.undone else "case.history.line", fields)]
    if line.words:
        parts.append(Part.line("case.history.words", words=line.words))
    if line.clearing is not None:
        parts.append(Part.line("case.cleared_how", how=Word(f"case.clearing.{line.clearing}")))
    return parts
