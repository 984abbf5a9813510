"""A project group with its row in the ledger, near its end, and what its owner and the office press."""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.core.group import BotRight, GroupKind
from bot.core.ledger import LedgerObject
from bot.core.speech import Outgoing
from bot.jobs import dissolve as job
from bot.jobs import dormant
from bot.services import ledger
from tests.handlers.stage import ADMIN, CHAT, OFFICER, SHANGHAI, Stage, in_store

DESK = -1008
END = date(2026, 6, 30)
RIGHTS = frozenset({BotRight.RESTRICT_MEMBERS, BotRight.CHANGE_INFO, BotRight.MANAGE_TOPICS})


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=SHANGHAI)


JUNE = at(6, 16)


def project(now: datetime = JUNE, **fields: Any) -> Stage:
    """A project group that ends on 30 June 2026, with its row in the ledger."""
    given = {"kind": GroupKind.PROJECT, "end_date": END, "rights": RIGHTS} | fields
    stage = Stage(now, policy={"office_chat": DESK}, **given)
    in_store(stage, lambda work: ledger.follow(work, stage.group(), stage.clock.now()))
    stage.runtime = replace(stage.runtime, username="jianfu_bot")
    return stage


def look(stage: Stage, now: datetime | None = None) -> list[Outgoing]:
    """The job looks once; what it says anew."""
    if now is not None:
        stage.clock.moment = now
    before = len(stage.said())
    asyncio.run(job.run(stage.runtime, stage.clock.now()))
    asyncio.run(dormant.run(stage.runtime, stage.clock.now()))
    return stage.said()[before:]


def row(stage: Stage) -> LedgerObject:
    return next(iter(stage.store.tables.objects.values()))


def close(stage: Stage, by: int = ADMIN) -> None:
    stage.play(stage.private("/dissolve", by=by))
    stage.press("dissolve.choose", by)
    stage.press("dissolve.button.close", by, stage.answers[-1])
    stage.press("dissolve.button.yes_close", by, stage.answers[-1])


def removed(stage: Stage) -> dict[str, Any]:
    me = {"id": 123456, "is_bot": True, "first_name": "Jianfu", "username": "jianfu_bot"}
    chat = {"id": CHAT, "type": "supergroup", "title": "工作群"}
    old, new = {"user": me, "status": "member"}, {"user": me, "status": "left"}
    who = {"id": ADMIN, "is_bot": False, "first_name": "x"}
    event = {"chat": chat, "from": who, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return stage.update("my_chat_member", event)


def extend(stage: Stage, reason: str = "汛期延长，还要值守") -> None:
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.extend", ADMIN, stage.answers[-1])
    stage.press("dissolve.button.months", ADMIN, stage.answers[-1])
    stage.play(stage.private(reason, by=ADMIN))


def at_desk(stage: Stage, said: Outgoing, label: str) -> None:
    """Press a button at the office's desk."""
    assert said.speech is not None
    button = next(each for row in said.speech.buttons for each in row if each.label.key == label)
    stage.pressed(stage.signed(button.data), OFFICER, chat={"id": DESK, "type": "supergroup", "title": "整治办"})


def standing(now: datetime = JUNE, **fields: Any) -> Stage:
    return project(now, kind=GroupKind.STANDING, end_date=None, **fields)
