"""The file of an entry of the outbox is made, before anything is said to the platform."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.core.speech import Act, Attachment, Outgoing
from bot.papers import Paper
from bot.texts import Catalogue
from handlers.errors import kind_of

Maker: TypeAlias = Callable[[Attachment, Catalogue], Awaitable[Paper]]
"""Makes the file of an entry in the words of a catalogue; raises `ValueError` or `KeyError` when it cannot."""
FILES = frozenset({Act.PHOTO, Act.DOCUMENT})


class NotMade(Exception):
    """A file could not be made now, as when the database is away; nothing was sent."""


async def made(outgoing: Outgoing, words: Catalogue, maker: Maker | None) -> Paper:
    """The file of an entry. Raises `ValueError` or `KeyError` for one that never can be made, else `NotMade`."""
    if outgoing.file is None or maker is None:
        raise ValueError("no file")
    try:
        return await maker(outgoing.file, words)
    except (KeyError, ValueError):
        raise
    except Exception as error:
        raise NotMade(kind_of(error)) from error
