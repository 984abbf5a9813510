"""An office with a desk and a list of approvals, the contact of a unit, and what people ask of it."""

from datetime import date

from bot.core.changes import Role
from bot.core.ledger_log import HOST
from bot.core.office import Binding
from bot.core.units import Unit, UnitLevel
from bot.services import approval_import
from tests.handlers.stage import ADMIN, MEMBER, OFFICER, Stage, in_store
from tests.handlers.test_setup import keys

DESK = -1009
CONTACT = 77
NOTICE = "明天县应急局来我村临时检查秸秆台账"
ROWS = [
    {"number": "青检〔2026〕3号", "name": "防汛物资检查", "issuer": "县应急局", "span": "2026年3月"},
    {"name": "秸秆禁烧排查台账", "approval_kind": "报表"},
    {"number": "青督〔2026〕9号", "name": "森林防火督查", "span": "2026年5月"},
]


def imported(stage, rows=ROWS, day=date(2026, 3, 1)):
    async def go(work):
        effect = await approval_import.planned(work, list(enumerate(rows, 2)), day)
        await approval_import.apply(work, effect, HOST, stage.clock.now())

    in_store(stage, go)


def office():
    """A watched group, an office with a desk and a list, and the contact of a unit."""
    made = Stage(policy={"office_chat": DESK})

    async def fill(work):
        await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP), Unit("红水镇", UnitLevel.TOWNSHIP)])
        key = made.runtime.vault.pseudonym("person", CONTACT)
        await work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 1, made.clock.now()))

    in_store(made, fill)
    imported(made)
    made.open_bot(OFFICER, CONTACT, MEMBER, ADMIN)
    return made


def say(stage, text, by=MEMBER, **more):
    stage.store.tables.outbox.clear()
    update = stage.private(text, by=by)
    update["message"] |= more
    stage.play(update)
    return stage.said()[-1]


def press(stage, data, by=MEMBER, about=NOTICE, chat=None, **more):
    """Press a button of an answer that replies to a message."""
    replied = stage.private(about, by=by)["message"] | more
    stage.pressed(stage.signed(data), by, reply_to_message=replied, **({"chat": chat} if chat else {}))
    return stage.answers[-1]


def at_desk(stage, data, by=OFFICER):
    return press(stage, data, by, chat={"id": DESK, "type": "supergroup", "title": "整治办"})


def asked(stage, by=MEMBER):
    """Somebody asks the office; returns the post at the desk."""
    stage.store.tables.outbox.clear()
    answer = press(stage, "vf:ask", by)
    assert keys(answer.speech) == ["approvals.asked"]
    (post,) = stage.said()
    assert post.chat_id == DESK
    return post
