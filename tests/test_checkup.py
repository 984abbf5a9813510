import asyncio
import os
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.checkup import check_up
from bot.core.health import Health
from config.settings import Settings
from storage.crypto import open_vault
from storage.unit_of_work import open_store

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return Settings(database=str(tmp_path / "data" / "jianfu.db"), key_file=tmp_path / "jianfu.key", _env_file=None)


def found(settings, subject):
    return next(check for check in asyncio.run(check_up(settings, NOW)) if check.subject == subject)


async def start_once(settings):
    store = await open_store(settings.database.get_secret_value(), open_vault(settings.key_file))
    await store.close()


def test_looking_makes_neither_key_nor_database(settings, tmp_path):
    asyncio.run(check_up(settings, NOW))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("subject", ["rules", "calendar", "fonts", "cases"])
def test_what_is_shipped_is_found_good(settings, subject):
    assert found(settings, subject).health is Health.GOOD


def test_a_missing_token_is_bad_and_says_so(settings):
    assert (found(settings, "token").health, found(settings, "token").code) == (Health.BAD, "no_token")


def test_a_database_of_this_version_is_found_good_after_a_first_start(settings):
    asyncio.run(start_once(settings))

    assert (found(settings, "database").code, found(settings, "key").code) == ("database", "key")


def test_a_foreign_key_is_found_before_the_bot_starts_with_it(settings):
    asyncio.run(start_once(settings))
    settings.key_file.unlink()
    open_vault(settings.key_file)

    assert found(settings, "database").code == "key_bad"


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_a_key_file_that_others_can_read_is_bad(settings):
    open_vault(settings.key_file)
    settings.key_file.chmod(0o644)

    assert found(settings, "key").code == "key_open"


def test_a_broken_database_is_named_without_a_traceback(settings, tmp_path):
    asyncio.run(start_once(settings))
    (tmp_path / "data" / "jianfu.db").write_bytes(b"no database at all" * 400)

    assert found(settings, "database").code == "database_bad"


def test_an_unreachable_platform_is_told(settings):
    told = settings.model_copy(update={"bot_token": SecretStr("1:a"), "api_url": "http://127.0.0.1:9"})

    assert found(told, "token").code == "unreachable"
