"""What people see of a chat: messages with their sender, buttons and reactions; and the same as lines of text."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from bot.emulator.actor import Place
from bot.emulator.privacy import SERVICE
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, Post

if TYPE_CHECKING:
    from bot.emulator.people import Person

MEDIA = ("photo", "video", "document", "voice", "video_note", "sticker", "animation", "audio", "location", "venue",
         "contact", "dice", "poll", "checklist")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it."""

    message_id: int
    sender: str
    text: str
    kind: str
    """text, the kind of media, or the name of an event."""
    date: datetime
    buttons: tuple[tuple[str, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = ()
    reactions: tuple[str, ...] = ()
    edited: bool = False
    pinned: bool = False
    ephemeral: bool = False
    topic: int | None = None
    reply_to: int | None = None
    file_name: str | None = None
    post: Post | None = None


def seen(chat: ChatState, post: Post) -> Seen:
    """How a message looks."""
    fields = post.fields
    markup = fields.get("reply_markup") or {}
    return Seen(
        message_id=post.message_id,
        sender=sender_name(fields),
        text=_words(fields),
        kind=kind_of(fields),
        date=datetime.fromtimestamp(fields["date"], UTC),
        buttons=_rows(markup.get("inline_keyboard")),
        keyboard=_rows((post.keyboard or {}).get("keyboard")),
        reactions=tuple(sorted(_emoji(one) for given in post.reactions.values() for one in given)),
        edited="edit_date" in fields,
        pinned=post.message_id in chat.pinned,
        ephemeral=post.receiver is not None,
        topic=fields.get("message_thread_id") if fields.get("is_topic_message") else None,
        reply_to=fields.get("reply_to_message", {}).get("message_id"),
        file_name=fields.get("document", {}).get("file_name"),
        post=post,
    )


def sender_name(fields: Json) -> str:
    """The name above a message: of the chat that speaks, else of the person."""
    if chat := fields.get("sender_chat"):
        return str(chat.get("title", chat["id"]))
    return str(fields.get("from", {}).get("first_name", ""))


def kind_of(fields: Json) -> str:
    """What a message is."""
    for name in (*MEDIA, *SERVICE):
        if name in fields:
            return name
    return "text"


def _words(fields: Json) -> str:
    if poll := fields.get("poll"):
        return "\n".join(
            [poll["question"], *(f"○ {option['text']} ({option['voter_count']})" for option in poll["options"])]
        )
    if checklist := fields.get("checklist"):
        marks = [f"{'☑' if task.get('completion_date') else '☐'} {task['text']}" for task in checklist["tasks"]]
        return "\n".join([checklist["title"], *marks])
    return str(fields.get("text") or fields.get("caption") or fields.get("new_chat_title") or "")


def _rows(keyboard: list[list[Json]] | None) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(button["text"] for button in row) for row in keyboard or [])


def _emoji(reaction: Json) -> str:
    return str(reaction.get("emoji") or reaction.get("custom_emoji_id"))


def transcript(where: Place, *, seen_by: "Person | None", tz: tzinfo) -> str:
    """A chat as lines; without a reader, what everybody in it sees."""
    chat = where.state
    posts = seen_by.finds(where) if seen_by is not None else [post for post in chat.posts.values() if not post.deleted]
    return "\n".join(_line(seen(chat, post), tz) for post in posts)


def _line(one: Seen, tz: tzinfo) -> str:
    marks = [
        name for name, holds in (("已编辑", one.edited), ("置顶", one.pinned), ("仅你可见", one.ephemeral)) if holds
    ]
    head = f"[{one.date.astimezone(tz):%m-%d %H:%M}] {one.sender}"
    if marks:
        head += f" ({'，'.join(marks)})"
    shown = one.text.replace("\n", "\n    ")
    what = "" if one.kind == "text" else f"<{one.kind}{' ' + one.file_name if one.file_name else ''}> "
    lines = [f"{head}: {what}{shown}".rstrip()]
    lines += ["    " + " ".join(f"[{text}]" for text in row) for row in one.buttons]
    if one.reactions:
        lines.append("    " + " ".join(f"{emoji}×{count}" for emoji, count in Counter(one.reactions).items()))
    return "\n".join(lines)
