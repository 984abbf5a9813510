"""The inbox and the outbox, alike over the fake and both databases."""

from dataclasses import replace

import pytest

from bot.core.speech import Act, PostKind
from tests.storage.make_values import BIG, FULL_OUTGOING, NOW, later, outgoing, update

NOBODY = frozenset[str]()


async def put(work, *entries):
    await work.outbox.add(entries, NOW)


async def due(work, at=NOW, busy=NOBODY, limit=9):
    return await work.outbox.due(at, limit, busy)


async def keys(work, at=NOW):
    return [entry.outgoing.key for entry in await due(work, at)]


def test_updates_come_out_in_the_order_of_arrival_as_they_went_in(stage):
    async def play(store):
        payloads = [b'{"text":"\xe6\x94\xb6\xe5\x88\xb0"}', b"\x00\xff not json", b""]
        async with store.begin() as work:
            assert await work.inbox.store([update(9, payloads[0]), update(3, payloads[1])]) == 2
            assert await work.inbox.store([update(2**40, payloads[2])]) == 1
            await work.commit()
        async with store.begin() as work:
            waiting = await work.inbox.pending(9)
            assert [each.update_id for each in waiting] == [9, 3, 2**40]
            assert [each.payload for each in waiting] == payloads
            assert [each.received_at for each in waiting] == [NOW] * 3
            assert waiting[0].received_at.tzinfo is not None
            assert [each.id for each in waiting] == sorted(each.id for each in waiting)
            assert [each.update_id for each in await work.inbox.pending(2)] == [9, 3]

    stage.run(play)


def test_an_update_is_kept_once_for_each_bot(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.inbox.store([update(1, b"first"), update(1, b"again"), update(1, bot_id=5)]) == 2
            assert await work.inbox.store([update(1, b"again"), update(2)]) == 1
            assert await work.inbox.store([]) == 0
            assert [each.payload for each in await work.inbox.pending(9)] == [b"first", b"{}", b"{}"]

    stage.run(play)


def test_a_handled_update_is_empty_and_still_known(stage):
    async def play(store):
        async with store.begin() as work:
            await work.inbox.store([update(1), update(2)])
            first, second = await work.inbox.pending(9)
            assert await work.inbox.waiting() == 2
            await work.inbox.handled([first.id], NOW)
            await work.inbox.handled([], NOW)
            assert await work.inbox.pending(9) == [second]
            assert await work.inbox.waiting() == 1
            assert await work.inbox.store([update(1)]) == 0

    stage.run(play)


def test_failures_are_counted_and_an_update_set_aside_lets_the_rest_go_on(stage):
    async def play(store):
        async with store.begin() as work:
            await work.inbox.store([update(1), update(2)])
            first, second = await work.inbox.pending(9)
            assert [await work.inbox.failed(first.id, "ValueError") for _ in range(3)] == [1, 2, 3]
            assert (await work.inbox.pending(1))[0].attempts == 3
            await work.inbox.set_aside(first.id, "ValueError", NOW, b"{}")
            assert await work.inbox.pending(9) == [second]
            assert await work.inbox.waiting() == 1
            assert await work.inbox.aside() == [(1, NOW, "ValueError")]

    stage.run(play)


def test_purging_the_inbox_keeps_what_is_not_due(stage):
    async def play(store):
        async with store.begin() as work:
            await work.inbox.store([update(number) for number in range(5)])
            ids = [each.id for each in await work.inbox.pending(9)]
            await work.inbox.handled([ids[0]], NOW)
            await work.inbox.handled([ids[1]], later(hours=2))
            await work.inbox.set_aside(ids[2], "E", NOW, b"{}")
            await work.inbox.set_aside(ids[3], "E", later(hours=5), b"{}")
            purged = await work.inbox.purge(handled_before=later(hours=1), aside_before=NOW)
            assert purged == 1
            assert [each[0] for each in await work.inbox.aside()] == [2, 3]
            assert await work.inbox.purge(handled_before=NOW, aside_before=later(hours=1)) == 1  # emptied
            assert await work.inbox.purge(handled_before=NOW, aside_before=later(hours=1)) == 0
            assert [each[0] for each in await work.inbox.aside()] == [2, 3]
            await work.inbox.purge(handled_before=later(hours=1), aside_before=later(hours=1))
            assert [each[0] for each in await work.inbox.aside()] == [3]
            assert [each.id for each in await work.inbox.pending(9)] == [ids[4]]

    stage.run(play)


def test_an_entry_comes_out_whole(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, FULL_OUTGOING)
            await work.commit()
        async with store.begin() as work:
            (entry,) = await due(work)
            assert entry.outgoing == FULL_OUTGOING
            assert str(FULL_OUTGOING.chat_id) not in entry.queue

    stage.run(play)


def test_each_chat_says_one_thing_at_a_time_in_order(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, *(outgoing(chat, key=f"{chat}{n}") for n in "ab" for chat in (-1, -2, 3)))
            entries = await due(work)
            assert [each.outgoing.key for each in entries] == ["-1a", "-2a", "3a"]
            assert [each.outgoing.key for each in await due(work, limit=2)] == ["-1a", "-2a"]
            busy = frozenset({entries[0].queue})
            assert [each.outgoing.key for each in await due(work, busy=busy)] == ["-2a", "3a"]
            await work.outbox.claim(entries[0].id, NOW)
            assert await keys(work) == ["-2a", "3a"]
            await work.outbox.done(entries[0].id, NOW, 77)
            assert await keys(work) == ["-2a", "3a", "-1b"]
            assert await work.outbox.message_of("-1a") == 77
            assert await work.outbox.waiting() == 5

    stage.run(play)


def test_an_entry_for_later_lets_others_of_its_chat_pass(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="late", not_before=later(hours=1)), outgoing(key="now"))
            assert await keys(work) == ["now"]
            assert await keys(work, later(hours=1)) == ["late"]

    stage.run(play)


