"""Everything that `jianfu doctor` looks at, joined; nothing is made or changed by looking."""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import JianfuError
from bot.core.group import Group
from bot.core.health import Check, Health, check_calendar, check_cases
from bot.core.model import Category
from bot.render.fonts import chart_font
from bot.services.office import channel_chat, desk_chat
from bot.services.running import Ran, check_job, ran
from config.calendar import load_calendar
from config.rules import load_rules
from config.settings import Settings
from handlers.examine import Platform, examine
from storage.crypto import open_vault
from storage.engine import open_engine
from storage.examine import Schema, schema_of
from storage.unit_of_work import SqlStore


async def check_up(settings: Settings, now: datetime) -> list[Check]:
    """Look at everything the bot rests on, the platform last; raises nothing for what is found wanting."""
    checks = [_rules(settings), _calendar(settings, now), check_cases(settings.policy()), _fonts(), _key(settings)]
    kept = await _database(settings)
    checks += [kept.check, *(check_job(each, now) for each in kept.jobs)]
    if settings.bot_token is None:
        return [*checks, Check("token", Health.BAD, "no_token")]
    token = settings.bot_token.get_secret_value()
    platform = Platform(token, settings.api_url, settings.webhook_url, kept.desk, kept.channel)
    return checks + await examine(platform, kept.groups, now)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the database says; what the settings say where it says nothing."""

    check: Check
    desk: int | None
    channel: int | None
    groups: Sequence[Group] = ()
    jobs: Sequence[Ran] = ()


def _rules(settings: Settings) -> Check:
    try:
        count = sum(entry.category in set(Category) for entry in load_rules(settings.rules).entries)
    except JianfuError as error:
        return Check("rules", Health.BAD, "rules_bad", {"what": _where(error)})
    return Check("rules", Health.GOOD, "rules", {"count": count})


def _calendar(settings: Settings, now: datetime) -> Check:
    try:
        return check_calendar(load_calendar(settings.calendar), now)
    except JianfuError as error:
        return Check("calendar", Health.BAD, "rules_bad", {"what": _where(error)})


def _where(error: JianfuError) -> str:
    return " ".join(str(value) for value in error.fields.values())


def _fonts() -> Check:
    there = chart_font() is not None
    return Check("fonts", Health.GOOD if there else Health.BAD, "fonts" if there else "fonts_missing")


def _key(settings: Settings) -> Check:
    file = settings.key_file
    if not file.exists():
        return Check("key", Health.NOTE, "key_new")
    try:
        open_vault(file)
    except JianfuError:
        return Check("key", Health.BAD, "key_bad")
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check("key", Health.BAD, "key_open")
    return Check("key", Health.GOOD, "key")


async def _database(settings: Settings) -> _Kept:
    address = settings.database.get_secret_value()
    desk, channel = settings.office_chat, settings.channel
    try:
        schema = await schema_of(address)
        if schema is not Schema.PRESENT or not settings.key_file.exists():
            code = "database_new" if schema is Schema.NONE else "database_old"
            return _Kept(Check("database", Health.NOTE, code), desk, channel)
        return await _read(settings)
    except JianfuError:
        return _Kept(Check("database", Health.BAD, "key_bad"), desk, channel)
    except Exception as error:  # noqa: BLE001 - each driver has errors of its own, and all mean that it cannot be opened
        check = Check("database", Health.BAD, "database_bad", {"error": type(error).__name__})
        return _Kept(check, desk, channel)


async def _read(settings: Settings) -> _Kept:
    store = SqlStore.of(open_engine(settings.database.get_secret_value()), open_vault(settings.key_file))
    try:
        await store.check_keys()
        async with store.begin() as work:
            groups = await work.groups.all()
            desk = await desk_chat(work, settings.policy())
            channel = await channel_chat(work, settings.policy())
            jobs = await ran(work)
    finally:
        await store.close()
    return _Kept(Check("database", Health.GOOD, "database", {"groups": len(groups)}), desk, channel, groups, jobs)
