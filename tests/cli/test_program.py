import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.program import COMMANDS
from bot.render.lines import width_of
from bot.texts import LANGUAGES, Catalogue

ROOT = Path(__file__).parents[2]
HEAVY = {"pydantic", "loguru", "rich", "openpyxl", "jinja2", "opencc", "orjson", "bot.core.pipeline"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_every_command_in_the_words_of_the_language(jianfu, language):
    result = jianfu("--help", "--language", language)
    assert result.code == 0
    for name in COMMANDS:
        assert Catalogue.load(language)(f"cli.{name}.summary") in result.out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_is_there_in_each_language(jianfu, name, language):
    result = jianfu("--language", language, name, "--help")
    assert result.code == 0
    assert Catalogue.load(language)(f"cli.{name}.help").split("\n")[1][:20] in result.out


def test_no_arguments_show_the_help_page(jianfu):
    assert jianfu().out == jianfu("--help").out


def test_no_line_of_help_is_wider_than_a_terminal(jianfu):
    for name in COMMANDS:
        assert all(width_of(line) <= 80 for line in jianfu(name, "--help").lines)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from bot.cli.program import run; run(['--help']);"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_language_comes_from_the_environment(jianfu, monkeypatch):
    monkeypatch.setenv("JIANFU_LANGUAGE", "en")
    assert "Commands:" in jianfu("--help").out


def test_language_comes_from_the_env_file(jianfu):
    Path(".env").write_text("JIANFU_LANGUAGE=en\n")
    assert "Commands:" in jianfu("--help").out


def test_language_may_stand_behind_the_command(jianfu):
    assert "Usage: jianfu check" in jianfu("check", "--help", "--language", "en").out


def test_version_is_told(jianfu):
    assert jianfu("--version").out.startswith("jianfu ")


@pytest.mark.parametrize(
    ("arguments", "key", "fields"),
    [
        pytest.param(["chekc"], "no_command_near", {"name": "chekc", "near": "check"}, id="a command with a slip"),
        pytest.param(["frobnicate"], "no_command", {"name": "frobnicate"}, id="an unknown command"),
        pytest.param(
            ["units", "exprot"],
            "no_command_near",
            {"name": "exprot", "near": "export"},
            id="a slip in a command's command",
        ),
        pytest.param(["check", "--foo"], "no_option", {"option": "--foo"}, id="an unknown option"),
        pytest.param(["audit"], "missing", {"name": "聊天记录的导出文件"}, id="no export"),
        pytest.param(["audit", ""], "empty_name", {}, id="an export without a name"),
        pytest.param(
            ["calendar", "soon"], "whole_number", {"name": "年份", "least": 1, "most": 9999}, id="a year that is none"
        ),
        pytest.param(
            ["digest", "--png", "--xlsx"],
            "output_name",
            {"name": "--png", "value": "--xlsx"},
            id="a picture without a name",
        ),
        pytest.param(["backup", "."], "bad_value", {"name": "文件"}, id="a folder where a file is meant"),
        pytest.param(["calendar", "2026", "2027"], "too_many", {}, id="one argument too many"),
        pytest.param(["check", "x", "--at"], "no_value", {"option": "--at"}, id="an option without its value"),
        pytest.param(["audit", "x", "--quiet=1"], "option_value", {"option": "--quiet"}, id="a value for a switch"),
        pytest.param(
            ["completion", "tcsh"],
            "choice",
            {"name": "哪种 shell", "choices": "bash、zsh、fish"},
            id="no such shell",
        ),
    ],
)
def test_a_mistake_in_the_arguments_is_one_sentence(jianfu, arguments, key, fields):
    result = jianfu(*arguments)
    assert result.code == 2
    assert not result.out
    assert result.err.count("\n") == 1
    assert result.err.startswith(Catalogue.load("zh-Hans")(f"errors.usage.{key}", **fields))


def test_an_unknown_language_is_named_with_those_there_are(jianfu):
    result = jianfu("--language", "fr", "--help")
    assert result.code == 2
    assert all(part in result.err for part in ("fr", *LANGUAGES))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_that_calls_the_program(jianfu, shell):
    assert "_JIANFU_COMPLETE" in jianfu("completion", shell).out


def test_completion_offers_the_commands():
    environment = os.environ | {
        "_JIANFU_COMPLETE": "bash_complete",
        "COMP_WORDS": "jianfu c",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert {line.split(",")[1] for line in done.stdout.split()} == {"check", "calendar", "cases", "completion"}
