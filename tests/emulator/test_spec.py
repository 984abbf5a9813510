"""Requests and objects are held against the documentation, and what is unknown fails loudly."""

import inspect
import re

import httpx
import pytest
from telegram import Bot

from bot.emulator import Emulator, World
from bot.emulator.failures import Unsupported
from bot.emulator.methods import METHODS
from bot.emulator.spec import Spec
from tests.emulator.scene import play

SPEC = Spec()
OF_PTB = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "filename"}
"""Parameters of python-telegram-bot that are not sent."""
CONVENIENT = {"disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply", "correct_option_id"}
"""Parameters that python-telegram-bot turns into newer ones, and which it still sends under no old name."""


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_described_method_is_played_and_every_played_one_described():
    assert METHODS.keys() == SPEC.raw["methods"].keys()


@pytest.mark.parametrize("method", [name for name in SPEC.raw["methods"] if hasattr(Bot, _snake(name))])
def test_what_python_telegram_bot_can_send_is_documented(method):
    sent = set(inspect.signature(getattr(Bot, _snake(method))).parameters) - OF_PTB - CONVENIENT
    cut = {"suggested_post_parameters", "location", "contact", "venue"}
    assert sent - set(SPEC.raw["methods"][method]["fields"]) - cut == set()


@pytest.mark.parametrize(
    ("method", "raw", "decoded"),
    [
        pytest.param("sendMessage", {"chat_id": "-5", "text": "7"}, {"chat_id": -5, "text": "7"}, id="text of digits"),
        pytest.param("sendMessage", {"chat_id": "@a", "text": "x"}, {"chat_id": "@a", "text": "x"}, id="a name"),
        pytest.param("getUpdates", {"timeout": "3", "allowed_updates": '["message"]'},
                     {"timeout": 3, "allowed_updates": ["message"]}, id="an array in a form"),
        pytest.param("deleteWebhook", {"drop_pending_updates": "true"}, {"drop_pending_updates": True}, id="a truth"),
        pytest.param("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": '{"inline_keyboard": []}'},
                     {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": []}}, id="one of several objects"),
    ],
)  # fmt: skip
def test_a_form_is_read_by_the_documented_types(method, raw, decoded):
    assert SPEC.decode(method, raw) == decoded


@pytest.mark.parametrize(
    ("method", "raw", "named"),
    [
        pytest.param("sendMessage", {"chat_id": "1"}, "missing text", id="a missing parameter"),
        pytest.param("sendMessage", {"chat_id": "1", "text": "x", "txet": "y"}, "unknown parameter txet", id="a typo"),
        pytest.param("sendMessage", {"chat_id": True, "text": "x"}, "sendMessage.chat_id", id="a wrong type"),
        pytest.param("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}},
                     "InlineKeyboardButton has no such field", id="an unknown field inside"),
        pytest.param("setMyCommands", {"commands": [], "scope": {"type": "everywhere"}}, "scope", id="no such scope"),
    ],
)  # fmt: skip
def test_what_is_not_documented_fails_loudly(method, raw, named):
    with pytest.raises(Unsupported, match=named):
        SPEC.decode(method, raw)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        pytest.param("sendMessage?chat_id=1&text=a&nonsense=1", "nonsense", id="an unknown parameter"),
        pytest.param("sendTelepathy", "sendTelepathy is not documented", id="an unknown method"),
        pytest.param("sendVoice", "is documented, but this world does not play it", id="a method that is not played"),
    ],
)
def test_a_failure_of_the_emulator_is_501_and_a_complaint(path, named):
    async def scene():
        world = World()
        async with Emulator(world) as emulator, httpx.AsyncClient() as client:
            answer = await client.post(f"{emulator.base_url}{world.token}/{path}")
        return world, answer

    world, answer = play(scene)
    assert answer.status_code == 501
    assert named in answer.json()["description"]
    assert len(world.complaints) == 1


def test_a_wrong_token_is_refused():
    async def scene():
        async with Emulator(World()) as emulator, httpx.AsyncClient() as client:
            return await client.get(f"{emulator.base_url}1:x/getMe")

    assert play(scene).status_code == 401


def test_an_undocumented_update_is_a_complaint():
    world = World()
    world.emit("message", {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "colour": "red"})
    assert world.complaints == ["update: Update.message.colour: Message has no such field"]
