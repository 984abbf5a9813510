import io
import os
import sys
from pathlib import Path

import pytest
from loguru import logger

from bot.core.errors import BadInput
from bot.core.policy import Policy
from config.logging import start_log
from config.settings import MASK, Settings, load_live_settings, load_settings

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
    monkeypatch.setenv("JIANFU_BOT_TOKEN", "123:hidden")
    settings = load_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == "123:hidden"
    assert "hidden" not in repr(settings)


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("JIANFU_BOT_TOKEN", "secret", id="a token without its number"),
        pytest.param("JIANFU_OFFICE_CHAT", "secret", id="a chat that is no number"),
        pytest.param("JIANFU_INVITERS", "1,secret", id="a list with a name in it"),
        pytest.param("JIANFU_POSTS_PER_WEEK", "-1", id="fewer than no posts"),
        pytest.param("JIANFU_ASIDE_HOURS", "73", id="kept for longer than promised"),
        pytest.param("JIANFU_API_URL", "secret.example", id="an address without a scheme"),
        pytest.param("JIANFU_WEBHOOK_URL", "ftp://secret.example", id="an address of another kind"),
        pytest.param("JIANFU_WEBHOOK_SECRET", "no secret!", id="a secret that Telegram refuses"),
        pytest.param("JIANFU_WEBHOOK_LISTEN", "8080", id="a port without a host"),
        pytest.param("JIANFU_WEBHOOK_LISTEN", "0.0.0.0:80800", id="a port there is not"),
        pytest.param("JIANFU_WEBHOOK_PATH", "secret", id="a path without its slash"),
    ],
)
def test_a_bad_setting_of_the_bot_is_named_without_its_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as caught:
        load_settings()
    assert caught.value.fields == {"name": name}
    assert "secret" not in str(caught.value)


def test_lists_are_read_with_commas_of_any_width(monkeypatch):
    monkeypatch.setenv("JIANFU_INVITERS", "1, 2，3")
    monkeypatch.setenv("JIANFU_UNITS", "办公室、水务局; 教育局")
    settings = load_settings()
    assert settings.inviters == {1, 2, 3}
    assert settings.units == ("办公室", "水务局", "教育局")


def test_every_field_of_the_policy_is_a_setting(monkeypatch):
    monkeypatch.setenv("JIANFU_OFFICE", "县委办公室")
    monkeypatch.setenv("JIANFU_OFFICE_CHAT", "-1001")
    assert load_settings().policy() == Policy(office="县委办公室", office_chat=-1001)


def test_what_is_shown_masks_secrets_and_passwords(monkeypatch):
    monkeypatch.setenv("JIANFU_BOT_TOKEN", "123:secret")
    monkeypatch.setenv("JIANFU_DATABASE", "postgresql://jianfu:sec@ret@localhost/jianfu")
    monkeypatch.setenv("JIANFU_WEBHOOK_SECRET", "secret")
    shown = load_settings().shown()
    assert shown["JIANFU_BOT_TOKEN"] == shown["JIANFU_WEBHOOK_SECRET"] == MASK
    assert shown["JIANFU_DATABASE"] == f"postgresql://jianfu:{MASK}@localhost/jianfu"
    assert load_settings(database="data/jianfu.db").shown()["JIANFU_DATABASE"] == "data/jianfu.db"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        pytest.param(
            "database", "postgresql://u:sec/ret@host/db", f"postgresql://u:{MASK}@host/db", id="a slash in it"
        ),
        pytest.param(
            "database",
            "postgresql://host/db?user=x&password=secret",
            f"postgresql://host/db?user={MASK}&password={MASK}",
            id="behind the question mark",
        ),
        pytest.param(
            "database", "postgresql://host/db?password=sec@ret", f"postgresql://{MASK}", id="an at sign there"
        ),
        pytest.param("database", "postgresql://u:sec?ret@host/db", f"postgresql://{MASK}", id="a question mark in it"),
        pytest.param("api_url", "https://u:secret@api.example/x", f"https://u:{MASK}@api.example/x", id="of the API"),
        pytest.param("webhook_url", "https://secret@bot.example", f"https://{MASK}@bot.example", id="of the webhook"),
        pytest.param("webhook_url", "https://bot.example/tg", "https://bot.example/tg", id="none at all"),
    ],
)
def test_no_password_of_an_address_is_shown(name, value, shown):
    assert load_settings(**{name: value}).shown()[f"JIANFU_{name.upper()}"] == shown


@pytest.mark.parametrize(
    ("given", "path"),
    [
        pytest.param({}, "/", id="nothing given"),
        pytest.param({"webhook_url": "https://bot.example/tg/hook"}, "/tg/hook", id="that of the address"),
        pytest.param({"webhook_url": "https://bot.example/tg", "webhook_path": "/in"}, "/in", id="its own"),
    ],
)
def test_the_webhook_listens_at(given, path):
    assert load_settings(**given).listens_at == path


def test_a_live_bot_goes_on_without_a_setting_that_cannot_be_used(monkeypatch):
    monkeypatch.setenv("JIANFU_POSTS_PER_WEEK", "many")
    monkeypatch.setenv("JIANFU_OFFICE_CHAT", "here")
    settings, troubles = load_live_settings(database="elsewhere.db")
    assert (settings.posts_per_week, settings.office_chat) == (3, None)
    assert settings.database.get_secret_value() == "elsewhere.db"
    assert {trouble.fields["name"] for trouble in troubles} == {"JIANFU_POSTS_PER_WEEK", "JIANFU_OFFICE_CHAT"}


def test_a_live_bot_stops_where_it_could_not_be_reached(monkeypatch):
    monkeypatch.setenv("JIANFU_POSTS_PER_WEEK", "many")
    monkeypatch.setenv("JIANFU_WEBHOOK_URL", "nowhere")
    with pytest.raises(BadInput) as caught:
        load_live_settings()
    assert caught.value.fields == {"name": "JIANFU_WEBHOOK_URL"}


def test_a_live_bot_with_good_settings_has_no_troubles():
    assert load_live_settings() == (load_settings(), ())
