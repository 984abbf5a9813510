"""A running bot without a network: a real application whose requests are recorded and answered from a script."""

import json
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from telegram.ext import BaseHandler
from telegram.request import BaseRequest, RequestData

from bot.core.policy import Policy
from bot.core.worktime import WorkingHours
from bot.ports import StoredUpdate
from bot.runtime import Runtime
from bot.services.scenes import Scenes
from config.calendar import load_calendar
from config.rules import Rules, load_rules
from handlers.application import build_application
from handlers.context import LiveApplication
from handlers.dispatch import Dispatcher
from handlers.limits import Limits
from tests.fakes import FakeForgotten, FakeVault, FixedClock, InMemoryStore

BOT = 123456
TOKEN = f"{BOT}:abcdefghijklmnop"
GROUP = -1001
ANNA = {"id": 42, "is_bot": False, "first_name": "Anna", "language_code": "en"}
ME = {"id": BOT, "is_bot": True, "first_name": "Jianfu", "username": "jianfu_bot"}

Answer = Callable[[str, dict[str, Any]], Any]


class Refused(Exception):
    """What the script raises to be answered with an error of the platform."""

    def __init__(self, code: int, description: str = "", **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class ScriptedRequest(BaseRequest):
    """Records (method, parameters) and answers what the script says; a raised exception goes to the caller."""

    def __init__(self, script: Answer | None = None) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.script: Answer = script or (lambda method, _: default(method))

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        del method
        name = urlsplit(url).path.rpartition("/")[2]
        given = dict(parse_qsl(urlsplit(url).query)) | (dict(request_data.parameters) if request_data else {})
        if name == "getMe":
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        self.calls.append((name, given))
        try:
            result = self.script(name, given)
            if isinstance(result, Awaitable):
                result = await result
        except Refused as refused:
            answer = {"ok": False, "error_code": refused.code, "description": refused.description}
            return refused.code, json.dumps(answer | {"parameters": refused.parameters}).encode()
        if isinstance(result, bytes):  # a file
            return 200, result
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def made(self, name: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method."""
        return [given for method, given in self.calls if method == name]


def default(method: str) -> Any:
    """What the platform usually answers."""
    if method in {"sendMessage", "sendDocument", "sendPhoto", "editMessageText"}:
        return {"message_id": 900, "date": 1774000000, "chat": {"id": 1, "type": "private"}, "text": "x"}
    return True


@cache
def _rules() -> Rules:
    return load_rules()


def runtime(store: InMemoryStore, clock: FixedClock, **policy: Any) -> Runtime:
    rules = _rules()
    return Runtime(
        policy=Policy(**policy),
        pipeline=rules.pipeline,
        calendar=load_calendar(),
        hours=WorkingHours(),
        zone=ZoneInfo("Asia/Shanghai"),
        clauses={},
        store=store,
        vault=FakeVault(),
        clock=clock,
        scenes=Scenes(),
        forgotten=FakeForgotten(),
        instance="this one",
    )


async def application(request: BaseRequest | None = None) -> LiveApplication:
    """An initialised application, whose bot asks the scripted request."""
    scripted = request or ScriptedRequest()
    made = build_application(TOKEN, "https://api.example", scripted)
    await made.initialize()
    return made


async def dispatcher(run: Runtime, handlers: Sequence[BaseHandler[Any, Any, Any]]) -> Dispatcher:
    return Dispatcher(await application(), run, handlers, Limits(run.policy.actions_per_minute))


def group_message(number: int, text: str = "x", **fields: Any) -> dict[str, Any]:
    chat = {"id": GROUP, "type": "supergroup", "title": "A group"}
    body = {"message_id": number, "date": 1774000000, "chat": chat, "from": ANNA, "text": text}
    return {"update_id": number, "message": body | fields}


def private_message(number: int, text: str = "x", **fields: Any) -> dict[str, Any]:
    chat = {"id": ANNA["id"], "type": "private", "first_name": "Anna"}
    body = {"message_id": number, "date": 1774000000, "chat": chat, "from": ANNA, "text": text}
    if text.startswith("/"):
        body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return {"update_id": number, "message": body | fields}


def press(number: int, data: str) -> dict[str, Any]:
    message = private_message(number)["message"]
    query = {"id": str(number), "from": ANNA, "chat_instance": "1", "message": message, "data": data}
    return {"update_id": number, "callback_query": query}


async def stored(store: InMemoryStore, clock: FixedClock, *updates: dict[str, Any] | bytes) -> None:
    """Put updates into the inbox."""
    async with store.begin() as work:
        rows = [
            StoredUpdate(BOT, number, update if isinstance(update, bytes) else json.dumps(update).encode(), clock.now())
            for number, update in enumerate(updates, start=1)
        ]
        await work.inbox.store(rows)
        await work.commit()
