"""The scene of a chat: a declared emergency covers its window and nothing more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.scene import EmergencyWindow, Scene
from bot.core.worktime import WorkTime

START = datetime(2026, 7, 1, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
END = START + timedelta(hours=4)


@pytest.mark.parametrize(
    ("at", "is_covered"),
    [
        pytest.param(START - timedelta(minutes=1), False, id="a minute before"),
        pytest.param(START, True, id="as it begins"),
        pytest.param(END, True, id="as it ends"),
        pytest.param(END + timedelta(minutes=1), False, id="a minute after"),
        pytest.param(START.astimezone(ZoneInfo("UTC")), True, id="told in another zone"),
    ],
)
def test_an_emergency_window_covers_its_time(worktime: WorkTime, at: datetime, is_covered: bool) -> None:
    assert Scene(worktime, emergencies=(EmergencyWindow(START, END, "flood"),)).in_emergency(at) is is_covered


def test_chats_do_not_share_what_they_were_asked(worktime: WorkTime) -> None:
    assert Scene(worktime).history is not Scene(worktime).history
