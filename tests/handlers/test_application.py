"""The handlers as they are joined: every module in its place, every private message and press answered."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import handlers
from bot.core.errors import BadInput
from handlers import press
from handlers.application import HANDLERS, all_handlers, build_application, close, initialise
from handlers.context import PressAnswer
from handlers.dispatch import is_plain
from handlers.worker import Worker
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import (
    ANNA,
    TOKEN,
    Refused,
    ScriptedRequest,
    default,
    dispatcher,
    group_message,
    private_message,
    runtime,
    stored,
)
from tests.handlers.parts import press as pressing

FOLDER = Path(handlers.__file__ or "").parent


def test_every_module_with_handlers_is_in_the_tuple():
    written = {path.stem for path in FOLDER.glob("*.py") if "\ndef handlers() ->" in path.read_text("utf-8")}
    assert {module.__name__.removeprefix("handlers.") for module in HANDLERS} == written


def test_what_is_watched_comes_last():
    assert HANDLERS[-1].__name__ == "handlers.watch"
    assert HANDLERS[-2].__name__ == "handlers.private"


def _declared(module: Any) -> dict[str, Any]:
    return module.presses() if hasattr(module, "presses") else {}


class Stage:
    """A worker with all the real handlers."""

    def __init__(self) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.answers: list[PressAnswer] = []
        self.runtime = runtime(self.store, self.clock)

    def run(self, *updates: dict[str, Any]) -> None:
        async def go() -> None:
            await stored(self.store, self.clock, *updates)
            worker = Worker(await dispatcher(self.runtime, all_handlers()), self.answers.extend)
            await worker.step()

        asyncio.run(go())


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"text": "good morning"}, id="words"),
        pytest.param({"text": "/start"}, id="a known command"),
        pytest.param({"text": "/nonsense"}, id="an unknown command"),
        pytest.param({"text": "?"}, id="a sign"),
    ],
)
def test_every_private_message_is_answered(message):
    stage = Stage()
    stage.run(private_message(1, **message))
    assert [entry.chat_id for entry in stage.store.queued()] == [ANNA["id"]]


@pytest.mark.parametrize(
    "text", [pytest.param("/nonsense", id="unknown"), pytest.param("/help@other_bot", id="of another bot")]
)
def test_a_command_in_a_group_that_is_not_ours_meets_silence(text):
    stage = Stage()
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    stage.run(group_message(1, text, entities=entities))
    assert stage.store.queued() == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("set:1", id="not signed"),
        pytest.param("set:1~12345678", id="signed by another"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_foreign_or_old_button_is_answered_politely(data):
    stage = Stage()
    stage.run(pressing(1, data))
    (answer,) = stage.answers
    assert answer.toast is not None
    assert (answer.toast.key, answer.language) == ("live_upkeep.press.old", "en")


def test_a_signed_button_of_an_action_that_is_no_more_is_answered_too():
    stage = Stage()
    stage.run(pressing(1, f"gone:1~{stage.runtime.vault.sign('gone:1')}"))
    assert [answer.toast and answer.toast.key for answer in stage.answers] == ["live_upkeep.press.old"]


@pytest.mark.parametrize("action", sorted({name for module in HANDLERS for name in _declared(module)}))
def test_a_press_of_every_action_is_answered_even_without_arguments(action):
    stage = Stage()
    stage.run(pressing(1, f"{action}~{stage.runtime.vault.sign(action)}"))
    assert [answer.query_id for answer in stage.answers] == ["1"]
    assert not any(row.aside_at for row in stage.store.tables.inbox.values())


def test_two_modules_cannot_declare_the_same_action():
    class Other:
        @staticmethod
        def presses() -> dict[str, Any]:
            return dict.fromkeys(press.ACTIONS, print)

    all_handlers()
    with pytest.raises(ValueError, match=r"\w"):
        press.register([Other])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("fields", "plain"),
    [
        pytest.param({}, True, id="a text"),
        pytest.param({"entities": [{"type": "bot_command", "offset": 3, "length": 2}]}, True, id="a command within"),
        pytest.param({"entities": [{"type": "bot_command", "offset": 0, "length": 2}]}, False, id="a command"),
        pytest.param({"migrate_to_chat_id": -5}, False, id="an upgrade"),
        pytest.param({"new_chat_members": []}, False, id="somebody joins"),
        pytest.param({"chat": {"id": 1, "type": "private"}}, False, id="a private message"),
        pytest.param({"chat": 5}, False, id="a chat that is a number"),
        pytest.param({"entities": [5]}, True, id="entities that are numbers"),
    ],
)
def test_the_light_path_is_for(fields, plain):
    assert is_plain(group_message(1, **fields)) is plain


class Closing(ScriptedRequest):
    """A request object that knows whether it was closed."""

    closed = False

    async def shutdown(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(None, id="whole"),
        pytest.param(401, id="with a token that is refused"),
        pytest.param(500, id="without an answer, until told to stop"),
    ],
)
def test_connections_are_closed_after_a_start(code: int | None):
    async def go() -> bool:
        stop = asyncio.Event()

        def script(method: str, _: dict[str, Any]) -> Any:
            if code is None:
                return default(method)
            stop.set()
            raise Refused(code, "no")

        request = Closing(script)
        made = build_application(TOKEN, "https://api.example", request)
        with suppress(BadInput):
            await initialise(made, stop)
        assert not request.closed
        await close(made)
        return request.closed

    assert asyncio.run(go())
