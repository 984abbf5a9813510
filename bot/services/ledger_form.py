"""Entering a group, account or app of another platform: platform, kind, then its name in words.

The unit is known from the page that the form began at. What it is called is typed last, so that nothing of it waits
anywhere before it stands in the ledger.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.dates import months_later, read_day
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform, Source
from bot.core.ledger_log import Author
from bot.core.speech import Button, Part, Speech
from bot.core.units import Unit, comparable
from bot.ports import UnitOfWork
from bot.services import ledger
from bot.services.ledger_pages import ACTION, QUESTION
from bot.services.questions import MONTHS, read_end

ENTERED = Part("ledger_pages.form.entered")
LONGEST_NAME = 60
PLATFORMS = tuple(each for each in Platform if each is not Platform.TELEGRAM)
"""Groups of Telegram come into the ledger by themselves."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form as far as it was filled in: `kind` is `standing`, `project`, `account` or `app`."""

    unit: Unit
    platform: Platform | None = None
    kind: str = ""
    end: date | None = None

    @property
    def path(self) -> str:
        """The form in a question that awaits words."""
        end = f".{self.end:%Y%m%d}" if self.end else ""
        return f"{self.unit.id}.{self.platform}.{self.kind}{end}"


KINDS = (GroupKind.STANDING.value, GroupKind.PROJECT.value, ObjectType.ACCOUNT.value, ObjectType.APP.value)


def read(unit: Unit, platform: str, kind: str, end: str = "") -> Form:
    """The form from its parts; whatever is not known is open again."""
    if platform not in set(PLATFORMS):
        return Form(unit)
    day = None
    if len(end) == 8 and end.isdecimal():
        day = read_day(f"{end[:4]}-{end[4:6]}-{end[6:]}", date.min)
    return Form(unit, Platform(platform), kind if kind in KINDS else "", day)


async def ask(work: UnitOfWork, form: Form, person_key: str, language: str, now: datetime) -> Speech:
    """The next question of the form."""
    start = f"{ACTION}:a:{form.unit.id}"
    back = (Button(Part("settings.button.back"), f"{ACTION}:u:{form.unit.id}"),)
    title = Part("ledger_pages.form.title", {"unit": form.unit.name})
    if form.platform is None:
        buttons = [Button(Part(f"ledger_file.word.platform.{each}"), f"{start}:{each}") for each in PLATFORMS]
        rows = [tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3)]
        return Speech((title, Part("ledger_pages.form.platform")), language, (*rows, back))
    if not form.kind:
        buttons = [Button(Part(f"ledger_pages.kind.{each}"), f"{start}:{form.platform}:{each}") for each in KINDS]
        return Speech((title, Part("ledger_pages.form.kind")), language, (tuple(buttons[:2]), tuple(buttons[2:]), back))
    if form.kind == GroupKind.PROJECT and form.end is None:
        await work.people.expect(person_key, f"{QUESTION}:end.{form.path}", 0, now)
        start = f"{start}:{form.platform}:{form.kind}"
        months = tuple(Button(Part("setup.choose.months_short", {"months": n}), f"{start}:{n}") for n in MONTHS)
        return Speech((title, Part("ledger_pages.form.end")), language, (months, back))
    await work.people.expect(person_key, f"{QUESTION}:name.{form.path}", 0, now)
    return Speech((title, Part("ledger_pages.form.name")), language, (back,))


def ends_after(form: Form, months: str, today: date) -> Form:
    """The form with an end so many months from today, as one of the buttons says."""
    return replace(form, end=months_later(today, int(months))) if months in set(map(str, MONTHS)) else form


def ends_on(form: Form, words: str, today: date) -> Form | Part:
    """The form with the end that was typed, or what is wrong with it."""
    end = read_end(words, today)
    return end if isinstance(end, Part) else replace(form, end=end)


async def enter(work: UnitOfWork, form: Form, words: str, author: Author, now: datetime) -> LedgerObject | Part:
    """Enter the row under the name that was typed; else what is wrong with the name."""
    name = " ".join(words.split())
    if form.platform is None or not name or len(name) > LONGEST_NAME:
        return Part("setup.problem.words", {"most": LONGEST_NAME})
    kind = form.kind if form.kind in set(ObjectType) else ObjectType.GROUP
    row = LedgerObject(form.unit.id, ObjectType(kind), form.platform, name, source=Source.FORM)
    if row.object_type is ObjectType.GROUP:
        row = replace(row, kind=GroupKind(form.kind), end_date=form.end)
    there = await work.objects.of_unit(form.unit.id)
    if any(_same(row, each) for each in there if not each.state.ended):
        return Part("ledger_pages.form.known", {"name": name})
    return (await ledger.enter(work, [row], author, now))[0]


def _same(row: LedgerObject, other: LedgerObject) -> bool:
    alike = (row.object_type, row.platform, comparable(row.name))
    return alike == (other.object_type, other.platform, comparable(other.name))
