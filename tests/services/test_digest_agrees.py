"""A digest says what an audit finds in an export of the same messages: category by category, week by week."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from bot.chat_export import open_export
from bot.core.arrival import Arrival
from bot.core.audit import AuditReport
from bot.core.digest import DigestData
from bot.core.group import Group, GroupKind, GroupState
from bot.core.model import Fact, Message
from bot.core.periods import Per, Period, period_of
from bot.core.policy import Policy
from bot.core.scene import Scene
from bot.core.secrecy import Secrecy
from bot.core.worktime import WorkingHours, WorkTime
from bot.ports import Store
from bot.services import gathering
from bot.services.audit import Audit
from bot.services.digest import gather
from bot.services.intake import Intake
from bot.services.places import OfficeTime, place_of
from bot.services.scenes import Scenes
from config.calendar import load_calendar
from config.rules import load_rules
from storage.crypto import KeyVault
from storage.unit_of_work import open_store
from tests.fakes import FakeVault, InMemoryStore
from tests.handlers.stage import SHANGHAI

RULES, CALENDAR, HOURS = load_rules(), load_calendar(), WorkingHours()


def sample() -> list[Message]:
    """The invented groups of a township over some weeks."""
    with (files("bot.samples") / "township.json").open("rb") as stream:
        return list(open_export(stream, name="township.json", zone=SHANGHAI))


def audited(messages: Sequence[Message]) -> AuditReport:
    audit = Audit(RULES.pipeline, lambda _: Scene(WorkTime(CALENDAR, HOURS, SHANGHAI)))
    audit.read(messages)
    return audit.report()


async def lived(store: Store, messages: Sequence[Message]) -> None:
    """The same messages as they arrive in watched groups, a hundred in a transaction."""
    chats = {chat: -1000 - number for number, chat in enumerate(dict.fromkeys(each.chat for each in messages))}
    async with store.begin() as work:
        for chat_id in chats.values():
            group = Group(chat_id, "群", state=GroupState.WATCHING, kind=GroupKind.STANDING, is_admin=True)
            await work.groups.add(replace(group, watching_since=datetime(2020, 1, 1, tzinfo=UTC)))
        await work.commit()
    scenes, office = Scenes(), OfficeTime(CALENDAR, HOURS, SHANGHAI)
    intake = Intake(RULES.pipeline, Secrecy(), FakeVault(), Policy(), scenes)
    for start in range(0, len(messages), 100):
        async with store.begin() as work:
            for number, message in enumerate(messages[start : start + 100], start):
                assert message.at is not None
                place = await place_of(work, scenes, office, chats[message.chat], message.at)
                assert place.group is not None
                assert place.scene is not None
                arrival = Arrival(chats[message.chat], number, message._replace(sender=""), 1)
                await intake.take(work, place.group, place.scene, arrival, message.at)
            await gathering.settle(scenes, work)
            await work.commit()


def weeks(report: AuditReport) -> list[Period]:
    assert report.first is not None
    assert report.last is not None
    days = (report.last - report.first).days
    return sorted({period_of(Per.WEEK, report.first + timedelta(days=step)) for step in range(days + 1)})


async def digested(store: Store, messages: Sequence[Message], periods: Sequence[Period]) -> list[DigestData]:
    await lived(store, messages)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    async with store.begin() as work:
        return [await gather(work, Policy(), SHANGHAI, period, now) for period in periods]


@pytest.fixture(scope="module", params=["fake", "sqlite"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[AuditReport, list[DigestData]]:
    messages = sample()
    report = audited(messages)

    async def go() -> list[DigestData]:
        if request.param == "fake":
            return await digested(InMemoryStore(), messages, weeks(report))
        store = await open_store(str(Path(tmp_path_factory.mktemp("agrees")) / "jianfu.db"), KeyVault.new())
        try:
            return await digested(store, messages, weeks(report))
        finally:
            await store.close()

    return report, asyncio.run(go())


def test_every_week_has_the_findings_that_an_audit_finds_in_it(both):
    report, digests = both
    found = {week.monday: {category: n for category, n in week.suspected.items() if n} for week in report.weeks}
    assert sum(map(len, found.values())) > 20
    assert {each.first: each.categories for each in digests if each.load.messages} == found


def test_every_week_has_the_messages_that_an_audit_counts_in_it(both):
    report, digests = both
    counted = {week.monday: week.messages for week in report.weeks}
    assert {each.first: each.load.messages for each in digests if each.load.messages} == counted


def test_the_week_before_is_the_week_before(both):
    _, digests = both
    for earlier, later in pairwise(digests):
        assert later.categories_before == earlier.categories
        assert later.load_before.messages == earlier.load.messages


def test_load_and_forms_add_up_to_what_the_audit_counts(both):
    report, digests = both
    assert sum(each.load.receipts for each in digests) == report.receipts
    assert sum(each.load.tasks for each in digests) == report.facts[Fact.TASK]
    assert sum(each.load.work for each in digests) == report.facts[Fact.WORK]
    assert sum(each.load.late for each in digests) == sum(report.late_hours)
    assert sum(each.forms for each in digests) == report.facts[Fact.DATA_COLLECTION] > 0
    assert sum(each.answers for each in digests) == report.answers
    assert sum(each.provisional for each in digests) == report.provisional
