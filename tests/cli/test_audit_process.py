"""The audit as a process of its own: what a terminal shows of it, and what is left when it is stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.texts import Catalogue
from tests.cli.conftest import SAMPLE

ROOT = Path(__file__).parents[2]
WORDS = Catalogue.load("zh-Hans")
LONG_EXPORT = b'{"name": "g", "type": "private_supergroup", "id": 1, "messages": ['
LONG_EXPORT_ROW = (
    b'{"id": 1, "type": "message", "date": "2026-03-02T21:00:00", "from_id": "user1", "text": "'
    + "请各村今晚把台账报我".encode()
    + b'"}, '
)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to open here")
def test_progress_is_shown_on_a_terminal():
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "audit", str(SAMPLE)]
    surroundings = os.environ | {"TERM": "xterm"}
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        drawn = b"".join(_written_to(ours))
    assert process.returncode == 0
    assert WORDS("cli.audit.progress.reading", name="")[:2] in drawn.decode("utf-8", "replace")


def _written_to(terminal):
    """Yield what is written to a terminal until it is closed, which the system tells by an error."""
    while True:
        try:
            yield os.read(terminal, 4096)
        except OSError:
            os.close(terminal)
            return


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("helped", [False, True], ids=["alone", "with processes that help"])
def test_ctrl_c_leaves_nothing_half_written(tmp_path, helped):
    arguments = ["audit", "-", "--json", str(tmp_path / "a.json"), "--html", str(tmp_path / "a.html")]
    export = SAMPLE.read_bytes()[:150_000] if not helped else LONG_EXPORT + LONG_EXPORT_ROW * 20_000
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(export)
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=3)
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to every process of the group
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert (out, err.decode().strip()) == (b"", WORDS("cli.interrupted"))
    assert list(tmp_path.iterdir()) == []
