"""Two replicas on one PostgreSQL, fed over the webhook: each update is handled once, whoever received it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.emulator import Emulator, World
from storage.crypto import open_vault
from storage.unit_of_work import open_store
from tests.faults.balancer import Balancer
from tests.faults.bot_process import watched
from tests.faults.play import MOMENT, ROOT
from tests.storage.postgres import database

PEOPLE, ORDERS = 6, 8
PATIENCE = 40.0
ORDER = "@所有人 请各村今天下班前把入户照片截图发到群里，每户一张"


@pytest.fixture
def address() -> Iterator[str]:
    yield from database("_replicas")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Troupe:
    """Two replicas, the world they serve, and a look at their database."""

    folder: Path
    address: str
    world: World
    emulator: Emulator
    balancer: Balancer
    chat_id: int = 0
    began: float = field(default_factory=time.time)
    replicas: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self) -> None:
        for port in self.balancer.ports:
            given = {name: value for name, value in os.environ.items() if not name.startswith(("JIANFU_", "FAULT_"))}
            given |= {
                "JIANFU_BOT_TOKEN": self.world.token,
                "JIANFU_API_URL": self.emulator.url,
                "JIANFU_DATABASE": self.address,
                "JIANFU_KEY_FILE": str(self.folder / "jianfu.key"),
                "JIANFU_WEBHOOK_URL": self.balancer.url,
                "JIANFU_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "FAULT_FAR": "yes",
                "FAULT_CHAT": str(self.chat_id),
                "FAULT_BEGAN": str(self.began),
                "PYTHONPATH": str(ROOT),
            }
            command = [sys.executable, "-m", "tests.faults.bot_process"]
            self.replicas.append(
                subprocess.Popen(command, cwd=self.folder, env=given, stdout=subprocess.DEVNULL, start_new_session=True)
            )
        for port in self.balancer.ports:
            self.until(lambda port=port: answers(port), "a replica listens")
        self.until(lambda: self.world.webhook.hook is not None, "the webhook is announced")

    def stop(self) -> None:
        for replica in self.replicas:
            if replica.poll() is None:
                replica.terminate()
        codes = [replica.wait(20) for replica in self.replicas]
        assert set(codes) <= {0, -signal.SIGKILL}

    def kill_the_worker(self) -> None:
        """Kill -9 whoever holds the worker's lease."""
        (holder,) = self.rows("SELECT holder FROM leases WHERE name = 'worker'")[0]
        pid = int(str(holder).rsplit("-", 2)[1])
        next(replica for replica in self.replicas if replica.pid == pid).kill()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        async def fetch() -> list[tuple[Any, ...]]:
            connection = await asyncpg.connect(self.address)
            try:
                return [tuple(row) for row in await connection.fetch(query)]
            finally:
                await connection.close()

        return asyncio.run(fetch())

    def one(self, query: str) -> int:
        return int(self.rows(query)[0][0] or 0)

    def done(self) -> bool:
        waiting = "SELECT (SELECT count(*) FROM inbox WHERE handled_at IS NULL AND aside_at IS NULL) + (SELECT count(*)"
        return not self.world.updates.pending and self.one(f"{waiting} FROM outbox WHERE done_at IS NULL)") == 0

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for something."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, what
            assert any(replica.poll() is None for replica in self.replicas), "every replica died"
            time.sleep(0.1)


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def watch(address: str, key_file: Path, chat_id: int) -> None:
    """Make the schema, with one group that is watched."""
    store = await open_store(address, open_vault(key_file))
    async with store.begin() as work:
        await work.groups.add(watched(chat_id))
        await work.commit()
    await store.close()


@pytest.fixture
def troupe(tmp_path: Path, address: str) -> Iterator[Troupe]:
    world = World(MOMENT)
    with Emulator(world) as emulator, Balancer([free_port(), free_port()]) as balancer:
        troupe = Troupe(tmp_path, address, world, emulator, balancer)
        try:
            yield troupe
        finally:
            for replica in troupe.replicas:
                replica.kill()
                replica.wait()


def test_two_replicas_handle_each_update_once_and_one_goes_on_when_the_other_is_killed(troupe):
    world = troupe.world
    owner = world.user("Anna", language_code="en")
    people = [world.user(f"P{number}", language_code="en") for number in range(PEOPLE)]
    group = world.group("工作群", owner=owner, members=people)

    async def act(first: int) -> None:
        for number in range(first, first + ORDERS):
            await people[number % PEOPLE].say(group, f"{ORDER} {number}")
            if number - first < len(people):
                await people[number - first].tell(f"/len {'一' * (number + 1)}")
                await people[number - first].tell(f"/len {'一' * (number + 2)}")

    emulator = troupe.emulator
    emulator.run(group.add_bot(by=owner, rights=["delete_messages"]))
    troupe.chat_id = group.id
    asyncio.run(watch(troupe.address, troupe.folder / "jianfu.key", group.id))
    troupe.start()
    emulator.run(act(0))
    troupe.until(troupe.done, "all is handled by two")
    assert min(troupe.balancer.taken[port] for port in troupe.balancer.ports) > 3, "both received"
    check(troupe, people, orders=ORDERS, answers_each=2)

    emulator.run(act(ORDERS))
    troupe.kill_the_worker()
    troupe.until(troupe.done, "the other goes on")
    emulator.run(act(2 * ORDERS))
    troupe.until(troupe.done, "the other works alone")
    check(troupe, people, orders=3 * ORDERS, answers_each=6)
    troupe.stop()
    assert world.complaints == []


def check(troupe: Troupe, people: list[Any], *, orders: int, answers_each: int) -> None:
    """Each message counted and found once, in order; each answer said once, in order, but for what is unsure."""
    assert troupe.one("SELECT sum(amount) FROM counts WHERE name = 'messages'") == orders
    found = [number for (number,) in troupe.rows("SELECT message_id FROM findings ORDER BY id")]
    assert found == sorted(found)
    assert len(set(found)) == orders
    assert troupe.rows("SELECT update_id FROM inbox WHERE aside_at IS NOT NULL") == []
    handled = "SELECT count(*) FROM inbox WHERE handled_at IS NOT NULL"
    assert troupe.one(handled) == troupe.one("SELECT count(DISTINCT update_id) FROM inbox")
    unsure = troupe.one("SELECT count(*) FROM outbox WHERE state = 'unsure'")
    said = 0
    for person in people:
        heard = [
            call.parameters["text"]
            for call in troupe.world.calls_of("sendMessage")
            if call.ok and int(call.parameters["chat_id"]) == person.id
        ]
        lengths = [int("".join(filter(str.isdigit, text.split("\n")[0]))) for text in heard]
        assert lengths == sorted(set(lengths)), "in order, and none twice"
        said += len(heard)
    assert len(people) * answers_each - unsure <= said <= len(people) * answers_each
