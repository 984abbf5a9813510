"""What the bot asks of a chat and changes in it."""

from bot.emulator.failures import bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.objects import permissions_object, user_object, without_nothing
from bot.emulator.posting import add_post, change_member, shown_chat
from bot.emulator.rights import PERMISSIONS, demand, may
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, ChatType, Member, Status

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(call: Made) -> Json:
    """A ChatFullInfo."""
    chat = call.chat()
    if chat.type is not ChatType.PRIVATE:
        call.open_chat()
    shown = shown_chat(call.world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.is_group:
        shown["permissions"] = permissions_object(chat.permissions)
    reactions = None if chat.reactions is None else [{"type": "emoji", "emoji": one} for one in chat.reactions]
    shown |= without_nothing(
        description=chat.description,
        linked_chat_id=chat.linked_chat_id,
        available_reactions=reactions,
        has_hidden_members=chat.hides_members,
        invite_link=chat.invite_link if may(chat, call.bot, "can_invite_users") else None,
    )
    last = next((post for number in reversed(chat.pinned) if (post := chat.post(number))), None)
    return shown | ({"pinned_message": last.fields} if last else {})


def leave_chat(call: Made) -> bool:
    """The bot goes by itself."""
    chat = call.open_chat()
    if chat.type is ChatType.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    place = chat.member(call.bot)
    if chat.is_group:
        add_post(call.world, chat, call.bot, {"left_chat_member": user_object(call.bot)})
    change_member(call.world, chat, call.bot, place, Member(call.bot, Status.LEFT))
    return True


def _changeable(call: Made) -> ChatState:
    chat = call.open_chat()
    if chat.type is ChatType.PRIVATE:
        raise bad_request("can't change private chat information")
    return chat


def set_title(call: Made) -> bool:
    """Another title."""
    chat = _changeable(call)
    demand(chat, call.bot, "can_change_info", "change chat title")
    title = call.given["title"].strip()
    if not 1 <= len(title) <= 128:
        raise bad_request("title must be non-empty" if not title else "title is too long")
    if title == chat.title:
        raise bad_request("chat title is not modified")
    chat.title = title
    add_post(call.world, chat, call.bot, {"new_chat_title": title})
    return True


def set_description(call: Made) -> bool:
    """Another description."""
    chat = _changeable(call)
    demand(chat, call.bot, "can_change_info", "change chat description")
    description = call.given.get("description", "")
    if description == (chat.description or ""):
        raise bad_request("chat description is not modified")
    chat.description = description or None
    return True


def set_permissions(call: Made) -> bool:
    """Other default permissions of the members."""
    chat = _changeable(call)
    if not chat.is_group:
        raise bad_request("method is available only for groups and supergroups")
    demand(chat, call.bot, "can_restrict_members", "change chat permissions")
    given = call.given["permissions"]
    chat.permissions = frozenset(name for name in PERMISSIONS if given.get(name))
    return True


def export_link(call: Made) -> str:
    """A new primary link; the old one no longer works."""
    chat = _changeable(call)
    demand(chat, call.bot, "can_invite_users", "manage chat invite link")
    chat.invite_link = f"https://t.me/+Emulated{next(call.world.numbers.unique):08d}"
    return chat.invite_link


METHODS: dict[str, Handler] = {
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "setChatTitle": set_title,
    "setChatDescription": set_description,
    "setChatPermissions": set_permissions,
    "exportChatInviteLink": export_link,
}
