"""Attacks on reports below the scenes: what fails, what is typed in the wrong place, what imitates the office."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.errors import CaseRefused
from bot.core.model import Category
from bot.core.reports import Report
from bot.jobs import reports as job
from bot.ports import StoredUpdate
from handlers.worker import Worker
from tests.handlers.case_world import CONTACTS, World
from tests.handlers.stage import MEMBER, OFFICER, Stage
from tests.handlers.test_reports import ORDER, pressing, reports_of


def worked(stage, *updates):
    """Handle updates as the running bot does, and leave it time to give up on one."""

    async def go():
        now = stage.clock.now()
        rows = [StoredUpdate(1, each["update_id"], json.dumps(each).encode(), now) for each in updates]
        async with stage.store.begin() as work:
            await work.inbox.store(rows)
            await work.commit()
        worker = Worker(stage.dispatcher, stage.answers.extend)
        for _ in range(6):
            await worker.step()

    asyncio.run(go())


def shown(stage):
    """The keys of all that presses were answered with."""
    return [part.key for answer in stage.answers if answer.speech for part in answer.speech.parts]


@pytest.mark.parametrize("error", [ValueError(), CaseRefused("gone")], ids=["set aside", "refused"])
def test_attack_no_receipt_is_shown_of_a_report_that_could_not_be_stored(error, monkeypatch):
    stage, fails = Stage(), [True]
    real = type(stage.dispatcher).settle

    async def settle(self, shared):
        if fails[0] and any(report.words == ORDER for report in shared.work.tables.reports.values()):
            raise error
        await real(self, shared)

    monkeypatch.setattr(type(stage.dispatcher), "settle", settle)
    worked(stage, stage.private("/report", by=MEMBER), stage.private(ORDER, by=MEMBER))
    worked(stage, pressing(stage, "rp:c:apportion"))
    assert reports_of(stage) == []
    fails[0] = False
    worked(stage, stage.private("/report", by=MEMBER))
    assert "report.stored.receipt" not in stage.texts()
    worked(stage, stage.private(ORDER, by=MEMBER), pressing(stage, "rp:c:apportion"))
    assert [each.words for each in reports_of(stage)] == [ORDER], [each.toast for each in stage.answers]
    assert "report.stored.receipt" in shown(stage)


DIGITS = "1234567812345678"


def matter():
    """A case of one report, whose receipt is `DIGITS`."""
    world = World()
    world.open(0, 77)
    receipt = world.stage.runtime.vault.digest("receipt", DIGITS)
    tables = world.stage.store.tables
    tables.reports[77] = replace(tables.reports[77], receipt=receipt)
    return world


def seen_by_receipt(world, digits=DIGITS):
    """The keys of what a receipt shows now."""
    world.stage.store.tables.outbox.clear()
    world.stage.play(world.stage.private(digits, by=MEMBER))
    keys = world.stage.texts()
    world.stage.store.tables.outbox.clear()
    return keys


def test_attack_the_receipt_does_not_tell_what_the_office_can_still_take_back():
    world = matter()
    assert "report.state.received" in seen_by_receipt(world)
    world.press(OFFICER, "cs:s:1:take")
    assert "report.state.received" in seen_by_receipt(world)
    world.pass_time(minutes=16)
    assert "report.state.checking" in seen_by_receipt(world)
    world.office_writes(1, Step.CLEAR, desk=False)
    assert "report.state.checking" in seen_by_receipt(world)
    world.undoes(1)
    world.pass_time(minutes=16)
    assert "report.state.checking" in seen_by_receipt(world)


def test_attack_words_after_a_report_do_not_answer_an_older_question_under_their_authors_name():
    world = World()
    world.open(0, 77)
    world.press(OFFICER, "cs:s:1:take")
    world.office_writes(1, Step.SEND, desk=False)
    world.pass_time(minutes=16)
    contact, stage = CONTACTS[0], world.stage
    world.press(contact, "cs:w:1:answer")  # asked, and left open
    stage.play(stage.private("/report", by=contact), stage.private(ORDER, by=contact))
    stage.play(pressing(stage, "rp:c:apportion", contact))
    stage.play(stage.private("是我们镇长自己要的", by=contact))
    assert "report.unsaid" in stage.texts()
    assert "镇长" not in f"{stage.store.tables.case_events}"
    stage.play(pressing(stage, "rp:note", contact), stage.private("每天都要", by=contact))
    assert "每天都要" in [note.words for note in stage.store.tables.report_notes.values()]
    stage.store.tables.outbox.clear()
    stage.answers.clear()
    world.unit_writes(contact, 1, Step.ANSWER)  # and whoever presses again answers as before
    assert stage.store.tables.cases[1].state is CaseState.ANSWERED


def test_attack_a_receipt_never_becomes_words_that_others_read():
    world = matter()
    stage = world.stage
    stage.play(stage.private("/report 1234-5678 1234-5678", by=MEMBER))
    assert "report.receipt.title" in stage.texts()
    stage.play(stage.private("/report", by=MEMBER))
    stage.play(stage.private("还是那件事，回执是 1234 5678 1234 5678，请看", by=MEMBER))
    stage.play(pressing(stage, "rp:c:apportion"))
    stage.play(pressing(stage, "rp:note"), stage.private("回执：12345678–12345678", by=MEMBER))
    reports, notes = (table.values() for table in (stage.store.tables.reports, stage.store.tables.report_notes))
    assert "还是那件事，回执是 ＊＊，请看" in [each.words for each in reports]
    assert "回执：＊＊" in [each.words for each in notes]
    read = [words for each in reports for words in (each.words, each.place, each.known, each.joined)]
    assert not any("5678" in words for words in (*read, *(each.words for each in notes)))


FORGED = "x”\n反映人愿意让整治办知道：李四 @lisi\n\n整治办问（2026-03-11）：“\u202e倒\u200b着”"


@pytest.mark.parametrize("way", ["words", "place", "note", "name"])
def test_attack_words_of_a_reporter_cannot_pass_for_lines_of_the_file(way):
    stage = Stage()
    stage.play(stage.private("/report", by=MEMBER))
    words = [FORGED] if way == "words" else [ORDER]
    stage.play(*(stage.private(each, by=MEMBER) for each in words))
    if way == "place":
        stage.play(pressing(stage, "rp:pick"), stage.private("/report", by=MEMBER))
        forward = stage.private(ORDER, by=MEMBER)
        forward["message"]["forward_origin"] = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
        stage.play(forward, stage.private(FORGED, by=MEMBER))
    stage.play(pressing(stage, "rp:c:apportion"))
    if way == "note":
        stage.play(pressing(stage, "rp:note"), stage.private(FORGED, by=MEMBER))
    if way == "name":
        press = pressing(stage, "rp:known:yes")
        press["callback_query"]["from"]["first_name"] = FORGED
        stage.play(press)
    (report,) = reports_of(stage)
    kept = [report.words, report.place, report.known, *(n.words for n in stage.store.tables.report_notes.values())]
    assert any("李四" in each for each in kept), kept
    assert all(each.isprintable() and "\u200b" not in each for each in kept), kept


@pytest.mark.parametrize("steps", [("take",), ("take", "send")])
def test_attack_who_was_reported_does_not_learn_from_a_receipt_of_their_own_that_others_reported(steps):
    world = matter()
    stage = world.stage
    for step in steps:
        if step == "take":
            world.press(OFFICER, "cs:s:1:take")
        else:
            world.office_writes(1, Step.SEND, desk=False)
    stage.clock.advance(hours=1)
    for number, group in ((91, world.groups[0]), (92, world.groups[1])):  # the one is a matter of others already
        receipt = stage.runtime.vault.digest("receipt", f"{number:016}")
        report = Report(number, world.room.today(world.now), Category.AFTER_HOURS, receipt, group, words="x")
        world.run(lambda work, report=report: work.reports.add(report))
    asyncio.run(job.run(stage.runtime, stage.clock.now()))
    told = [seen_by_receipt(world, f"{number:016}") for number in (91, 92)]
    assert stage.store.tables.reports[91].case_id == 1
    assert told[0] == told[1]
    world.office_writes(1, Step.CLEAR, desk=False)
    stage.clock.advance(hours=1)
    assert "report.state.cleared" in seen_by_receipt(world, f"{91:016}")
