"""The files that an audit writes: whole or not at all, and never over one that is read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bot.texts import Catalogue

ROOT = Path(__file__).parents[2]
WORDS = Catalogue.load("zh-Hans")


def test_each_output_is_a_whole_file(jianfu, export):
    result = jianfu("audit", export, "--html", "a.html", "--xlsx", "a.xlsx", "--json", "a.json")
    assert Path("a.html").read_text("utf-8").rstrip().endswith("</html>")
    assert openpyxl.load_workbook("a.xlsx").sheetnames
    assert json.loads(Path("a.json").read_bytes())
    assert result.lines[-3:] == [WORDS("cli.audit.written", file=name) for name in ("a.html", "a.xlsx", "a.json")]
    assert not list(Path.cwd().glob(".*.part"))


def test_quiet_prints_nothing(jianfu, export):
    result = jianfu("audit", export, "--quiet", "--json", "a.json")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_json_for_a_dash_is_all_that_standard_output_gets(jianfu, export):
    jianfu("audit", export, "--quiet", "--json", "file.json")
    piped = jianfu("audit", export, "--json", "-", "--html", "a.html")
    assert (piped.code, piped.out, piped.err) == (0, Path("file.json").read_text("utf-8"), "")
    assert {path.name for path in Path.cwd().iterdir()} == {"result.json", "file.json", "a.html"}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        pytest.param("--html", "--quiet", id="a forgotten name before another option"),
        pytest.param("--json", "--titles", id="the same for JSON"),
        pytest.param("--html", "-", id="a page on standard output"),
        pytest.param("--xlsx", "-", id="a workbook on standard output"),
        pytest.param("--xlsx", "", id="an empty name"),
    ],
)
def test_an_output_without_a_name_is_refused_in_one_sentence(jianfu, export, option, value):
    result = jianfu("audit", export, option, value)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(WORDS("errors.usage.output_name", name=option, value=value))
    assert result.err.count("\n") == 1
    assert [path.name for path in Path.cwd().iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    "output",
    [
        pytest.param("result.json", id="the same name"),
        pytest.param("./sub/../result.json", id="another way to it"),
        pytest.param("link.json", id="a link to it"),
        pytest.param("hard.json", id="a hard link to it"),
    ],
)
def test_an_input_is_never_overwritten(jianfu, export, tmp_path, output):
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.json").symlink_to(export)
    os.link(export, tmp_path / "hard.json")
    before = export.read_bytes()
    result = jianfu("audit", export, "--json", output)
    assert result.code == 2
    assert result.err == WORDS("errors.input.overwrites", file=Path(output)) + "\n"
    assert export.read_bytes() == before


def test_the_office_rules_are_never_overwritten(jianfu, export, monkeypatch):
    Path("rules.toml").write_text("[vote_like]\nminimum_score = 0.9\n", "utf-8")
    monkeypatch.setenv("JIANFU_RULES", "rules.toml")
    assert jianfu("audit", export, "--json", "rules.toml").code == 2
    assert Path("rules.toml").read_text("utf-8").startswith("[vote_like]")


def test_what_standard_input_is_read_from_is_never_overwritten(export):
    before = export.read_bytes()
    command = [sys.executable, "-m", "bot", "audit", "-", "--quiet", "--json", str(export)]
    with export.open("rb") as stream:
        done = subprocess.run(command, stdin=stream, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2
    assert export.read_bytes() == before


def test_the_days_of_the_office_are_never_overwritten(jianfu, export):
    Path("days").mkdir()
    Path("days/own.toml").write_text("", "utf-8")
    assert jianfu("audit", export, "--calendar", "days", "--json", "days/own.toml").code == 2
    assert Path("days/own.toml").read_text("utf-8") == ""


def test_the_file_of_the_settings_is_never_overwritten(jianfu, export):
    Path(".env").write_text("JIANFU_LANGUAGE=zh-Hans\n", "utf-8")
    assert jianfu("audit", export, "--json", ".env").code == 2
    assert Path(".env").read_text("utf-8") == "JIANFU_LANGUAGE=zh-Hans\n"


@pytest.mark.parametrize("output", ["result.json/x", "a" * 300])
def test_an_output_that_cannot_be_is_refused_before_anything_is_read(jianfu, export, output):
    result = jianfu("audit", export, "--json", output)
    assert result.code == 2
    assert result.err == WORDS("errors.input.not_writable", file=Path(output)) + "\n"


def test_two_outputs_are_not_one_file(jianfu, export):
    assert jianfu("audit", export, "--json", "a", "--html", "./a").code == 2
    assert not Path("a").exists()


def test_an_old_output_survives_a_failure(jianfu, export, tmp_path):
    Path("a.json").write_text("old")
    (tmp_path / "wrong.json").write_text("wrong")
    assert jianfu("audit", export, tmp_path / "wrong.json", "--json", "a.json").code == 2
    assert Path("a.json").read_text() == "old"


@pytest.mark.parametrize("output", ["no/such/folder.json", "sub"])
def test_an_output_that_cannot_be_written_is_told_before_the_work(jianfu, export, tmp_path, output):
    (tmp_path / "sub").mkdir()
    export.write_text("no export, but nobody looks at it")
    result = jianfu("audit", export, "--json", output)
    assert result.code == 2
    assert output in result.err
    assert result.err.count("\n") == 1
