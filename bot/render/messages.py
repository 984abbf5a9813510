"""Speeches become words: HTML text for the chat, labels for buttons."""

import re
from html import escape, unescape

from bot.core.speech import Part, Speech, Value, Word
from bot.texts import LANGUAGES, Catalogue


def words_of(speech: Speech, fallback: str) -> Catalogue:
    """The catalogue of a speech: its own language, else the fallback."""
    known = [language for language in (speech.language, fallback) if language in LANGUAGES]
    return Catalogue.load(known[0] if known else LANGUAGES[0])


def text_of(speech: Speech, words: Catalogue) -> str:
    """The speech as HTML: catalogue texts may hold tags, fields never do. Raises `KeyError` for an unknown key."""
    pieces = [("\n" if part.follows else "\n\n") + _filled(part, words, html=True) for part in speech.parts]
    return "".join(pieces).lstrip("\n")


def shown_length(html: str) -> int:
    """The length of a text as the platform counts it: UTF-16 units, after tags and entities are read."""
    return len(without_tags(html).encode("utf-16-le", "surrogatepass")) // 2


def without_tags(html: str) -> str:
    """The text without its tags."""
    return unescape(re.sub(r"</?\w+[^>]*>", "", html, flags=re.ASCII))


def plain_of(part: Part, words: Catalogue) -> str:
    """One paragraph as plain text, for labels and for the answers to a press."""
    return _filled(part, words, html=False)


def _filled(part: Part, words: Catalogue, *, html: bool) -> str:
    return words(part.key, **{name: _value(value, words, html=html) for name, value in part.fields.items()})


def _value(value: Value, words: Catalogue, *, html: bool) -> object:
    if isinstance(value, Word):
        return words(value.key)
    return escape(value, quote=False) if html and isinstance(value, str) else value
