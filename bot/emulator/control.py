"""Control endpoints for tests in another process (filled in below the first version)."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from bot.emulator.world import World


def control_routes(world: "World") -> list[Route]:
    """The routes under /control."""

    async def state(request: Request) -> JSONResponse:
        del request
        return JSONResponse({"complaints": world.complaints, "pending": len(world.updates.pending)})

    return [Route("/control/state", state)]
