"""One play over HTTP, with or without a kill, and what is left of it: the tables and what was said."""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from bot.emulator.server import Emulator
from bot.emulator.world import World
from storage.crypto import open_vault
from storage.tables import METADATA

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PATIENCE = 60.0

WALL_CLOCK = frozenset(
    {
        "received_at", "handled_at", "aside_at", "added_at", "claimed_at", "done_at", "held_until", "not_before",
        "expires_at", "joined_at", "watching_since", "left_at", "asked_at",
    }
)  # fmt: skip
"""Columns that tell when this run did something; compared is only whether they are set."""
WALL_CLOCK_TABLES = frozenset({"seen", "posts", "gaps", "changes"})
OF_THE_PROCESS = frozenset({"leases", "periods"})
"""Tables that tell of this run alone: who held the lock, and which jobs came due while it happened to live."""
FACTS_OF_THE_PROCESS = frozenset({"listened_at"})
SAID = ("sendMessage", "sendDocument", "editMessageText", "setMessageReaction", "deleteMessage", "leaveChat")

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a play left: the rows of every table, what was said, and how many entries are unsure."""

    tables: dict[str, Rows]
    said: Counter[tuple[str, int, str]]
    unsure: int
    killed: int
    complaints: list[str]


class Theatre:
    """One world, one folder with the bot's database and keys, and the bot's process."""

    def __init__(self, folder: Path, key_file: Path) -> None:
        self.folder, self.key_file = folder, key_file
        self.database = folder / "jianfu.db"
        self.world = World(MOMENT)
        self.began = time.time()
        self.killed = 0

    def play(self, **fault: str) -> Outcome:
        """Play all of it; a bot that died is started again, without the fault."""
        with Emulator(self.world) as emulator:
            chat_id = self._act(emulator)
            process = self._start(emulator, chat_id, fault)
            deadline = time.monotonic() + PATIENCE
            while not self._finished():
                if process.poll() is not None:
                    assert process.returncode == -9, process.returncode
                    self.killed += 1
                    process = self._start(emulator, chat_id, {})
                assert time.monotonic() < deadline, self._waiting()
                time.sleep(0.1)
            if process.poll() is None:
                process.terminate()
            code = process.wait(20)
            self.killed += code == -9  # it died when all was done
            assert code in {0, -9}, code
        return self._outcome()

    def _act(self, emulator: Emulator) -> int:
        world = self.world
        anna, bo, chen = (world.user(name, language_code="en") for name in ("Anna", "Bo", "Chen"))
        group = world.group("A group", owner=anna, members=[bo, chen])

        async def acts() -> None:
            await group.add_bot(by=anna, rights=["delete_messages"])
            said = []
            for number in range(24):
                who = (anna, bo, chen)[number % 3]
                said.append(await who.say(group, f"请各村今晚十点前报送第{number}张排查表，收到请回复"))
                if number % 4 == 0:
                    await bo.say(group, f"会议室改到三楼了 {number}")
            await anna.edit(said[0], "会议室改到三楼了")
            await bo.edit(said[1], "请各村今晚十点前报送，并截图发群里")
            await anna.start()
            await bo.tell("/help")
            await chen.tell("hello")
            for who in (anna, bo, chen):
                await who.tell("/privacy")

        emulator.run(acts())
        return group.id

    def _start(self, emulator: Emulator, chat_id: int, fault: dict[str, str]) -> "subprocess.Popen[bytes]":
        given = {name: value for name, value in os.environ.items() if not name.startswith(("JIANFU_", "FAULT_"))}
        given |= {
            "JIANFU_BOT_TOKEN": self.world.token,
            "JIANFU_API_URL": emulator.url,
            "JIANFU_DATABASE": str(self.database),
            "JIANFU_KEY_FILE": str(self.key_file),
            "FAULT_CHAT": str(chat_id),
            "FAULT_BEGAN": str(self.began),
            "PYTHONPATH": str(ROOT),
        }
        return subprocess.Popen([sys.executable, "-m", "tests.faults.bot_process"], cwd=self.folder, env=given | fault)

    def _waiting(self) -> dict[str, int]:
        inbox = "select count(*) from inbox where handled_at is null and aside_at is null"
        outbox = "select count(*) from outbox where done_at is null"
        try:
            with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5) as database:
                counted = [database.execute(query).fetchone()[0] for query in (inbox, outbox)]
        except sqlite3.OperationalError:
            return {"database": 1}
        return {"updates": len(self.world.updates.pending), "inbox": counted[0], "outbox": counted[1]}

    def _finished(self) -> bool:
        return not any(self._waiting().values())

    def _outcome(self) -> Outcome:
        vault = open_vault(self.key_file)
        with sqlite3.connect(self.database) as database:
            database.row_factory = sqlite3.Row
            compared = [table for table in METADATA.sorted_tables if table.name not in OF_THE_PROCESS]
            tables = {table.name: _rows(database, table, vault) for table in compared}
            unsure = database.execute("select count(*) from outbox where state = 'unsure'").fetchone()[0]
        said = Counter(
            (call.method, int(call.parameters["chat_id"]), str(call.parameters.get("text", "")))
            for call in self.world.calls_of(*SAID)
            if call.ok
        )
        return Outcome(tables, said, unsure, self.killed, list(self.world.complaints))


def _rows(database: sqlite3.Connection, table: Table, vault: Any) -> Rows:
    """The rows of a table. Numbers are compared by their order, for a repeat may use one up."""
    order = "id" if "id" in table.columns else ", ".join(column.name for column in table.primary_key)
    rows = [dict(row) for row in database.execute(f"select * from {table.name} order by {order}")]  # noqa: S608
    if table.name == "outbox":
        rows.sort(key=lambda row: (row["queue"], row["id"]))  # chats are served side by side
    return [_row(table.name, row | ({"id": rank} if "id" in row else {}), vault) for rank, row in enumerate(rows)]


def _row(table: str, row: dict[str, Any], vault: Any) -> tuple[Any, ...]:
    for name, value in row.items():
        if name in WALL_CLOCK or (table in WALL_CLOCK_TABLES and name in {"at", "since", "until"}):
            row[name] = value is not None
        elif isinstance(value, bytes):
            row[name] = vault.unseal(value)  # the same words are sealed differently each time
    if table == "state" and row["name"] in FACTS_OF_THE_PROCESS:
        row["value"] = ""
    if table == "changes":
        row["digest"], row["previous"] = "", row["previous"].strip("0") != ""  # both are made of the moments too
    if table == "outbox":
        # What was being sent at the kill is "unsure" where the other run knows that it was sent, and as what.
        row["state"] = "sent" if row["state"] == "unsure" else row["state"]
        row["message_id"] = None
    return tuple(row.items())
