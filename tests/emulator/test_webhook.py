"""Webhooks: the secret header, order per chat, repetition until 2xx, and no polling beside them."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, Conflict

from bot.emulator import World
from tests.emulator.scene import at_work, play


class Receiver:
    """A webhook of a bot: keeps what comes, answers as it is told."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.url = ""

    async def hook(self, request):
        """Takes one update."""
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        self.texts.append((await request.json())["message"]["text"])
        await asyncio.sleep(0.01)
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    @asynccontextmanager
    async def listening(self):
        """Serves on a free port."""
        app = Starlette(routes=[Route("/hook", self.hook, methods=["POST"])])
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/hook"
        yield self
        server.should_exit = server.force_exit = True
        await task


def test_updates_are_pushed_with_the_secret_and_what_waited_first():
    async def scene():
        world = World()
        anna = world.user("安娜")
        async with Receiver().listening() as receiver, at_work(world) as bot:
            await anna.tell("先")
            await bot.set_webhook(receiver.url, secret_token="s3cret-A_1")  # noqa: S106
            await anna.tell("后")
            await world.settled()
            info = await bot.get_webhook_info()
        return receiver, info

    receiver, info = play(scene)
    assert receiver.texts == ["先", "后"]
    assert set(receiver.secrets) == {"s3cret-A_1"}
    assert (info.url, info.pending_update_count, info.max_connections) == (receiver.url, 0, 40)


def test_an_update_comes_again_until_the_answer_is_2xx():
    async def scene():
        world = World()
        world.webhook.first_pause = 0.01
        anna = world.user("安娜")
        async with Receiver(500, 302).listening() as receiver, at_work(world) as bot:
            await bot.set_webhook(receiver.url)
            await anna.tell("一")
            await anna.tell("二")
            await world.settled()
            info = await bot.get_webhook_info()
        return receiver.texts, info.last_error_message

    assert play(scene) == (["一", "一", "一", "二"], "Wrong response from the webhook: 302")


def test_a_webhook_that_is_down_gets_everything_when_it_is_up():
    async def scene():
        world = World()
        world.webhook.first_pause = world.webhook.longest_pause = 0.02
        anna = world.user("安娜")
        async with at_work(world) as bot:
            async with Receiver().listening() as gone:
                pass
            await bot.set_webhook(gone.url)
            await anna.tell("一")
            await world.until(lambda: world.webhook.hook.last_error_message)
            await bot.delete_webhook()
            kept = await bot.get_updates()
        return kept[0].message.text

    assert play(scene) == "一"


def test_chats_are_pushed_beside_one_another_and_each_in_order():
    async def scene():
        world = World()
        people = [world.user(name) for name in "甲乙丙丁"]
        async with Receiver().listening() as receiver, at_work(world) as bot:
            await bot.set_webhook(receiver.url)
            for number in range(5):
                for person in people:
                    await person.tell(f"{person.name}{number}")
            await world.settled()
        return receiver.texts

    texts = play(scene)
    assert [[text for text in texts if text[0] == name] for name in "甲乙丙丁"] == [
        [f"{name}{number}" for number in range(5)] for name in "甲乙丙丁"
    ]


def test_polling_is_refused_while_a_webhook_is_set():
    async def scene():
        world = World()
        async with Receiver().listening() as receiver, at_work(world) as bot:
            await bot.set_webhook(receiver.url)
            with pytest.raises(Conflict, match="webhook is active"):
                await bot.get_updates()
            await bot.delete_webhook(drop_pending_updates=True)
            return await bot.get_updates()

    assert play(scene) == ()


@pytest.mark.parametrize(
    ("url", "secret", "named"),
    [
        pytest.param("http://example.com/x", None, "an https url must be provided", id="plain http elsewhere"),
        pytest.param("http://127.0.0.1:1/x", "with space", "unallowed characters", id="a bad secret"),
    ],
)
def test_a_bad_webhook_is_refused(url, secret, named):
    async def scene():
        async with at_work(World()) as bot:
            with pytest.raises(BadRequest, match=named):
                await bot.set_webhook(url, secret_token=secret)

    play(scene)
