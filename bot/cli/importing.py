"""Files of rows against the store: read, planned, shown, and (once agreed to) carried out in one transaction.

Nobody is kept waiting while somebody looks at the preview: it is made in a transaction of its own, and made anew when
the ledger changed meanwhile.
"""

import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.failures import harmless
from bot.cli.files import check_input
from bot.core.cells import Cell
from bot.core.ledger_columns import Columns, is_personal
from bot.core.ledger_entry import Problem
from bot.ports import Store, UnitOfWork
from bot.sheets import Table, open_table, refuse_secret
from bot.texts import Catalogue

REFUSED, PARTLY = 2, 1
SHOWN = 20
"""Problems that are shown; of the rest it is said how many there are."""
_PER_FILE = 100_000_000
"""Numbers of rows that each file has to itself."""

Rows: TypeAlias = list[tuple[int, Mapping[str, Cell]]]
Told: TypeAlias = Callable[[int], None]


class Effect(Protocol):
    """What files would do."""

    problems: list[Problem]

    @property
    def new(self) -> Sequence[object]:
        """Rows that are new."""
        ...

    @property
    def changed(self) -> Sequence[object]:
        """Rows that change something."""
        ...

    @property
    def unchanged(self) -> int:
        """Rows that change nothing."""
        ...

    @property
    def wrong(self) -> int:
        """Rows that cannot be taken."""
        ...


Planned = TypeVar("Planned", bound=Effect)
_Command = TypeVar("_Command", bound=Callable[..., object])

_OPTIONS = (
    click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."),
    click.option("--partial", is_flag=True),
    click.option("--dry-run", is_flag=True),
    click.option("--yes", is_flag=True),
    click.option("--sheet"),
    click.option("--reason", default=""),
)


def takes_files(command: _Command) -> _Command:
    """Give a command the arguments and options of every import: those of `Wishes`, the files and the reason."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for."""

    partial: bool = False
    dry_run: bool = False
    yes: bool = False
    sheet: str | None = None


@dataclass(slots=True)
class Files:
    """The rows of several files, and where each one stood."""

    section: str
    """The part of the catalogue with the names of fields, as `ledger_file`."""
    rows: Rows = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    letters: list[Mapping[str, str]] = field(default_factory=list)
    notes: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def read(self, paths: Sequence[Path], columns: Columns, wishes: Wishes, words: Catalogue) -> None:
        """Read files; raises `BadInput` for a path that is no file, and `BadSheet`, also for what must not be kept."""
        for path in paths:
            check_input(path)
        for path in paths:
            self._read(path, columns, wishes, words)

    def _read(self, path: Path, columns: Columns, wishes: Wishes, words: Catalogue) -> None:
        from config.secrecy import load_secrecy

        start = len(self.names) * _PER_FILE
        with open_table(path, columns, sheet=wishes.sheet) as table:
            self.names.append(path.name)
            self.letters.append({name: table.letter(name) for name in table.header.columns})
            with progress(words("cli.ledger.import.reading", file=path.name), table.height) as told:
                rows = [(start + record.number, record.values) for record in table.records(told)]
            refuse_secret(load_secrecy(), path.name, table.titles, (values for _, values in rows))
            self.rows += rows
            self._note(table, path.name)

    def _note(self, table: Table, file: str) -> None:
        unknown = table.unknown()
        personal = "、".join(f"{letter} {name}" for letter, name in unknown.items() if is_personal(name))
        others = "、".join(f"{letter} {name}" for letter, name in unknown.items() if not is_personal(name))
        passed = "、".join(str(number) for number, _ in table.passed[:SHOWN])
        noted = {"personal": personal, "unknown_columns": others, "passed_rows": passed}
        noted["other_sheets"] = "、".join(table.others)
        self.notes += [(key, {"file": file, "names": names}) for key, names in noted.items() if names]

    def where(self, row: int, name: str, words: Catalogue) -> str:
        """Where something stands, as `台账.xlsx C12 群名称`; the row alone where the file has no such column."""
        place, number = divmod(row, _PER_FILE)
        letter = self.letters[place].get(name, "")
        address = f"{letter}{number}" if letter else words("ledger_file.row", row=number)
        return f"{self.names[place]} {address} {words(f'{self.section}.field.{name}')}"

    def row(self, row: int) -> int:
        """The number of a row in its own file."""
        return row % _PER_FILE


