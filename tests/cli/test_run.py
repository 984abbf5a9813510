"""`jianfu run` with a token; without one it audits the sample."""

from pathlib import Path

from bot.emulator import Emulator, World
from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")


def test_a_token_that_telegram_refuses_is_said_in_one_sentence_and_not_shown(jianfu, monkeypatch, tmp_path):
    with Emulator(World()) as emulator:
        monkeypatch.setenv("JIANFU_API_URL", emulator.url)
        monkeypatch.setenv("JIANFU_BOT_TOKEN", "123:never_issued")
        result = jianfu("run")

    assert result.code == 2
    assert WORDS("errors.input.token_refused", name="JIANFU_BOT_TOKEN") in result.err
    assert "never_issued" not in result.out + result.err
    assert not list(tmp_path.glob("report"))


def test_a_setting_that_cannot_be_used_stops_the_start_when_the_bot_could_not_be_reached(jianfu, monkeypatch):
    monkeypatch.setenv("JIANFU_BOT_TOKEN", "no token at all")
    result = jianfu("run")

    assert result.code == 2
    assert "JIANFU_BOT_TOKEN" in result.err
    assert "no token at all" not in result.err


def test_run_audits_the_sample_and_says_where_the_report_lies(jianfu):
    result = jianfu("run")
    assert result.code == 0
    assert {path.name for path in Path("report").iterdir()} == {"report.html", "report.xlsx", "report.json"}
    assert str(Path("report").resolve()) in result.out
    assert "JIANFU_BOT_TOKEN" in result.out


def test_run_may_be_run_again(jianfu):
    assert jianfu("run").code == 0
    assert jianfu("run").code == 0
