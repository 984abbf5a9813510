"""What was said can be taken back, and is forgotten with whom it was said to; alike over every store."""

import pytest

from bot.core.speech import PostKind
from tests.storage.make_values import NOW, later, outgoing

SOMEBODY, ANOTHER = 42, 43


async def send(work, moment=NOW):
    """Let all that is due be sent."""
    for entry in await work.outbox.due(moment, 9, frozenset()):
        await work.outbox.claim(entry.id, moment)
        await work.outbox.done(entry.id, moment, 700)


@pytest.mark.parametrize(("recall", "known"), [(True, SOMEBODY), (False, None)], ids=["to recall", "any other"])
def test_only_of_what_may_be_recalled_the_chat_stays_known(recall, known, stage):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([outgoing(SOMEBODY, kind=PostKind.HINT, key="k", recall=recall)], NOW)
            assert await work.outbox.address_of("k") == SOMEBODY
            await send(work)
            await work.commit()
        async with store.begin() as work:
            assert await work.outbox.address_of("k") == known
            assert await work.outbox.message_of("k") == 700
            assert [await work.outbox.address_of(key) for key in ("", "another")] == [None, None]

    stage.run(play)


def test_an_entry_that_was_dropped_cannot_be_recalled(stage):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([outgoing(SOMEBODY, kind=PostKind.HINT, key="k", recall=True)], NOW)
            (entry,) = await work.outbox.due(NOW, 9, frozenset())
            await work.outbox.drop(entry.id, NOW, "refused")
            assert await work.outbox.address_of("k") is None

    stage.run(play)


def test_with_a_person_all_is_forgotten_but_the_answers_that_wait(stage):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([outgoing(who, kind=PostKind.HINT, key=f"sent {who}") for who in (42, 43)], NOW)
            await send(work)
            kinds = (PostKind.HINT, PostKind.TROUBLE, PostKind.ANSWER)
            await work.outbox.add(
                [outgoing(who, kind=kind, key=f"{kind} {who}") for who in (SOMEBODY, ANOTHER) for kind in kinds],
                NOW,
            )
            assert await work.outbox.forget(work.outbox.queue_of(SOMEBODY)) == 3
            await work.commit()
        async with store.begin() as work:
            assert await work.outbox.message_of("sent 42") is None
            assert await work.outbox.message_of("sent 43") == 700
            left = []
            for _ in range(4):
                left += [entry.outgoing.key for entry in await work.outbox.due(later(hours=1), 9, frozenset())]
                await send(work, later(hours=1))
            assert sorted(left) == ["answer 42", "answer 43", "hint 43", "trouble 43"]

    stage.run(play)
