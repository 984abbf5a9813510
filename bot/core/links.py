"""Web addresses in a normal text, with or without `https://`, so that the same form or document is known again."""

import re

LINK = re.compile(
    r"(?:https?://|(?<![a-z0-9.@])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,30}){1,3}/)"
    r"[^\s\u3000-\u303f\uff00-\uffef\u3400-\u9fff]{4,300}"
)
"""An address up to the next space, Chinese character or full-width mark; every repetition is bounded."""


def links_in(text: str) -> tuple[str, ...]:
    """The addresses of a normal text, each once, in order; no search where the text holds no slash."""
    return tuple(dict.fromkeys(LINK.findall(text))) if "/" in text else ()
