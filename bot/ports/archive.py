"""All that a database holds, taken out and put back."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Protocol


class Archive(Protocol):
    """The contents of a database as pieces, each of bounded size; the pieces of one kind of database fit the other."""

    def dump(self) -> AsyncIterator[tuple[int, bytes]]:
        """All rows as of one moment, with how many are in a piece; others may write meanwhile."""
        ...

    async def load(self, pieces: AsyncIterable[bytes], *, replace: bool) -> int:
        """Put back what was dumped, all or nothing, and bring it up to the present schema; returns the rows.

        Raises `BadBackup` for pieces of a newer version, and for a database that is in use already unless it is to be
        replaced.
        """
        ...
