"""A pull parser for JSON of any size: it holds one window of the input and never a whole document."""

import re
from collections import Counter
from collections.abc import Iterator

import orjson

from bot.chat_export import json_window
from bot.chat_export.json_repair import Unreadable, decode
from bot.chat_export.json_window import ARRAY, OBJECT, QUOTE, BrokenOffError, ByteReader, JsonWindow

LIMIT = 4 << 20
"""Bytes of the largest single value that is held; a larger one is passed over."""

_BEYOND_LAYOUT = 1 << 14
_LAYOUT_SEEN = 64
_LEAST_SPAN = 1024
_MOST_MISLED = 8
_LAYOUT = re.compile(rb"\r?\n[ \t]+(?=\{)")
_COMPACT = re.compile(rb'\{"\w{1,20}":( ?)')
_SEPARATOR = re.compile(rb"[ \t\r\n]{0,32}[,\]]")


class JsonStream:
    """A cursor in a JSON text, standing before a value, that moves only forward.

    What is not asked for is skipped in constant memory. Every method raises `BrokenOffError` where
    the input ends too early or is no JSON. `repairs` counts what had to be mended.
    """

    __slots__ = ("_layout", "_limit", "_misled", "_next", "_span", "_window", "repairs")

    def __init__(
        self,
        source: ByteReader,
        repairs: Counter[str],
        *,
        chunk: int = json_window.CHUNK,
        limit: int = LIMIT,
    ) -> None:
        self.repairs = repairs
        self._window = JsonWindow(source, chunk)
        self._limit = limit
        self._layout = b""
        self._misled = 0
        self._next = b""
        self._span = limit

    def members(self) -> Iterator[str]:
        """Yield the keys of the object here, the cursor before each value; nothing if it is no object."""
        window = self._window
        if not self._enter(OBJECT):
            return
        first = True
        while self._goes_on(json_window.OBJECT_END, first=first):
            first = False
            if window.peek() != QUOTE:
                raise BrokenOffError
            key = self._string()
            window.take(json_window.COLON)
            window.peek()
            start = window.offset
            yield key or ""
            if window.offset == start:
                self.skip()

    def items(self) -> Iterator[None]:
        """Step through the array here, the cursor before each item; nothing if it is no array."""
        if not self._enter(ARRAY):
            return
        first = True
        while self._goes_on(json_window.ARRAY_END, first=first):
            first = False
            start = self._window.offset
            yield None
            if self._window.offset == start:
                self.skip()

    def elements(self) -> Iterator[object]:
        """Yield the decoded items of the array here, an `Unreadable` for each that was passed over."""
        if not self._enter(ARRAY):
            return
        self._note_layout()
        first = True
        while self._goes_on(json_window.ARRAY_END, first=first):
            first = False
            batch = self._batch()
            if batch is None:
                yield self._element()
            else:
                yield from batch

    def scalar(self) -> object:
        """Return the string, number, truth value or null here; None for an object, array or giant."""
        first = self._window.peek()
        if first == QUOTE:
            return self._string()
        if first in (OBJECT, ARRAY):
            self.skip()
            return None
        value = decode(self._window.literal(), Counter())
        return None if isinstance(value, Unreadable) else value

    def skip(self) -> None:
        """Pass over the value here without holding it."""
        if self._window.peek() in (OBJECT, ARRAY, QUOTE):
            self._window.skip_bracketed()
        else:
            self._window.literal()

    def at_end(self) -> bool:
        """Whether nothing but white space is left."""
        return not self._window.skip_space()

    def _enter(self, bracket: int) -> bool:
        if self._window.peek() == bracket:
            self._window.pos += 1
            return True
        self.skip()
        return False

    def _goes_on(self, bracket: int, *, first: bool) -> bool:
        window = self._window
        if window.peek() == bracket:
            window.pos += 1
            return False
        if not first:
            window.take(json_window.COMMA)
            window.peek()
        return True

    def _string(self) -> str | None:
        size = self._window.size_bracketed(self._limit)
        if size is None:
            self.repairs[Unreadable.OVERSIZED] += 1
            self.skip()
            return None
        value = decode(self._window.cut(size), self.repairs)
        return value if isinstance(value, str) and not isinstance(value, Unreadable) else None

    def _note_layout(self) -> None:
        """Learn from the first item how items end: at a brace of its indent, or before its first key."""
        window = self._window
        window.see(_LAYOUT_SEEN)
        layout = _LAYOUT.match(window.data, window.pos)
        compact = _COMPACT.match(window.data, window.pos)
        self._layout = layout.group() + b"}" if layout else b""
        self._next = b"," + compact.group(1) + compact.group() if compact else b""

    def _batch(self) -> list[object] | None:
        """Decode at once all items that the window holds whole, or None: then take one by itself.

        If what stands between here and a likely end decodes as a list, it is one: JSON that is
        complete cannot be read in two ways. So the layout need only be likely, never certain. After a
        fault the span that is tried is small, and grows again while all goes well.
        """
        window = self._window
        start = window.pos
        end = self._likely_end(min(len(window.data), start + self._span))
        self._span = min(2 * self._span, self._limit)
        if end <= start:
            return None
        try:
            batch: list[object] = orjson.loads(b"[" + window.data[start:end] + b"]")
        except orjson.JSONDecodeError:
            self._span = min(max(self._span // 32, _LEAST_SPAN), self._limit)
            return None
        window.pos = end
        return batch

    def _likely_end(self, bound: int) -> int:
        """Return where the last whole item before `bound` seems to end, 0 or less if nowhere."""
        data, start, layout = self._window.data, self._window.pos, self._layout
        if not layout:
            return data.rfind(self._next, start, bound) if self._next else 0
        stop = data.find(layout[:-2] + b"]", start, bound)
        last = data.rfind(layout, start, stop if stop >= 0 else bound)
        return last + len(layout) if last >= 0 else 0

    def _element(self) -> object:
        window = self._window
        first = window.data[window.pos]
        if first not in (OBJECT, ARRAY, QUOTE):
            return decode(window.literal(), self.repairs)
        value = self._element_by_layout() if first == OBJECT and self._layout else None
        if value is not None:
            return value
        size = window.size_bracketed(self._limit)
        if size is None:
            self.skip()
            return Unreadable.OVERSIZED
        return decode(window.cut(size), self.repairs)

    def _element_by_layout(self) -> object | None:
        """Decode the object that ends at the next brace of the usual indent; None if that is doubtful.

        So an object that is broken inside costs only itself: the next begins behind a known brace.
        """
        window = self._window
        size = window.size_through(self._layout, self._limit)
        if size is None:
            self._layout = b""
            return None
        value = self._decode_ahead(size)
        if not isinstance(value, Unreadable):
            return self._accept(size, value)
        bracketed = self._size_nearby(size)
        if bracketed is not None:
            other = self._decode_ahead(bracketed)
            if bracketed == size or not isinstance(other, Unreadable):
                self._doubt(bracketed, size)
                return self._accept(bracketed, other)
        return self._accept(size, value) if self._separated_after(size) else None

    def _doubt(self, bracketed: int, size: int) -> None:
        """Give the layout up when it misled too often: each time all up to a far brace was decoded in vain."""
        self._misled += bracketed < size
        if self._misled > _MOST_MISLED:
            self._layout = b""

    def _decode_ahead(self, size: int) -> object:
        window = self._window
        return decode(window.data[window.pos : window.pos + size], self.repairs)

    def _accept(self, size: int, value: object) -> object:
        self._window.pos += size
        return value

    def _size_nearby(self, size: int) -> int | None:
        """Return the size by brackets, unless it lies far beyond the size that the layout tells."""
        try:
            return self._window.size_bracketed(min(size + _BEYOND_LAYOUT, self._limit))
        except BrokenOffError:
            return None

    def _separated_after(self, size: int) -> bool:
        window = self._window
        window.see(size + _LAYOUT_SEEN)
        return _SEPARATOR.match(window.data, window.pos + size) is not None
