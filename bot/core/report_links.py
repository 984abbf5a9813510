"""Links to a message, as people paste them: of a closed group by its number, of a public one by its name."""

import re
from dataclasses import dataclass

_LINK = re.compile(
    r"(?:https?://)?(?:t\.me|telegram\.me|telegram\.dog)/(?:c/([0-9]{1,16})|([A-Za-z][A-Za-z0-9_]{3,31}))"
    r"/([0-9]{1,12})(?:/([0-9]{1,12}))?(?![0-9/])(?:\?[\w=&%-]{0,200})?",
    re.ASCII,
)
_SUPERGROUP = -1_000_000_000_000
"""The platform numbers supergroups and channels below this one."""


@dataclass(frozen=True, slots=True)
class MessageLink:
    """What a link names: the chat's number (None for a public one, which has a name), and the message in it."""

    chat_id: int | None
    name: str
    message_id: int
    text: str
    """The link as it was written."""


def message_link(text: str) -> MessageLink | None:
    """The first link to a message in a text; None where there is none. In a topic the last number is the message's."""
    match = _LINK.search(text)
    if match is None:
        return None
    number, name, first, second = match.groups()
    chat_id = None if number is None else _SUPERGROUP - int(number)
    return MessageLink(chat_id, name or "", int(second or first), match[0])


def without_link(text: str, link: MessageLink) -> str:
    """What else was written beside the link."""
    return " ".join(text.replace(link.text, " ").split())
