"""The bytes of an export, which may come from a pipe: looked at once at the front, and read once."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1 << 20
"""Characters of the longest line that is held; a longer one reads as an empty line, and is counted."""


class _Replayed(io.RawIOBase):
    """A front that was already read, and then the rest."""

    def __init__(self, front: bytes, rest: BinaryIO) -> None:
        self._front = front
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._front[: len(buffer)] or self._rest.read(len(buffer)) or b""
        self._front = self._front[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def look_ahead(source: BinaryIO, size: int) -> tuple[bytes, io.BufferedReader]:
    """Return the first `size` bytes, or all there are, and a reader of the whole from its start."""
    front = b""
    while len(front) < size and (chunk := source.read(size - len(front))):
        front += chunk
    return front, io.BufferedReader(_Replayed(front, source), 1 << 16)


def lines_of(
    source: io.BufferedReader, encoding: str, repairs: Counter[str], *, newline: str | None = None
) -> Iterator[str]:
    """Yield the lines of a text with their ends, whatever does not decode replaced and counted.

    `newline` is that of `open`: None makes every end of a line a line feed, "" leaves them as they are.
    """
    text = io.TextIOWrapper(source, encoding=encoding, errors="replace", newline=newline)
    while line := text.readline(LONGEST_LINE):
        if "\ufffd" in line:
            repairs["bad_utf8"] += line.count("\ufffd")
        if len(line) < LONGEST_LINE or line[-1] in "\r\n":
            yield line
            continue
        repairs["oversized_value"] += 1
        while (rest := text.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
            pass
        yield "\n"
