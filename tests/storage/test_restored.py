"""What follows a restore: nothing twice, nobody back, and the time since is told; alike over every store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.group import GroupState
from bot.core.speech import PostKind
from bot.ports import Traces
from bot.services.backup import Settled, settle
from bot.services.forgetting import traces_of
from bot.services.inbox import LISTENED
from storage.crypto import KeyVault
from storage.forgotten import ForgottenFile
from tests.fakes import FakeForgotten
from tests.storage.make_values import FULL_FINDING, FULL_GROUP, NOW, later, outgoing, update
from tests.storage.stage import VAULT

SOMEBODY, ANOTHER = 42, 43


def traces(who: int) -> Traces:
    return Traces(VAULT.pseudonym("person", who), VAULT.pseudonym("sender", who), "")


async def _fill(work):
    group = replace(FULL_GROUP, state=GroupState.WATCHING, contact=SOMEBODY, is_admin=True)
    stored = await work.groups.add(group)
    for number, who in ((1, SOMEBODY), (2, ANOTHER)):
        await work.people.opened(traces(who).person, "en", NOW)
        finding = replace(FULL_FINDING, group_id=stored.id, message_id=number, sender=traces(who).sender)
        await work.findings.add([finding])
        await work.outbox.add([outgoing(who, kind=PostKind.HINT, key=f"k{who}")], NOW)
    await work.inbox.store([update(1), update(2)])
    await work.state.set(LISTENED, NOW.isoformat())
    await work.commit()


def test_what_waited_is_left_alone_and_the_time_since_is_a_gap(stage):
    async def play(store):
        async with store.begin() as work:
            await _fill(work)
        assert await settle(store, VAULT, FakeForgotten(), later(days=2)) == Settled(2, 2, 0)
        async with store.begin() as work:
            assert await work.inbox.pending(9) == []
            assert await work.outbox.waiting() == 0
            (group,) = await work.groups.all()
            gap = (await work.groups.gaps(group.id, NOW))[-1]
            assert (gap.since, gap.until, gap.reason) == (NOW, later(days=2), "outage")
            assert await work.inbox.store([update(1)]) == 0  # known all the same

    stage.run(play)


@pytest.mark.parametrize(
    ("at", "again"),
    [
        pytest.param(later(hours=1), True, id="after the backup"),
        pytest.param(NOW - timedelta(hours=1), False, id="before it, and so without what came later"),
    ],
)
def test_whoever_was_forgotten_is_forgotten_again_and_nobody_else(at, again, stage):
    async def play(store):
        async with store.begin() as work:
            await _fill(work)
        async with store.begin() as work:
            forgotten = FakeForgotten([(traces_of(work, VAULT, SOMEBODY), at)] * 2)
        assert (await settle(store, VAULT, forgotten, later(days=2))).forgotten == again
        async with store.begin() as work:
            found = {each.message_id: (each.sender, each.excerpt) for each in await work.findings.latest(9)}
            assert (found[1] == ("", "")) is again
            assert found[2][0] == traces(ANOTHER).sender
            known = [await work.people.reachable(traces(who).person) for who in (SOMEBODY, ANOTHER)]
            assert known == [not again, True]
            assert ((await work.groups.all())[0].contact is None) is again

    stage.run(play)


def test_the_list_is_a_sealed_file_beside_the_key(tmp_path):
    listed = ForgottenFile.beside(tmp_path / "jianfu.key", VAULT)
    assert list(listed.since(None)) == []
    listed.add(traces(SOMEBODY), NOW)
    listed.add(traces(ANOTHER), later(hours=1))
    file = tmp_path / "jianfu.key.forgotten"
    assert file.stat().st_mode & 0o777 == 0o600
    assert traces(SOMEBODY).person.encode() not in file.read_bytes()
    with file.open("ab") as stream:
        stream.write(b"half a li")
    assert [*listed.since(None)] == [traces(SOMEBODY), traces(ANOTHER)]
    assert [*listed.since(later(minutes=30))] == [traces(ANOTHER)]
    assert list(ForgottenFile(file, KeyVault.new()).since(None)) == []
