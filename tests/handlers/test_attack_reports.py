"""Attacks on reports below the scenes: what fails, what is typed in the wrong place, what imitates the office."""

import asyncio
import json

import pytest

from bot.core.errors import CaseRefused
from bot.ports import StoredUpdate
from handlers.worker import Worker
from tests.handlers.stage import MEMBER, Stage
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
