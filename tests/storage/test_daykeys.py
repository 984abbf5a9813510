"""The day keys: shared by processes, rotated by day, and gone when they are gone."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.errors import BadSeal
from bot.core.speech import PostKind
from storage.crypto import KeyVault, open_vault
from storage.daykeys import DayKeys
from tests.storage.make_values import NOW, outgoing, update
from tests.storage.stage import VAULT

TODAY = date(2026, 3, 11)
NOBODY = frozenset[str]()


def keys_of(folder):
    """The day keys as another process sees them."""
    return DayKeys.beside(folder / "jianfu.key")


def test_what_is_sealed_for_a_day_opens_today_and_tomorrow_and_never_again(tmp_path):
    vault = open_vault(tmp_path / "jianfu.key")
    vault.rotate_days(TODAY)
    sealed, name = vault.seal_fleeting(b"x"), vault.fleeting_name("queue", "1")
    assert (vault.unseal(sealed), name) == (b"x", vault.fleeting_name("queue", "1"))
    assert not vault.rotate_days(TODAY)
    assert vault.rotate_days(TODAY + timedelta(days=1))
    assert vault.unseal(sealed) == b"x"
    assert vault.fleeting_name("queue", "1") != name
    vault.rotate_days(TODAY + timedelta(days=9))
    with pytest.raises(BadSeal):
        vault.unseal(sealed)
    assert vault.unseal(vault.seal(b"y")) == b"y"


def test_the_long_lived_keys_alone_open_nothing_that_is_sealed_for_a_day(tmp_path):
    vault = open_vault(tmp_path / "jianfu.key")
    with pytest.raises(BadSeal):
        vault.lasting().unseal(vault.seal_fleeting(b"x"))
    other = KeyVault(vault.name_key, vault.seal_keys)
    assert other.fleeting_name("queue", "1") != vault.fleeting_name("queue", "1")


def test_another_process_opens_and_follows_a_rotation_that_it_did_not_make(tmp_path):
    one, other = open_vault(tmp_path / "jianfu.key"), open_vault(tmp_path / "jianfu.key")
    one.rotate_days(TODAY)
    assert other.unseal(one.seal_fleeting(b"x")) == b"x"
    one.rotate_days(TODAY + timedelta(days=1))
    one.rotate_days(TODAY + timedelta(days=2))
    assert one.unseal(other.seal_fleeting(b"y")) == b"y"
    assert other.fleeting_name("queue", "1") == one.fleeting_name("queue", "1")


def test_a_clock_that_lags_behind_destroys_no_key(tmp_path):
    keys = keys_of(tmp_path)
    keys.rotate(TODAY + timedelta(days=9))
    assert keys.rotate(TODAY)  # a key of another year or week is none of today
    assert not keys.rotate(TODAY - timedelta(days=1))
    assert not keys.rotate(TODAY)


def test_the_file_is_its_owners_alone_and_old_keys_are_nowhere_in_the_folder(tmp_path):
    keys = keys_of(tmp_path)
    keys.rotate(TODAY)
    first = keys.file.read_text("ascii").split()[1]
    with keys.file.open("rb") as still_open:  # the place on the disk where the old contents stood
        keys.rotate(TODAY + timedelta(days=1))
        assert first.encode() not in still_open.read()
    keys.rotate(TODAY + timedelta(days=2))
    keys.rotate(TODAY + timedelta(days=3))
    assert [file.name for file in tmp_path.iterdir()] == ["jianfu.key.days"]
    assert first not in keys.file.read_text("ascii")
    assert keys.file.stat().st_mode & 0o777 == 0o600


def test_a_rotation_that_was_cut_off_loses_no_key_of_today(tmp_path):
    keys = keys_of(tmp_path)
    keys.rotate(TODAY)
    name = keys.all()[0].name("queue", "1")
    keys.file.rename(tmp_path / "jianfu.key.days.new")
    keys.file.write_bytes(b"\xff\x00 overwritten")
    assert keys_of(tmp_path).all()[0].name("queue", "1") == name
    assert not (tmp_path / "jianfu.key.days.new").exists()


def test_processes_that_rotate_at_once_have_one_key(tmp_path):
    keys = [keys_of(tmp_path) for _ in range(8)]
    threads = [threading.Thread(target=each.rotate, args=(TODAY,)) for each in keys]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({each.all()[0].name("queue", "1") for each in keys}) == 1


def test_without_a_file_keys_live_in_memory_alone(tmp_path):
    vault = KeyVault.new()
    assert vault.fleeting_ids == []
    sealed = vault.seal_fleeting(b"x")
    assert vault.unseal(sealed) == b"x"
    assert vault.rotate_days(TODAY)
    assert not vault.rotate_days(TODAY)
    assert [*tmp_path.iterdir()] == []


def fleeting(chat_id=42, **fields):
    return outgoing(chat_id, key="", kind=PostKind.ANSWER, fleeting=True, **fields)


@pytest.mark.parametrize("end", ["done", "drop", "unsure", "silence"])
def test_a_fleeting_entry_leaves_no_row_however_it_ends(stage, end):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([fleeting()], NOW)
            assert work.outbox.queued
            await work.commit()
        async with store.begin() as work:
            (entry,) = await work.outbox.due(NOW, 9, NOBODY)
            assert entry.outgoing == fleeting()
            assert entry.queue != work.outbox.queue_of(42)
            if end == "silence":
                assert await work.outbox.silence(NOW) == 1
            else:
                await work.outbox.claim(entry.id, NOW)
            if end == "done":
                await work.outbox.done(entry.id, NOW, 5)
            elif end == "drop":
                await work.outbox.drop(entry.id, NOW, "refused")
            elif end == "unsure":
                assert await work.outbox.unsure(NOW) == 1
            await work.commit()
        async with store.begin() as work:
            assert await work.outbox.purge(NOW + timedelta(days=9)) == 0
            assert await work.outbox.unsure_since(NOW - timedelta(days=1)) == 0
            assert await work.outbox.waiting() == 0

    stage.run(play)


def test_a_fleeting_entry_waits_and_is_deleted_after_its_time_like_any_other(stage):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([fleeting(delete_after=60), fleeting(silent=False)], NOW)
            (entry,) = await work.outbox.due(NOW, 9, NOBODY)
            await work.outbox.claim(entry.id, NOW)
            assert await work.outbox.due(NOW, 9, NOBODY) == []
            await work.outbox.postpone(entry.id, NOW + timedelta(seconds=1))
            (again,) = await work.outbox.due(NOW + timedelta(seconds=2), 9, NOBODY)
            assert again.id == entry.id
            await work.outbox.done(entry.id, NOW, 5)
            (then,) = await work.outbox.due(NOW, 9, NOBODY)
            await work.outbox.done(then.id, NOW, 6)
            assert await work.outbox.due(NOW, 9, NOBODY) == []
            (gone,) = await work.outbox.due(NOW + timedelta(seconds=61), 9, NOBODY)
            assert (gone.outgoing.message_id, gone.outgoing.fleeting) == (5, True)

    stage.run(play)


def test_a_fleeting_entry_follows_its_group_to_a_new_chat(stage):
    async def play(store):
        async with store.begin() as work:
            await work.outbox.add([fleeting(-7)], NOW)
            await work.outbox.move(-7, -100)
            (entry,) = await work.outbox.due(NOW, 9, NOBODY)
            assert (entry.outgoing.chat_id, entry.outgoing.fleeting) == (-100, True)

    stage.run(play)


def test_updates_are_sealed_for_a_day_until_they_are_handled(stage):
    async def play(store):
        async with store.begin() as work:
            await work.inbox.store([update(1, b'{"text":"x"}')])
            await work.commit()
        async with store.begin() as work:
            assert [each.payload for each in await work.inbox.pending(9)] == [b'{"text":"x"}']
        if stage.name != "fake":
            lost = replace(store, vault=VAULT.lasting())
            async with lost.begin() as work:
                assert [each.payload for each in await work.inbox.pending(9)] == [b""]

    stage.run(play)


def test_attack_keys_that_a_rotation_which_was_cut_off_left_aside_are_written_over(tmp_path):
    keys = keys_of(tmp_path)
    keys.rotate(TODAY)
    aside, witness = tmp_path / "jianfu.key.days.new", tmp_path / "witness"
    before = keys.file.read_bytes()
    aside.write_bytes(before)  # written, and then the power went, before the old file was touched
    witness.hardlink_to(aside)
    keys.rotate(TODAY + timedelta(days=1))
    assert not aside.exists()
    assert witness.read_bytes() != before
    assert before.split()[1] not in witness.read_bytes()
