"""Text and its entities: counted in UTF-16 units, found in plain text, parsed from HTML and MarkdownV2."""

import re
from html.parser import HTMLParser

from bot.emulator.failures import bad_request
from bot.emulator.markdown import parse_markdown
from bot.emulator.spec import Json

PLAIN = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#[\w]+")),
    ("url", re.compile(r"https?://[^\s<>，。；、（）]+")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
)
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip


def utf16(text: str) -> int:
    """The length that Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Json]:
    """What Telegram marks by itself in a text: commands, mentions, hashtags, links, mail addresses."""
    if not any(mark in text for mark in "/@#"):
        return []
    found: list[tuple[int, int, str]] = []
    for kind, pattern in PLAIN:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return [
        {"type": kind, "offset": utf16(text[:start]), "length": utf16(text[start:end])}
        for start, end, kind in sorted(found)
    ]


def parse(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """A text as it will be shown and its entities, trimmed as Telegram trims it."""
    if entities is not None and not parse_mode:
        shown, marked = text, entities
    elif not parse_mode:
        shown, marked = text, []
    elif parse_mode.lower() == "html":
        shown, marked = _parse_html(text)
    elif parse_mode.lower() == "markdownv2":
        shown, marked = parse_markdown(text)
    else:
        raise bad_request("unsupported parse_mode")
    return _trimmed(shown, _with_found(shown, marked))


def _with_found(text: str, marked: list[Json]) -> list[Json]:
    closed = [entity for entity in marked if entity["type"] in {"code", "pre", "text_link"}]
    found = [entity for entity in find_entities(text) if not any(_overlap(entity, other) for other in closed)]
    known = {(entity["type"], entity["offset"]) for entity in marked}
    return sorted(
        [*marked, *(entity for entity in found if (entity["type"], entity["offset"]) not in known)],
        key=lambda entity: (entity["offset"], -entity["length"]),
    )


def _overlap(one: Json, other: Json) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    left = len(text) - len(text.lstrip())
    shown = text.strip()
    if shown == text:
        return text, entities
    limit = utf16(shown)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, limit)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return shown, kept


class _Html(HTMLParser):
    """Collects text and entities of Telegram's HTML; an unknown or open tag is refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Json] = []
        self._open: list[tuple[str, Json]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an entity."""
        given = dict(attrs)
        if tag == "span" and given.get("class") == "tg-spoiler":
            kind = "spoiler"
        elif tag in TAGS:
            kind = TAGS[tag]
        else:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        entity: Json = {"type": kind, "offset": utf16(self.text), "length": 0}
        if kind == "text_link":
            entity["url"] = given.get("href") or ""
        elif kind == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        elif kind == "code" and self._open and self._open[-1][0] == "pre" and given.get("class"):
            self._open[-1][1]["language"] = str(given["class"]).removeprefix("language-")
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        """Closes the entity that was opened last."""
        if not self._open or self._open[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, entity = self._open.pop()
        entity["length"] = utf16(self.text) - entity["offset"]
        inside_pre = entity["type"] == "code" and bool(self._open) and self._open[-1][0] == "pre"
        if entity["length"] and not inside_pre:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        """Adds plain text."""
        self.text += data

    def finish(self) -> None:
        """Refuses a text that ends within a tag."""
        if self._open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1][0]}\""
            )


def _parse_html(text: str) -> tuple[str, list[Json]]:
    if re.search(r"<(?![a-zA-Z/])", text):
        raise bad_request('can\'t parse entities: Unsupported start tag ""')
    reader = _Html()
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.text, reader.entities
