"""Who would become the office, or stay a contact: by codes others typed, old places, roles not taken back."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.core.office import PlaceKind
from bot.core.speech import Act, Attachment, FileKind, Outgoing, PostKind
from bot.services.office import units_of
from handlers.rights import STAND_INS
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage
from tests.handlers.test_attack_presses import _forged
from tests.handlers.test_office import CHANNEL, DESK, code, in_chat, place, with_unit
from tests.handlers.test_review import rendered

THIEF, DEN = 7, -1666
"""`ADMIN` is the admin of every group of the stage: here of the thief's own."""


def units(stage: Stage, user: int) -> frozenset[int]:
    async def go() -> frozenset[int]:
        async with stage.store.begin() as work:
            return await units_of(work, stage.runtime.vault.pseudonym("person", user))

    return asyncio.run(go())


@pytest.mark.parametrize("purpose", ["desk", "channel", "contact"])
def test_a_code_that_somebody_typed_where_others_read_it_is_used_up(purpose):
    stage = Stage()
    made = code(stage, purpose, with_unit(stage) if purpose == "contact" else None)
    stage.play(in_chat(stage, f"/bind {made}", CHAT, by=MEMBER))
    stage.open_bot(THIEF)
    stage.play(in_chat(stage, f"/bind {made}", DEN, by=THIEF))
    stage.play(in_chat(stage, f"/bind {made}", CHANNEL, kind="channel"))
    stage.play(stage.private(f"/bind {made}", by=THIEF))
    assert [place(stage, kind) for kind in PlaceKind] == [None, None]
    assert units(stage, THIEF) == frozenset()


@pytest.mark.parametrize("by", sorted(STAND_INS))
def test_nobody_behind_a_stand_in_binds_a_desk(by):
    stage = Stage()
    stage.admins |= STAND_INS
    update = in_chat(stage, f"/bind {code(stage, 'desk')}", DEN, by=by)
    update["message"]["sender_chat"] = {"id": CHANNEL, "type": "channel", "title": "x"}
    stage.play(update)
    assert place(stage, PlaceKind.DESK) is None


def sheet_waits(stage: Stage) -> None:
    sheet = Attachment(FileKind.UNIT_SHEET, "2026-W10")

    async def wait() -> None:
        async with stage.store.begin() as work:
            morning = stage.clock.now() + timedelta(hours=9)
            waiting = Outgoing(DESK, PostKind.NOTICE, Act.DOCUMENT, file=sheet, not_before=morning)
            await work.outbox.add([waiting], stage.clock.now())
            await work.commit()

    asyncio.run(wait())


def test_a_desk_that_was_given_up_gets_nothing_that_waited_for_it():
    stage = Stage()
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK))
    sheet_waits(stage)
    stage.open_bot(OFFICER)
    sheet_waits(stage)
    _forged(stage, "of:drop:desk:yes", OFFICER)
    assert place(stage, PlaceKind.DESK) is None
    assert [said for said in stage.said() if said.file] == []


def test_the_desk_that_was_is_told_that_it_is_none_any_more_and_gets_nothing_of_the_office():
    stage = Stage()
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK))
    sheet_waits(stage)
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DEN))
    assert place(stage, PlaceKind.DESK) == DEN
    assert [said.chat_id for said in stage.said() if said.file] == [DEN]
    told = [part.key for said in stage.said() if said.chat_id == DESK and said.speech for part in said.speech.parts]
    assert "office.bind.moved" in told


def at_chat(chat_id: int, kind: str = "supergroup") -> dict[str, Any]:
    return {"id": chat_id, "type": kind, "title": "x"}


@pytest.mark.parametrize(
    "data", ["ld:l:0", "ld:u:1:0", "dg:notice:2025-Q4", "dg:sheet:2026-W10", "ds:desk:1:20301231:yes"]
)
@pytest.mark.parametrize(
    "chat", [at_chat(DESK), at_chat(CHAT), at_chat(CHANNEL, "channel")], ids=["old", "group", "channel"]
)
def test_a_button_of_the_office_is_dead_where_the_office_is_not(data, chat):
    stage = Stage(policy={"channel": CHANNEL})
    with_unit(stage)
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK))
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DEN))
    before = len(stage.said())
    _forged(stage, data, OFFICER, chat)
    assert stage.answers[-1].speech is None
    assert len(stage.said()) == before


def bound_contact(stage: Stage) -> None:
    unit = with_unit(stage)
    stage.open_bot(OFFICER, MEMBER)
    stage.play(stage.private(f"/bind {code(stage, 'contact', unit)}", by=MEMBER))


def test_the_desk_is_told_of_a_new_contact_since_a_code_may_come_to_the_wrong_hands():
    stage = Stage(policy={"office_chat": DESK})
    bound_contact(stage)
    told = [part.key for said in stage.said() if said.chat_id == DESK and said.speech for part in said.speech.parts]
    assert told == ["office.bind.told"]


def test_the_office_takes_the_role_of_a_contact_back():
    stage = Stage()
    bound_contact(stage)
    assert units(stage, MEMBER)
    stage.play(stage.private("/office", by=OFFICER))
    stage.press("office.button.contacts", OFFICER)
    stage.play(stage.private("前柏镇", by=OFFICER))
    stage.press("office.button.one_contact", OFFICER)
    assert units(stage, MEMBER)
    stage.press("office.button.take", OFFICER, stage.answers[-1])
    assert units(stage, MEMBER) == frozenset()
    stage.store.tables.outbox.clear()
    stage.play(stage.private("/ledger", by=MEMBER))
    assert "前柏镇" not in rendered(stage)
    change = [*stage.store.tables.changes.values()][-1]
    assert (change.noun, change.after) == ("binding", {})


@pytest.mark.parametrize("data", ["of:contacts", "of:out:1:1", "of:out:1:1:yes"])
def test_nobody_else_takes_a_role_back(data):
    stage = Stage()
    bound_contact(stage)
    _forged(stage, data, MEMBER)
    assert stage.answers[-1].speech is None
    assert units(stage, MEMBER)


def test_a_contact_sees_and_enters_nothing_of_another_unit():
    stage = Stage()
    bound_contact(stage)
    other = with_unit(stage, "后柏镇")
    for data in (
        f"ld:u:{other.id}:0",
        f"ld:a:{other.id}:wechat:standing",
        "ld:l:0",
        "ld:n:0",
        "ld:g:1",
        "ld:p:1:done",
        "ld:f",
    ):
        _forged(stage, data, MEMBER)
        assert stage.answers[-1].speech is None, data
    for about in (f"name.{other.id}.wechat.standing", f"end.{other.id}.wechat.project", "assign.1", "find"):
        asked(stage, MEMBER, f"ledger:{about}")
        stage.play(stage.private("某群", by=MEMBER))
        assert "后柏镇" not in rendered(stage)
    assert not stage.store.tables.objects


def asked(stage: Stage, user: int, question: str) -> None:
    async def go() -> None:
        async with stage.store.begin() as work:
            await work.people.expect(stage.runtime.vault.pseudonym("person", user), question, 0, stage.clock.now())
            await work.commit()

    asyncio.run(go())


def test_an_anonymous_admin_of_the_desk_is_not_the_office_in_private():
    stage = Stage()
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK, by=ADMIN))
    for by in sorted(STAND_INS):
        _forged(stage, "of:home", by)
        assert stage.answers[-1].speech is None
