"""The webhook: only the platform is heard, and it is told 200 only for what is stored."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from handlers.webhook import HEADER, LARGEST, Intake, webhook_app
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import BOT, group_message

SECRET = "a-secret"  # noqa: S105 - invented
GOOD = json.dumps(group_message(7)).encode()


class Stage:
    """The web application over a store in memory."""

    def __init__(self) -> None:
        self.store, self.clock = InMemoryStore(), FixedClock()
        self.woken = 0
        self.intake = Intake(self.store, self.clock, self._wake)

    def _wake(self) -> None:
        self.woken += 1

    def post(self, *bodies: bytes, secret: str | None = SECRET, path: str = "/hook") -> list[int]:
        async def go() -> list[int]:
            app = webhook_app(self.intake, BOT, "/hook", SECRET)
            transport = httpx.ASGITransport(app)
            headers = {} if secret is None else {HEADER: secret}
            async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as client:
                answers = await asyncio.gather(*(client.post(path, content=body) for body in bodies))
                return [answer.status_code for answer in answers]

        return asyncio.run(go())

    @property
    def kept(self) -> list[bytes]:
        return [row.update.payload for row in self.store.tables.inbox.values()]


def test_an_update_is_stored_as_it_came_and_then_answered():
    stage = Stage()
    assert stage.post(GOOD) == [200]
    assert stage.kept == [GOOD]
    assert stage.woken == 1


@pytest.mark.parametrize("secret", [pytest.param(None, id="none"), pytest.param("guessed", id="a guessed one")])
def test_nothing_is_stored_without_the_secret(secret):
    stage = Stage()
    assert stage.post(GOOD, secret=secret) == [403]
    assert stage.kept == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"{", 400, id="no JSON"),
        pytest.param(b"[1]", 400, id="no object"),
        pytest.param(b"{}", 400, id="no number"),
        pytest.param(b'{"update_id": "7"}', 400, id="a number in words"),
        pytest.param(b'{"update_id": -1}', 400, id="a number there cannot be"),
        pytest.param(b'{"update_id": 1, "x": "' + b"x" * LARGEST + b'"}', 413, id="too large"),
        pytest.param(b"[" * 100_000, 400, id="as deep as can be"),
    ],
)
def test_nothing_is_stored_of_a_body_with(body, status):
    stage = Stage()
    assert stage.post(body) == [status]
    assert stage.kept == []


def test_requests_at_once_share_commits():
    stage = Stage()
    bodies = [json.dumps(group_message(number)).encode() for number in range(50)]
    assert set(stage.post(*bodies)) == {200}
    assert len(stage.kept) == 50
    assert stage.store.commits <= 5


def test_the_same_update_twice_is_stored_once():
    stage = Stage()
    assert stage.post(GOOD, GOOD) == [200, 200]
    assert len(stage.kept) == 1


def test_what_could_not_be_stored_is_not_confirmed():
    stage = Stage()

    def broken() -> Any:
        raise OSError

    begin, stage.store.begin = stage.store.begin, broken  # type: ignore[method-assign]
    assert stage.post(GOOD) == [503]
    stage.store.begin = begin  # type: ignore[method-assign]
    assert stage.post(GOOD) == [200]


def test_no_other_path_and_method_is_served():
    stage = Stage()
    assert stage.post(GOOD, path="/other") == [404]
