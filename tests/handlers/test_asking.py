"""The platform is asked with no transaction open, so that a slow one keeps nothing from being stored."""

import asyncio
import json

import pytest

from bot.ports import StoredUpdate
from handlers.worker import Worker
from tests.handlers.parts import Refused
from tests.handlers.stage import ADMIN, CHAT, Stage

ASKED = ("getChatMember", "getChatAdministrators")
URGENT = "/urgent 23:00 防汛抢险"
ORDER = "@所有人 请各村今晚十点前报送排查表，收到请回复"


def work_through(stage, *updates):
    """Handle updates as the running bot does."""

    async def go():
        now = stage.clock.now()
        rows = [StoredUpdate(1, each["update_id"], json.dumps(each).encode(), now) for each in updates]
        async with stage.store.begin() as work:
            await work.inbox.store(rows)
            await work.commit()
        worker = Worker(stage.dispatcher, stage.answers.extend)
        while await worker.step():
            pass
        await asyncio.sleep(0.01)  # what is asked meanwhile comes in

    asyncio.run(go())


def watch(stage):
    """Note for each question whether a transaction was open."""
    script, open_while = stage.request.script, []

    def noting(method, given):
        if method in ASKED:
            open_while.append(stage.store.lock.locked())
        return script(method, given)

    stage.request.script = noting
    return open_while


def joined(stage):
    member = {"user": {"id": 123456, "is_bot": True, "first_name": "bot"}, "status": "member"}
    chat = {"id": -1_009, "type": "supergroup", "title": "另一个群"}
    sender = {"id": ADMIN, "is_bot": False, "first_name": "x"}
    change = {"old_chat_member": member | {"status": "left"}, "new_chat_member": member}
    return stage.update("my_chat_member", {"chat": chat, "from": sender, "date": 1, **change})


@pytest.mark.parametrize(
    ("acts", "asked"),
    [
        pytest.param(lambda stage: [stage.message(1, ORDER)], 1, id="a message: who are the admins"),
        pytest.param(lambda stage: [stage.message(1, ORDER), stage.message(2, ORDER)], 1, id="two messages"),
        pytest.param(lambda stage: [stage.message(1, URGENT, by=ADMIN)], 1, id="a command: is this an admin"),
        pytest.param(lambda stage: [joined(stage)], 1, id="a joining: is this an admin"),
        pytest.param(
            lambda stage: [
                stage.message(1, ORDER),
                stage.message(2, URGENT, by=ADMIN),
                joined(stage),
            ],
            3,
            id="all in one batch",
        ),
    ],
)
def test_no_transaction_is_open_while_the_platform_is_asked(acts, asked):
    stage = Stage()
    open_while = watch(stage)
    work_through(stage, *acts(stage))
    assert open_while == [False] * asked
    assert all(row.handled_at for row in stage.store.tables.inbox.values())


def test_what_is_handled_anew_after_a_question_counts_once():
    stage = Stage()
    work_through(stage, stage.message(1, ORDER), stage.message(2, URGENT, by=ADMIN), stage.message(3, ORDER))
    assert stage.counts()["messages"] == 2
    assert len({(each.message_id, each.finding.category) for each in stage.findings()}) == len(stage.findings())


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Refused(500, "Internal"), id="none"),
        pytest.param([{"status": "administrator"}], id="an admin without a user"),
        pytest.param("administrators", id="a word"),
        pytest.param([5], id="a number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_a_message_is_judged_whatever_the_platform_answers(answer):
    stage = Stage()
    script = stage.request.script

    def odd(method, given):
        if method != "getChatAdministrators":
            return script(method, given)
        if isinstance(answer, Refused):
            raise answer
        return answer

    stage.request.script = odd
    work_through(stage, stage.message(1, ORDER))
    assert stage.findings()
    assert {each.role.value for each in stage.findings()} == {"unknown"}


@pytest.mark.parametrize("answer", [{"status": "administrator"}, "yes", [1], None])
def test_an_odd_answer_makes_nobody_an_admin(answer):
    stage = Stage()
    script = stage.request.script
    stage.request.script = lambda method, given: answer if method == "getChatMember" else script(method, given)
    work_through(stage, stage.message(1, URGENT, by=ADMIN))
    assert all(row.handled_at and not row.error for row in stage.store.tables.inbox.values())


def test_a_later_message_does_not_wait_for_the_admins_to_be_asked_again():
    stage = Stage()
    work_through(stage, stage.message(1, ORDER))
    stage.clock.advance(minutes=11)
    commits = stage.store.commits
    open_while = watch(stage)
    work_through(stage, stage.message(2, ORDER, by=ADMIN))
    assert stage.store.commits == commits + 2
    assert len(open_while) == 1
    work_through(stage, stage.message(3, ORDER))
    assert len(open_while) == 1
    assert len(stage.request.made("getChatAdministrators")) == 2
    assert CHAT in stage.dispatcher.application.bot_data["admins"]
