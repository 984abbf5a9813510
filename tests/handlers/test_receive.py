"""Polling: stored before the offset moves, patient with every trouble, and honest about what nobody saw."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.core.group import Group, GroupState
from handlers.receive import PatientRequest, Receiver, pause_after
from handlers.wire import as_json
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import BOT, GROUP, Refused, ScriptedRequest, group_message


class Stage:
    """A receiver whose platform answers with one list after another."""

    def __init__(self, *answers: Any) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.answers = list(answers)
        self.woken = 0
        self.request = ScriptedRequest(self._script)
        self.stop = asyncio.Event()

    def _script(self, method: str, _: dict[str, Any]) -> Any:
        if method != "getUpdates":
            return True
        if not self.answers:
            self.stop.set()
            return []
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _wake(self) -> None:
        self.woken += 1

    @property
    def receiver(self) -> Receiver:
        return Receiver(self.request, "https://api.example/bot1:x", BOT, self.store, self.clock, self._wake)

    def run(self) -> None:
        asyncio.run(asyncio.wait_for(self.receiver.run(self.stop), 10))

    @property
    def polls(self) -> list[dict[str, Any]]:
        return self.request.made("getUpdates")


def test_polls_that_bring_nothing_write_once_a_minute():
    stage = Stage([], [], [])
    stage.run()
    assert len(stage.polls) == 4
    assert stage.store.commits == 1


def test_updates_are_stored_as_they_came_and_then_the_offset_moves():
    stage = Stage([group_message(7), {"update_id": 8, "no_library": {"knows": "this"}}])
    stage.run()
    rows = [row.update for row in stage.store.tables.inbox.values()]
    assert [(row.bot_id, row.update_id) for row in rows] == [(BOT, 7), (BOT, 8)]
    assert json.loads(rows[1].payload) == {"update_id": 8, "no_library": {"knows": "this"}}
    assert [poll.get("offset") for poll in stage.polls] == [None, "9"]
    assert stage.woken == 1


def test_the_offset_stays_when_storing_fails():
    stage = Stage([group_message(7)])
    receiver = stage.receiver

    async def go() -> None:
        begin = stage.store.begin
        stage.store.begin = None  # type: ignore[assignment, method-assign]
        with pytest.raises(TypeError):
            await receiver.step()
        stage.store.begin = begin  # type: ignore[method-assign]
        await receiver.step()

    asyncio.run(go())
    assert [poll.get("offset") for poll in stage.polls] == [None, None]
    assert stage.woken == 0


def test_the_kinds_of_updates_are_named_and_waiting_ones_kept():
    stage = Stage()
    stage.run()
    assert stage.request.made("deleteWebhook") == [{"drop_pending_updates": "false"}]
    assert "chat_member" in json.loads(stage.polls[0]["allowed_updates"])


def test_an_update_that_came_before_is_stored_once():
    stage = Stage([group_message(7)], [group_message(7), group_message(8)])
    stage.run()
    assert [row.update.update_id for row in stage.store.tables.inbox.values()] == [7, 8]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"update_id": 1}, id="no list"),
        pytest.param(Refused(409, "Conflict: terminated by other getUpdates request"), id="another poller"),
        pytest.param(Refused(429, "Too Many Requests", retry_after=1), id="too fast"),
        pytest.param(Refused(500, "Internal Server Error"), id="the platform is in trouble"),
        pytest.param(Refused(401, "Unauthorized"), id="a token that was taken back"),
        pytest.param(ConnectionError(), id="no line"),
    ],
)
def test_it_goes_on_after(answer, monkeypatch):
    async def at_once(_: float) -> None: ...

    stage = Stage(answer, [group_message(7)])
    monkeypatch.setattr("handlers.receive.asyncio.sleep", at_once)
    stage.run()
    assert len(stage.store.tables.inbox) == 1


@pytest.mark.parametrize(
    ("error", "failures", "seconds"),
    [
        pytest.param(RetryAfter(7), 0, 7.5, id="as long as the platform says"),
        pytest.param(NetworkError(""), 0, 0.5, id="briefly at first"),
        pytest.param(NetworkError(""), 40, 30.0, id="never for longer than half a minute"),
        pytest.param(Conflict(""), 40, 60.0, id="a minute beside another poller"),
        pytest.param(InvalidToken(""), 0, 60.0, id="a minute with a refused token"),
    ],
)
def test_the_pause(error, failures, seconds):
    assert pause_after(error, failures) == seconds


def test_items_that_cannot_be_kept_do_not_stop_the_others():
    stage = Stage([5, {"no": "number"}, {"update_id": True}, {"update_id": 2**70}, group_message(9)])
    stage.run()
    assert [row.update.update_id for row in stage.store.tables.inbox.values()] == [9]


def test_half_a_character_is_read_and_stored():
    answer = PatientRequest.parse_json_payload(b'{"ok": true, "result": "\\ud83d"}')
    assert json.loads(as_json(answer))["result"] == "\ud83d"


def test_an_answer_that_is_no_json_is_an_error_without_its_text():
    with pytest.raises(TelegramError) as caught:
        PatientRequest.parse_json_payload(b"<html>secret</html>")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("away", "gaps"),
    [
        pytest.param({"hours": 23}, 0, id="shorter than the platform keeps updates"),
        pytest.param({"hours": 30}, 1, id="longer"),
    ],
)
def test_an_outage_leaves_a_gap_when_it_was(away, gaps):
    stage = Stage()
    start = stage.clock.now()

    async def go() -> None:
        async with stage.store.begin() as work:
            await work.groups.add(Group(GROUP, "x", state=GroupState.WATCHING, reads_all=True))
            await work.groups.add(Group(-5, "y", state=GroupState.LEFT))
            await work.commit()
        await stage.receiver.step()
        stage.clock.advance(**away)
        await stage.receiver.step()

    asyncio.run(go())
    found = [(gap.group_id, gap.since, gap.until, gap.reason) for gap in stage.store.tables.gaps.values()]
    assert found == [(1, start, start + timedelta(hours=6), "outage")] * gaps


DEEP = '{"a":' * 10_000 + "1" + "}" * 10_000


class RawRequest(ScriptedRequest):
    """Answers the first question for updates with bytes as they are, read as the bot reads them."""

    parse_json_payload = staticmethod(PatientRequest.parse_json_payload)  # type: ignore[assignment]

    def __init__(self, script: Any, payload: str) -> None:
        super().__init__(script)
        self.payloads = [payload.encode()]

    async def do_request(self, url: str, *rest: Any, **more: Any) -> tuple[int, bytes]:
        if "getUpdates" in url and self.payloads:
            self.calls.append(("getUpdates", {}))
            return 200, self.payloads.pop()
        return await super().do_request(url, *rest, **more)


def kept(*updates: str) -> list[tuple[int, bytes]]:
    """The numbers and payloads that are stored of a list of updates, and that the offset moved behind them."""
    stage = Stage()
    stage.request = RawRequest(stage._script, f'{{"ok":true,"result":[{",".join(updates)}]}}')
    stage.run()
    rows = [row.update for row in stage.store.tables.inbox.values()]
    assert stage.polls[1]["offset"] == str(rows[-1].update_id + 1)
    return [(row.update_id, row.payload) for row in rows]


def test_an_update_nested_beyond_measure_is_set_aside_and_those_beside_it_go_on():
    plain = json.dumps(group_message(7))
    tricky = json.dumps({"update_id": 9, "x": '"result":[{]}\\"', "result": [{"update_id": 1}], "y": "\ud83d"})
    stored = kept(plain, f'{{"message":{DEEP},"update_id" : 8}}', tricky)
    assert [number for number, _ in stored] == [7, 8, 9]
    assert stored[1][1] == b""  # which the worker cannot read, and so sets aside
    assert [json.loads(payload) for _, payload in (stored[0], stored[2])] == [json.loads(plain), json.loads(tricky)]


@pytest.mark.parametrize("depth", [100, 500, 950, 1_000, 1_020, 1_100])
def test_an_update_is_kept_by_its_number_however_deep_it_is(depth):
    deep = f'{{"update_id":5,"a":{"[" * depth}{"]" * depth}}}'
    (number, payload), other = kept(deep, json.dumps(group_message(6)))
    assert (number, other[0]) == (5, 6)
    assert json.loads(payload) == json.loads(deep) if payload else depth > 900


@pytest.mark.parametrize("payload", [f'{{"ok":true,"x":[{DEEP}]}}', DEEP, f"[{DEEP}]"], ids=["no list", "deep", "list"])
def test_an_answer_in_which_no_update_can_be_told_is_an_error(payload):
    with pytest.raises(TelegramError):
        PatientRequest.parse_json_payload(payload.encode())
