"""Groups, counts, memory and posts, alike over the fake and both databases."""

from dataclasses import replace

import pytest

from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.group import Gap, GroupState
from bot.core.history import SentBefore
from tests.storage.make_values import BIG, FULL_GROUP, NOW, asked, finding, group, later

OLD = -4_000_000_001
TODAY = NOW.date()


def test_a_group_comes_back_whole_by_number_and_by_chat(stage):
    async def play(store):
        async with store.begin() as work:
            stored = await work.groups.add(FULL_GROUP)
            await work.commit()
        async with store.begin() as work:
            assert stored == replace(FULL_GROUP, id=stored.id)
            assert stored.id > 0
            assert await work.groups.get(stored.id) == stored
            assert await work.groups.of_chat(BIG) == stored
            assert await work.groups.all() == [stored]
            assert await work.groups.of_chat(-1) is None
            assert await work.groups.get(999) is None

    stage.run(play)


def test_a_changed_group_is_seen_at_once_and_an_undone_change_is_not(stage):
    async def play(store):
        async with store.begin() as work:
            stored = await work.groups.add(group())
            await work.commit()
            changed = replace(stored, state=GroupState.LEFT, left_at=NOW, hours="", contact=1)
            await work.groups.update(changed)
            assert await work.groups.of_chat(BIG) == changed
        async with store.begin() as work:
            assert await work.groups.of_chat(BIG) == stored

    stage.run(play)


