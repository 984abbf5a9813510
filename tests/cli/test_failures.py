import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import failures
from bot.core.errors import BadInput, BadRules
from bot.texts import Catalogue

ROOT = Path(__file__).parents[2]
WORDS = Catalogue.load("zh-Hans")


def _raising(error):
    def action(_session, _rest):
        raise error

    return action


def test_a_known_error_is_one_sentence_and_exit_code_2(capsys):
    assert failures.guarded([], _raising(BadInput("not_found", file="a.json"))) == 2
    assert capsys.readouterr().err == WORDS("errors.input.not_found", file="a.json") + "\n"


def test_an_error_with_a_field_named_key_is_worded():
    error = BadRules("unknown_key", file="rules.toml", key="late.x", line=7)
    assert failures.sentence(WORDS, error) == WORDS.texts["errors.rules.unknown_key"].format(
        file="rules.toml", key="late.x", line=7
    )


def test_an_error_without_words_is_named_by_its_key():
    assert "input.never_heard_of" in failures.sentence(WORDS, BadInput("never_heard_of"))


def test_an_unexpected_error_gives_a_reference_and_no_traceback(capsys):
    assert failures.guarded([], _raising(RuntimeError("secret text"))) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert "secret text" not in said


def test_debug_writes_the_frames_but_not_the_words_of_an_error(capsys):
    assert failures.guarded(["--debug"], _raising(RuntimeError("secret text"))) == 70
    log = failures.DEBUG_FILE.read_text("utf-8")
    reference, name = log.splitlines()[0].split()
    assert name == "RuntimeError"
    assert reference in capsys.readouterr().err
    assert "in action" in log
    assert "secret text" not in log


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    ("redirected", "code", "said"),
    [
        pytest.param("check 请交表 > /dev/full", 2, WORDS("errors.input.output") + "\n", id="a full disk"),
        pytest.param("check 2> /dev/full", 2, "", id="nobody can be told"),
        pytest.param("check 请交表 >&-", 0, "", id="output that is closed"),
        pytest.param("check 2>&-", 2, "", id="a closed place for errors"),
        pytest.param("audit - <&-", 2, WORDS("errors.export.empty", file="-") + "\n", id="input that is closed"),
    ],
)
def test_a_stream_that_cannot_be_written_is_one_sentence(redirected, code, said):
    command = f"{sys.executable} -m bot {redirected}"
    result = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    assert (result.returncode, result.stderr) == (code, said)


def test_an_interruption_is_exit_code_130(capsys):
    assert failures.guarded([], _raising(KeyboardInterrupt())) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_closed_pipe_is_quiet():
    command = f"{sys.executable} -m bot rules --json | head -c 20"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S602
    assert len(done.stdout) == 20
    assert done.stderr == ""


def test_a_closed_pipe_is_quiet_when_answering_lines(tmp_path):
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": 1, "text": "请各村报送名单", "at": "2026-03-10 10:00"}\n' * 3000, encoding="utf-8")
    command = f"{sys.executable} -m bot check --jsonl {lines} | head -n 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S602
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_waiting_for_input_leaves_with_130():
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "check", "--jsonl", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write('{"id": 1, "text": "好", "at": "2026-03-10 10:00"}\n')
        process.stdin.flush()
        assert '"id": 1' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == WORDS("cli.interrupted")


def test_a_debug_file_that_cannot_be_written_is_said_without_a_traceback(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failures.DEBUG_FILE.mkdir()
    assert failures.guarded(["--debug"], _raising(RuntimeError("张三"))) == failures.INTERNAL
    assert capsys.readouterr().err == f"写不了 {failures.DEBUG_FILE}。\n"


def test_a_value_cannot_steer_the_terminal(capsys):
    failures.guarded([], _raising(BadInput("not_writable", file="a\x1b]0;b\x07\u202ec")))
    assert capsys.readouterr().err == "写不了 a\ufffd]0;b\ufffd\ufffdc。\n"


@pytest.mark.parametrize("command", ["rules", "check 请交表", "audit bot/samples/township.json --json -"])
def test_a_reader_that_goes_away_is_exit_code_141(command):
    whole = f"{sys.executable} -m bot {command}"
    with subprocess.Popen(whole, shell=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S602
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_workbook_for_a_full_disk_is_one_sentence():
    command = "audit bot/samples/township.json --quiet --xlsx /dev/full"
    done = subprocess.run([sys.executable, "-m", "bot", *command.split()], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
