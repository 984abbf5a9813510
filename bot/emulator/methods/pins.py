"""Pinning messages."""

from bot.emulator.failures import bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.objects import message_object
from bot.emulator.posting import add_post
from bot.emulator.rights import demand
from bot.emulator.state import ChatState, ChatType


def _chat(call: Made) -> ChatState:
    chat = call.open_chat()
    right = "can_edit_messages" if chat.type is ChatType.CHANNEL else "can_pin_messages"
    demand(chat, call.bot, right, "manage pinned messages in the chat")
    return chat


def pin(call: Made) -> bool:
    """Pins a message; a service message tells of it."""
    chat = _chat(call)
    post = call.post(chat, "message to pin")
    if post.message_id in chat.pinned:
        return True
    chat.pinned.append(post.message_id)
    add_post(call.world, chat, call.bot, {"pinned_message": message_object(post.fields)})
    return True


def unpin(call: Made) -> bool:
    """Unpins a message, or the newest pinned one."""
    chat = _chat(call)
    if not chat.pinned:
        raise bad_request("message to unpin not found")
    number = call.given.get("message_id", chat.pinned[-1])
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all(call: Made) -> bool:
    """Unpins everything."""
    _chat(call).pinned.clear()
    return True


METHODS: dict[str, Handler] = {
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