def test_adding_a_known_chat_returns_its_group(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.groups.of_chat(BIG) is None
            first = await work.groups.add(group())
            assert await work.groups.add(group(title="again")) == first
            assert len(await work.groups.all()) == 1

    stage.run(play)


def test_many_groups_are_found_in_one_transaction_as_one_by_one(stage):
    async def play(store):
        async with store.begin() as work:
            stored = {chat: await work.groups.add(group(chat)) for chat in (-1, -2, -3, -4, -5)}
            stored[-5] = await work.groups.migrate(-5, -50)
            await work.commit()
        async with store.begin() as work:
            assert [await work.groups.of_chat(chat) for chat in stored] == [*stored.values()]
            assert await work.groups.of_chat(-50) == stored[-5]
            assert await work.groups.of_chat(-99) is None
            added = await work.groups.add(group(-99))
            assert await work.groups.of_chat(-99) == added
            await work.groups.delete(stored[-1].id)
            assert await work.groups.of_chat(-1) is None

    stage.run(play)


def test_an_upgraded_group_goes_on_under_its_new_chat(stage):
    async def play(store):
        async with store.begin() as work:
            old = await work.groups.add(replace(FULL_GROUP, chat_id=OLD, is_supergroup=False))
            await work.findings.add([finding(5, group_id=old.id)])
            moved = replace(old, chat_id=BIG, is_supergroup=True)
            assert await work.groups.migrate(OLD, BIG) == moved
            assert await work.groups.migrate(OLD, BIG) == moved  # the other of the two service messages
            assert await work.groups.of_chat(OLD) == moved
            assert await work.groups.of_chat(BIG) == moved
            assert await work.groups.add(group(OLD)) == moved
            assert await work.findings.of_message(old.id, 5) == []  # the new chat has a message 5 of its own
            assert len(await work.findings.of_message(old.id, -5)) == 1

    stage.run(play)


def test_a_chat_known_only_by_its_new_id_gets_the_old_one_as_an_alias(stage):
    async def play(store):
        async with store.begin() as work:
            new = await work.groups.add(group(BIG))
            await work.findings.add([finding(5, group_id=new.id)])
            assert await work.groups.migrate(OLD, BIG) == new
            assert await work.groups.of_chat(OLD) == new
            assert len(await work.findings.of_message(new.id, 5)) == 1

    stage.run(play)


def test_an_upgrade_of_an_unknown_group_changes_nothing(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.groups.migrate(OLD, BIG) is None
            assert await work.groups.all() == []

    stage.run(play)


@pytest.mark.parametrize("old_first", [True, False], ids=["old is older", "new is older"])
def test_two_records_of_an_upgraded_group_become_one(stage, old_first):
    async def play(store):
        async with store.begin() as work:
            old = replace(FULL_GROUP, chat_id=OLD, is_supergroup=False)
            new = group(BIG, title="新名", is_supergroup=True, is_admin=False)
            stored = [await work.groups.add(each) for each in ((old, new) if old_first else (new, old))]
            old_id, new_id = (each.id for each in (stored if old_first else stored[::-1]))
            await _fill(work, old_id, "1")
            await _fill(work, new_id, "2")
            await work.outbox.move(OLD, BIG)
            await work.commit()
        async with store.begin() as work:
            one = await work.groups.migrate(OLD, BIG)
            assert one == await work.groups.migrate(OLD, BIG)
            await work.commit()
        async with store.begin() as work:
            assert await work.groups.all() == [one]
            assert one.id == stored[0].id
            assert [await work.groups.of_chat(chat) for chat in (OLD, BIG)] == [one, one]
            assert (one.unit, one.title, one.state, one.is_admin) == ("青山镇", "新名", GroupState.WATCHING, False)
            await _assert_joined(work, one.id)

    stage.run(play)


async def _fill(work, group_id, name):
    await work.findings.add([finding(5, group_id=group_id)])
    await work.counts.add(group_id, TODAY, {"messages": 2, f"only{name}": 1})
    await work.groups.open_gap(Gap(group_id, NOW, f"reason{name}"))
    await work.memory.remember(
        group_id, [(name, asked(name))], {"same": SentBefore(name, NOW), name: SentBefore(name, NOW)}
    )
    await work.memory.note_urgent(group_id, later(hours=int(name)))
    await work.posts.add(group_id, "hint", NOW)
    await work.exemptions.open_window(UrgentWindow(group_id, NOW, later(hours=1), name))
    await work.exemptions.set_duty([DutyHours(NOW, later(hours=1))], "", group_id)
    await work.exemptions.set_quiet([QuietSpan(TODAY, TODAY)], "", group_id)
    await work.people.expect(name * 32, "setup", group_id, NOW)


async def _assert_joined(work, group_id):
    assert {each.message_id for each in await work.findings.latest(9)} == {5, -5}
    assert {each.group_id for each in await work.findings.latest(9)} == {group_id}
    assert await work.counts.sums(group_id, TODAY, TODAY) == {"messages": 4, "only1": 1, "only2": 1}
    assert {gap.reason for gap in await work.groups.gaps(group_id, NOW)} == {"reason1", "reason2"}
    requests, documents = await work.memory.load(group_id)
    assert {request.message_id for _, request in requests} == {"1", "2"}
    assert set(documents) == {"same", "1", "2"}
    assert await work.memory.urgent_at(group_id) == later(hours=2)
    assert await work.posts.count(group_id, NOW) == 2
    assert {window.reason for window in await work.exemptions.windows(NOW, group_id)} == {"1", "2"}
    assert [each.group_id for each in await work.exemptions.duty()] == [group_id] * 2
    assert [each.group_id for each in await work.exemptions.quiet()] == [group_id] * 2
    assert [await work.people.expected(name * 32, NOW) for name in "12"] == [("setup", group_id)] * 2


def test_a_deleted_group_takes_all_with_it(stage):
    async def play(store):
        async with store.begin() as work:
            stored = await work.groups.add(group(OLD))
            await work.groups.migrate(OLD, BIG)
            other = await work.groups.add(group(-9))
            await _fill(work, stored.id, "1")
            await _fill(work, other.id, "2")
            await work.commit()
            await work.groups.delete(stored.id)
            await work.commit()
        async with store.begin() as work:
            assert await work.groups.all() == [other]
            assert await work.groups.of_chat(OLD) is None
            assert {each.group_id for each in await work.findings.latest(9)} == {other.id}
            assert await work.counts.sums(stored.id, TODAY, TODAY) == {}
            assert await work.memory.load(stored.id) == ([], {})
            assert await work.memory.urgent_at(stored.id) is None
            assert [each.group_id for each in await work.exemptions.duty()] == [other.id]
            assert await work.people.expected("1" * 32, NOW) is None
            assert (await work.groups.add(group(-10))).id > other.id

    stage.run(play)


def test_gaps_of_a_reason_open_once_and_close(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            await work.groups.open_gap(Gap(id_, later(hours=1), "removed"))
            await work.groups.open_gap(Gap(id_, NOW, "privacy"))
            await work.groups.open_gap(Gap(id_, later(hours=2), "privacy"))
            privacy, removed = Gap(id_, NOW, "privacy"), Gap(id_, later(hours=1), "removed")
            assert await work.groups.gaps(id_, NOW) == [privacy, removed]
            await work.groups.close_gaps(id_, later(hours=3), "privacy")
            await work.groups.open_gap(Gap(id_, later(hours=4), "privacy"))
            await work.groups.close_gaps(id_, later(hours=5))
            closed = [
                replace(privacy, until=later(hours=3)),
                replace(removed, until=later(hours=5)),
                Gap(id_, later(hours=4), "privacy", later(hours=5)),
            ]
            assert await work.groups.gaps(id_, NOW) == closed
            assert await work.groups.gaps(id_, later(hours=4)) == closed[1:]
            assert await work.groups.gaps(id_, later(hours=6)) == []

    stage.run(play)


def test_counts_add_up_over_days_and_transactions(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            for _ in range(3):
                await work.counts.add(id_, TODAY, {"messages": 1, "work": 2})
            assert await work.counts.sums(id_, TODAY, TODAY) == {"messages": 3, "work": 6}
            await work.commit()
        async with store.begin() as work:
            await work.counts.add(id_, later(days=1).date(), {"messages": 5_000_000_000})
            await work.commit()
        async with store.begin() as work:
            tomorrow = later(days=1).date()
            assert await work.counts.sums(id_, TODAY, tomorrow) == {"messages": 5_000_000_003, "work": 6}
            assert await work.counts.sums(id_, tomorrow, tomorrow) == {"messages": 5_000_000_000}
            assert await work.counts.sums(id_ + 1, TODAY, tomorrow) == {}

    stage.run(play)


def test_memory_comes_back_in_order_and_the_first_of_a_document_stays(stage):
    async def play(store):
        requests = [("", asked("1")), ("7", asked("2", columns=frozenset({"姓名"}))), ("", asked("3", None))]
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            await work.memory.remember(id_, requests[:1], {"通知": SentBefore("1", NOW)})
            await work.memory.remember(id_, requests[1:], {"通知": SentBefore("2", NOW), "b": SentBefore("3", None)})
            await work.commit()
        async with store.begin() as work:
            loaded, documents = await work.memory.load(id_)
            assert loaded == requests
            assert documents == {"通知": SentBefore("1", NOW), "b": SentBefore("3", None)}
            assert [*documents] == ["通知", "b"]

    stage.run(play)


def test_memory_of_an_edited_message_is_retracted_and_old_memory_forgotten(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            asks = [("", asked("1")), ("", asked("2", later(days=1))), ("", asked("3", later(days=2)))]
            sent = {"a": SentBefore("1", NOW), "b": SentBefore("2", later(days=1)), "c": SentBefore("3", later(days=2))}
            await work.memory.remember(id_, asks, sent)
            await work.memory.retract(id_, "2")
            await work.memory.note_urgent(id_, NOW)
            await work.memory.forget(id_, later(days=1))
            assert await work.memory.load(id_) == (asks[2:], {"c": sent["c"]})
            assert await work.memory.urgent_at(id_) is None

    stage.run(play)


def test_the_latest_emergency_stays(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            for hours in (1, 3, 2):
                await work.memory.note_urgent(id_, later(hours=hours))
            assert await work.memory.urgent_at(id_) == later(hours=3)

    stage.run(play)


def test_own_posts_are_counted_since_a_moment_and_by_kind(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = (await work.groups.add(group())).id
            for kind, hours in (("hint", 0), ("sign", 1), ("hint", 2)):
                await work.posts.add(id_, kind, later(hours=hours))
            assert await work.posts.count(id_, NOW) == 3
            assert await work.posts.count(id_, later(hours=1)) == 2
            assert await work.posts.count(id_, NOW, "hint") == 2
            assert await work.posts.count(id_ + 1, NOW) == 0

    stage.run(play)
