"""Rows into a workbook or, by the name of the file, csv; whole or not at all."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.cli.files import written
from bot.cli.importing import progress
from bot.services.ledger_export import Value
from bot.sheets import Column, write_csv, write_xlsx
from bot.texts import Catalogue

_WIDE = frozenset({"name", "purpose", "unit", "aliases", "hours", "parent"})


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
