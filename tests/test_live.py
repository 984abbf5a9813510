"""The bot as it is joined: mistakes in settings leave it reachable, and are told."""

import asyncio
from pathlib import Path

import pytest

from bot.core.errors import BadInput, BadKeyFile
from bot.core.speech import PostKind
from bot.live import build_runtime, run, tell_troubles
from config.settings import Settings, load_settings
from tests.fakes import FakeVault, FixedClock, InMemoryStore


@pytest.fixture
def given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def settings(**values: object) -> Settings:
        return load_settings(database="jianfu.db", **values)

    return settings


def build(settings: Settings, store: InMemoryStore | None = None):
    return build_runtime(settings, store or InMemoryStore(), FakeVault())  # type: ignore[arg-type]


def test_good_settings_leave_no_troubles(given):
    runtime = build(given(hours="周一至周五 09:00-17:00"))
    assert runtime.troubles == ()
    assert runtime.clauses


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        pytest.param("zone", "Nowhere/There", "moment.zone", id="zone"),
        pytest.param("hours", "whenever", "moment.no_hours", id="hours"),
        pytest.param("rules", Path("none.toml"), "rules.unreadable", id="rules"),
        pytest.param("calendar", Path("none.toml"), "calendar.unreadable", id="calendar"),
    ],
)
def test_what_is_shipped_is_used_and_the_mistake_kept_for(given, name, value, key):
    runtime = build(given(**{name: value}))
    assert [trouble.key for trouble in runtime.troubles] == [key]
    assert str(runtime.zone) == "Asia/Shanghai"
    assert runtime.clauses


@pytest.mark.parametrize(
    ("office", "told"),
    [
        pytest.param({"office_chat": -1001, "office_members": "7"}, [-1001], id="in the office's chat"),
        pytest.param({"office_members": "7, 8"}, [7, 8], id="to its people where it has no chat"),
        pytest.param({}, [], id="in the log alone"),
    ],
)
def test_a_trouble_is_told_once(given, office, told):
    store = InMemoryStore()
    runtime = build(given(zone="Nowhere/There", **office), store)

    async def go() -> None:
        await tell_troubles(runtime)
        await tell_troubles(runtime)

    asyncio.run(go())
    assert [entry.chat_id for entry in store.queued()] == told
    assert {entry.kind for entry in store.queued()} <= {PostKind.TROUBLE}


def test_without_a_token_nothing_starts(given):
    with pytest.raises(BadInput) as caught:
        asyncio.run(run(given()))
    assert caught.value.fields == {"name": "JIANFU_BOT_TOKEN"}


def test_a_broken_key_file_stops_the_start(given):
    Path("jianfu.key").write_text("nonsense", "utf-8")
    with pytest.raises(BadKeyFile):
        asyncio.run(run(given(bot_token="123:abc"), clock=FixedClock()))  # noqa: S106 - invented
