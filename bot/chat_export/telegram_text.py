"""The text of a Telegram message, with its quotes and links, from any form an export gives it."""

from typing import TypeAlias

from bot.chat_export.fields import first_links, links_in
from bot.core.model import Span
from bot.core.quotes import quoted_spans

RichText: TypeAlias = tuple[str, tuple[Span, ...], tuple[str, ...]]
"""A joined text, the stretches of it that somebody else wrote, and where its links lead."""

EMPTY: RichText = ("", (), ())


def rich_text(value: object, entities: object = None) -> RichText:
    """Join a text that is a string or a list of strings and entities; anything else counts as empty.

    A plain string has no entities by the rule of the writer, so `entities` (`text_entities`) are
    looked at only where `value` is neither.
    """
    if type(value) is str:
        return (value, quoted_spans(value), links_in(value)) if value else EMPTY
    if type(value) is not list:
        value = entities
    if type(value) is not list:
        return EMPTY
    return _joined(value)


def _joined(parts: list[object]) -> RichText:
    texts: list[str] = []
    quotes: list[Span] = []
    links: list[str] = []
    length = 0
    for part in parts:
        kind, words, href = _part(part)
        if kind == "blockquote" and words:
            quotes.append((length, length + len(words)))
        if kind in ("link", "text_link"):
            links.append(href or words)
        else:
            links.extend(links_in(words))
        texts.append(words)
        length += len(words)
    text = "".join(texts)
    spans = tuple(sorted({*quotes, *quoted_spans(text)}))
    return text, spans, first_links(links)


def _part(part: object) -> tuple[str, str, str]:
    """Return kind, words and target of one part, empty where it does not state them."""
    if type(part) is str:
        return "", part, ""
    if type(part) is not dict:
        return "", "", ""
    kind, words, href = part.get("type"), part.get("text"), part.get("href")
    return (
        kind if type(kind) is str else "",
        words if type(words) is str else "",
        href if type(href) is str else "",
    )


def poll_text(poll: object) -> RichText:
    """Join the question of a poll and its answers, a line each."""
    return _lines(poll, "question", "answers")


def todo_text(todo_list: object) -> RichText:
    """Join the title of a checklist and its tasks, a line each."""
    return _lines(todo_list, "title", "answers")


def _lines(holder: object, heading: str, rows: str) -> RichText:
    if type(holder) is not dict:
        return EMPTY
    answers = holder.get(rows)
    parts: list[object] = [holder.get(heading)]
    if type(answers) is list:
        parts.extend(answer.get("text") if type(answer) is dict else answer for answer in answers)
    found = [rich_text(part) for part in parts]
    text = "\n".join(words for words, _, _ in found if words)
    return text, quoted_spans(text), first_links(link for _, _, links in found for link in links)


def stacked(first: RichText, second: RichText) -> RichText:
    """Put one text below the other."""
    if not first[0] or not second[0]:
        return first if first[0] else second
    shift = len(first[0]) + 1
    quotes = first[1] + tuple((start + shift, end + shift) for start, end in second[1])
    return f"{first[0]}\n{second[0]}", quotes, first_links(first[2] + second[2])
