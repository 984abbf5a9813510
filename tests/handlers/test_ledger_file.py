"""A table that the office sends to the bot: seen first, taken on a press, and from nobody else."""

import asyncio

import pytest

from bot.core.ledger_log import HOST
from bot.core.units import Unit, UnitLevel
from bot.services import units
from tests.handlers.stage import MEMBER, OFFICER, Stage

TABLE = "单位,群名称,人数,联系电话\n青山镇,工作群,40,0000\n青山镇,防汛群,12人,0000\n"
FILE = {"file_id": "F", "file_unique_id": "U", "file_name": "台账.csv", "file_size": 99}


class Office(Stage):
    """A stage where the platform holds a file."""

    def __init__(self) -> None:
        super().__init__()
        self.table: str | None = TABLE

        async def fill():
            async with self.store.begin() as work:
                await units.add(work, [Unit("青山镇", UnitLevel.TOWNSHIP)], HOST, self.clock.now())
                await work.commit()

        asyncio.run(fill())

    def _answer(self, method, given):
        if method == "getFile" and self.table is not None:
            return {"file_id": "F", "file_unique_id": "U", "file_path": "documents/table.csv"}
        return self.table.encode() if method == "table.csv" else super()._answer(method, given)

    def send(self, by: int = OFFICER, **fields: object):
        made = self.private("", by=by)
        made["message"] |= {"document": FILE | fields}
        self.play(made)
        return self.said()[-1]

    def press_with_file(self, place: int, said, by: int = OFFICER):
        replied = self.private("", by=by)["message"] | {"document": FILE}
        self.pressed(self.signed(said.speech.buttons[place][0].data), by, reply_to_message=replied)
        return self.answers[-1]

    def names(self) -> list[str]:
        return [row.name for row in self.store.tables.objects.values()]


@pytest.fixture
def office():
    return Office()


def keys(speech):
    return [part.key for part in speech.parts]


def test_a_table_is_shown_and_taken_on_a_press(office):
    said = office.send()
    assert said.speech.parts[0].fields == {
        "file": "台账.csv",
        "rows": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "wrong": 0,
    }
    assert keys(said.speech)[1] == "ledger_chat.personal"
    assert office.names() == []
    assert keys(office.press_with_file(0, said).speech) == ["ledger_chat.done"]
    assert office.names() == ["工作群", "防汛群"]
    logged = [*office.store.tables.changes.values()][-1]
    assert (logged.role, logged.reason, bool(logged.actor)) == ("office", "台账.csv", True)
    assert keys(office.send().speech)[-1] == "ledger_chat.nothing"


def test_wrong_rows_are_named_and_the_others_taken_when_asked(office):
    office.table = TABLE + "红水镇,某群,5,\n"
    said = office.send()
    assert said.speech.parts[2].fields["where"] == "A4"
    assert keys(said.speech)[3] == "ledger_file.problem.unit_unknown"
    assert keys(office.press_with_file(0, said).speech) == ["ledger_chat.done"]
    assert office.names() == ["工作群", "防汛群"]


def test_a_ledger_that_changed_meanwhile_is_shown_again(office):
    said = office.send()
    office.press_with_file(0, said)
    assert keys(office.press_with_file(0, said).speech)[0] == "ledger_chat.changed"


def test_leaving_it_writes_nothing(office):
    assert keys(office.press_with_file(1, office.send()).speech) == ["ledger_chat.left"]
    assert office.names() == []


def test_nobody_but_the_office_has_a_table_read(office):
    assert keys(office.send(by=MEMBER).speech) == ["command.not_understood"]
    assert office.press_with_file(0, office.send(), by=MEMBER).toast.key == "office.not_office"
    assert office.names() == []


@pytest.mark.parametrize(
    ("fields", "table", "said"),
    [
        pytest.param({"file_size": 6 << 20}, TABLE, "errors.sheet.too_many", id="too large"),
        pytest.param({}, TABLE + "青山镇,群,1,\n" * 5_000, "errors.sheet.too_many", id="too long"),
        pytest.param({"file_name": "照片.pdf"}, TABLE, "command.not_understood", id="no table by its name"),
    ],
)
def test_a_file_that_is_not_taken_is_told_so(office, fields, table, said):
    office.table = table
    speech = office.send(**fields).speech
    assert (keys(speech), speech.buttons) == ([said], ())


def test_a_file_that_the_platform_does_not_give_is_asked_for_again(office):
    office.table = None
    assert keys(office.send().speech) == ["ledger_chat.unread"]
