"""Members are told before they are watched: at night a group is ready, and its welcome begins the watch."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import BadRequest

from bot.core.group import Gap, GroupState
from handlers.sender import Sender
from tests.handlers.parts import ScriptedRequest, application, default
from tests.handlers.stage import ADMIN, CHAT, DEMAND, MORNING, NIGHT, Stage
from tests.handlers.test_membership import IN_CHARGE, LEFT, event
from tests.handlers.test_settings import ask, press

SET_UP = {"unit": "某村", "purpose": "日常", "owner": "-", "hours": "", "language": "zh-Hans"}
OPEN = {"state": GroupState.JOINED, "watching_since": None, "kind": None, **SET_UP}


def send(stage: Stage, error: Exception | None = None) -> None:
    """Let the sender say what is due; a message to the group fails with the error."""

    def script(method: str, given: dict[str, str]) -> object:
        if error is not None and method == "sendMessage" and int(given["chat_id"]) == CHAT:
            raise error
        return default(method)

    async def go() -> None:
        sender = Sender((await application(ScriptedRequest(script))).bot, stage.runtime)
        for _ in range(3 if error is None else 1):
            await sender.step()
            await sender.finish()

    asyncio.run(go())


def finish(stage: Stage) -> list[str]:
    """Answer the last question of the set-up."""
    return [part.key for part in press(stage, "su:1:kind:standing").speech.parts]


def test_what_is_said_before_the_welcome_is_not_kept_and_what_is_said_after_it_is():
    stage = Stage(NIGHT, **OPEN)
    assert finish(stage)[0] == "setup.done_ready"
    stage.play(stage.message(1, DEMAND))
    send(stage)
    assert (stage.group().state, stage.counts()) == (GroupState.READY, {})
    stage.clock.advance(hours=11)
    send(stage)
    assert (stage.group().state, stage.group().watching_since) == (GroupState.WATCHING, stage.clock.now())
    stage.play(stage.message(2, DEMAND))
    assert stage.counts()["messages"] == 1


def test_the_welcome_that_cannot_be_posted_is_told_to_the_admin_who_may_try_again():
    stage = Stage(MORNING, **OPEN)
    stage.open_bot(ADMIN)
    finish(stage)
    send(stage, BadRequest("Not enough rights to send text messages to the chat"))
    assert stage.group().state is GroupState.READY
    told = next(said for said in stage.said() if said.chat_id == ADMIN)
    assert [part.key for part in told.speech.parts] == ["setup.not_told"]
    stage.press("setup.button.go_on", ADMIN, told)
    send(stage)
    assert stage.group().state is GroupState.WATCHING


def test_status_says_when_the_group_will_be_told():
    stage = Stage(NIGHT, **OPEN)
    finish(stage)
    shown = {part.key: part.fields for part in ask(stage, "/status").parts}
    assert "status.ready" in shown
    assert shown["status.ready_at"]["at"] == "2026-03-12 08:30"


@pytest.mark.parametrize(
    ("away", "state"),
    [
        pytest.param(timedelta(days=2), GroupState.WATCHING, id="of late"),
        pytest.param(timedelta(days=8), GroupState.READY, id="long ago"),
    ],
)
def test_a_group_to_which_the_bot_returns_is_watched_at_once_only_if_it_was_told(away, state):
    stage = Stage(NIGHT, joined_at=NIGHT - timedelta(days=60))
    stage.play(event(stage, IN_CHARGE, LEFT))
    stage.clock.advance(seconds=away.total_seconds())
    stage.play(event(stage, LEFT, IN_CHARGE))
    assert stage.group().state is state
    gaps = [gap for gap in stage.store.tables.gaps.values() if gap.reason == "removed"]
    assert [gap.until is None for gap in gaps] == [state is GroupState.READY]
    stage.clock.advance(hours=11)
    send(stage)
    assert stage.group().state is GroupState.WATCHING
    assert all(gap.until is not None for gap in stage.store.tables.gaps.values())


def test_a_group_that_was_only_paused_need_not_be_told_again():
    stage = Stage(NIGHT, **{**OPEN, "kind": "standing", "joined_at": NIGHT - timedelta(days=60)})

    async def paused() -> None:
        async with stage.store.begin() as work:
            await work.groups.open_gap(Gap(1, stage.clock.now(), "paused"))
            await work.commit()

    asyncio.run(paused())
    assert press(stage, "se:1:go").speech.parts[0].key == "setup.done"
    assert stage.group().state is GroupState.WATCHING
