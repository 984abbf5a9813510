"""Makes bot/emulator/bot_api.json of PaulSonOfLars' api.json and newer.json: ``python reduce.py api.json``."""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE.parents[2] / "bot" / "emulator" / "bot_api.json"

METHODS = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendPoll",
    "stopPoll",
    "sendChatAction",
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "deleteMessage",
    "deleteMessages",
    "answerCallbackQuery",
    "setMessageReaction",
    "forwardMessage",
    "copyMessage",
    "pinChatMessage",
    "unpinChatMessage",
    "unpinAllChatMessages",
    "getChat",
    "getChatMember",
    "getChatMemberCount",
    "getChatAdministrators",
    "leaveChat",
    "setChatTitle",
    "setChatDescription",
    "setChatPermissions",
    "restrictChatMember",
    "banChatMember",
    "unbanChatMember",
    "exportChatInviteLink",
    "createForumTopic",
    "closeForumTopic",
    "reopenForumTopic",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "setMyName",
    "getMyName",
    "setMyDefaultAdministratorRights",
    "getMyDefaultAdministratorRights",
    "getFile",
]

CUT = re.compile(
    r"Gift|Star|Paid|Passport|Business|Story|Game|Giveaway|Invoice|Payment|Shipping|PreCheckout|Boost|SuggestedPost"
    r"|Inline(Query|Message)|ChosenInline|Rich|Background|VideoChat|ManagedBot|DirectMessage|Proximity|WebApp"
    r"|WriteAccess|LivePhoto|UserRating|UserProfile|Birthdate|ChatJoinRequest"
    r"|UniqueGift|Community|LoginUrl|SwitchInline|GuestMessage"
)
"""Areas of the Bot API that this world has not; a field of such a type is left out, and so fails loudly."""
ALWAYS = re.compile(r"(?:always|must be) [“\"]?([a-z_]+)[”\"]?")
FORCED = {"MaybeInaccessibleMessage": ["Message", "InaccessibleMessage"]}


def _type(field: dict[str, Any]) -> str:
    return ("!" if field["required"] else "") + "|".join(field["types"])


def _kept(described: str) -> bool:
    return described.startswith("!") or not any(
        CUT.search(part.rsplit(" of ", 1)[-1]) for part in described.lstrip("!").split("|")
    )


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    described = {field["name"]: _type(field) for field in entry.get("fields", [])}
    return {name: kind for name, kind in described.items() if _kept(kind)}


def _constants(entry: dict[str, Any]) -> dict[str, str]:
    """The fields that tell apart the members of a family: status, type."""
    found = {field["name"]: ALWAYS.search(field["description"]) for field in entry["fields"]}
    return {name: match[1] for name, match in found.items() if match and name in {"status", "type"}}


def _named(described: str) -> list[str]:
    return [part.rsplit("Array of ", 1)[-1] for part in described.lstrip("!").split("|")]


def reduce(full: dict[str, Any], newer: dict[str, Any]) -> dict[str, Any]:
    """The methods of METHODS and every type they or an update can hold, names and types only."""
    methods = {
        name: {"returns": full["methods"][name]["returns"], "fields": _fields(full["methods"][name])}
        for name in METHODS
    }
    for name, entry in newer["methods"].items():
        methods.setdefault(name, {"returns": entry.get("returns"), "fields": {}})["fields"].update(entry["fields"])
    types: dict[str, Any] = {}
    waiting = ["Update", "ChatMember"]
    for entry in methods.values():
        waiting += [part for kind in entry["fields"].values() for part in _named(kind)]
        waiting += [part for kind in entry["returns"] for part in _named(kind)]
    while waiting:
        name = waiting.pop()
        source = full["types"].get(name, {})
        if name in types or not (source or name in newer["types"]):
            continue
        if name in FORCED or source.get("subtypes"):
            children = [child for child in FORCED.get(name) or source["subtypes"] if name in FORCED or _kept(child)]
            types[name] = {"one_of": children}
            waiting += children
            continue
        fields = _fields(source) | newer["types"].get(name, {}).get("fields", {})
        types[name] = {"fields": fields}
        if source.get("subtype_of") and (constants := _constants(source)):
            types[name]["constants"] = constants
        waiting += [part for kind in fields.values() for part in _named(kind)]
    kinds = [field["name"] for field in full["types"]["Update"]["fields"]][1:] + newer["update_kinds"]
    known = sorted({*full["methods"], *newer["methods"]})
    return {
        "version": newer["version"],
        "base": full["version"],
        "update_kinds": kinds,
        "methods": dict(sorted(methods.items())),
        "types": dict(sorted(types.items())),
        "methods_without_support": [name for name in known if name not in methods],
    }


if __name__ == "__main__":
    reduced = reduce(
        json.loads(Path(sys.argv[1]).read_text("utf-8")), json.loads((HERE / "newer.json").read_text("utf-8"))
    )
    lines = json.dumps(reduced, ensure_ascii=False, indent=1)
    TARGET.write_text(lines + "\n", "utf-8")
