"""The HTTP side: /bot<token>/<method>, /file/bot<token>/<path>, and /control for tests in another process."""

import asyncio
import inspect
import socket
import threading
import time
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.emulator.control import control_routes
from bot.emulator.failures import Refusal, Unsupported
from bot.emulator.log import Call
from bot.emulator.methods import METHODS
from bot.emulator.methods.call import Made
from bot.emulator.spec import Json, Upload
from bot.emulator.wire import read_parameters
from bot.emulator.world import World

Result = TypeVar("Result")


async def perform(world: World, method: str, raw: Json) -> Any:
    """Does one call and remembers it; refusals and complaints are raised."""
    given = world.spec.decode(
        method, {name: value for name, value in raw.items() if not _attached(world, method, name, value)}
    )
    uploads = {name: value for name, value in raw.items() if isinstance(value, Upload)}
    if method == "getUpdates":
        return await _outcome(world, Made(world, method, given, uploads))
    call = Call(method, given)
    world.calls.append(call)
    world.busy += 1
    try:
        if isinstance(chat_id := given.get("chat_id"), int):
            world.limits.check(method, chat_id, is_group=chat_id < 0)
        await world.faults.strike(method, "before")
        call.result = await _outcome(world, Made(world, method, given, uploads))
        call.ok = True
        await world.faults.strike(method, "after")
    except Refusal as refusal:
        call.code, call.description = refusal.code, refusal.description
        raise
    finally:
        world.busy -= 1
        world.last_call = time.monotonic()
    return call.result


def _attached(world: World, method: str, name: str, value: Any) -> bool:
    """Whether a part of a multipart body is a file that another parameter points to."""
    return isinstance(value, Upload) and name not in world.spec.raw["methods"][method]["fields"]


async def _outcome(world: World, made: Made) -> Any:
    found = METHODS[made.method](made)
    result = await found if inspect.isawaitable(found) else found
    if world.strict and made.method != "getUpdates":
        for problem in world.spec.result_problems(made.method, result):
            world.complain(f"result: {problem}")
    return result


def _json(content: Json, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def _refused(refusal: Refusal) -> Response:
    content: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        content["parameters"] = refusal.parameters
    return _json(content, refusal.code)


def create_app(world: World) -> Starlette:
    """The application that serves a world."""

    async def call(request: Request) -> Response:
        if request.path_params["token"] != world.token:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            method = world.spec.method(request.path_params["method"])
            result = await perform(world, method, await read_parameters(request))
        except Refusal as refusal:
            return _refused(refusal)
        except Unsupported as unsupported:
            world.complain(str(unsupported))
            return _json({"ok": False, "error_code": 501, "description": f"Not Implemented: {unsupported}"}, 501)
        return _json({"ok": True, "result": result})

    async def file(request: Request) -> Response:
        stored = world.files.at(request.path_params["path"])
        if request.path_params["token"] != world.token or stored is None:
            return _refused(Refusal(404, "Not Found"))
        return Response(stored.content, media_type=stored.media_type)

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", file),
            *control_routes(world),
        ]
    )


class Emulator:
    """Serves a world on this machine: `async with Emulator(world) as emulator`, or in a thread with `with`."""

    def __init__(self, world: World, *, port: int = 0) -> None:
        self.world = world
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, for TCP_NODELAY
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(create_app(world), log_level="warning", access_log=False, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._task: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot's base_url wants."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot's base_file_url wants."""
        return f"{self.url}/file/bot"

    async def serve(self) -> None:
        """Serves until it is told to stop."""
        self._loop = asyncio.get_running_loop()
        await self._server._serve([self._socket])  # noqa: SLF001 - serve() would take over the signals

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self.serve())
        while not self._server.started:
            await asyncio.sleep(0.005)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._server.should_exit = True
        self._server.force_exit = True
        if self._task is not None:
            await self._task

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end)
        self._server.should_exit = True
        self._server.force_exit = True
        if self._thread is not None:
            self._thread.join(10)

    def _end(self) -> None:
        self.world.webhook.stop()
        self.world.updates.wake()

    def run(self, act: Coroutine[Any, Any, Result], timeout: float = 30.0) -> Result:
        """From another thread: plays an act in the emulator's own loop and gives its outcome."""
        if self._loop is None:
            raise RuntimeError("the emulator is not serving in a thread")
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(timeout)
