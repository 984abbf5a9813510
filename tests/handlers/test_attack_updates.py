"""Updates as nobody honest sends them: whatever comes, the worker gets past it, and what is honest is handled."""

import asyncio
import json
import random
from copy import deepcopy
from typing import Any

import pytest

from handlers.application import all_handlers
from handlers.dispatch import Dispatcher
from handlers.limits import Limits
from handlers.worker import Worker
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import GROUP, application, group_message, press, private_message, runtime, stored


class Stage:
    """A worker with all handlers of the bot, over a store in memory."""

    def __init__(self) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.runtime = runtime(self.store, self.clock, attempts=2)

    def run(self, *updates: dict[str, Any] | bytes) -> None:
        async def go() -> None:
            await stored(self.store, self.clock, *updates)
            dispatcher = Dispatcher(await application(), self.runtime, all_handlers(), Limits(10_000))
            worker = Worker(dispatcher, lambda _: None)
            for _ in range(2 + 2 * len(updates)):
                await worker.step(sure=True)

        asyncio.run(go())

    @property
    def stuck(self) -> list[int]:
        rows = self.store.tables.inbox.values()
        return [row.update.update_id for row in rows if not row.handled_at and not row.aside_at]

    @property
    def aside(self) -> list[bytes | None]:
        return [row.update.payload for row in self.store.tables.inbox.values() if row.aside_at]


def _deep(depth: int, name: str = "reply_to_message") -> bytes:
    message = json.dumps(private_message(1)["message"])
    return (
        b'{"update_id": 1, "message": ' + (message[:-1] + f', "{name}": ').encode() * depth + b"{}" + b"}" * (depth + 1)
    )


ODD: dict[str, dict[str, Any] | bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no object": b"[]",
    "a number alone": b"7",
    "an unknown kind": {"update_id": 1, "rumour": {"chat": {"id": 1, "type": "private"}}},
    "two kinds at once": private_message(1) | {"callback_query": press(1, "x")["callback_query"]},
    "answers nested 300 deep": _deep(300),
    "answers nested 900 deep": _deep(900),
    "answers nested 10,000 deep": _deep(10_000),
    "lists 10,000 deep": b'{"update_id": 1, "message": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "a kind of chat that is a list": private_message(1, chat={"id": 1, "type": []}),
    "a kind of chat that is an object": group_message(1, chat={"id": 1, "type": {}}),
    "a chat that is a number": group_message(1, chat=7),
    "a message that is a list": {"update_id": 1, "message": []},
    "a message that is a text": {"update_id": 1, "edited_message": "x"},
    "a message in a press that is a text": {"update_id": 1, "callback_query": {"id": "1", "message": "x"}},
    "a text that is a number": {"update_id": 1, "message": private_message(1)["message"] | {"text": 7}},
    "entities that are a number": group_message(1, entities=5),
    "a kind of entity that is a list": group_message(1, entities=[{"type": [], "offset": 1, "length": 1}]),
    "numbers beyond every column": group_message(10**30, chat={"id": -(10**30), "type": "supergroup"}),
    "a date beyond every calendar": group_message(1, date=10**18),
    "a negative date": private_message(1, date=-(10**15)),
    "half a character": private_message(1, "/feedback \ud800"),
    "half a character in data": press(1, "se:1~\ud800"),
    "half a character in a payload": private_message(1, "/start s_1_\ud800"),
    "a payload of figures": private_message(1, "/start s_" + "9" * 5000 + "_x"),
    "no data": {
        "update_id": 1,
        "callback_query": {k: v for k, v in press(1, "")["callback_query"].items() if k != "data"},
    },
    "names that are objects": private_message(1, **{"from": {"id": {}, "is_bot": [], "first_name": {}}}),
    "keys twice": b'{"update_id": 1, "update_id": 1, "message": {"text": "a"}, "message": {"text": 7}}',
    "no number at all": b'{"message": {}}',
    "not a number": b'{"update_id": NaN, "message": {"date": Infinity}}',
}


@pytest.mark.parametrize("update", [pytest.param(update, id=name) for name, update in ODD.items()])
def test_an_odd_update_holds_up_nothing(update):
    stage = Stage()
    stage.run(update, private_message(2, "/help"))
    assert stage.stuck == []
    assert [outgoing.chat_id for outgoing in stage.store.queued()][-1:] == [42]


def test_what_cannot_be_read_is_set_aside_without_whoever_wrote_it():
    stage = Stage()
    stage.run(_deep(900), private_message(2, chat={"id": 42, "type": []}))
    assert stage.aside
    assert all(not payload or b"Anna" not in payload for payload in stage.aside)


VALUES: tuple[Any, ...] = (None, True, -1, 0, 10**30, 1.5, "", "x" * 5000, "\ud800", [], [[]], {}, {"id": []}, [None])


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in items for place in _places(each, (*path, key)))][1 if not path else 0 :]


def _mutated(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    made: Any = json.loads(json.dumps(update))
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(_places(made))
        holder = made
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = deepcopy(chance.choice(VALUES))
        except (KeyError, IndexError, TypeError):
            continue
    return made  # type: ignore[no-any-return]


FORWARDED = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
SEEDS: tuple[dict[str, Any], ...] = (
    group_message(1, "请今晚报表", entities=[{"type": "bold", "offset": 0, "length": 1}], reply_to_message={}),
    group_message(1, "/status@jianfu_bot", entities=[{"type": "bot_command", "offset": 0, "length": 18}]),
    group_message(1, poll={"question": "q", "options": [{"text": "a", "voter_count": 0}]}),
    group_message(1, checklist={"title": "t", "tasks": [{"id": 1, "text": "a"}]}, forward_origin=FORWARDED),
    group_message(1, document={"file_id": "1", "file_unique_id": "1", "file_name": "x", "file_size": 3}, caption="c"),
    group_message(1, migrate_to_chat_id=-1002),
    group_message(1, new_chat_title="t"),
    private_message(1, "/start s_1_abc"),
    private_message(1, "words"),
    press(1, "se:1~abcdefgh"),
    {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": GROUP, "type": "supergroup", "title": "x"},
            "from": {"id": 5, "is_bot": False, "first_name": "x"},
            "date": 1774000000,
            "old_chat_member": {"status": "left", "user": {"id": 1, "is_bot": True, "first_name": "b"}},
            "new_chat_member": {"status": "member", "user": {"id": 1, "is_bot": True, "first_name": "b"}},
        },
    },
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_no_mixture_of_wrong_values_holds_up_anything(seed):
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    stage = Stage()
    stage.run(*(_mutated(chance.choice(SEEDS), chance) for _ in range(40)), private_message(99, "/help"))
    assert stage.stuck == []
