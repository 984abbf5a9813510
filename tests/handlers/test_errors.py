"""What the log may hold of libraries and errors."""

import io
import logging
import sys

import httpx
import pytest
from loguru import logger
from telegram.error import BadRequest, NetworkError

from config.logging import start_log
from handlers.errors import kind_of, redacted, tame_logs

TOKEN = "123456789:AAF-abc_defghijklmnop"  # noqa: S105 - invented


@pytest.fixture
def log(monkeypatch):
    levels = {name: logging.getLogger(name).level for name in ("", "httpx", "telegram", "uvicorn", "uvicorn.error")}
    handlers = logging.root.handlers
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    start_log("DEBUG")
    tame_logs()
    yield stream
    logger.remove()
    logger.configure(patcher=lambda _: None)
    logging.root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"POST https://api.telegram.org/bot{TOKEN}/getMe", id="in an address"),
        pytest.param(f"file/bot{TOKEN}/photos/1.jpg", id="in a path"),
        pytest.param(f"token {TOKEN}", id="by itself"),
        pytest.param("bot123456789%3AAAF-abc_defghijklmnop/getMe", id="with its colon escaped"),
    ],
)
def test_a_token_is_redacted(text):
    assert "AAF-abc" not in redacted(text)


@pytest.mark.parametrize("name", ["httpx", "telegram.Bot", "uvicorn.error", "something.else"])
def test_no_library_logs_a_token(log, name):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        logging.getLogger(name).log(level, "calling /bot%s/getMe", TOKEN)
    assert "AAF-abc" not in log.getvalue()
    assert "[token]" in log.getvalue()


def test_our_own_lines_are_redacted_too(log):
    logger.warning("calling {}", TOKEN)
    assert "AAF-abc" not in log.getvalue()


@pytest.mark.parametrize("name", ["httpx", "telegram.ext"])
def test_what_libraries_say_of_texts_and_addresses_is_not_logged(log, name):
    logging.getLogger(name).info("sendMessage with text=secret")
    logging.getLogger(name).debug("sendMessage with text=secret")
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(ValueError("secret"), "ValueError", id="a type alone"),
        pytest.param(BadRequest("chat 123456 not found"), "BadRequest (chat # not found)", id="no ids"),
    ],
)
def test_an_error_in_the_log_is(error, told):
    assert kind_of(error) == told


def test_an_error_in_the_log_names_its_cause():
    error = NetworkError("secret")
    error.__cause__ = httpx.ConnectError("secret")
    assert kind_of(error) == "NetworkError (ConnectError)"
