"""By its name a lease's holder is known to be dead, and nobody else is."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.process import is_gone, own_name

ROOT = Path(__file__).parents[1]
SAY = "from bot.process import own_name; print(own_name(), flush=True); input()"

pytestmark = pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="nothing tells of processes here")


@pytest.fixture
def other() -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", SAY]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def name_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_running_process_is_not_gone(other):
    assert not is_gone(name_of(other))
    assert not is_gone(own_name())


def test_a_killed_process_is_gone_even_before_anybody_waited_for_it(other):
    name = name_of(other)
    other.kill()
    assert other.stdout is not None
    other.stdout.read()  # ends just before the process does
    limit = time.monotonic() + 20
    while not is_gone(name) and time.monotonic() < limit:
        time.sleep(0.01)
    assert is_gone(name)


def test_another_process_with_the_same_number_is_not_taken_for_it():
    first, start = own_name().rsplit("-", 1)
    assert is_gone(f"{first}-{int(start) - 1}")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("host-abc123-00000000-999999999-1", id="of another machine or boot"),
        pytest.param("host-abc123--999999999-1", id="where nothing tells of processes"),
        pytest.param("host-999999999-abc123", id="of an earlier version"),
        pytest.param("", id="empty"),
    ],
)
def test_of_a_stranger_nothing_is_known(name):
    assert not is_gone(name)
