"""What BotFather and the setMy… methods know of the bot: privacy, menus, descriptions, suggested rights."""

from dataclasses import dataclass, field

from bot.emulator.spec import Json
from bot.emulator.state import Account, ChatState, ChatType

Scope = tuple[str, int, int]
"""The kind of a scope, its chat, its user."""


@dataclass(slots=True)
class BotSelf:
    """The bot's own settings."""

    privacy: bool = True
    menus: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    group_rights: Json | None = None
    channel_rights: Json | None = None

    def menu(self, chat: ChatState, person: Account) -> list[Json]:
        """The commands that a person's client offers: the first list that is set, in the documented order."""
        language = (person.language_code or "")[:2]
        for scope in _scopes(chat, person):
            for code in (language, ""):
                if (scope, code) in self.menus:
                    return self.menus[scope, code]
        return []


def _scopes(chat: ChatState, person: Account) -> list[Scope]:
    if chat.type is ChatType.PRIVATE:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat.id, person.id)]
    if chat.member(person).is_admin:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if chat.member(person).is_admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
