"""A county with a town and ten villages, its ledger, and the contact of the town."""

from dataclasses import replace
from datetime import date

from bot.core.changes import Role
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.office import Binding
from bot.core.units import Unit, UnitLevel
from tests.handlers.stage import ADMIN, MEMBER, OFFICER, Stage, in_store
from tests.handlers.test_settings import buttons

CONTACT = 77


def county():
    """A county with a town and ten villages; somebody is the contact of the town, unit 2."""
    made = Stage(empty=True)

    async def fill(work):
        await work.units.add([Unit("青山县", UnitLevel.COUNTY), Unit("青山镇", UnitLevel.TOWNSHIP, parent_id=1)])
        await work.units.add([Unit(f"{n}号村", UnitLevel.VILLAGE, parent_id=2) for n in range(1, 11)])
        group = LedgerObject(2, ObjectType.GROUP, Platform.WECHAT, "全镇工作群", kind=GroupKind.STANDING, members=98)
        await work.objects.add(
            [
                *(group, replace(group, name="防汛群", kind=GroupKind.PROJECT, end_date=date(2026, 3, 20))),
                LedgerObject(2, ObjectType.ACCOUNT, Platform.WECHAT, "青山发布", last_update=date(2026, 2, 1)),
                LedgerObject(2, ObjectType.APP, Platform.OTHER, "青山通"),
                replace(group, unit_id=None, name="无主群"),
            ]
        )
        key = made.runtime.vault.pseudonym("person", CONTACT)
        await work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 2, made.clock.now()))

    in_store(made, fill)
    made.open_bot(OFFICER, CONTACT, MEMBER, ADMIN)
    return made


def labels(speech):
    return [str(button.label.fields.get("text", button.label.key)) for button in buttons(speech)]


def parts(speech, key):
    return [part.fields for part in speech.parts if part.key == f"ledger_pages.{key}"]
