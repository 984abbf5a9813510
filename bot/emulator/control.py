"""The acts of a test over HTTP: POST /control/<of>/<act> plays an act, GET /control/state looks at the world.

`of` is `person:<name>`, `chat:<title>`, `world` or a part of it, as `world:clock`; the body holds `args` and `kwargs`.
An argument can point to things: {"person": name}, {"chat": title}, {"private": name},
{"message": [chat id, message id]}, {"moment": ISO time}.
"""

import inspect
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.emulator.failures import Unsupported
from bot.emulator.spec import Json
from bot.emulator.state import Post

if TYPE_CHECKING:
    from bot.emulator.world import World

CALLS_SHOWN = ("method", "parameters", "ok", "code", "description")
PARTS = ("clock", "faults", "limits", "updates", "webhook")
REFUSED = (Unsupported, AssertionError, KeyError, TypeError, ValueError, AttributeError, TimeoutError)


def _holder(world: "World", of: str) -> Any:
    kind, _, name = of.partition(":")
    if kind == "world":
        return getattr(world, name) if name in PARTS else world
    return world.people[name] if kind == "person" else world.places[name]


def _resolved(world: "World", given: Any) -> Any:
    """An argument with what it points to in its place."""
    if isinstance(given, list):
        return [_resolved(world, one) for one in given]
    if not isinstance(given, dict) or len(given) != 1:
        return given
    kinds: dict[str, Callable[[Any], Any]] = {
        "person": lambda name: world.people[name],
        "chat": lambda title: world.places[title],
        "private": lambda name: world.people[name].private,
        "message": lambda at: world.chats[at[0]].posts[at[1]],
        "moment": datetime.fromisoformat,
    }
    (kind, what), *_ = given.items()
    return kinds[kind](what) if kind in kinds else given


def _shown(result: Any) -> Any:
    """What an act gives, as JSON."""
    if isinstance(result, Post):
        return {"chat_id": result.chat_id, "message_id": result.message_id, "text": result.text}
    if isinstance(result, list | tuple):
        return [_shown(one) for one in result]
    if is_dataclass(result) and not isinstance(result, type):
        return {one.name: _shown(getattr(result, one.name)) for one in fields(result) if one.name != "post"}
    if isinstance(result, str | int | float | bool | dict | datetime | None):
        return result
    return {"id": result.id}


async def _play(world: "World", of: str, act: str, body: Json) -> Any:
    if act.startswith("_"):
        raise Unsupported(f"no act {act}")
    found = getattr(_holder(world, of), act)
    if not callable(found):
        return found
    args = _resolved(world, body.get("args", []))
    kwargs = {name: _resolved(world, value) for name, value in body.get("kwargs", {}).items()}
    result = found(*args, **kwargs)
    return await result if inspect.isawaitable(result) else result


def _answer(content: Json, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def control_routes(world: "World") -> list[Route]:
    """The routes under /control."""

    async def act(request: Request) -> Response:
        body = await request.body()
        try:
            given = orjson.loads(body) if body else {}
            result = await _play(world, request.path_params["of"], request.path_params["act"], given)
        except REFUSED as error:
            return _answer({"ok": False, "error": f"{type(error).__name__}: {error}"}, 400)
        return _answer({"ok": True, "result": _shown(result)})

    async def state(_request: Request) -> Response:
        calls = [{name: value for name, value in asdict(call).items() if name in CALLS_SHOWN} for call in world.calls]
        seen = {
            "complaints": world.complaints,
            "pending": len(world.updates.pending),
            "calls": calls,
            "impatient": world.limits.impatient,
            "chats": {title: place.id for title, place in world.places.items()},
            "people": {name: person.id for name, person in world.people.items()},
        }
        return Response(orjson.dumps(seen, default=repr), media_type="application/json")

    return [Route("/control/state", state), Route("/control/{of}/{act}", act, methods=["POST"])]
