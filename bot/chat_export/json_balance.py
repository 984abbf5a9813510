"""Finding where a JSON string, object or array ends, window by window."""

import re

_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_INSIDE_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_OPENING = b"{["
_QUOTE = ord('"')


class Balance:
    """The state of a scan from the first byte of a string, object or array to its last."""

    __slots__ = ("_depth", "_in_string")

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = False

    def feed(self, data: bytes, at: int) -> tuple[int, bool]:
        """Scan `data` from `at`; return how far it is done with, and whether the value ends there.

        The next call goes on from that place, in `data` that has been extended or cut before it.
        """
        while True:
            if self._in_string:
                at = _end(_INSIDE_STRING, data, at)
            elif self._depth:
                at = _end(_TO_BRACKET, data, at)
            if at == len(data) or (self._in_string and data[at] != _QUOTE):
                return at, False
            self._step(data[at])
            at += 1
            if not self._depth and not self._in_string:
                return at, True

    def _step(self, byte: int) -> None:
        if byte == _QUOTE:
            self._in_string = not self._in_string
        else:
            self._depth += 1 if byte in _OPENING else -1


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    match = pattern.match(data, at)
    return match.end() if match else at
