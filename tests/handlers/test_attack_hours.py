"""Tricks to make the bot post in a group outside working time, or to keep a group from being told who reads there."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from bot.core.exemption import QuietSpan
from bot.core.group import Group, GroupState
from bot.core.speech import Act, Outgoing, PostKind, Speech
from tests.handlers.parts import GROUP
from tests.handlers.sender_stage import Stage as SenderStage
from tests.handlers.stage import ADMIN, MEMBER, MORNING, NIGHT, SHANGHAI, Stage
from tests.handlers.test_membership import IN_CHARGE, LEFT, PLAIN, event

SAID = Speech.of("live_upkeep.too_many", "en")
POSTS = [PostKind.NOTICE, PostKind.TROUBLE, PostKind.WELCOME, PostKind.ANSWER, PostKind.HINT]


def _at(stage: SenderStage, *moment: int) -> None:
    stage.clock.advance(seconds=(datetime(2026, *moment, tzinfo=SHANGHAI) - stage.clock.now()).total_seconds())


@pytest.mark.parametrize("kind", POSTS)
def test_what_was_held_up_by_an_outage_is_not_posted_at_night(kind):
    stage = SenderStage()
    _at(stage, 3, 11, 22, 0)
    stage.run(Outgoing(GROUP, kind, speech=SAID), steps=2)
    assert stage.sent == []
    _at(stage, 3, 12, 8, 31)
    stage.run(steps=1)
    assert stage.sent == [GROUP]


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        pytest.param((3, 11, 9, 0), False, id="seven o'clock there"),
        pytest.param((3, 11, 19, 30), True, id="half past five there"),
    ],
)
def test_the_zone_of_the_group_decides(moment, sent):
    stage = SenderStage()
    _at(stage, *moment)
    hours = "Mon-Fri 09:00-18:00"
    there = Group(GROUP, "x", state=GroupState.WATCHING, zone="Asia/Urumqi", hours=hours)
    stage.run(Outgoing(GROUP, PostKind.NOTICE, speech=SAID), groups=[there])
    assert bool(stage.sent) is sent


def test_a_day_declared_quiet_after_something_was_queued_is_kept_quiet():
    stage = SenderStage()
    _at(stage, 3, 11, 10, 0)

    async def declare():
        async with stage.store.begin() as work:
            await work.exemptions.set_quiet([QuietSpan(date(2026, 3, 11), date(2026, 3, 11), "")], "", None)
            await work.commit()

    asyncio.run(declare())
    stage.run(Outgoing(GROUP, PostKind.NOTICE, speech=SAID))
    assert stage.sent == []


NIGHTLY = ["/help", "/status", "/settings", "/urgent", "/urgent 23:30 防汛抢险", "/privacy", "/start", "/feedback x"]


@pytest.mark.parametrize("by", [ADMIN, MEMBER])
@pytest.mark.parametrize("command", NIGHTLY)
def test_no_command_makes_the_bot_post_at_night(command, by):
    stage = Stage(NIGHT)
    stage.play(stage.message(1, command, by=by))
    assert [said.act for said in stage.in_group() if said.act is not Act.DELETE] == []


@pytest.mark.parametrize("response", ["quiet_sign", "private_hint", "group_hint"])
def test_nothing_follows_at_night_from_messages_and_edits(response):
    stage = Stage(NIGHT, response=response)
    stage.play(stage.message(1, "请各村今晚十二点前把台账报上来", by=ADMIN))
    stage.play(stage.edit(1, "请各村今晚十二点前把台账和照片报上来", by=ADMIN))
    stage.play(stage.edit(1, "好", by=ADMIN), stage.edit(1, "请各村今晚十二点前把台账报上来", by=ADMIN))
    morning = datetime(2026, 3, 12, 8, 30, tzinfo=SHANGHAI)
    assert all(said.not_before and said.not_before >= morning for said in stage.in_group())


def _clear(stage: Stage) -> None:
    stage.store.tables.outbox.clear()


def _welcomes(stage: Stage) -> list[Outgoing]:
    return [said for said in stage.said() if said.kind is PostKind.WELCOME]


def _sent(stage: Stage) -> None:
    """All that waits is sent."""

    async def send() -> None:
        async with stage.store.begin() as work:
            for entry in await work.outbox.due(stage.clock.now() + timedelta(days=2), 99, frozenset()):
                await work.outbox.done(entry.id, stage.clock.now(), 500)
            await work.commit()

    asyncio.run(send())


def test_a_group_that_the_bot_left_before_its_welcome_is_welcomed_after_all():
    stage = Stage(NIGHT, empty=True)
    stage.play(event(stage, LEFT, IN_CHARGE))
    stage.play(event(stage, IN_CHARGE, LEFT))
    assert _welcomes(stage) == []
    stage.clock.advance(minutes=1)
    stage.play(event(stage, LEFT, IN_CHARGE))
    assert len(_welcomes(stage)) == 1


def test_adding_and_removing_the_bot_for_ever_gives_one_welcome():
    stage = Stage(MORNING, empty=True)
    given = 0
    for _ in range(12):
        stage.play(event(stage, LEFT, IN_CHARGE))
        given += len(_welcomes(stage))
        _sent(stage)
        stage.clock.advance(minutes=5)
        stage.play(event(stage, IN_CHARGE, LEFT))
        stage.clock.advance(minutes=5)
    assert given == 1
    assert list(stage.store.tables.posts)
    assert len(stage.store.tables.posts) == 1


@pytest.mark.parametrize(("old", "new"), [(IN_CHARGE, LEFT), (IN_CHARGE, PLAIN)], ids=["removed", "demoted"])
def test_the_contact_is_not_told_for_ever_that_somebody_plays_about(old, new):
    stage = Stage(MORNING)
    told = 0
    for _ in range(30):
        stage.play(event(stage, old, new, by=99))
        stage.play(event(stage, new, old, by=99))
        told += len([said for said in stage.said() if said.chat_id == ADMIN])
        _clear(stage)
    assert 2 <= told <= 6
    stage.clock.advance(days=1)
    stage.play(event(stage, old, new, by=99))
    assert [said.chat_id for said in stage.said() if said.chat_id > 0] == [ADMIN]