def test_a_deferred_entry_waits_for_its_moment_and_lets_others_of_its_chat_pass(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="a"), outgoing(key="b"))
            first = (await due(work))[0]
            await work.outbox.defer(first.id, later(hours=1))
            assert await keys(work) == ["b"]
            await work.outbox.done((await due(work))[0].id, NOW, 1)
            assert await keys(work, later(minutes=59)) == []
            assert await keys(work, later(hours=1)) == ["a"]
            assert await work.outbox.waiting() == 1

    stage.run(play)


def test_a_unit_of_work_tells_whether_it_queued_anything(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work)
            assert not work.outbox.queued
            await put(work, outgoing())
            assert work.outbox.queued
            await work.commit()
        async with store.begin() as work:
            assert not work.outbox.queued

    stage.run(play)


def test_a_postponed_entry_holds_back_its_chat_alone(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="a"), outgoing(key="b"), outgoing(5, key="other"))
            first = (await due(work))[0]
            await work.outbox.claim(first.id, NOW)
            await work.outbox.postpone(first.id, later(seconds=30))
            assert await keys(work) == ["other"]
            again = (await due(work, later(seconds=30)))[0]
            assert (again.outgoing.key, again.attempts) == ("a", 1)

    stage.run(play)


def test_a_key_is_queued_once_even_after_it_was_sent(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="welcome"), outgoing(key="welcome"), outgoing(), outgoing())
            assert await work.outbox.waiting() == 3
            (entry,) = await due(work)
            await work.outbox.done(entry.id, NOW, 1)
            await put(work, outgoing(key="welcome"))
            assert await work.outbox.waiting() == 2

    stage.run(play)


def test_a_cancelled_key_is_gone_and_may_come_again(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="a"), outgoing(key="b"))
            await work.outbox.cancel("a")
            await work.outbox.cancel("unknown")
            await work.outbox.cancel("")
            (entry,) = await due(work)
            assert entry.outgoing.key == "b"
            await work.outbox.claim(entry.id, NOW)
            await work.outbox.cancel("b")
            await put(work, outgoing(key="a"))
            assert await work.outbox.unsure(NOW) == 1
            assert await keys(work) == ["a"]

    stage.run(play)


def test_what_was_being_sent_at_a_crash_is_not_sent_again(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="a"), outgoing(key="b"))
            (entry,) = await due(work)
            await work.outbox.claim(entry.id, NOW)
            await work.commit()
        async with store.begin() as work:
            assert await work.outbox.unsure(later(minutes=1)) == 1
            assert await work.outbox.unsure(later(minutes=1)) == 0
            assert await keys(work) == ["b"]
            assert await work.outbox.message_of("a") is None
            (other,) = await due(work)
            await work.outbox.drop(other.id, later(minutes=2), "unsure")
            assert await work.outbox.unsure_since(NOW) == 2
            assert await work.outbox.unsure_since(later(minutes=2)) == 1

    stage.run(play)


def test_a_message_that_deletes_itself_queues_its_deletion(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="hint", delete_after=600, thread_id=4))
            (entry,) = await due(work)
            await work.outbox.done(entry.id, NOW, 55)
            assert await due(work) == []
            (deletion,) = await due(work, later(minutes=10))
            assert deletion.outgoing == replace(
                outgoing(kind=PostKind.HOUSEKEEPING, act=Act.DELETE, message_id=55),
                key=f"delete:{entry.id}",
                not_before=later(minutes=10),
            )

    stage.run(play)


@pytest.mark.parametrize(("seconds", "message_id"), [(None, 55), (600, None)], ids=["lasting", "no message"])
def test_other_messages_queue_no_deletion(stage, seconds, message_id):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(delete_after=seconds))
            await work.outbox.done((await due(work))[0].id, NOW, message_id)
            assert await work.outbox.waiting() == 0

    stage.run(play)


def test_waiting_entries_move_with_their_group(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(-5, key="a"), outgoing(-5, key="b"), outgoing(-6, key="c"))
            await work.outbox.move(-5, BIG)
            entries = await due(work)
            assert [(each.outgoing.chat_id, each.outgoing.key) for each in entries] == [(BIG, "a"), (-6, "c")]
            await put(work, outgoing(BIG, key="d"))
            assert await keys(work) == ["a", "c"]

    stage.run(play)


def test_a_dropped_entry_lets_the_next_one_go_and_old_ones_are_purged(stage):
    async def play(store):
        async with store.begin() as work:
            await put(work, outgoing(key="a"), outgoing(key="b"))
            await work.outbox.drop((await due(work))[0].id, NOW, "Forbidden")
            assert await keys(work) == ["b"]
            await work.outbox.done((await due(work))[0].id, later(hours=1), 1)
            assert await work.outbox.purge(later(minutes=1)) == 1
            assert await work.outbox.purge(later(hours=2)) == 1
            assert await work.outbox.message_of("b") is None

    stage.run(play)
