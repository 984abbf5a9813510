"""The bot's own comings and goings in groups, and what becomes of the groups."""

from collections.abc import Sequence
from functools import partial

from loguru import logger
from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.core.group import BotRight, Group
from bot.services import membership, office, setup
from bot.services.membership import Standing
from bot.services.persons import Person, key_of, person
from handlers import admins, rights
from handlers.answering import desk_of
from handlers.asking import answered
from handlers.context import Bot, Context
from handlers.errors import kind_of
from handlers.tongue import tongue, tongue_of
from handlers.worktimes import worktime_of

_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})
_THERE = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})
_RIGHTS = {
    BotRight.DELETE_MESSAGES: "can_delete_messages",
    BotRight.PIN_MESSAGES: "can_pin_messages",
    BotRight.CHANGE_INFO: "can_change_info",
    BotRight.RESTRICT_MEMBERS: "can_restrict_members",
    BotRight.MANAGE_TOPICS: "can_manage_topics",
}


async def mine_changed(update: Update, context: Context) -> None:
    """The bot was added, promoted, demoted or removed; or in private blocked and unblocked."""
    event = update.my_chat_member
    if event is None:
        return
    if event.chat.type == Chat.PRIVATE:
        await _in_private(event, context)
    elif await _is_office_place(event, context):
        rights.forget(context, event.chat.id)
        if not _is_there(event.new_chat_member):
            await office.lost(context.work, event.chat.id, context.now)
    elif event.chat.type in _GROUPS:
        rights.forget(context, event.chat.id)
        admins.forget(context, event.chat.id)
        await _in_group(event, context)
        context.runtime.scenes.forget()


async def member_changed(update: Update, context: Context) -> None:
    """Somebody's rights changed: what was known of them is asked anew."""
    event = update.chat_member
    if event is not None:
        rights.forget(context, event.chat.id, event.new_chat_member.user.id)
        admins.forget(context, event.chat.id)


async def migrated(update: Update, context: Context) -> None:
    """The group became a supergroup; either of the two messages tells it."""
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    await membership.migrated(context.work, old, new, context.now)
    context.runtime.scenes.forget()


async def retitled(update: Update, context: Context) -> None:
    """The group has another title."""
    message = update.message
    if message is not None and message.new_chat_title:
        await membership.retitled(context.work, message.chat.id, message.new_chat_title, context.now)
        context.runtime.scenes.forget()


async def _is_office_place(event: ChatMemberUpdated, context: Context) -> bool:
    """Whether a chat is the office's desk or channel, which is not watched."""
    work, policy = context.work, context.runtime.policy
    return event.chat.id in {await office.desk_chat(work, policy), await office.channel_chat(work, policy)}


async def _in_private(event: ChatMemberUpdated, context: Context) -> None:
    key = key_of(context.runtime.vault, event.chat.id)
    if _is_there(event.new_chat_member):
        code = tongue(event.from_user.language_code) or context.runtime.policy.language
        await context.work.people.opened(key, code, context.now)
    else:
        await context.work.people.blocked(key)


async def _in_group(event: ChatMemberUpdated, context: Context) -> None:
    work, now, desk = context.work, context.now, desk_of(context)
    before, there = _is_there(event.old_chat_member), _is_there(event.new_chat_member)
    if not there:
        await membership.went(work, desk, event.chat.id, now)
        return
    known = await work.groups.of_chat(event.chat.id)
    if before and known is not None:
        await membership.stands(work, desk, await _standing(event, known, context), now)
        return
    inviter = await _inviter(event, context)
    standing = await _standing(event, None, context)
    worktime = await worktime_of(context, known or Group(event.chat.id, standing.title))
    arrived = await membership.came(work, desk, worktime, standing, inviter, now)
    if arrived is None or inviter is None:
        return
    if await rights.is_group_admin(context, event.chat.id, inviter.user_id):
        await setup.lead(work, desk, arrived[0], inviter, now)


async def _inviter(event: ChatMemberUpdated, context: Context) -> Person | None:
    """Who added the bot; nobody behind a stand-in."""
    user = event.from_user
    if user.id in rights.STAND_INS or user.is_bot:
        return None
    return person(context.runtime.vault, user.id, await tongue_of(user, context))


async def _standing(event: ChatMemberUpdated, known: Group | None, context: Context) -> Standing:
    """The bot's standing; privacy mode counts as it was at the joining, so it is asked for at a joining alone."""
    member = event.new_chat_member
    admin = isinstance(member, ChatMemberAdministrator)
    return Standing(
        chat_id=event.chat.id,
        title=event.chat.title or "",
        is_supergroup=event.chat.type == Chat.SUPERGROUP,
        is_forum=bool(event.chat.is_forum),
        is_admin=admin,
        rights=frozenset(right for right, name in _RIGHTS.items() if admin and getattr(member, name)),
        reads_all=known.reads_all if known is not None else await _reads_all(context),
        since=event.date,
    )


async def _reads_all(context: Context) -> bool:
    """Whether privacy mode is off now; what was known at the start serves where the platform does not answer."""
    return await answered(context.questions, "reads_all", partial(_asked_reads_all, context.bot))


async def _asked_reads_all(bot: Bot) -> bool:
    try:
        return bool((await bot.get_me()).can_read_all_group_messages)
    except Exception as error:  # noqa: BLE001 - an answer that the library cannot read is none either
        logger.debug("Nobody said whether privacy mode is on: {}", kind_of(error))
        return bool(bot.can_read_all_group_messages)


def _is_there(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _THERE


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """Membership events, and the service messages that change a group."""
    return (
        ChatMemberHandler(mine_changed, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(member_changed, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
        MessageHandler(filters.StatusUpdate.NEW_CHAT_TITLE, retitled),
    )
