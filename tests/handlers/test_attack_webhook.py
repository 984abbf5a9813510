"""The webhook as a stranger on the network meets it: without the secret nothing is read, stored or told."""

import asyncio
import hmac
import json
from typing import Any

import httpx
import pytest

from handlers.webhook import HEADER, webhook_app
from tests.handlers.parts import BOT, group_message
from tests.handlers.test_webhook import GOOD, SECRET, Stage


def _call(stage: Stage, method: str, path: str, secret: str | bytes | None = SECRET, content: Any = GOOD) -> Any:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(webhook_app(stage.intake, BOT, "/hook", SECRET))
        headers = {} if secret is None else {HEADER: secret}
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.request(method, path, content=content, headers=headers)  # type: ignore[arg-type]

    return asyncio.run(go())


PATHS = (
    "/hook/",
    "/hook//",
    "//hook",
    "/hook/..",
    "/hook%2f",
    "/hook%00",
    "/hook;x",
    "/HOOK",
    "/",
    "/..%2fhook",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_other_path_leads_in_or_elsewhere(path):
    stage = Stage()
    answer = _call(stage, "POST", path)
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert stage.kept == []


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE"])
def test_no_other_method_stores_anything(method):
    stage = Stage()
    assert _call(stage, method, "/hook").status_code == 405
    assert stage.kept == []


SECRETS = (
    "",
    " ",
    SECRET[:-1],
    SECRET + "x",
    SECRET.upper(),
    f" {SECRET}x",
    "é".encode(),
    "秘".encode(),
    b"\xff" * 9,
    "x" * 60_000,
)


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_but_the_secret_is_heard(secret):
    stage = Stage()
    answer = _call(stage, "POST", "/hook", secret)
    assert answer.status_code == 403
    assert answer.content == b""
    assert stage.kept == []


def test_the_secret_is_compared_in_constant_time_and_before_anything_is_read(monkeypatch):
    stage, compared, read = Stage(), [], []

    async def body():
        read.append(1)
        yield GOOD

    monkeypatch.setattr(hmac, "compare_digest", lambda *both: bool(compared.append(both)))
    assert _call(stage, "POST", "/hook", "guess", body()).status_code == 403
    assert compared == [(b"guess", SECRET.encode())]
    assert read == []


def test_a_body_that_never_ends_is_cut_off():
    stage, given = Stage(), []

    async def body():
        for _ in range(200):
            given.append(1)
            yield b"x" * 50_000

    assert _call(stage, "POST", "/hook", content=body()).status_code == 413
    assert stage.kept == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b'{"update_id": 7, "x": "' + b"x" * 5_000_000 + b'"}', 413, id="five megabytes"),
        pytest.param(b'{"update_id": 1e3}', 400, id="a number with an exponent"),
        pytest.param(b'{"update_id": true}', 400, id="a truth"),
        pytest.param(b'{"update_id": 9223372036854775808}', 400, id="one more than a column holds"),
        pytest.param(b'{"update_id": ' + b"9" * 5000 + b"}", 400, id="a number without end"),
        pytest.param(
            b'{"update_id": 7, "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
            200,
            id="10,000 lists, to be set aside",
        ),
        pytest.param(b'{"update_id": 7, "x": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001, 200, id="10,000 objects"),
        pytest.param(b"\xff\xfe{}", 400, id="no UTF-8"),
        pytest.param(b"\x1f\x8b\x08" + b"\x00" * 50, 400, id="packed"),
        pytest.param(b'{"update_id": 1, "update_id": 7}', 200, id="a number twice"),
    ],
)
def test_a_body_that_is_no_update_is_refused(body, status):
    stage = Stage()
    assert _call(stage, "POST", "/hook", content=body).status_code == status
    assert len(stage.kept) == (status == 200)


def test_an_update_of_another_bot_is_kept_under_this_one():
    stage = Stage()
    other = json.dumps(group_message(7) | {"bot_id": 5}).encode()
    assert _call(stage, "POST", "/hook", content=other).status_code == 200
    assert {row.update.bot_id for row in stage.store.tables.inbox.values()} == {BOT}
