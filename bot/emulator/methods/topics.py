"""Topics of forums."""

from bot.emulator.failures import bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.posting import ICON_COLOR, add_post, open_topic
from bot.emulator.rights import demand
from bot.emulator.spec import Json
from bot.emulator.state import ChatState


def _forum(call: Made) -> ChatState:
    chat = call.open_chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    demand(chat, call.bot, "can_manage_topics", "manage topics")
    return chat


def create(call: Made) -> Json:
    """Opens a topic."""
    chat = _forum(call)
    name = call.given["name"]
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    topic = open_topic(call.world, chat, call.bot, name)
    return {"message_thread_id": topic.thread_id, "name": name, "icon_color": ICON_COLOR}


def _set_closed(call: Made, *, closed: bool, event: str) -> bool:
    chat = _forum(call)
    topic = chat.topics.get(call.given["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    where = {"message_thread_id": topic.thread_id, "is_topic_message": True}
    add_post(call.world, chat, call.bot, {event: {}} | where)
    return True


def close(call: Made) -> bool:
    """Closes a topic."""
    return _set_closed(call, closed=True, event="forum_topic_closed")


def reopen(call: Made) -> bool:
    """Opens a closed topic again."""
    return _set_closed(call, closed=False, event="forum_topic_reopened")


def close_general(call: Made) -> bool:
    """Closes the General topic."""
    chat = _forum(call)
    if chat.general_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.general_closed = True
    add_post(call.world, chat, call.bot, {"forum_topic_closed": {}})
    return True


METHODS: dict[str, Handler] = {
    "createForumTopic": create,
    "closeForumTopic": close,
    "closeGeneralForumTopic": close_general,
    "reopenForumTopic": reopen,
}
