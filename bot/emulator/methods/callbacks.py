"""Answers to button presses, and reactions."""

from bot.emulator.entities import utf16
from bot.emulator.failures import bad_request
from bot.emulator.log import Answer
from bot.emulator.methods.call import Handler, Made
from bot.emulator.reactions import ALLOWED_EMOJI
from bot.emulator.state import ChatState, Post

ANSWERABLE_FOR = 15 * 60
"""Seconds; Telegram publishes no figure."""
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Made) -> bool:
    """Shows the presser a line or an alert."""
    press = call.world.presses.get(call.given["callback_query_id"])
    if press is None or call.world.clock.stamp() - press.at > ANSWERABLE_FOR:
        raise bad_request(TOO_OLD)
    text = call.given.get("text", "")
    if utf16(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answers.append(Answer(text, call.given.get("show_alert", False), call.given.get("url")))
    return True


def set_message_reaction(call: Made) -> bool:
    """Sets the bot's one reaction to a message, or takes it back."""
    chat = call.open_chat()
    post = call.post(chat, "message to react")
    wanted = call.given.get("reaction") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in wanted:
        emoji = reaction.get("emoji", "").replace("\ufe0f", "")
        if reaction["type"] != "emoji" or emoji not in ALLOWED_EMOJI:
            raise bad_request("REACTION_INVALID")
        if chat.reactions is not None and emoji not in chat.reactions:
            raise bad_request("REACTION_INVALID")
    _first_of_album(chat, post).reactions[call.bot.id] = wanted
    return True


def _first_of_album(chat: ChatState, post: Post) -> Post:
    """In an album the reaction goes to the first item that is still there."""
    album = post.fields.get("media_group_id")
    if album is None:
        return post
    return next(one for one in chat.posts.values() if not one.deleted and one.fields.get("media_group_id") == album)


METHODS: dict[str, Handler] = {
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
}
