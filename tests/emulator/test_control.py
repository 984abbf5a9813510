"""An emulator in a thread or in another process, driven from outside."""

import asyncio
import json
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest
from telegram import Bot

from bot.emulator import Emulator, World


@contextmanager
def elsewhere():
    """An emulator in a process of its own, and a client of its HTTP side."""
    command = [sys.executable, "-m", "bot.emulator", "--at", "2026-11-23T09:00:00+08:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            where = json.loads(process.stdout.readline())
            with httpx.Client(base_url=where["url"]) as client:
                yield client, where
        finally:
            process.kill()


def _act(client, of, act, *args, **kwargs):
    answer = client.post(f"/control/{of}/{act}", json={"args": args, "kwargs": kwargs})
    return answer.json()["result"] if answer.status_code == 200 else answer.json()["error"]


def test_a_scene_in_another_process():
    with elsewhere() as (client, where):
        anna, group = {"person": "安娜"}, {"chat": "群"}
        _act(client, "world", "user", "安娜", language_code="zh-hans")
        _act(client, "world", "group", "群", owner=anna)
        _act(client, "chat:群", "add_bot", by=anna, rights=["delete_messages"])
        said = _act(client, "person:安娜", "say", group, "今晚交表", at={"moment": "2026-11-23T21:00:00+08:00"})
        _act(client, "person:安娜", "react", {"message": [said["chat_id"], said["message_id"]]}, "👍")
        call = client.post(f"/bot{where['token']}/sendMessage", data={"chat_id": said["chat_id"], "text": "收到"})
        _act(client, "world:clock", "advance", hours=1)
        seen = _act(client, "person:安娜", "sees", group)
        wrong = _act(client, "person:安娜", "say", {"chat": "没有这群"}, "x")
        state = client.get("/control/state").json()
    assert call.json()["ok"]
    assert [(one["text"], one["reactions"]) for one in seen[1:]] == [("今晚交表", ["👍"]), ("收到", [])]
    assert wrong.startswith("KeyError")
    assert (state["complaints"], state["pending"], len(state["calls"])) == ([], 3, 1)


@pytest.mark.parametrize("act", ["_peopled", "nothing"])
def test_what_is_no_act_is_refused(act):
    with elsewhere() as (client, _):
        assert client.post(f"/control/world/{act}").status_code == 400


def test_an_emulator_in_a_thread_is_driven_from_any_other():
    world = World()
    anna = world.user("安娜")

    async def hear(emulator):
        async with Bot(world.token, base_url=emulator.base_url) as bot:
            return [update.message.text for update in await bot.get_updates()]

    with Emulator(world) as emulator:
        emulator.run(anna.tell("在线程里"))
        assert asyncio.run(hear(emulator)) == ["在线程里"]


def test_a_poller_that_dies_loses_nothing():
    code = "import sys, httpx; httpx.get(sys.argv[1], params={'timeout': 30}, timeout=60)"
    world = World()
    anna = world.user("安娜")
    with Emulator(world) as emulator:
        url = f"{emulator.base_url}{world.token}/getUpdates"
        with subprocess.Popen([sys.executable, "-c", code, url]) as poller:
            emulator.run(world.until(lambda: world.updates.is_polled))
            poller.kill()
        emulator.run(anna.tell("还在"))
        assert [one["message"]["text"] for one in httpx.get(url).json()["result"]] == ["还在"]
