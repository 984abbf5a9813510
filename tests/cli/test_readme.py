"""The examples of the README are what the program prints: a new fit of the word scores may not leave them behind."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = (
    "$ jianfu audit bot/samples/township.json",
    "$ jianfu check ",
    "$ jianfu evaluate tests/data/messages/test.jsonl",
)


def examples() -> list[tuple[str, list[str]]]:
    """Each command that is shown with its output, and the lines of that output up to an ellipsis."""
    blocks = (ROOT / "README.md").read_text("utf-8").split("```console\n")[1:]
    found = [block.split("```")[0].strip("\n").split("\n") for block in blocks]
    return [
        (command[2:], [line for line in output if line != "…"])
        for command, *output in found
        if command.startswith(SHOWN) and "消息.jsonl" not in command
    ]


@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_readme_shows_what_is_printed(command: str, shown: list[str]) -> None:
    arguments = [sys.executable, "-m", "bot", *shlex.split(command)[1:]]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("JIANFU_")}
    done = subprocess.run(
        arguments, cwd=ROOT, env=surroundings | {"COLUMNS": "80"}, capture_output=True, text=True, check=True
    )
    printed = [line.rstrip() for line in done.stdout.strip("\n").split("\n")]
    begin = printed.index(shown[0])
    assert printed[begin : begin + len(shown)] == shown


def test_the_examples_are_found() -> None:
    assert len(examples()) == len(SHOWN)
