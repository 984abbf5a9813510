"""The process is killed (kill -9) at every kind of moment: the tables are as without it, and nothing is said twice."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.texts import Catalogue
from storage.crypto import open_vault
from tests.faults.play import Outcome, Theatre

FLEETING = Catalogue.load("en")("command.not_understood")
"""What is answered to words that were not asked for."""
LASTS = 3.0
"""About the seconds from the first update to the last word."""


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "jianfu.key"
    open_vault(file)
    return file


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Outcome:
    outcome = Theatre(tmp_path_factory.mktemp("unkilled"), key_file).play()
    assert outcome.complaints == []
    assert outcome.unsure == outcome.killed == 0
    assert len(outcome.tables["inbox"]) > 30
    assert outcome.tables["findings"]
    assert sum(outcome.said.values()) >= 4
    return outcome


def compare(outcome: Outcome, unkilled: Outcome) -> None:
    for table, rows in unkilled.tables.items():
        assert outcome.tables[table] == rows, table
    assert outcome.said - unkilled.said == Counter(), "something was said twice"
    lost = unkilled.said - outcome.said
    fleeting = sum(count for (_, _, text), count in lost.items() if text == FLEETING)
    assert fleeting <= outcome.killed, "of what is said fleetingly one thing may be lost in a kill, and no row tells so"
    assert sum(lost.values()) - fleeting <= outcome.unsure, "something was not said"
    assert outcome.complaints == []


@pytest.mark.parametrize(
    ("at", "nth"),
    [
        pytest.param("received", 2, id="after receiving, before it is stored"),
        pytest.param("stored", 2, id="after storing, before the offset moves"),
        pytest.param("handled", 3, id="after handling, before the commit"),
        pytest.param("committed", 3, id="after committing"),
        pytest.param("sending", 2, id="while sending, before the call"),
        pytest.param("sent", 2, id="while sending, after the call"),
    ],
)
def test_nothing_is_lost_or_said_twice_when_killed(at, nth, tmp_path, key_file, unkilled):
    outcome = Theatre(tmp_path, key_file).play(FAULT_AT=at, FAULT_NTH=str(nth))
    assert outcome.killed == 1
    compare(outcome, unkilled)


def at_random(seed: int) -> dict[str, Any]:
    return {"FAULT_AFTER": f"{random.Random(seed).uniform(0, LASTS):.3f}"}  # noqa: S311 - not for secrets


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_or_said_twice_when_killed_at_random(seed, tmp_path, key_file, unkilled):
    compare(Theatre(tmp_path, key_file).play(**at_random(seed)), unkilled)


@pytest.mark.faults20
@pytest.mark.parametrize("seed", range(100, 120))
def test_nothing_is_lost_or_said_twice_when_killed_at_one_of_twenty_moments(seed, tmp_path, key_file, unkilled):
    compare(Theatre(tmp_path, key_file).play(**at_random(seed)), unkilled)
