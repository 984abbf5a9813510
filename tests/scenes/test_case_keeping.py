"""Scenes of what the bot keeps of cases, over HTTP: found in a group, put before the office, sent out as a file."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Event, Shown
from bot.core.changes import Role
from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.jobs import suspicions
from bot.scheduler import run_once
from bot.services import digest_posts
from tests.scenes.town import RECEIPT

VILLAGES = ("东村", "西村", "南村", "北村", "中村")


async def _demands(town):
    """A group in which one kind of burden comes five times a day."""
    room = await town.watched()
    for village in VILLAGES:
        await town.say(room.anna, room, f"{village}的同志：{RECEIPT}")
    return room


async def _cases(town):
    async with town.runtime.store.begin() as work:
        return await work.cases.in_states(frozenset(CaseState))


def _documents(town):
    """The files at the desk by their names."""
    found = [post.fields["document"] for post in town.office.state.posts.values() if "document" in post.fields]
    return {document["file_name"]: document for document in found}


def _text(town, document):
    with zipfile.ZipFile(io.BytesIO(town.world.files.find(document["file_id"]).content)) as book:
        return book.read("word/document.xml").decode()


async def test_what_was_found_is_put_before_the_office_once_and_before_nobody_else(town):
    known = {case.id for case in await _cases(town)}
    room = await _demands(town)
    assert (await room.categories()).count("receipt") == len(VILLAGES)
    before = town.clerk.reads(town.office)
    town.at(20)
    assert await run_once(town.runtime, suspicions.JOB)
    assert town.clerk.reads(town.office) == before  # the office is not at work
    town.at(10, 6, days=1)
    for _ in range(2):
        assert await run_once(town.runtime, suspicions.JOB)
        await town.settled()
        town.world.clock.advance(minutes=6)
    (said,) = town.clerk.reads(town.office)[len(before) :]
    assert "新增 1 件待核事项" in said
    assert "疑似" in said
    assert "/cases" in said
    assert "前柏村工作群" not in said
    (case,) = [each for each in await _cases(town) if each.id not in known]
    assert (case.state, case.category, case.findings) == (CaseState.SUSPECTED, "receipt", len(VILLAGES))
    assert len(room.posts()) == 1  # the greeting
    assert not any("事项" in text for person in (room.anna, room.bo) for text in person.reads(person.private))


async def test_the_desk_is_sent_the_file_of_a_case_as_a_document(town):
    await _demands(town)
    town.at(10, 6, days=1)
    await run_once(town.runtime, suspicions.JOB)
    case = (await _cases(town))[-1]
    await town.clerk.say(town.office, "/cases")
    await town.until(lambda: f"第 {case.id} 号" in town.clerk.reads(town.office)[-1], "the list at the desk")
    for button in (f"第 {case.id} 号", "案卷", "发成文件"):
        await town.clerk.press(town.office, button)
        await town.settled()
    name = f"事项{case.id}.docx"
    await town.until(lambda: name in _documents(town), "the file at the desk")
    assert "待受理" in _text(town, _documents(town)[name])


async def test_the_draft_of_a_notice_tells_a_confirmed_case_and_notes_that_it_did(town):
    quarter = period_of(Per.QUARTER, town.now.date())
    decided = town.now - timedelta(days=1)
    async with town.runtime.store.begin() as work:
        day = decided.date()
        case = Case(Category.FORCED_APP, day, day, CaseState.CLOSED, outcome=CaseState.CONFIRMED, place="某微信群")
        case = await work.cases.add(case)
        sent = Event(Step.SEND, Role.OFFICE, CaseState.UNDER_CHECK, CaseState.SENT, decided, "要求下载应用")
        confirmed = replace(sent, step=Step.CONFIRM, after=CaseState.CONFIRMED, words="属实，已停用")
        for event in (sent, confirmed, replace(confirmed, step=Step.CLOSE, after=CaseState.CLOSED, words="")):
            await work.cases.record(case.id, event, case)
        await work.outbox.add([digest_posts.notice(quarter, town.office.id, "zh-Hans")], town.now)
        await work.commit()
    name = f"通报草稿-{quarter.key}.docx"
    await town.until(lambda: name in _documents(town), "the draft at the desk")
    text = _text(town, _documents(town)[name])
    assert "要求下载应用　查实的理由：属实，已停用" in text
    assert "某微信群" not in text
    async with town.runtime.store.begin() as work:
        told = await work.cases.get(case.id)
        assert told is not None
        assert told.shown == {Shown.NOTICE}
        assert (await work.changes.of("case", case.id))[-1].after == {"shown": "notice"}
