"""The office binds its places and the contacts of units; codes work once, in their place, and for a while."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.ledger_log import HOST
from bot.core.office import Place, PlaceKind
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech
from bot.core.units import Unit, UnitLevel
from bot.render.messages import text_of
from bot.services import ledger, office
from bot.services.office_pages import FIELDS
from bot.services.outbox import fits
from bot.texts import LANGUAGES, Catalogue
from tests.handlers.stage import ADMIN, CHAT, MEMBER, MORNING, OFFICER, Stage
from tests.handlers.test_review import rendered

CHANNEL = -1009
DESK = -1008
NOW = MORNING


def with_unit(stage: Stage, name: str = "前柏镇") -> Unit:
    async def go() -> Unit:
        async with stage.store.begin() as work:
            (unit,) = await work.units.add([Unit(name, UnitLevel.TOWNSHIP)])
            await work.commit()
            return unit

    return asyncio.run(go())


def code(stage: Stage, purpose: str, unit: Unit | None = None) -> str:
    async def go() -> str:
        async with stage.store.begin() as work:
            made = await office.make_code(work, stage.runtime.vault, purpose, unit, stage.clock.now())
            await work.commit()
            return made

    return asyncio.run(go())


def place(stage: Stage, kind: PlaceKind) -> int | None:
    async def go() -> int | None:
        async with stage.store.begin() as work:
            found = await work.office.place(kind)
            return None if found is None else found.chat_id

    return asyncio.run(go())


def in_chat(stage: Stage, text: str, chat_id: int, *, by: int = ADMIN, kind: str = "supergroup") -> dict[str, Any]:
    """A command in a group or channel that is not in the ledger."""
    command = text.split(maxsplit=1)[0]
    body: dict[str, Any] = {
        "message_id": 5,
        "date": int(stage.clock.now().timestamp()),
        "chat": {"id": chat_id, "type": kind, "title": "整治办"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
    }
    if kind == "channel":
        return stage.update("channel_post", body | {"sender_chat": body["chat"]})
    return stage.update("message", body | {"from": {"id": by, "is_bot": False, "first_name": "x"}})


def test_a_code_used_by_an_admin_makes_a_group_the_desk():
    stage = Stage()
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK))
    assert place(stage, PlaceKind.DESK) == DESK
    assert "办公群" in rendered(stage)


def test_a_member_of_a_group_binds_nothing():
    stage = Stage()
    made = code(stage, "desk")
    stage.play(in_chat(stage, f"/bind {made}", DESK, by=MEMBER))
    assert place(stage, PlaceKind.DESK) is None


def test_a_code_works_once_and_for_half_an_hour():
    stage = Stage()
    made = code(stage, "desk")
    stage.play(in_chat(stage, f"/bind {made.lower().replace('-', ' ')}", DESK))
    stage.play(in_chat(stage, f"/bind {made}", DESK - 1))
    assert place(stage, PlaceKind.DESK) == DESK
    late = code(stage, "desk")
    stage.clock.moment += timedelta(minutes=31)
    stage.play(in_chat(stage, f"/bind {late}", DESK - 1))
    assert place(stage, PlaceKind.DESK) == DESK


def test_a_code_for_a_contact_makes_no_desk_and_is_used_up():
    stage = Stage()
    made = code(stage, "contact", with_unit(stage))
    stage.play(in_chat(stage, f"/bind {made}", DESK))
    stage.open_bot(MEMBER)
    stage.play(stage.private(f"/bind {made}", by=MEMBER))
    assert place(stage, PlaceKind.DESK) is None
    assert "这个口令不能用" in rendered(stage)


def test_a_group_that_is_watched_cannot_be_the_desk():
    stage = Stage()
    stage.open_bot(ADMIN)
    made = code(stage, "desk")
    stage.play(in_chat(stage, f"/bind {made}", CHAT))
    assert place(stage, PlaceKind.DESK) is None
    assert "正在看" in rendered(stage)


def test_a_post_in_a_channel_binds_it_is_removed_and_told_at_the_desk():
    stage = Stage(policy={"office_chat": DESK})
    stage.play(in_chat(stage, f"/bind {code(stage, 'channel')}", CHANNEL, kind="channel"))
    assert place(stage, PlaceKind.CHANNEL) == CHANNEL
    assert [(said.chat_id, said.act.value) for said in stage.said()] == [(CHANNEL, "delete"), (DESK, "send")]


def test_guessing_codes_ends_after_five():
    stage = Stage()
    made = code(stage, "desk")
    for number in range(5):
        stage.play(in_chat(stage, f"/bind AAAA-AAAA-AAA{number + 2}", DESK))
    stage.play(in_chat(stage, f"/bind {made}", DESK))
    assert place(stage, PlaceKind.DESK) is None


def test_the_contact_of_a_unit_is_bound_in_private_and_logged_by_a_hash():
    stage = Stage()
    unit = with_unit(stage)
    stage.open_bot(OFFICER, MEMBER)
    stage.play(stage.private("/office", by=OFFICER))
    stage.press("office.button.contact", OFFICER)
    stage.play(stage.private("前柏镇", by=OFFICER))
    made = rendered(stage).rpartition("/bind ")[2][:14]
    stage.play(stage.private(f"/bind {made}", by=MEMBER))

    async def go() -> tuple[frozenset[int], str]:
        async with stage.store.begin() as work:
            key = stage.runtime.vault.pseudonym("person", MEMBER)
            (change,) = await work.changes.latest(1)
            return await office.units_of(work, key), f"{change.noun} {change.role} {change.actor == key}"

    assert asyncio.run(go()) == (frozenset({unit.id}), "binding office True")


@pytest.mark.parametrize("by", [ADMIN, MEMBER])
def test_the_offices_page_is_shown_to_nobody_else(by):
    stage = Stage()
    stage.open_bot(by)
    stage.play(stage.private("/office", by=by))
    assert rendered(stage) == "这一页只给整治办看。"


def test_a_desk_is_given_up_after_asking_once_more_and_the_log_tells_it():
    stage = Stage()
    stage.play(in_chat(stage, f"/bind {code(stage, 'desk')}", DESK))
    stage.open_bot(OFFICER)
    stage.play(stage.private("/office", by=OFFICER))
    stage.press("office.button.drop_desk", OFFICER)
    assert place(stage, PlaceKind.DESK) == DESK
    stage.press("office.button.yes", OFFICER, stage.answers[-1])
    assert place(stage, PlaceKind.DESK) is None
    stage.press("office.button.log", OFFICER, stage.answers[-1])
    assert "office.log.line" in str(stage.answers[-1])


def test_the_log_tells_what_changed_in_the_words_of_the_ledger():
    stage = Stage()
    unit = with_unit(stage)

    async def change() -> None:
        async with stage.store.begin() as work:
            (row,) = await ledger.enter(work, [LedgerObject(unit.id, ObjectType.GROUP, Platform.QQ, "群")], HOST, NOW)
            renamed = replace(row, members=40)
            await ledger.alter(work, [(row, renamed)], HOST, NOW)
            await ledger.alter(work, [(renamed, replace(renamed, name="防汛群", members=41))], HOST, NOW)
            await office.bind_place(work, Place(PlaceKind.DESK, DESK, "整治办", NOW), "")
            await work.commit()

    asyncio.run(change())
    stage.open_bot(OFFICER)
    stage.play(stage.private("/office", by=OFFICER))
    stage.press("office.button.log", OFFICER)
    assert stage.answers[-1].speech is not None
    shown = text_of(stage.answers[-1].speech, Catalogue.load("zh-Hans"))
    assert [line.partition("整治办　")[2] for line in shown.splitlines() if "整治办　" in line] == [
        *("办公群或频道 0", "台账 1：群名称等 2 处", "台账 1：成员数", "台账 1：单位编号等 4 处"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_that_can_change_has_a_name(language, name):
    assert Catalogue.load(language)(f"ledger_file.field.{name}")


def test_what_can_be_pressed_does_not_go_to_the_channel():
    stage = Stage(policy={"channel": CHANNEL})
    row = ((Button(Part("office.button.yes"), "ca:1:take"),),)

    async def go(speech: Speech, chat: int) -> bool:
        async with stage.store.begin() as work:
            return await fits(work, stage.runtime.policy, Outgoing(chat, PostKind.TROUBLE, speech=speech))

    pressed = Speech((Part("office.title"),), "", row)
    assert asyncio.run(go(pressed, CHANNEL)) is False
    assert asyncio.run(go(pressed, DESK)) is True
    assert asyncio.run(go(Speech.of("office.title"), CHANNEL)) is True


def test_a_contact_who_asks_to_be_forgotten_is_the_contact_of_no_unit_any_more():
    stage = Stage()
    unit = with_unit(stage)
    stage.open_bot(MEMBER)
    stage.play(stage.private(f"/bind {code(stage, 'contact', unit)}", by=MEMBER))
    assert stage.store.tables.bindings
    stage.play(stage.private("/forget", by=MEMBER))
    stage.press("privacy.button.yes", MEMBER)
    assert not stage.store.tables.bindings
