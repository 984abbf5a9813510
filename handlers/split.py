"""Long HTML texts in several messages: cut between paragraphs, with every tag closed and opened again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from bot.render.messages import without_tags

LONGEST = 4096
"""UTF-16 units of one message, counted as the platform does: after tags and entities are read."""
MOST_PARTS = 4
"""A text of more parts is sent as a file."""

_TOKEN = re.compile(r"<(/?)(\w+)[^>]*>|&#?\w+;|\n+|[^<&\n]+|[<&]", re.ASCII)


def units(text: str) -> int:
    """The length of a text as the platform counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


plain = without_tags
"""The text without its tags."""


@dataclass(slots=True)
class _Page:
    longest: int
    text: str = ""
    length: int = 0
    open_tags: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def add(self, token: str, length: int) -> None:
        """Put in a token that shows `length` units, on a new page when this one is full."""
        if self.length + length > self.longest:
            self.turn()
        self.text += token
        self.length += length

    def turn(self) -> None:
        """Begin a new page with the same tags open."""
        if self.length:
            self.done.append(self.text.strip("\n") + "".join(f"</{_name(tag)}>" for tag in reversed(self.open_tags)))
        self.text, self.length = "".join(self.open_tags), 0

    def tag(self, token: str, *, closing: bool) -> None:
        """Open or close a tag."""
        if closing and self.open_tags:
            self.open_tags.pop()
        elif not closing:
            self.open_tags.append(token)
        self.text += token


def split(html: str, longest: int = LONGEST) -> list[str]:
    """The parts of a text, each at most `longest` units; paragraphs stay whole where they fit, then lines."""
    if units(plain(html)) <= longest:
        return [html]
    page = _Page(longest)
    for paragraph in re.split(r"(?<=\n)(?=[^\n])", html):
        shown = units(plain(paragraph).rstrip("\n"))
        if page.length and page.length + shown > longest and shown <= longest:
            page.turn()
        for token, kind in _tokens(paragraph):
            _put(page, token, kind)
    page.turn()
    return [part for part in page.done if plain(part).strip()]


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(html):
        kind = "text"
        if match[2]:
            kind = "close" if match[1] else "open"
        elif match[0].startswith("&"):
            kind = "entity"
        yield match[0], kind


def _put(page: _Page, token: str, kind: str) -> None:
    if kind in {"open", "close"}:
        page.tag(token, closing=kind == "close")
    elif kind == "entity":
        page.add(token, units(unescape(token)))
    elif not token.strip("\n"):
        if page.length + len(token) > page.longest:
            page.turn()  # the break between two messages stands for it
        elif page.length:
            page.add(token, len(token))
    else:
        for piece in _pieces(token, page):
            page.add(piece, units(piece))


def _pieces(text: str, page: _Page) -> Iterator[str]:
    """A stretch of text in pieces that fit: the rest of this page first, then whole pages."""
    room = page.longest - page.length
    while units(text) > room:
        cut = _fitting(text, room)
        if cut:
            yield text[:cut]
        text, room = text[cut:], page.longest
    if text:
        yield text


def _fitting(text: str, room: int) -> int:
    """How many characters of a text fit into so many units; never half a character."""
    count = 0
    for place, character in enumerate(text):
        count += 2 if ord(character) > 0xFFFF else 1
        if count > room:
            return place
    return len(text)


def _name(tag: str) -> str:
    found = re.match(r"<(\w+)", tag, re.ASCII)
    return found[1] if found else ""
