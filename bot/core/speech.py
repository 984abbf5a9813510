"""What the bot wants to say or do: keys of the catalogue and fields, rendered only when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A field that is itself a key of the catalogue, as the title of a category."""

    key: str


Value: TypeAlias = str | int | float | Word
"""A field of a text; strings come from people and are escaped when rendered."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph: a catalogue key with its fields; `follows` puts it on the line after the part before it."""

    key: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    follows: bool = False

    @classmethod
    def line(cls, key: str, /, **fields: Value) -> "Part":
        """A part on the line after the one before it."""
        return cls(key, fields, follows=True)


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `data` (unsigned; it is signed when sent) or a `url`."""

    label: Part
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text with its buttons in the language of whoever reads it."""

    parts: tuple[Part, ...]
    language: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()

    @classmethod
    def of(cls, key: str, language: str = "", /, **fields: Value) -> "Speech":
        """A speech of one paragraph without buttons."""
        return cls((Part(key, fields),), language)


class Act(StrEnum):
    """What is to be done in a chat; each is one call to the platform."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    REACT = "react"
    LEAVE = "leave"
    LOCK = "lock"  # nobody but admins may write any more
    RETITLE = "retitle"  # the speech is the new title
    CLOSE_TOPICS = "close_topics"
    COUNT = "count"  # asks how many members a chat has
    PHOTO = "photo"  # sends the picture of a file, with its caption
    DOCUMENT = "document"  # sends a file
    CLEAR = "clear"  # deletes the messages between two numbers, as far as the platform lets the bot


class FileKind(StrEnum):
    """What a file is made of when it is sent."""

    DIGEST_CHART = "digest_chart"  # the numbers of a digest, as `core.digest.dump` writes them
    UNIT_SHEET = "unit_sheet"  # the key of a period: all units, from the database
    QUARTER_NOTICE = "quarter_notice"  # the key of a quarter: a draft for a person to edit
    CASE_FILE = "case_file"  # the number of a case: its file, for the office alone


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent: what it is, and what it is made from. It is made only when it is sent."""

    kind: FileKind
    data: str


class Keys(StrEnum):
    """What stands below the field where a person writes in private."""

    PICK_GROUP = "pick_group"  # a key that lets them choose one of their groups
    NONE = "none"  # what stood there goes


class PostKind(StrEnum):
    """Why the bot speaks; decides which limits hold (see `core/manners.py`)."""

    ANSWER = "answer"  # somebody wrote to the bot in private, or used a command
    WELCOME = "welcome"  # the one message on being added
    NOTICE = "notice"  # unasked, in a group: counted, in working time only
    HINT = "hint"  # a private hint to a sender
    PROMPT = "prompt"  # a question that nobody asked for, in private: in working time only
    TROUBLE = "trouble"  # to an admin or the office: something does not work
    HOUSEKEEPING = "housekeeping"  # edits and deletions of the bot's own posts, leaving


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One entry of the outbox.

    `key` makes it unique: a second entry with the same key is dropped. `not_before` is the earliest moment of
    sending, `drop_after` the latest. `delete_after` seconds after sending it removes itself. `message_id` names what
    is edited, deleted or reacted to; `of_key` names it by the entry that sent it. `file` is what a photo or document is
    made of; its words come with it, and of `speech` only the buttons are used. `private` chats are stored as a
    keyed hash beside the encrypted payload. With `recall` the chat stays known, encrypted, after the sending, as
    long as the entry does, so that what was said can be taken back. A `fleeting` one has no key, is sealed for its day
    alone, and leaves no row once it is said, refused or lost: for whom nothing may lead back to. `through` is the last
    message of a stretch that is cleared. Of a group only `only_for` sees it (a user id), as the answer to their command
    `only_reply`, which others did not see either.
    """

    chat_id: int
    kind: PostKind
    act: Act = Act.SEND
    speech: Speech | None = None
    key: str = ""
    thread_id: int | None = None
    reply_to: int | None = None
    message_id: int | None = None
    of_key: str = ""
    emoji: str = ""
    silent: bool = True
    not_before: datetime | None = None
    drop_after: datetime | None = None
    delete_after: int | None = None
    recall: bool = False
    fleeting: bool = False
    keys: Keys | None = None
    through: int | None = None
    only_for: int | None = None
    only_reply: int | None = None
    file: Attachment | None = None

    @property
    def private(self) -> bool:
        """Whether the chat is a person's: the platform numbers groups and channels below zero."""
        return self.chat_id > 0
