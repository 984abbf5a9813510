import io
import os
import sys
from pathlib import Path

import pytest
from loguru import logger

from bot.core.errors import BadInput
from config.logging import start_log
from config.settings import Settings, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _clean_place(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("JIANFU_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_no_environment():
    settings = load_settings()
    assert settings.bot_token is None
    assert (settings.language, settings.zone, settings.hours) == ("zh-Hans", "Asia/Shanghai", "")


def test_the_environment_wins_over_the_env_file(monkeypatch):
    Path(".env").write_text("JIANFU_ZONE=Asia/Urumqi\nJIANFU_LANGUAGE=en\n", "utf-8")
    monkeypatch.setenv("JIANFU_LANGUAGE", "zh-Hant")
    settings = load_settings()
    assert (settings.zone, settings.language) == ("Asia/Urumqi", "zh-Hant")


def test_what_is_given_wins_over_the_environment_unless_it_is_none(monkeypatch):
    monkeypatch.setenv("JIANFU_ZONE", "Asia/Urumqi")
    assert load_settings(zone="Asia/Shanghai").zone == "Asia/Shanghai"
    assert load_settings(zone=None).zone == "Asia/Urumqi"


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("JIANFU_BOT_TOKEN", "")
    monkeypatch.setenv("JIANFU_CALENDAR", "")
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.calendar is None


def test_the_token_is_never_shown(monkeypatch):
    monkeypatch.setenv("JIANFU_BOT_TOKEN", "123:secret")
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == "123:secret"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("JIANFU_LANGUAGE", "fr", id="a language there is no catalogue of"),
        pytest.param("JIANFU_LOG_LEVEL", "loud", id="a level there is not"),
    ],
)
def test_a_bad_setting_is_named_without_its_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert caught.value.key == "input.setting"
    assert caught.value.fields == {"name": name}


def test_an_env_file_that_is_no_text_is_named():
    Path(".env").write_bytes(b"JIANFU_ZONE=\xff\xfe\x00")
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert caught.value.key == "input.env_file"


def test_the_example_documents_every_setting_and_no_other():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    shown = {line.removeprefix("#").partition("=")[0] for line in lines if line.startswith("#JIANFU_")}
    assert shown == {f"JIANFU_{name.upper()}" for name in Settings.model_fields}


def test_the_values_of_the_example_can_be_used():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    Path(".env").write_text("\n".join(line.removeprefix("#") for line in lines if line.startswith("#JIANFU_")), "utf-8")
    assert load_settings().hours == "周一至周五 08:30-12:00 14:00-18:00"


def test_the_log_goes_to_stderr_from_its_level_up_and_all_of_it_to_a_file(monkeypatch, tmp_path):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    start_log("WARNING", tmp_path / "debug.log")
    logger.debug("details")
    logger.warning("careful")
    logger.remove()
    assert "careful" in stream.getvalue()
    assert "details" not in stream.getvalue()
    assert "details" in (tmp_path / "debug.log").read_text("utf-8")


def test_the_log_shows_no_values_of_variables(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    start_log("INFO")
    text = "今晚发截图"
    try:
        int(text[0:0])
    except ValueError:
        logger.exception("failed")
    logger.remove()
    assert text not in stream.getvalue()
