"""Ephemeral messages (Bot API 10.2, parameters as of 10.3): in a group, for one pair of eyes."""

from bot.emulator.failures import Unsupported, bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.methods.editing import replace_content
from bot.emulator.posting import add_ephemeral
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, Post

WINDOW = 15
"""Seconds in which a bot that is no admin may answer a press or an ephemeral command."""


def send_ephemeral(call: Made, chat: ChatState, fields: Json) -> Json:
    """Shows a message to one member; message_id is 0, its own number is ephemeral_message_id."""
    asked = call.given["ephemeral_message_parameters"]
    receiver = call.world.accounts.get(asked["receiver_user_id"])
    if not chat.is_group or receiver is None or not chat.member(receiver).inside:
        raise bad_request("ephemeral message receiver not found")
    if asked.get("replace_callback_query_message"):
        raise Unsupported(f"{call.method}: replace_callback_query_message")
    if not chat.member(call.bot).is_admin:
        _check_window(call, chat, receiver.id, asked)
    return add_ephemeral(call.world, chat, call.bot, receiver, fields).fields


def _check_window(call: Made, chat: ChatState, receiver: int, asked: Json) -> None:
    now = call.world.clock.stamp()
    press = call.world.presses.get(asked.get("callback_query_id", ""))
    if press is not None and press.presser == receiver and now - press.at <= WINDOW:
        return
    number = call.given.get("reply_parameters", {}).get("ephemeral_message_id")
    command = chat.ephemeral.get(number or 0)
    if command is not None and command.author == receiver and now - command.fields["date"] <= WINDOW:
        return
    raise bad_request("not enough rights to send ephemeral messages to the chat")


def _post(call: Made) -> Post:
    chat = call.open_chat()
    post = chat.ephemeral.get(call.given["ephemeral_message_id"])
    if post is None or post.deleted or post.receiver != call.given["receiver_user_id"]:
        raise bad_request("ephemeral message not found")
    return post


def edit_text(call: Made) -> bool:
    """Another text."""
    replace_content(call, _post(call), call.text(), ("text", "entities"))
    return True


def edit_caption(call: Made) -> bool:
    """Another caption."""
    replace_content(call, _post(call), call.caption(), ("caption", "caption_entities"))
    return True


def edit_markup(call: Made) -> bool:
    """Other buttons."""
    replace_content(call, _post(call), {}, ())
    return True


def delete(call: Made) -> bool:
    """Takes the message away."""
    _post(call).deleted = True
    return True


METHODS: dict[str, Handler] = {
    "editEphemeralMessageText": edit_text,
    "editEphemeralMessageCaption": edit_caption,
    "editEphemeralMessageReplyMarkup": edit_markup,
    "deleteEphemeralMessage": delete,
}
