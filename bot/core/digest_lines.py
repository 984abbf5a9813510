"""The lines of a digest's caption: the order in which they are read, and that in which they give way to others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.core.digest import FEWEST_MEMBERS, GOAL, DigestData
from bot.core.periods import Per, before
from bot.core.speech import Part, Value, Word


class Subject(StrEnum):
    """What a line is about."""

    TITLE = "title"
    SIGHT = "sight"
    UNSEEN = "unseen"
    PROVISIONAL = "provisional"
    FOLDED = "folded"
    CATEGORIES = "categories"
    OVER = "over"
    PROJECTS = "projects"
    FORMS = "forms"
    POSTS = "posts"
    CASES = "cases"
    CASES_LATE = "cases_late"
    TAKEN_BACK = "taken_back"
    LOAD = "load"
    URGENT = "urgent"
    CHANGES = "changes"
    ANSWERS = "answers"
    MATTERS = "matters"
    FOOT = "foot"


KEPT = frozenset({Subject.TITLE, Subject.SIGHT, Subject.FOOT})
"""The lines that always stand."""
IMPORTANCE = tuple(each for each in Subject if each not in KEPT)
"""The others are taken in in this order, each whole and as far as there is room: what the numbers may not be read
without first, then the rule and what is due."""
BLOCKS: Sequence[Sequence[Subject]] = (
    (Subject.TITLE,),
    (Subject.SIGHT, Subject.CATEGORIES, Subject.FOLDED, Subject.ANSWERS, Subject.PROVISIONAL, Subject.TAKEN_BACK),
    (Subject.OVER, Subject.CHANGES, Subject.PROJECTS, Subject.MATTERS, Subject.LOAD),
    (Subject.CASES, Subject.CASES_LATE),
    (Subject.FORMS, Subject.URGENT),
    (Subject.UNSEEN, Subject.POSTS),
    (Subject.FOOT,),
)
"""The order in which they are read, with room between the blocks."""
NOTABLE = 2
"""A category that changed by less is in the picture alone: one more or less says nothing."""
SPANS = 2
"""Gaps that are told with their time; of more only how many groups they touch."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a key of the catalogue with its fields; `items` are put in, one after the other, as `items`.

    `clauses` tells that the items are long, so that a comma would run them together.
    """

    key: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    items: tuple[Part, ...] = ()
    clauses: bool = False


def lines(data: DigestData) -> Mapping[Subject, Line]:
    """What is to be said; a line of which there is nothing to say is left out, and never becomes a zero."""
    found = {subject: make(data) for subject, make in _MAKERS.items()}
    return {subject: line for subject, line in found.items() if line is not None}


def nothing(data: DigestData) -> Part:
    """The one line of a period in which nothing happened, or in which nothing was seen at all."""
    seen = "" if data.groups else "_unwatched"
    return Part(f"digest.nothing.{data.per}{seen}", {"groups": data.groups, **_dates(data)})


def _dates(data: DigestData) -> dict[str, Value]:
    period = data.period
    number = period.key.rpartition("-")[2].lstrip("WQ0")
    return {
        "year": int(period.key[:4]), "number": int(number),
        "m1": data.first.month, "d1": data.first.day, "m2": data.last.month, "d2": data.last.day,
    }  # fmt: skip


def _title(data: DigestData) -> Line:
    return Line(f"digest.title.{data.per}", _dates(data))


def _sight(data: DigestData) -> Line:
    fields: dict[str, Value] = {"groups": data.groups, "messages": data.load.messages}
    fields |= {"findings": data.findings, "findings_before": data.findings_before}
    seen = data.load_before.messages or data.findings_before  # else a nought would tell of what nobody looked at
    return Line(f"digest.line.sight_{_ago(data)}" if seen else f"digest.line.sight_first_{_ago(data)}", fields)


def _categories(data: DigestData) -> Line | None:
    """What changed by more than one, in the order of the rules; the picture shows them all."""
    items = tuple(
        Part("digest.item.category", {"category": Word(f"category.{each}.short"), "now": now, "before": then})
        for each, now, then in data.shown
        if abs(now - then) >= NOTABLE
    )
    return Line(f"digest.line.categories_{_ago(data)}", {}, items) if items else None


def _folded(data: DigestData) -> Line | None:
    if data.folded:
        return Line("digest.line.folded") if data.findings else None
    return Line("digest.line.hidden", {"count": data.hidden, "fewest": FEWEST_MEMBERS}) if data.hidden else None


def _answers(data: DigestData) -> Line | None:
    return Line("digest.line.answers", {"count": data.answers}) if data.answers and not data.folded else None


def _over(data: DigestData) -> Line | None:
    now = data.over_now
    if now is None:
        return None
    items = []
    last = data.over_on(before(data.period).last)
    if last is not None:
        items.append(Part(f"digest.item.over_{_ago(data)}", {"over": last}))
    long_ago = data.last - timedelta(days=28)
    far = data.over_on(long_ago) if data.per is Per.WEEK else None
    if far is not None:
        items.append(Part("digest.item.over_four_weeks", {"over": far}))
    fields: dict[str, Value] = {"over": now[0], "units": now[1], "cap": data.cap}
    fields["label"] = Word("label.local" if data.cap_is_local else "label.policy")
    return Line("digest.line.over" if items else "digest.line.over_first", fields, tuple(items))


def _load(data: DigestData) -> Line | None:
    now, then = data.load, data.load_before
    if not now.messages:
        return None
    items = []
    if now.per_seat is not None:
        fields: dict[str, Value] = {"now": round(now.per_seat)}
        if then.per_seat is None:
            items.append(Part("digest.item.per_seat_first", fields))
        else:
            items.append(Part(f"digest.item.per_seat_{_ago(data)}", {**fields, "before": round(then.per_seat)}))
    items.append(Part("digest.item.receipts", {"count": now.receipts}))
    for name, share in (("tasks", now.task_share), ("late", now.late_share)):
        if share is not None:
            items.append(Part(f"digest.item.{name}", {"percent": round(100 * share)}))
    return Line("digest.line.load", {}, tuple(items), clauses=True)


def _changes(data: DigestData) -> Line | None:
    merged = "merged_weighed" if data.relieved else "merged"
    counts = (("fresh", data.fresh), ("dissolved", data.dissolved), (merged, data.merged))
    items = [Part(f"digest.item.{name}", {"count": n, "relieved": data.relieved}) for name, n in counts if n]
    return Line("digest.line.changes", {}, tuple(items)) if items else None


def _matters(data: DigestData) -> Line | None:
    items = []
    if data.rebounds:
        fields: dict[str, Value] = {"count": data.rebounds, "days": data.rebound_days, "label": Word("label.local")}
        items.append(Part("digest.item.rebounds", fields))
    if data.matters:
        items.append(Part("digest.item.matters", {"count": data.matters}))
    return Line("digest.line.matters", {}, tuple(items), clauses=True) if items else None


def _projects(data: DigestData) -> Line | None:
    if not data.closing and not data.overdue:
        return None
    fields: dict[str, Value] = {"closing": data.closing, "closing_days": data.closing_days, "overdue": data.overdue}
    return Line("digest.line.projects", {**fields, "grace": data.grace_days, "label": Word("label.local")})


def _forms(data: DigestData) -> Line | None:
    if not data.forms and not data.forms_before:
        return None
    fields: dict[str, Value] = {"now": data.forms, "before": data.forms_before}
    if not data.base_forms:
        return Line(f"digest.line.forms_{_ago(data)}", fields)
    goal = int(data.base_forms * (1 - GOAL))
    year = data.last.year
    based = Part("digest.item.base", {"year": year, "sum": data.forms_year, "base_year": data.base_year,
                                      "base": data.base_forms, "goal": goal})  # fmt: skip
    return Line(f"digest.line.forms_{_ago(data)}", fields, (based,))


def _urgent(data: DigestData) -> Line | None:
    fields = {"count": data.windows, "hours": data.window_hours}
    return Line("digest.line.urgent", fields) if data.windows else None


def _taken_back(data: DigestData) -> Line | None:
    return Line("digest.line.taken_back", {"count": data.taken_back}) if data.taken_back else None


def _provisional(data: DigestData) -> Line | None:
    return Line("digest.line.provisional", {"count": data.provisional}) if data.provisional else None


def _unseen(data: DigestData) -> Line | None:
    if not data.unseen:
        return None
    items = [
        Part(
            "digest.item.unseen" if each.until else "digest.item.unseen_open",
            {
                "groups": each.groups,
                "since": f"{each.since:%m-%d %H:%M}",
                "until": f"{each.until:%m-%d %H:%M}" if each.until else "",
            },
        )
        for each in data.unseen[:SPANS]
    ]
    if len(data.unseen) > SPANS:
        items.append(Part("digest.item.unseen_more", {"count": len(data.unseen) - SPANS}))
    return Line("digest.line.unseen", {"groups": data.unseen_groups}, tuple(items), clauses=True)


def _posts(data: DigestData) -> Line | None:
    signs = data.posts.get("sign", 0)
    fields = {"count": data.posted, "signs": signs}
    return Line("digest.line.posts", fields) if data.posted or signs else None


def _cases(data: DigestData) -> Line | None:
    """Cases of the whole office; of a clearing it is said that its numbers were corrected."""
    names = ("opened", "sent", "corrected", "confirmed", "cleared")
    return _counts("digest.line.cases", "digest.item.case_{}", data, names)


def _cases_late(data: DigestData) -> Line | None:
    return _counts("digest.line.cases_late", "digest.item.case_{}", data, ("unit_late", "office_late"))


def _counts(key: str, item: str, data: DigestData, names: Sequence[str]) -> Line | None:
    found = [(name, getattr(data.cases, name)) for name in names]
    items = tuple(Part(item.format(name), {"count": count}) for name, count in found if count)
    return Line(key, {}, items) if items else None


def _foot(_: DigestData) -> Line:
    return Line("digest.line.foot")


def _ago(data: DigestData) -> str:
    """How the period before is called."""
    return "week" if data.per is Per.WEEK else "month"


_MAKERS: Mapping[Subject, Callable[[DigestData], Line | None]] = {
    Subject.TITLE: _title,
    Subject.SIGHT: _sight,
    Subject.UNSEEN: _unseen,
    Subject.PROVISIONAL: _provisional,
    Subject.FOLDED: _folded,
    Subject.CATEGORIES: _categories,
    Subject.OVER: _over,
    Subject.PROJECTS: _projects,
    Subject.FORMS: _forms,
    Subject.POSTS: _posts,
    Subject.CASES: _cases,
    Subject.CASES_LATE: _cases_late,
    Subject.TAKEN_BACK: _taken_back,
    Subject.LOAD: _load,
    Subject.URGENT: _urgent,
    Subject.CHANGES: _changes,
    Subject.ANSWERS: _answers,
    Subject.MATTERS: _matters,
    Subject.FOOT: _foot,
}
