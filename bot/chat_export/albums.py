"""Putting the pictures of an album, which exports list one by one, together again."""

from collections.abc import Iterable, Iterator

from bot.chat_export.export import Tally
from bot.core.model import Message, MessageKind

LARGEST_ALBUM = 10

_SHOWN = frozenset({MessageKind.PHOTO, MessageKind.VIDEO})
_IN_ALBUMS = _SHOWN | {MessageKind.FILE}


def join_albums(messages: Iterable[Message | None], tally: Tally) -> Iterator[Message]:
    """Yield messages, each run that looks like an album as one; None stands for a break between runs.

    No export names its albums. Neighbouring media of one author in the same second, with words on
    at most one of them, are taken for an album; it keeps the first id, and counts in `tally.albums`.
    """
    held: Message | None = None
    for message in messages:
        if held is not None:
            if message is not None and _belongs(held, message):
                held = _joined(held, message, tally)
                continue
            yield held
            held = None
        if message is not None:
            if message.kind in _IN_ALBUMS:
                held = message
            else:
                yield message
    if held is not None:
        yield held


def _belongs(album: Message, message: Message) -> bool:
    return (
        message.at == album.at
        and message.sender == album.sender
        and message.forwarded == album.forwarded
        and not (message.text and album.text)
        and (message.kind == album.kind or (message.kind in _SHOWN and album.kind in _SHOWN))
        and album.parts < LARGEST_ALBUM
    )


def _joined(album: Message, message: Message, tally: Tally) -> Message:
    if album.parts == 1:
        tally.albums += 1
    speaking = message if message.text else album
    return album._replace(
        text=speaking.text,
        quotes=speaking.quotes,
        links=speaking.links,
        edited_at=message.edited_at or album.edited_at,
        reply_to=album.reply_to or message.reply_to,
        thread=album.thread or message.thread,
        parts=album.parts + 1,
    )
