"""A table of which nothing may be kept is not taken: one with a mark of secrecy, or a list of identity numbers."""

from collections.abc import Iterable, Mapping

from bot.core.errors import BadSheet
from bot.core.secrecy import Secrecy
from bot.sheets.values import Value, as_text


def refuse_secret(secrecy: Secrecy, file: str, titles: Iterable[str], rows: Iterable[Mapping[str, Value]]) -> None:
    """Look at what stands above the header and in the rows. Raises `BadSheet` for a secret; its field is `file`."""
    cells = (as_text(value) for row in rows for value in row.values())
    if secrecy.of_table(file, [*titles, *cells]) is not None:
        raise BadSheet("secret", file=file)
