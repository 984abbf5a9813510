"""Serves an empty world: `python -m bot.emulator --port 8081`; tests fill it through /control."""

import argparse
import asyncio
import sys
from datetime import datetime

import orjson

from bot.emulator.server import Emulator
from bot.emulator.world import TOKEN, World


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.emulator", description="A Bot API emulator on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN, help="the token of the bot")
    parser.add_argument("--at", type=datetime.fromisoformat, help="stops the clock at a moment with its zone")
    parser.add_argument("--relaxed", action="store_true", help="does not hold every update against the documentation")
    return parser.parse_args()


async def _serve(given: argparse.Namespace) -> None:
    world = World(given.at, token=given.token, strict=not given.relaxed)
    emulator = Emulator(world, port=given.port)
    line = {"url": emulator.url, "base_url": emulator.base_url, "port": emulator.port, "token": world.token}
    sys.stdout.write(orjson.dumps(line).decode() + "\n")
    sys.stdout.flush()
    await emulator.serve()


if __name__ == "__main__":
    asyncio.run(_serve(_arguments()))
