"""Findings and exemptions, alike over the fake and both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.model import Category, Direction
from tests.storage.make_values import FULL_FINDING, NOW, SHANGHAI, finding, group, later

TODAY = NOW.date()
ME = "b" * 32


async def place(work, chat_id=-1):
    return (await work.groups.add(group(chat_id))).id


def bare(stored):
    return replace(stored, id=0)


def test_a_finding_comes_back_whole(stage):
    async def play(store):
        async with store.begin() as work:
            full = replace(FULL_FINDING, group_id=await place(work))
            await work.findings.add([full])
            await work.commit()
        async with store.begin() as work:
            (stored,) = await work.findings.of_message(full.group_id, full.message_id)
            assert bare(stored) == full
            assert await work.findings.get(stored.id) == stored
            assert await work.findings.get(stored.id + 1) is None
            assert stored.at.tzinfo is not None
            assert stored.at.astimezone(SHANGHAI).hour == 10

    stage.run(play)


def test_a_known_finding_is_updated_and_keeps_its_moment_number_and_mark(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = await place(work)
            await work.findings.add([])
            await work.findings.add([finding(group_id=id_), finding(2, group_id=id_)])
            (first,) = await work.findings.of_message(id_, 1)
            await work.findings.mark_wrong(first.id, later(hours=1))
            again = finding(group_id=id_, at=later(hours=5), excerpt="改", edited_at=later(hours=5))
            await work.findings.add([again, again])
            expected = replace(again, id=first.id, at=NOW, marked_wrong_at=later(hours=1))
            assert await work.findings.of_message(id_, 1) == [expected]

    stage.run(play)


def test_replacing_the_findings_of_an_edited_message(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = await place(work)
            old = [finding(1, each, id_) for each in (Category.RECEIPT, Category.RANKING)]
            await work.findings.add([*old, finding(2, group_id=id_)])
            receipt, ranking = await work.findings.of_message(id_, 1)
            await work.findings.mark_wrong(ranking.id, NOW)
            new = [
                finding(1, Category.RANKING, id_, at=later(hours=1), excerpt="新"),
                finding(1, Category.VOTE_LIKE, id_, at=later(hours=1)),
            ]
            assert await work.findings.replace(id_, 1, new, later(hours=1)) == [receipt]
            kept, added = await work.findings.of_message(id_, 1)
            expected = replace(new[0], id=ranking.id, at=NOW, marked_wrong_at=NOW, edited_at=later(hours=1))
            assert kept == expected
            assert bare(added) == replace(new[1], edited_at=later(hours=1))
            assert len(await work.findings.replace(id_, 1, [], later(hours=2))) == 2
            assert await work.findings.of_message(id_, 1) == []
            assert len(await work.findings.of_message(id_, 2)) == 1

    stage.run(play)


def test_findings_are_listed_latest_first(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = await place(work)
            await work.findings.add([finding(n, group_id=id_, sender=ME if n % 2 else "") for n in range(1, 7)])
            newest = await work.findings.latest(9)
            assert [each.message_id for each in newest] == [6, 5, 4, 3, 2, 1]
            await work.findings.mark_wrong(newest[0].id, NOW)
            assert [each.message_id for each in await work.findings.latest(2)] == [5, 4]
            assert [each.message_id for each in await work.findings.latest(2, newest[2].id)] == [3, 2]
            await work.findings.mark_wrong(newest[0].id, None)
            assert (await work.findings.latest(1))[0].message_id == 6
            assert [each.message_id for each in await work.findings.of_sender(ME, 2)] == [5, 3]
            assert await work.findings.of_sender("", 9) == []

    stage.run(play)


def test_totals_leave_out_what_was_wrong_and_marks_count_it(stage):
    async def play(store):
        async with store.begin() as work:
            id_, other = await place(work), await place(work, -2)
            await work.findings.add(
                [
                    finding(1, Category.RECEIPT, id_),
                    finding(2, Category.RECEIPT, id_, at=later(hours=1)),
                    finding(3, Category.RANKING, id_, at=later(hours=2)),
                    finding(4, Category.RECEIPT, other),
                ]
            )
            assert await work.findings.totals(id_, NOW, later(hours=2)) == {Category.RECEIPT: 2}
            assert await work.findings.totals(id_, later(hours=1), later(hours=3)) == {
                Category.RECEIPT: 1,
                Category.RANKING: 1,
            }
            await work.findings.mark_wrong((await work.findings.of_message(id_, 2))[0].id, NOW)
            assert await work.findings.totals(id_, NOW, later(hours=2)) == {Category.RECEIPT: 1}
            assert await work.findings.marks() == {Category.RECEIPT: (3, 1), Category.RANKING: (1, 0)}

    stage.run(play)


def test_what_is_personal_is_forgotten_and_expires_while_the_counts_stay(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = await place(work)
            personal = {"group_id": id_, "sender": ME, "excerpt": "原文"}
            await work.findings.add(
                [
                    finding(1, expires_at=later(days=1), **personal),
                    finding(2, expires_at=later(days=2), **personal),
                    finding(3, **personal),
                    finding(4, group_id=id_, expires_at=NOW),
                ]
            )
            assert await work.findings.expire(later(days=1)) == 1
            assert await work.findings.expire(later(days=1)) == 0
            assert await work.findings.forget_sender("") == 0
            assert await work.findings.forget_sender(ME) == 2
            assert await work.findings.of_sender(ME, 9) == []
            assert {(each.sender, each.excerpt) for each in await work.findings.latest(9)} == {("", "")}
            assert await work.findings.marks() == {Category.RECEIPT: (4, 0)}

    stage.run(play)


def test_windows_are_found_while_they_last_and_can_be_reviewed(stage):
    async def play(store):
        async with store.begin() as work:
            id_, other = await place(work), await place(work, -2)
            second = await work.exemptions.open_window(UrgentWindow(id_, later(hours=1), later(hours=3), "山洪"))
            first = await work.exemptions.open_window(UrgentWindow(other, NOW, later(hours=2), "火灾"))
            assert await work.exemptions.windows(NOW) == [first, second]
            assert await work.exemptions.windows(later(hours=3)) == [second]
            assert await work.exemptions.windows(NOW, other) == [first]
            ended = replace(second, end=later(hours=2), reviewed="doubted")
            await work.exemptions.update_window(ended)
            await work.commit()
        async with store.begin() as work:
            assert await work.exemptions.windows(NOW) == [first, ended]

    stage.run(play)


def test_duty_and_quiet_days_are_replaced_for_their_own_scope(stage):
    async def play(store):
        async with store.begin() as work:
            id_ = await place(work)
            night, day = DutyHours(NOW, later(hours=12)), DutyHours(later(hours=12), later(hours=24))
            await work.exemptions.set_duty([day, night], "青山镇", None)
            await work.exemptions.set_duty([night], "", id_)
            await work.exemptions.set_duty([night], "青山镇", None)
            await work.exemptions.set_quiet([QuietSpan(TODAY, TODAY, "无会日")], "", None)
            await work.exemptions.set_quiet([QuietSpan(later(days=1).date(), later(days=2).date())], "", id_)
            await work.commit()
        async with store.begin() as work:
            everywhere = {replace(night, unit="青山镇"), replace(night, group_id=id_)}
            assert set(await work.exemptions.duty()) == everywhere
            assert await work.exemptions.quiet() == [
                QuietSpan(TODAY, TODAY, "无会日"),
                QuietSpan(later(days=1).date(), later(days=2).date(), "", "", id_),
            ]
            await work.exemptions.set_quiet([], "", None)
            assert [each.group_id for each in await work.exemptions.quiet()] == [id_]

    stage.run(play)


def test_findings_are_counted_by_matter_without_what_answers_or_was_marked_wrong(stage):
    async def play(store):
        async with store.begin() as work:
            one, two = await place(work, -1), await place(work, -2)
            answer = replace(
                FULL_FINDING, group_id=one, finding=FULL_FINDING.finding._replace(direction=Direction.ANSWERS)
            )
            asking = replace(FULL_FINDING, group_id=one, message_id=9)
            receipts = [finding(n, group_id=one, at=later(minutes=n)) for n in (1, 2, 3)]
            await work.findings.add([answer, asking, *receipts, finding(1, group_id=two)])
            (marked,) = await work.findings.of_message(one, 2)
            await work.findings.mark_wrong(marked.id, later(hours=1))
            until = later(days=1)
            assert await work.findings.by_matter(NOW, until) == {
                (one, Category.AFTER_HOURS): 1,
                (one, Category.RECEIPT): 2,
                (two, Category.RECEIPT): 1,
            }
            assert await work.findings.by_matter(NOW, NOW) == {}
            of = [await work.findings.of_matter(one, category, NOW, until) for category in Category]
            assert [[each.message_id for each in found] for found in of if found] == [[9], [1, 3]]
            back = await work.findings.of_matter(one, Category.RECEIPT, NOW, until, later(hours=1))
            assert [each.message_id for each in back] == [2]
            assert await work.findings.of_matter(one, Category.RECEIPT, NOW, later(minutes=1)) == []

    stage.run(play)


def test_findings_of_one_second_are_found_in_all_groups(stage):
    async def play(store):
        async with store.begin() as work:
            groups = [await place(work, -number) for number in (1, 2)]
            at = NOW.replace(microsecond=0)
            rows = [replace(FULL_FINDING, group_id=each, at=at) for each in groups]
            await work.findings.add([*rows, replace(rows[0], message_id=9, at=at + timedelta(seconds=1))])
            category = FULL_FINDING.finding.category
            found = await work.findings.of_moment(at + timedelta(milliseconds=300), [category])
            assert [each.group_id for each in found] == groups
            assert await work.findings.of_moment(at - timedelta(seconds=1), [category]) == []
            others = [each for each in Category if each is not category]
            assert await work.findings.of_moment(at, others) == []
            assert await work.findings.of_moment(at, []) == []

    stage.run(play)
