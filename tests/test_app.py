from datetime import datetime

import pytest

from bot import app
from bot.app import Chats, build
from bot.core.errors import BadMoment
from bot.core.model import Category, Message
from config.settings import Settings


@pytest.fixture(scope="module")
def office():
    return build(Settings(_env_file=None))


def _ask(office, number, chat):
    at = datetime(2026, 3, 10, 10, number, tzinfo=office.worktime.zone)
    return Message(str(number), "请各村报送低收入人口台账，周五前发我", at, chat=chat)


def _again(verdict):
    return [found.refers_to for found in verdict.findings if found.category is Category.DUPLICATE_COLLECTION]


def test_each_chat_remembers_what_it_was_asked_and_no_other(office):
    chats = Chats(office)
    assert [_again(chats.judge(_ask(office, number, chat))) for number, chat in enumerate("aba")] == [[], [], ["0"]]


def test_the_chat_that_was_silent_for_longest_is_forgotten(office, monkeypatch):
    monkeypatch.setattr(app, "CHATS_KEPT", 2)
    chats = Chats(office)
    told = [_again(chats.judge(_ask(office, number, chat))) for number, chat in enumerate("abacab")]
    assert told == [[], [], ["0"], [], ["0"], []]


def test_a_message_judged_alone_leaves_no_memory(office):
    assert [_again(office.judge_alone(_ask(office, number, "a"))) for number in range(2)] == [[], []]


@pytest.mark.parametrize("zone", ["Asia/Nowhere", "", "../etc/passwd", "/etc/localtime", "Asia", "\x00"])
def test_a_zone_that_is_none_is_refused(zone):
    with pytest.raises(BadMoment) as caught:
        build(Settings(_env_file=None, zone=zone))
    assert caught.value.key == "moment.zone"
