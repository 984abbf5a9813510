"""The process is killed (kill -9) in the middle of a report: what lies there then leads back to nobody."""

from pathlib import Path

import pytest

from bot.emulator.server import Emulator
from storage.crypto import open_vault
from tests.faults.play import Theatre
from tests.walk import Walker, marks_of

NAME, USERNAME = "Ouyang Qingshi", "ouyang_of_the_hill"
ORDER = "请各村今晚十点前报送排查表，每户一张照片"


class Reporting(Theatre):
    """A reporter writes in private and in the group; all is walked while the bot runs, when it died, and in the end."""

    walker: Walker

    def _act(self, emulator: Emulator) -> int:
        world = self.world
        anna = world.user("Anna", language_code="en")
        bo = world.user(NAME, language_code="en", username=USERNAME)
        group = world.group("A group", owner=anna, members=[bo])
        vault = open_vault(self.key_file).lasting()
        self.walker = Walker(self.folder, self.key_file, vault, marks_of(vault, bo.id, [NAME, USERNAME]))

        async def acts() -> None:
            await group.add_bot(by=anna, rights=["delete_messages"])
            order = await anna.say(group, ORDER)
            await bo.start("report")
            await bo.tell("every day we are to forward films of our leaders")
            await bo.say(group, "/report ranking", reply_to=order)
            await bo.forward(order, bo.private)
            await bo.tell("1234 1234 1234 1234")
            await bo.say(group, "/report", reply_to=order)
            await bo.tell("hello")

        emulator.run(acts())
        return group.id

    def _finished(self) -> bool:
        self.walker.walk(step=f"after {self.killed} kills")
        return super()._finished()

    def report(self, **fault: str) -> Walker:
        """Play, and walk once more when all is over."""
        self.play(FAULT_LOG=str(self.folder / "jianfu.log"), **fault)
        self.walker.walk(step="in the end")
        return self.walker


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "jianfu.key"
    open_vault(file)
    return file


@pytest.mark.parametrize(
    ("at", "nth"),
    [
        pytest.param("stored", 1, id="between storing and handling"),
        pytest.param("handled", 1, id="after handling, before the commit"),
        pytest.param("committed", 1, id="after committing"),
        pytest.param("sending", 2, id="while sending, before the call"),
    ],
)
def test_a_kill_in_the_middle_of_a_report_leaves_no_way_back(at, nth, tmp_path, key_file):
    play = Reporting(tmp_path, key_file)
    walker = play.report(FAULT_AT=at, FAULT_NTH=str(nth))
    assert play.killed == 1
    assert walker.found == set()
    assert walker.looked > 3
    assert play.world.complaints == []


def test_the_walk_finds_who_is_noted_by_another_command(tmp_path, key_file, monkeypatch):
    """The same play, but for one word: whoever asks for /help is noted as having opened the bot."""
    play = Reporting(tmp_path, key_file)
    real = Reporting._act

    def acts(self, emulator):
        chat_id = real(self, emulator)
        person = self.world.people[NAME]
        emulator.run(person.tell("/help"))
        return chat_id

    monkeypatch.setattr(Reporting, "_act", acts)
    assert any("person hash in table people" in each for each in play.report().found)
