"""What may pass for the platform's own word that a group is gone, and what must not."""

import asyncio

import pytest

from bot.core.group import Group, GroupState
from bot.core.ledger import Evidence, LedgerObject, ObjectState
from bot.core.speech import Act, Outgoing, PostKind
from bot.services import ledger
from bot.services.membership import LOOK
from tests.handlers.parts import GROUP, Refused
from tests.handlers.sender_stage import Stage, answer, failing_with

COUNT = Outgoing(GROUP, PostKind.HOUSEKEEPING, Act.COUNT, key="count:1:2026-03-11")
ASKED = Outgoing(GROUP, PostKind.HOUSEKEEPING, Act.COUNT, key=f"{LOOK}1:20260311100000")


def row_after(entry: Outgoing, code: int, said: str, state: GroupState) -> LedgerObject:
    stage = Stage(failing_with(Refused(code, said), times=9))

    async def known() -> None:
        async with stage.store.begin() as work:
            await ledger.follow(work, await work.groups.add(Group(GROUP, "x", state=state)), stage.clock.now())
            await work.commit()

    asyncio.run(known())
    stage.run(entry, steps=2)
    (row,) = stage.store.tables.objects.values()
    return row


@pytest.mark.parametrize("entry", [answer(GROUP), COUNT], ids=["a post", "the daily count"])
@pytest.mark.parametrize("state", [GroupState.WATCHING, GroupState.LEFT])
def test_a_bot_with_another_token_that_knows_no_group_dissolves_none(entry, state):
    assert row_after(entry, 400, "Bad Request: chat not found", state).state is ObjectState.RUNNING


@pytest.mark.parametrize(
    "said",
    [
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the supergroup chat",
        "Forbidden: CHANNEL_PRIVATE",
    ],
)
def test_a_group_that_put_the_bot_out_is_not_gone(said):
    assert row_after(ASKED, 403, said, GroupState.LEFT).state is ObjectState.RUNNING


@pytest.mark.parametrize(
    ("entry", "code", "said"),
    [
        (COUNT, 403, "Forbidden: the group chat was deleted"),
        (COUNT, 400, "Bad Request: group chat was deactivated"),
        (ASKED, 400, "Bad Request: chat not found"),
    ],
)
def test_a_group_that_the_platform_calls_gone_is(entry, code, said):
    row = row_after(entry, code, said, GroupState.LEFT)
    assert (row.state, row.evidence) == (ObjectState.DISSOLVED, Evidence.PLATFORM)
