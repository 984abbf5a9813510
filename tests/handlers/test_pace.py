"""How much is sent in a second and a minute, in a chat and in all."""

import itertools
from datetime import timedelta

from handlers.pace import Pace
from tests.fakes import FixedClock


def test_one_message_a_second_in_a_chat_and_twenty_a_minute_in_a_group():
    pace, clock = Pace(), FixedClock()
    sent = []
    for _ in range(120):
        if "group" not in pace.resting(clock.now()):
            pace.count("group", clock.now(), group=True)
            sent.append(clock.now())
        clock.advance(seconds=0.5)
    assert len(sent) == 20
    assert min(after - before for before, after in itertools.pairwise(sent)) >= timedelta(seconds=1)


def test_thirty_a_second_in_all():
    pace, clock = Pace(), FixedClock()
    for number in range(30):
        pace.count(str(number), clock.now(), group=False)
    assert pace.room(clock.now()) == 0
    assert pace.room(clock.advance(seconds=1)) == 30
