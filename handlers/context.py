"""What a callback is given beside the update: the runtime, the open transaction, and a way to answer a press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from telegram.ext import Application, CallbackContext, ExtBot, JobQueue

from bot.core.speech import Part, Speech
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from handlers.asking import Questions

Bot: TypeAlias = ExtBot[None]
LiveApplication: TypeAlias = Application[
    Bot, "Context", dict[Any, Any], dict[Any, Any], dict[Any, Any], JobQueue["Context"]
]


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The answer to a button press: a line only the presser sees, and what the pressed message becomes."""

    query_id: str
    toast: Part | None
    alert: bool
    speech: Speech | None
    language: str
    chat_id: int | None
    message_id: int | None


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of one update. `work` is the open transaction: callbacks write, the dispatcher commits."""

    runtime: Runtime
    work: UnitOfWork
    now: datetime
    answers: list[PressAnswer]
    number: int | None = None
    """The number of the update, by which what is begun anew is known."""
    questions: Questions | None = None
    """Where a worker stands by to ask the platform with no transaction open."""

    def begin(self, runtime: Runtime, work: UnitOfWork, now: datetime) -> "Context":
        """Fill in what belongs to this update; returns itself."""
        self.runtime, self.work, self.now, self.answers = runtime, work, now, []
        return self

    def answer(self, answer: PressAnswer) -> None:
        """Answer a press once the transaction is committed."""
        self.answers.append(answer)

    @property
    def words_given(self) -> Sequence[str]:
        """The words after a command."""
        return self.args or ()
