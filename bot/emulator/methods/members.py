"""Who is in a chat, and what the bot does to members."""

from dataclasses import replace

from bot.emulator.failures import bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.objects import member_object
from bot.emulator.posting import change_member
from bot.emulator.rights import PERMISSIONS, demand
from bot.emulator.spec import Json
from bot.emulator.state import Account, ChatState, ChatType, Member, Status


def get_member(call: Made) -> Json:
    """Somebody's place; of others for certain only when the bot is admin."""
    chat = call.open_chat()
    account = call.world.accounts.get(call.given["user_id"])
    if account is None:
        raise bad_request("user not found")
    if chat.hides_members and account.id != call.bot.id and not chat.member(call.bot).is_admin:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member_object(chat, chat.member(account), call.bot)


def count_members(call: Made) -> int:
    """How many are in the chat, bots included."""
    return sum(member.inside for member in call.open_chat().members.values())


def get_administrators(call: Made) -> list[Json]:
    """The admins; other bots only when asked for."""
    chat = call.open_chat()
    if chat.type is ChatType.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    with_bots = call.given.get("return_bots", False)
    admins = [member for member in chat.members.values() if member.is_admin]
    shown = [one for one in admins if with_bots or not one.account.is_bot or one.account.id == call.bot.id]
    return [member_object(chat, member, call.bot) for member in shown]


def _target(call: Made) -> tuple[ChatState, Account]:
    chat = call.open_chat()
    if not chat.is_group and chat.type is not ChatType.CHANNEL:
        raise bad_request("chat member status can't be changed in private chats")
    demand(chat, call.bot, "can_restrict_members", "restrict/unrestrict chat member")
    account = call.world.accounts.get(call.given["user_id"])
    if account is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.member(account).is_admin:
        raise bad_request("user is an administrator of the chat")
    return chat, account


def restrict(call: Made) -> bool:
    """Takes permissions of a member."""
    chat, account = _target(call)
    if chat.type is not ChatType.SUPERGROUP:
        raise bad_request("method is available only for supergroups")
    old = chat.member(account)
    allowed = frozenset(name for name in PERMISSIONS if call.given["permissions"].get(name))
    status = Status.MEMBER if allowed == frozenset(PERMISSIONS) else Status.RESTRICTED
    new = replace(old, status=status, rights=allowed, until=call.given.get("until_date", 0))
    change_member(call.world, chat, call.bot, old, new)
    return True


def ban(call: Made) -> bool:
    """Puts somebody out for good."""
    chat, account = _target(call)
    new = Member(account, Status.KICKED, until=call.given.get("until_date", 0))
    change_member(call.world, chat, call.bot, chat.member(account), new)
    return True


def unban(call: Made) -> bool:
    """Lets somebody come again; a member is put out unless only_if_banned."""
    chat, account = _target(call)
    old = chat.member(account)
    if old.status is Status.KICKED or (old.inside and not call.given.get("only_if_banned")):
        change_member(call.world, chat, call.bot, old, Member(account, Status.LEFT))
    return True


METHODS: dict[str, Handler] = {
    "getChatMember": get_member,
    "getChatMemberCount": count_members,
    "getChatAdministrators": get_administrators,
    "restrictChatMember": restrict,
    "banChatMember": ban,
    "unbanChatMember": unban,
}
