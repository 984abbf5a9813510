"""The worker: in order, many at once, one by one after a failure, and nothing half done."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError
from telegram.ext import MessageHandler, TypeHandler, filters

from bot.core.errors import BadMoment
from bot.core.speech import Outgoing, Speech
from bot.ports import StoredUpdate
from bot.services.scenes import Place
from handlers.context import Context, PressAnswer
from handlers.worker import LEASE, Worker
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import ANNA, GROUP, dispatcher, press, private_message, runtime, stored


class Stage:
    """A worker with one handler, which counts texts and fails at those of `failing`."""

    def __init__(self, **policy: Any) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.runtime = runtime(self.store, self.clock, **policy)
        self.failing: dict[str, Exception] = {}
        self.seen: list[str] = []
        self.answers: list[PressAnswer] = []
        self.woken = 0

    async def worker(self) -> Worker:
        handlers = [MessageHandler(filters.TEXT, self.handle)]
        return Worker(await dispatcher(self.runtime, handlers), self.answers.extend, self._wake_sender)

    def _wake_sender(self) -> None:
        self.woken += 1

    async def handle(self, update: Update, context: Context) -> None:
        message = update.effective_message
        assert message is not None
        text = message.text or ""
        self.seen.append(text)
        await context.work.state.set(f"said {text}", "yes")
        if text in self.failing:
            raise self.failing[text]

    def run(self, *updates: dict[str, Any] | bytes, steps: int = 1) -> list[int]:
        async def go() -> list[int]:
            await stored(self.store, self.clock, *updates)
            worker = await self.worker()
            return [await worker.step() for _ in range(steps)]

        return asyncio.run(go())

    @property
    def said(self) -> set[str]:
        return {name.removeprefix("said ") for name in self.store.tables.state if name.startswith("said ")}

    @property
    def rows(self) -> list[Any]:
        return list(self.store.tables.inbox.values())


def test_a_batch_is_handled_in_order_and_its_payloads_emptied():
    stage = Stage()
    assert stage.run(*(private_message(n, f"t{n}") for n in range(1, 6)), steps=2) == [5, 0]
    assert stage.seen == ["t1", "t2", "t3", "t4", "t5"]
    assert all(row.handled_at and not row.update.payload for row in stage.rows)


def test_a_batch_is_one_transaction():
    stage = Stage()
    stage.run(*(private_message(n, f"t{n}") for n in range(1, 6)))
    assert stage.store.commits == 2  # storing, and handling


def test_only_the_failing_update_is_set_aside_and_nothing_of_it_stays():
    stage = Stage(attempts=3)
    stage.failing = {"bad": RuntimeError("text that must not be kept")}
    stage.run(private_message(1, "before"), private_message(2, "bad"), private_message(3, "after"))
    assert stage.said == {"before", "after"}
    aside = [row for row in stage.rows if row.aside_at]
    assert [(row.update.update_id, row.error, row.update.attempts) for row in aside] == [(2, "RuntimeError", 3)]


def test_what_is_set_aside_of_a_private_chat_does_not_tell_the_sender():
    stage = Stage(attempts=1)
    stage.failing = {"bad": RuntimeError()}
    stage.run(private_message(2, "bad"))
    payload = stage.rows[0].update.payload
    assert json.loads(payload)["message"]["text"] == "bad"
    assert str(ANNA["id"]).encode() not in payload
    assert b"Anna" not in payload


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"", id="nothing, as when no key opens it"),
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b'{"update_id": 1, "callback_query": {"id": "1"}}', id="a press without its fields"),
        pytest.param(b'{"update_id": 1, "message": 5}', id="a message that is a number"),
    ],
)
def test_an_update_that_cannot_be_parsed_is_set_aside_and_the_next_is_handled(payload):
    stage = Stage()
    stage.run(payload, private_message(2, "after"))
    assert stage.said == {"after"}
    assert [bool(row.aside_at) for row in stage.rows] == [True, False]


def test_an_unknown_kind_of_update_is_handled_in_silence():
    stage = Stage()
    stage.run({"update_id": 1, "something_new": {"a": 1}})
    assert stage.rows[0].handled_at
    assert stage.store.queued() == []


def test_a_known_error_is_a_polite_answer_and_no_failure():
    stage = Stage()
    stage.failing = {"late": BadMoment("time", value="late")}
    stage.run(private_message(1, "late"))
    assert stage.rows[0].handled_at
    assert stage.said == set()
    (entry,) = stage.store.queued()
    assert entry.speech is not None
    assert (entry.chat_id, entry.speech.parts[0].key, entry.speech.language) == (42, "errors.moment.time", "en")


def test_whoever_wrote_in_private_is_told_a_reference_when_it_failed_for_good():
    stage = Stage(attempts=2, contact="12345")
    stage.failing = {"bad": RuntimeError()}
    stage.run(private_message(1, "bad"))
    (entry,) = stage.store.queued()
    assert entry.speech is not None
    assert entry.speech.parts[0].key == "live_upkeep.again"
    assert entry.speech.parts[0].fields["contact"] == "12345"


def test_a_lost_connection_is_waited_for(monkeypatch):
    stage = Stage(attempts=3)
    stage.failing = {"bad": NetworkError("gone")}
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        stage.failing = {}

    monkeypatch.setattr(asyncio, "sleep", sleep)
    stage.run(private_message(1, "bad"))
    assert stage.said == {"bad"}
    assert slept == [0.5]


@pytest.mark.parametrize(
    ("gone", "handled"),
    [
        pytest.param(False, 0, id="may live"),
        pytest.param(True, 1, id="surely dead"),
    ],
)
def test_a_replica_without_the_lease_handles_nothing_unless_the_holder(gone, handled):
    stage = Stage()
    stage.runtime = replace(stage.runtime, gone=lambda name: gone and name == "another")

    async def go() -> int:
        await stored(stage.store, stage.clock, private_message(1, "t"))
        async with stage.store.begin() as work:
            await work.leases.take(LEASE, "another", stage.clock.now(), 60)
            await work.commit()
        return await (await stage.worker()).step()

    assert asyncio.run(go()) == handled
    assert stage.seen == ["t"] * handled


def test_what_it_remembers_is_let_go_of_when_another_replica_worked_in_between():
    stage = Stage()

    async def go() -> list[bool]:
        worker, kept = await stage.worker(), []
        for number, holder in enumerate(("", "", "another", "")):
            async with stage.store.begin() as work:
                payload = json.dumps(private_message(number, "t")).encode()
                await work.inbox.store([StoredUpdate(1, number, payload, stage.clock.now())])
                if holder:
                    await work.leases.take(LEASE, holder, stage.clock.now() + timedelta(minutes=1), -60)
                await work.commit()
            stage.runtime.scenes.settle(GROUP, Place(None, None, stage.clock.now() + timedelta(hours=1)))
            assert await worker.step() == 1
            kept.append(stage.runtime.scenes.place(GROUP, stage.clock.now()) is not None)
        return kept

    assert asyncio.run(go()) == [False, True, False, True]


@pytest.mark.parametrize(("text", "woken"), [("t", 0), ("fails", 1)], ids=["nothing to say", "an answer is queued"])
def test_the_sender_is_woken_when_something_is_to_be_said(text, woken):
    stage = Stage(attempts=1)
    stage.failing = {"fails": RuntimeError()}
    stage.run(private_message(1, text))
    assert stage.woken == woken


def test_a_press_is_answered_after_the_commit_only():
    stage = Stage(attempts=1)

    async def answer(update: Update, context: Context) -> None:
        assert update.callback_query is not None
        line = PressAnswer(update.callback_query.id, None, False, None, "en", None, None)
        context.answer(line)
        if update.callback_query.data == "fails":
            raise RuntimeError

    async def go() -> None:
        await stored(stage.store, stage.clock, press(1, "works"), press(2, "fails"))
        worker = Worker(await dispatcher(stage.runtime, [TypeHandler(Update, answer)]), stage.answers.extend)
        await worker.step()

    asyncio.run(go())
    assert [answer.query_id for answer in stage.answers] == ["1", "2"]
    assert stage.answers[0].toast is None
    assert stage.answers[1].toast is not None
    assert stage.answers[1].toast.key == "live_upkeep.again_no_contact"


def test_who_floods_is_asked_to_wait_once_and_then_not_answered():
    stage = Stage(actions_per_minute=2)
    stage.run(*(private_message(n, f"t{n}") for n in range(1, 6)))
    assert stage.seen == ["t1", "t2"]
    assert [_key(entry) for entry in stage.store.queued()] == ["live_upkeep.too_many"]
    assert all(row.handled_at for row in stage.rows)


def _key(entry: Outgoing) -> str:
    assert isinstance(entry.speech, Speech)
    return entry.speech.parts[0].key
