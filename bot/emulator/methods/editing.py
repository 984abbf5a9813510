"""Changing and deleting what was said."""

from bot.emulator.failures import Unsupported, bad_request
from bot.emulator.methods.call import Handler, Made
from bot.emulator.rights import may
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, ChatType, Post

DELETABLE_FOR = 48 * 60 * 60
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
COMPARED = ("text", "entities", "caption", "caption_entities", "reply_markup")
LASTING = ("supergroup_chat_created", "channel_chat_created", "group_chat_created", "forum_topic_created")


def _editable(call: Made) -> Post:
    if "chat_id" not in call.given or "message_id" not in call.given:
        raise Unsupported(f"{call.method}: only messages in chats are played, by chat_id and message_id")
    chat = call.open_chat()
    post = call.post(chat, "message to edit")
    if post.author != call.bot.id:
        raise bad_request("message can't be edited")
    return post


def replace_content(call: Made, post: Post, content: Json, gone: tuple[str, ...]) -> Json:
    """Changes fields of a message; the markup that is not given goes, as documented."""
    kept = {name: value for name, value in post.fields.items() if name not in {*gone, "reply_markup", "edit_date"}}
    changed = kept | content | call.markup()
    if all(changed.get(name) == post.fields.get(name) for name in COMPARED):
        raise bad_request(NOT_MODIFIED)
    post.history.append(post.text)
    post.fields = changed | {"edit_date": call.world.clock.stamp()}
    return post.fields


def edit_text(call: Made) -> Json:
    """Another text."""
    post = _editable(call)
    if "text" not in call.given:
        raise Unsupported("editMessageText without text")
    if "text" not in post.fields:
        raise bad_request("there is no text in the message to edit")
    return replace_content(call, post, call.text(), ("text", "entities"))


def edit_caption(call: Made) -> Json:
    """Another caption."""
    post = _editable(call)
    if "text" in post.fields:
        raise bad_request("there is no caption in the message to edit")
    return replace_content(call, post, call.caption(), ("caption", "caption_entities"))


def edit_markup(call: Made) -> Json:
    """Other buttons."""
    return replace_content(call, _editable(call), {}, ())


def _check_deletable(call: Made, chat: ChatState, post: Post) -> None:
    if call.world.clock.stamp() - post.fields["date"] > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    own = post.author == call.bot.id
    right = "can_delete_messages"
    if not own and chat.type is not ChatType.PRIVATE and not may(chat, call.bot, right):
        raise bad_request("message can't be deleted")
    if any(name in post.fields for name in LASTING):
        raise bad_request("message can't be deleted")


def delete_message(call: Made) -> bool:
    """Takes a message away, within 48 hours."""
    chat = call.open_chat()
    post = call.post(chat, "message to delete")
    _check_deletable(call, chat, post)
    post.deleted = True
    return True


def delete_messages(call: Made) -> bool:
    """Takes several messages away; those that are not found are passed over."""
    chat = call.open_chat()
    if not 1 <= len(call.given["message_ids"]) <= 100:
        raise bad_request("message identifiers count must be from 1 to 100")
    posts = [post for number in call.given["message_ids"] if (post := chat.post(number))]
    for post in posts:
        _check_deletable(call, chat, post)
    for post in posts:
        post.deleted = True
    return True


METHODS: dict[str, Handler] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
