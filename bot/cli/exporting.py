"""Rows into a workbook or, by the name of the file, csv; whole or not at all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.cli.files import check_outputs, written
from bot.cli.importing import progress
from bot.core.errors import BadInput
from bot.services.ledger_export import Value
from bot.sheets import Column, write_csv, write_xlsx
from bot.texts import Catalogue

_WIDE = frozenset({"name", "purpose", "unit", "aliases", "hours", "parent"})


def check_table(file: Path) -> None:
    """Raise `BadInput` for what cannot be written, or would be no table by its name."""
    if file.suffix.lower() not in {".xlsx", ".csv"}:
        raise BadInput("not_table", file=str(file))
    check_outputs([file], [])


def write_table(
    file: Path, fields: Sequence[str], section: str, rows: Iterable[Sequence[Value]], words: Catalogue, *, total: int
) -> None:
    """Write rows with the headings of a part of the catalogue (`ledger_file`); texts never become formulas."""
    columns = [Column(words(f"{section}.field.{name}"), 28 if name in _WIDE else 14) for name in fields]
    with progress(words("cli.ledger.export.writing", file=file.name), total) as told, written(file) as out:
        if file.suffix.lower() == ".csv":
            write_csv(out, columns, rows, progress=told)
        else:
            title = words(f"{section}.title")
            write_xlsx(out, columns, rows, sheet=title, title=title, progress=told)
