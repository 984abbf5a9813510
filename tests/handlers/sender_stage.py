"""A sender with entries to send, and a platform that answers as told."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.core.group import Group
from bot.core.speech import Outgoing, PostKind, Speech
from handlers.sender import Sender
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import ScriptedRequest, application, default, runtime

HELLO = Speech.of("live_upkeep.too_many", "en")


def answer(chat_id: int = 42, **fields: Any) -> Outgoing:
    return Outgoing(chat_id, fields.pop("kind", PostKind.ANSWER), speech=fields.pop("speech", HELLO), **fields)


class Stage:
    """A sender with entries to send, a clock, and a platform that answers as told."""

    def __init__(self, script: Any = None) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.runtime = runtime(self.store, self.clock)
        self.request = ScriptedRequest(script)

    def run(self, *entries: Outgoing, steps: int = 1, groups: Sequence[Group] = ()) -> None:
        async def go() -> None:
            async with self.store.begin() as work:
                for group in groups:
                    await work.groups.add(group)
                await work.outbox.add(entries, self.clock.now())
                await work.commit()
            sender = Sender((await application(self.request)).bot, self.runtime)
            for _ in range(steps):
                await sender.step()
                await sender.finish()
                self.clock.advance(seconds=1.5)

        asyncio.run(go())

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(row.state, row.reason) for row in self.store.tables.outbox.values()]

    @property
    def sent(self) -> list[int]:
        return [int(given["chat_id"]) for given in self.request.made("sendMessage")]


def failing_with(error: Exception, times: int = 1) -> Any:
    """A script that fails so many calls, then answers."""
    left = [times]

    def script(method: str, _: dict[str, Any]) -> Any:
        if left[0]:
            left[0] -= 1
            raise error
        return default(method)

    return script


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error
