"""What `jianfu doctor` asks the platform: token, sight, webhook, the office's chat, the groups, the clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx
from telegram import Bot, ChatMember, ChatMemberAdministrator
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.core.group import Group, GroupState
from bot.core.health import Check, Health, check_clock

SECONDS = 10.0
"""How long an answer of the platform is waited for."""


@dataclass(slots=True)
class _Told:
    """What an answer said beside its content: the time at the platform."""

    at: datetime | None = field(default=None)

    async def note(self, response: httpx.Response) -> None:
        date = response.headers.get("date")
        if date:
            self.at = parsedate_to_datetime(date)


@dataclass(frozen=True, slots=True)
class Platform:
    """Where the bot is, and what the platform should know of it."""

    token: str
    api_url: str
    webhook_url: str
    office_chat: int | None
    channel: int | None = None


async def examine(platform: Platform, groups: Sequence[Group], now: datetime) -> list[Check]:
    """Ask the platform, and say of each thing how it stands; never raises for an unreachable platform."""
    told = _Told()
    request = HTTPXRequest(
        connect_timeout=SECONDS, read_timeout=SECONDS, httpx_kwargs={"event_hooks": {"response": [told.note]}}
    )
    bot = Bot(platform.token, base_url=f"{platform.api_url}/bot", request=request, get_updates_request=request)
    try:
        await request.initialize()
        me = await bot.get_me()
    except InvalidToken:
        return [Check("token", Health.BAD, "token_refused")]
    except TelegramError as error:
        return [Check("token", Health.BAD, "unreachable", {"error": type(error).__name__})]
    else:
        checks = [Check("token", Health.GOOD, "token", {"name": me.username or ""})]
        checks.append(_privacy(sees_all=bool(me.can_read_all_group_messages)))
        checks.append(check_clock(now, told.at))
        checks.append(await _webhook(bot, platform.webhook_url))
        checks.append(await _office(bot, "office", platform.office_chat))
        checks.append(await _office(bot, "channel", platform.channel))
        checks.extend([await _group(bot, group) for group in groups if group.state is not GroupState.LEFT])
        return checks
    finally:
        await request.shutdown()


def _privacy(*, sees_all: bool) -> Check:
    return Check("privacy", Health.GOOD if sees_all else Health.NOTE, "privacy_off" if sees_all else "privacy_on")


async def _webhook(bot: Bot, wanted: str) -> Check:
    info = await bot.get_webhook_info()
    if info.url and not wanted:
        return Check("webhook", Health.NOTE, "webhook_set", {"waiting": info.pending_update_count})
    if info.last_error_message:
        return Check("webhook", Health.NOTE, "webhook_error", {"error": info.last_error_message})
    return Check("webhook", Health.GOOD, "webhook", {"waiting": info.pending_update_count})


async def _office(bot: Bot, subject: str, chat_id: int | None) -> Check:
    if chat_id is None:
        return Check(subject, Health.NOTE, f"{subject}_none")
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, bot.id)
    except TelegramError:
        return Check(subject, Health.BAD, "office_unreachable")
    posts = chat.type != chat.CHANNEL or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    )
    return Check(subject, Health.GOOD if posts else Health.BAD, "office" if posts else "office_mute")


async def _group(bot: Bot, group: Group) -> Check:
    fields = {"group": group.title}
    try:
        member = await bot.get_chat_member(group.chat_id, bot.id)
    except TelegramError:
        return Check("group", Health.BAD, "group_gone", fields)
    if member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return Check("group", Health.BAD, "group_gone", fields)
    sees = member.status == ChatMember.ADMINISTRATOR or group.reads_all
    return Check("group", Health.GOOD if sees else Health.BAD, "group" if sees else "group_blind", fields)
