"""Command menus, descriptions and suggested rights: set at each start where they differ, and never a reason to stop.

The platform tells languages apart by two letters, so that simplified and traditional Chinese share one menu, `zh`,
which is simplified; what the bot itself says knows all three. Everybody else sees English. Lists do not merge: that
of admins repeats that of members.
"""

from collections.abc import Awaitable, Mapping, Sequence

from loguru import logger
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    ChatAdministratorRights,
)
from telegram.error import TelegramError

from bot.texts import Catalogue

LANGUAGES: Mapping[str, str] = {"": "en", "zh": "zh-Hans"}
"""The catalogue behind each two-letter code; the empty one is for everybody else."""

PRIVATE = (
    *("start", "report", "status", "settings", "rules", "check", "len", "mine"),
    *("urgent", "dissolve", "duty", "quiet", "review", "ledger", "unlisted", "digest", "office", "bind"),
    *("verify", "visit", "approvals", "cases"),
    *("feedback", "privacy", "forget", "language", "about", "help"),
)
MEMBERS = ("report", "status", "rules", "verify", "privacy", "about", "help")
ADMINS = ("report", "status", "settings", "dissolve", "urgent", "rules", "privacy", "about", "help")
PLAIN = ("start", "privacy", "help")
UNSEEN = "report"
"""The command that in groups its sender and the bot alone see (Bot API 10.2); else no menu of a group has it."""
_MARK = "is_ephemeral"

_SCOPES: Sequence[tuple[BotCommandScope, Sequence[str]]] = (
    (BotCommandScopeAllPrivateChats(), PRIVATE),
    (BotCommandScopeAllGroupChats(), MEMBERS),
    (BotCommandScopeAllChatAdministrators(), ADMINS),
    (BotCommandScopeDefault(), PLAIN),
)


def least_rights() -> ChatAdministratorRights:
    """What the client suggests when somebody makes the bot an admin: any status lets it see; nothing else matters."""
    return ChatAdministratorRights(
        is_anonymous=False,
        can_manage_chat=True,
        can_delete_messages=True,
        can_manage_video_chats=False,
        can_restrict_members=False,
        can_promote_members=False,
        can_change_info=False,
        can_invite_users=False,
        can_post_stories=False,
        can_edit_stories=False,
        can_delete_stories=False,
    )


async def prepare(bot: Bot) -> int:
    """Set what differs; returns how many calls failed, which is logged and not raised."""
    failures = 0
    for code, language in LANGUAGES.items():
        words = Catalogue.load(language)
        for scope, names in _SCOPES:
            failures += await _tried(_set_commands(bot, _commands(names, words, scope), scope, code))
        failures += await _tried(_set_descriptions(bot, words, code))
    return failures + await _tried(_set_rights(bot))


def _commands(names: Sequence[str], words: Catalogue, scope: BotCommandScope) -> list[BotCommand]:
    private = isinstance(scope, BotCommandScopeAllPrivateChats)
    return [
        BotCommand(name, words(f"menu.command.{name}"), api_kwargs={_MARK: True} if unseen else None)
        for name, unseen in ((name, name == UNSEEN and not private) for name in names)
    ]


async def _set_commands(bot: Bot, wanted: Sequence[BotCommand], scope: BotCommandScope, code: str) -> None:
    """Set a menu where it differs; what should be unseen and is not is taken out of it again."""
    if _shown(await bot.get_my_commands(scope, code or None)) == _shown(wanted):
        return
    await bot.set_my_commands(wanted, scope, code or None)
    if _shown(await bot.get_my_commands(scope, code or None)) != _shown(wanted):
        await bot.set_my_commands([each for each in wanted if not each.api_kwargs], scope, code or None)


def _shown(commands: Sequence[BotCommand]) -> list[tuple[str, str, bool]]:
    return [(each.command, each.description, bool(each.api_kwargs.get(_MARK))) for each in commands]


async def _set_descriptions(bot: Bot, words: Catalogue, code: str) -> None:
    long, short = words("menu.description"), words("menu.short_description")
    if (await bot.get_my_description(code or None)).description != long:
        await bot.set_my_description(long, code or None)
    if (await bot.get_my_short_description(code or None)).short_description != short:
        await bot.set_my_short_description(short, code or None)


async def _set_rights(bot: Bot) -> None:
    if await bot.get_my_default_administrator_rights() != least_rights():
        await bot.set_my_default_administrator_rights(least_rights())


async def _tried(call: Awaitable[None]) -> int:
    try:
        await call
    except TelegramError as error:
        logger.warning("menus: a call failed: {}", type(error).__name__)
        return 1
    return 0
