"""The demonstration is the shortest test of everything together: the real bot over HTTP, from being added to a hint."""

import pytest
from click.testing import CliRunner

from bot.cli.program import run
from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")


@pytest.fixture(scope="module")
def told():
    runner = CliRunner()
    with runner.isolation() as (out, *_):
        assert run(["demo"]) == 0
        return out.getvalue().decode()


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(WORDS("cli.demo.intro"), id="that it is a demonstration"),
        pytest.param(WORDS("category.screenshot_checkin.title"), id="the demand for screenshots"),
        pytest.param(WORDS("category.late_deadline.title"), id="the deadline at night"),
        pytest.param(WORDS("cli.demo.end"), id="how to go on"),
    ],
)
def test_the_demonstration_shows(told, what):
    assert what in told


def test_the_group_hears_nothing_at_night(told):
    night = told.partition("2026-11-23 22:40")[2].partition("2026-11-24")[0]

    assert "老秦" in night
    assert "减负助手" not in night


def test_an_event_of_the_group_is_told_in_plain_words(told):
    assert f"罗主任: {WORDS('cli.demo.event.new_chat_members')}" in told
    assert "<new_chat_members>" not in told


def test_the_sender_is_hinted_at_in_private_next_morning(told):
    morning = told.partition("2026-11-24 08:31")[2].partition("/status")[0]

    assert "罗主任和机器人的私聊　减负助手" in morning
