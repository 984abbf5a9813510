"""A window that moves over JSON bytes: where values begin and end, whatever the size of the input."""

import re
from typing import Protocol

from bot.chat_export.json_balance import Balance

CHUNK = 1 << 18
"""Bytes read at a time."""

LITERAL_KEPT = 1024
"""Of a number longer than this the rest is dropped."""

OBJECT, OBJECT_END, ARRAY, ARRAY_END, QUOTE, COMMA, COLON = b'{}[]",:'

_SPACE = re.compile(rb"[ \t\r\n]*+")
_LITERAL = re.compile(rb"[^ \t\r\n,:\[\]{}\"]*+")
_BOM = b"\xef\xbb\xbf"


class BrokenOffError(Exception):
    """The input ends, or stops being JSON, before its value is complete."""


class ByteReader(Protocol):
    """What the window needs of a file: reading on, fewer bytes than asked only at the end."""

    def read(self, size: int, /) -> bytes:
        """Return the next `size` bytes, or all that are left."""
        ...


class JsonWindow:
    """The bytes now held, `data`, and the place in them, `pos`; what lies before it may be dropped."""

    __slots__ = ("_base", "_chunk", "_source", "data", "pos")

    def __init__(self, source: ByteReader, chunk: int) -> None:
        self.data = b""
        self.pos = 0
        self._base = 0
        self._source = source
        self._chunk = chunk
        self.see(len(_BOM))
        if self.data.startswith(_BOM):
            self.pos = len(_BOM)

    @property
    def offset(self) -> int:
        """The place in the whole input."""
        return self._base + self.pos

    def peek(self) -> int:
        """Return the next byte that is no white space, and stand before it."""
        if not self.skip_space():
            raise BrokenOffError
        return self.data[self.pos]

    def take(self, byte: int) -> None:
        """Step over the byte that must come next."""
        if self.peek() != byte:
            raise BrokenOffError
        self.pos += 1

    def skip_space(self) -> bool:
        """Step over white space; whether anything follows."""
        while True:
            space = _SPACE.match(self.data, self.pos)
            self.pos = space.end() if space else self.pos
            if self.pos < len(self.data):
                return True
            if not self._more():
                return False

    def skip_bracketed(self) -> None:
        """Step over the string, object or array here without holding it."""
        balance = Balance()
        done = False
        while not done:
            self.pos, done = balance.feed(self.data, self.pos)
            if not done and not self._more():
                raise BrokenOffError

    def literal(self) -> bytes:
        """Step over a number or word and return its beginning."""
        kept = b""
        while True:
            literal = _LITERAL.match(self.data, self.pos)
            end = literal.end() if literal else self.pos
            kept = (kept + self.data[self.pos : end])[:LITERAL_KEPT]
            self.pos = end
            if end < len(self.data):
                break
            if not self._more():
                raise BrokenOffError
        if not kept:
            raise BrokenOffError
        return kept

    def cut(self, size: int) -> bytes:
        """Step over `size` bytes that are held, and return them."""
        start = self.pos
        self.pos += size
        return self.data[start : self.pos]

    def size_bracketed(self, limit: int) -> int | None:
        """Return the size of the string, object or array here, held whole; None if over the limit."""
        balance = Balance()
        size = 0
        done = False
        while not done:
            at, done = balance.feed(self.data, self.pos + size)
            size = at - self.pos
            if (size if done else len(self.data) - self.pos) > limit:
                return None
            if not done and not self._more():
                raise BrokenOffError
        return size

    def size_through(self, mark: bytes, limit: int) -> int | None:
        """Return the size from here to the end of the next `mark`, held whole; None if over the limit."""
        searched = 0
        while True:
            found = self.data.find(mark, self.pos + searched)
            if found >= 0:
                size = found + len(mark) - self.pos
                return size if size <= limit else None
            held = len(self.data) - self.pos
            searched = max(0, held - len(mark))
            if held > limit or not self._more():
                return None

    def see(self, size: int) -> None:
        """Hold at least `size` bytes from here on, or all that are left."""
        while len(self.data) - self.pos < size and self._more():
            pass

    def _more(self) -> bool:
        chunk = self._source.read(self._chunk)
        if not chunk:
            return False
        self._base += self.pos
        self.data = self.data[self.pos :] + chunk
        self.pos = 0
        return True
