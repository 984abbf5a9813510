"""The bot's own settings: menus per scope and language, name, descriptions, suggested rights."""

import re

from bot.emulator.botself import Scope
from bot.emulator.failures import bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.rights import ADMIN_RIGHTS
from bot.emulator.spec import Json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")


def _language(call: Made) -> str:
    code: str = call.given.get("language_code", "")
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("language code is invalid")
    return code


def _scope(call: Made) -> Scope:
    given = call.given.get("scope") or {"type": "default"}
    if "chat_id" not in given:
        return given["type"], 0, 0
    chat = Made(call.world, call.method, given, {}).chat()
    return given["type"], chat.id, given.get("user_id", 0)


def set_commands(call: Made) -> bool:
    """Sets one list."""
    commands = call.given["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for entry in commands:
        if not COMMAND.fullmatch(entry["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(entry["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.bot_self.menus[_scope(call), _language(call)] = commands
    return True


def get_commands(call: Made) -> list[Json]:
    """Shows one list, as it was set."""
    return call.world.bot_self.menus.get((_scope(call), _language(call)), [])


def delete_commands(call: Made) -> bool:
    """Removes one list, so that wider ones show."""
    call.world.bot_self.menus.pop((_scope(call), _language(call)), None)
    return True


def _set(call: Made, kept: dict[str, str], name: str, limit: int) -> bool:
    text = call.given.get(name, "")
    if len(text) > limit:
        raise bad_request(f"{name.upper()}_TOO_LONG")
    kept[_language(call)] = text
    return True


def _get(call: Made, kept: dict[str, str], name: str, default: str = "") -> Json:
    return {name: kept.get(_language(call)) or kept.get("") or default}


def set_name(call: Made) -> bool:
    """The name per language."""
    return _set(call, call.world.bot_self.names, "name", 64)


def get_name(call: Made) -> Json:
    """The name in a language."""
    return _get(call, call.world.bot_self.names, "name", call.bot.first_name)


def set_description(call: Made) -> bool:
    """What stands in an empty chat with the bot."""
    return _set(call, call.world.bot_self.descriptions, "description", 512)


def get_description(call: Made) -> Json:
    """The description in a language."""
    return _get(call, call.world.bot_self.descriptions, "description")


def set_short_description(call: Made) -> bool:
    """What stands on the bot's profile."""
    return _set(call, call.world.bot_self.short_descriptions, "short_description", 120)


def get_short_description(call: Made) -> Json:
    """The short description in a language."""
    return _get(call, call.world.bot_self.short_descriptions, "short_description")


def set_rights(call: Made) -> bool:
    """The rights that clients suggest when the bot is made admin."""
    if call.given.get("for_channels"):
        call.world.bot_self.channel_rights = call.given.get("rights")
    else:
        call.world.bot_self.group_rights = call.given.get("rights")
    return True


def get_rights(call: Made) -> Json:
    """The rights that clients suggest."""
    own = call.world.bot_self
    kept = own.channel_rights if call.given.get("for_channels") else own.group_rights
    return {"is_anonymous": False} | dict.fromkeys(ADMIN_RIGHTS, False) | (kept or {})


METHODS: dict[str, Handler] = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": set_name,
    "getMyName": get_name,
    "setMyDescription": set_description,
    "getMyDescription": get_description,
    "setMyShortDescription": set_short_description,
    "getMyShortDescription": get_short_description,
    "setMyDefaultAdministratorRights": set_rights,
    "getMyDefaultAdministratorRights": get_rights,
}
