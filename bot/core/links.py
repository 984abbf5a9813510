"""Web addresses in a normal text, with or without `https://`, so that the same form or document is known again."""

import re
from itertools import islice

LINK = re.compile(
    r"(?:https?://|(?<![a-z0-9.@])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,30}){1,3}/)"
    r"[^\s\u3000-\u303f\uff00-\uffef\u3400-\u9fff]{4,300}"
)
"""An address up to the next space, Chinese character or full-width mark; every repetition is bounded."""


MOST_LINKS = 50
"""Addresses of one message that are remembered."""


def links_in(text: str) -> tuple[str, ...]:
    """The first `MOST_LINKS` addresses of a normal text, each once; no search where the text holds no slash."""
    if "/" not in text:
        return ()
    return tuple(dict.fromkeys(match[0] for match in islice(LINK.finditer(text), MOST_LINKS)))
