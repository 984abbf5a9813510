"""The objects of the Bot API as the bot is shown them, made of what the world remembers."""

from typing import Any

from bot.emulator.rights import PERMISSIONS, admin_rights
from bot.emulator.spec import Json
from bot.emulator.state import Account, ChatState, ChatType, Member, Status


def without_nothing(**fields: Any) -> Json:
    """The fields that are set: the Bot API leaves out what is empty or false."""
    return {name: value for name, value in fields.items() if value is not None and value is not False}


def user_object(account: Account) -> Json:
    """A User."""
    shown: Json = {"id": account.id, "is_bot": account.is_bot, "first_name": account.first_name}
    if account.last_name:
        shown["last_name"] = account.last_name
    if account.username:
        shown["username"] = account.username
    if account.language_code:
        shown["language_code"] = account.language_code
    return shown


def chat_object(chat: ChatState, person: Account | None = None) -> Json:
    """A Chat; the private one is named after its person."""
    shown: Json = {"id": chat.id, "type": chat.type.value}
    if chat.type is ChatType.PRIVATE and person is not None:
        shown |= without_nothing(first_name=person.first_name, last_name=person.last_name, username=person.username)
        return shown
    return shown | without_nothing(title=chat.title, username=chat.username, is_forum=chat.is_forum)


def permissions_object(granted: frozenset[str]) -> Json:
    """ChatPermissions."""
    return {name: name in granted for name in PERMISSIONS}


def member_object(chat: ChatState, member: Member, bot: Account) -> Json:
    """A ChatMember of the right kind."""
    shown: Json = {"user": user_object(member.account), "status": member.status.value}
    if member.status is Status.CREATOR:
        shown["is_anonymous"] = member.anonymous
    elif member.status is Status.ADMINISTRATOR:
        shown |= {name: name in member.rights for name in admin_rights(chat)}
        shown |= {"can_be_edited": False, "is_anonymous": member.anonymous}
        own = chat.members.get(bot.id)
        if own and "can_promote_members" in own.rights and member.account.id != bot.id:
            shown["can_be_edited"] = True
    elif member.status is Status.RESTRICTED:
        shown |= {name: name in member.rights for name in PERMISSIONS}
        shown |= {"is_member": True, "until_date": member.until}
    elif member.status is Status.KICKED:
        shown["until_date"] = member.until
    return shown


def message_object(fields: Json) -> Json:
    """A message quoted inside another: it holds no further reply."""
    return {name: value for name, value in fields.items() if name not in {"reply_to_message", "pinned_message"}}
