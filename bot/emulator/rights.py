"""Rights: their names, what they become when some are given, and what an account may do in a chat."""

from collections.abc import Iterable

from bot.emulator.failures import bad_request
from bot.emulator.state import Account, ChatState, ChatType, Status

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip
GROUP_ADMIN_RIGHTS = ("can_pin_messages",)
SUPERGROUP_ADMIN_RIGHTS = ("can_manage_topics",)
CHANNEL_ADMIN_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip
DEFAULT_PERMISSIONS = frozenset(PERMISSIONS) - {"can_change_info", "can_manage_topics"}


def admin_rights(chat: ChatState) -> tuple[str, ...]:
    """Every right that an admin of this kind of chat can have."""
    if chat.type is ChatType.CHANNEL:
        return ADMIN_RIGHTS + CHANNEL_ADMIN_RIGHTS
    if chat.type is ChatType.SUPERGROUP:
        return ADMIN_RIGHTS + GROUP_ADMIN_RIGHTS + SUPERGROUP_ADMIN_RIGHTS
    return ADMIN_RIGHTS + GROUP_ADMIN_RIGHTS


def chosen_rights(chat: ChatState, names: Iterable[str]) -> frozenset[str]:
    """The rights of a new admin; whoever is admin can manage the chat. A wrong name is an error of the test."""
    known = admin_rights(chat)
    chosen = {name if name.startswith("can_") else f"can_{name}" for name in names}
    if unknown := chosen.difference(known):
        raise ValueError(f"no right of an admin here: {', '.join(sorted(unknown))}")
    return frozenset(chosen | {"can_manage_chat"})


def may(chat: ChatState, account: Account, right: str) -> bool:
    """Whether an account may do something in a chat: as its owner, by its rights, or by the default permissions."""
    member = chat.member(account)
    if member.status is Status.CREATOR:
        return True
    if member.status is Status.ADMINISTRATOR:
        granted = right in member.rights
        return granted or (right not in admin_rights(chat) and right in PERMISSIONS)
    if member.status is Status.RESTRICTED:
        return right in member.rights
    return member.status is Status.MEMBER and right in PERMISSIONS and right in chat.permissions


def demand(chat: ChatState, account: Account, right: str, what: str) -> None:
    """Refuses what the account has no right to."""
    if chat.type is not ChatType.PRIVATE and not may(chat, account, right):
        raise bad_request(f"not enough rights to {what}")
