"""What is remembered of the bot's calls and of button presses."""

from dataclasses import dataclass, field
from typing import Any

from bot.emulator.spec import Json


@dataclass(slots=True)
class Call:
    """One call of the bot: what it asked for and what came of it."""

    method: str
    parameters: Json
    ok: bool = False
    result: Any = None
    code: int = 200
    description: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press of a button was answered with."""

    text: str
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Press:
    """A press of a callback button that waits for its answer."""

    query_id: str
    presser: int
    chat_id: int
    at: int
    answers: list[Answer] = field(default_factory=list)