async def carry_out(
    store: Store,
    wishes: Wishes,
    words: Catalogue,
    plan: Callable[[UnitOfWork], Awaitable[Planned]],
    show: Callable[[Planned], None],
    apply: Callable[[UnitOfWork, Planned, Told], Awaitable[object]],
    besides: Callable[[Planned], int] = lambda _: 0,
) -> int:
    """Plan, show, ask, apply; returns the exit code. `besides` counts what changes beside new and changed rows."""
    async with store.begin() as work:
        before = [each.id for each in await work.changes.latest(1)]
        effect = await plan(work)
    show(effect)
    code = REFUSED if effect.wrong and not wishes.partial else PARTLY if effect.wrong else 0
    count = len(effect.new) + len(effect.changed) + besides(effect)
    if code == REFUSED:
        click.echo(words("cli.ledger.import.refused"))
    elif wishes.dry_run or not count:
        click.echo(words("cli.ledger.import.dry" if count else "cli.ledger.import.nothing"))
    elif _agreed(wishes, words, count):
        async with store.begin() as work:
            if before != [each.id for each in await work.changes.latest(1)]:
                again = await plan(work)
                if again.wrong > effect.wrong:
                    click.echo(words("cli.ledger.import.changed_meanwhile"), err=True)
                    return REFUSED
                effect = again
            with progress(words("cli.ledger.import.writing"), count) as told:
                await apply(work, effect, told)
            await work.commit()
        click.echo(words("cli.ledger.import.done", new=len(effect.new), changed=len(effect.changed)))
    return code


def summary(effect: Effect, files: Files, words: Catalogue) -> Iterator[str]:
    """The effect in numbers, what was not taken, and what is wrong."""
    numbers = {"new": len(effect.new), "changed": len(effect.changed), "unchanged": effect.unchanged}
    yield words("cli.ledger.import.numbers", rows=len(files.rows), wrong=effect.wrong, **numbers)
    for key, fields in files.notes:
        yield words(f"cli.ledger.import.note.{key}", **fields)
    for problem in effect.problems[:SHOWN]:
        what = _what(problem, files, words)
        yield words("cli.ledger.import.problem", where=files.where(problem.row, problem.field, words), what=what)
    if len(effect.problems) > SHOWN:
        yield words("cli.ledger.import.more", count=len(effect.problems) - SHOWN)


def further(count: int, words: Catalogue) -> Iterator[str]:
    """How many rows of a kind the preview does not show, if any."""
    if count > 0:
        yield words("cli.ledger.import.more_rows", count=count)


def say(lines: Iterator[str]) -> None:
    """Print lines that hold words of a file."""
    for line in lines:
        click.echo(harmless(line))


def _what(problem: Problem, files: Files, words: Catalogue) -> str:
    """What is wrong; for a word that is not known also those that are."""
    value = str(files.row(int(problem.value))) if problem.key == "twice" else problem.value
    prefix = f"{files.section}.word.{problem.field}."
    choices = [text for key, text in words.texts.items() if key.startswith(prefix)]
    if problem.key == "word" and choices:
        return words("ledger_file.problem.word_of", value=value, choices=words("ledger_file.join").join(choices))
    return words(f"ledger_file.problem.{problem.key}", value=value)


def _agreed(wishes: Wishes, words: Catalogue, count: int) -> bool:
    if wishes.yes:
        return True
    if not sys.stdin.isatty():
        click.echo(words("cli.ledger.import.say_yes"))
        return False
    return click.confirm(words("cli.ledger.import.ask", count=count), prompt_suffix=" ")


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Told]:
    """A bar on a terminal, nothing elsewhere; is told how many are done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
