"""Readers of the channel who know what was not written in their own, large group."""

import pytest

from bot.core.digest import dump, load
from bot.core.digest_lines import Subject, lines
from bot.core.ledger_log import HOST
from bot.core.model import Category
from bot.services import ledger
from tests.services.make_digest import WEDNESDAY, gathered
from tests.services.test_snapshot import group, row


def with_groups(*sizes: int | None):
    """The digest of groups of so many members; the first has no finding, the others one each of a chase."""

    async def prepare(work, town, seen):
        for number, members in enumerate(sizes):
            each = seen if number == 0 else await work.groups.add(group(-10 - number))
            made = row(town.id, name=f"群{number}", group_id=each.id, members=members)
            await ledger.enter(work, [made], HOST, WEDNESDAY)
            if number:
                counts = {"messages": 3, f"finding.{Category.RECEIPT}": 1, "answers": 1}
                await work.counts.add(each.id, WEDNESDAY.date(), counts)

    return gathered(prepare)


@pytest.mark.parametrize("sizes", [(300, 3), (300, None), (300, 2, 2), (300, 4, None)])
def test_the_kind_of_a_finding_points_at_nobody_in_a_group_of_few(sizes):
    data = load(dump(with_groups(*sizes)))
    assert (data.shown, data.answers) == ((), 0)
    assert data.findings == data.hidden == len(sizes) - 1
    assert Subject.FOLDED in lines(data)


@pytest.mark.parametrize("sizes", [(300, 30), (3, 5), (300, 3, 3), (300, 30, 30)])
def test_kinds_are_told_where_enough_people_may_be_meant(sizes):
    data = with_groups(*sizes)
    assert [now for _, now, _ in data.shown] == [len(sizes) - 1]
    assert data.hidden == 0
