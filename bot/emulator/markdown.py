"""Telegram's MarkdownV2: text with its entities; a reserved character that is not escaped is refused."""

import re

from bot.emulator.failures import bad_request
from bot.emulator.spec import Json

TOKEN = re.compile(r"\\(.)|(```)|(`)|(\|\||__|\*|_|~)|(\]\(([^)\s]*)\))|(\[)|([>#+\-=|{}.!()\]])", re.DOTALL)
MARKS = {"||": "spoiler", "__": "underline", "*": "bold", "_": "italic", "~": "strikethrough"}


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self.entities: list[Json] = []
        self._open: list[tuple[str, int]] = []

    def read(self) -> None:
        """Reads it all; what is not well formed is refused."""
        at = 0
        while match := TOKEN.search(self.source, at):
            self.text += self.source[at : match.start()]
            at = match.end()
            escaped, fence, tick, mark, link_end, url, link_start, reserved = match.groups()
            if escaped is not None:
                self.text += escaped
            elif fence or tick:
                at = self._code(fence or tick, at)
            elif mark:
                self._toggle(mark)
            elif link_start:
                self._open.append(("[", self._length()))
            elif link_end:
                self._close("[", {"type": "text_link", "url": url})
            elif reserved != ">" or (self.text and not self.text.endswith("\n")):
                what = f"Character '{reserved}' is reserved and must be escaped with the preceding '\\'"
                raise bad_request(f"can't parse entities: {what}")
        self.text += self.source[at:]
        if self._open:
            raise bad_request(f"can't parse entities: Can't find end of the entity starting with {self._open[-1][0]}")

    def _length(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2

    def _toggle(self, mark: str) -> None:
        if any(opened == mark for opened, _ in self._open):
            self._close(mark, {"type": MARKS[mark]})
        else:
            self._open.append((mark, self._length()))

    def _close(self, mark: str, entity: Json) -> None:
        if not self._open or self._open[-1][0] != mark:
            raise bad_request(f"can't parse entities: Can't find end of the entity before {mark}")
        _, start = self._open.pop()
        if self._length() > start:
            self.entities.append(entity | {"offset": start, "length": self._length() - start})

    def _code(self, mark: str, at: int) -> int:
        end = self.source.find(mark, at)
        if end < 0:
            raise bad_request("can't parse entities: Can't find end of Code entity")
        start = self._length()
        self.text += re.sub(r"\\(.)", r"\1", self.source[at:end])
        kind = "pre" if mark == "```" else "code"
        self.entities.append({"type": kind, "offset": start, "length": self._length() - start})
        return end + len(mark)


def parse_markdown(text: str) -> tuple[str, list[Json]]:
    """The shown text and its entities."""
    reader = _Reader(text)
    reader.read()
    return reader.text, reader.entities
