"""sendMessage and its kin: what the bot says."""

from bot.emulator.failures import Unsupported, bad_request
from bot.emulator.files import LARGEST_PHOTO, StoredFile, check_upload
from bot.emulator.media import CARRIED, origin_of, photo_sizes
from bot.emulator.methods.call import Handler, Made
from bot.emulator.methods.ephemeral import send_ephemeral
from bot.emulator.polls import close_poll, new_poll
from bot.emulator.posting import add_post, context_fields
from bot.emulator.rights import demand
from bot.emulator.spec import Json, Upload
from bot.emulator.state import ChatState, ChatType, Post

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def place(call: Made, chat: ChatState, what: str = "text messages", right: str = "can_send_messages") -> Json:
    """What topic and reply add to a message of the bot, after checking that it may write there."""
    if chat.type is ChatType.CHANNEL:
        demand(chat, call.bot, "can_post_messages", "post messages in the channel")
    else:
        demand(chat, call.bot, right, f"send {what} to the chat")
    thread = call.given.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    if thread is not None and chat.topics[thread].closed and not chat.member(call.bot).is_admin:
        raise bad_request("TOPIC_CLOSED")
    return context_fields(chat, thread, call.replied(chat))


def send(call: Made, content: Json, what: str = "text messages", right: str = "can_send_messages") -> Json:
    """Puts a message of the bot into a chat and shows it."""
    chat = call.open_chat()
    extra = {"has_protected_content": True} if call.given.get("protect_content") else {}
    fields = place(call, chat, what, right) | content | call.markup() | extra
    if "ephemeral_message_parameters" in call.given:
        return send_ephemeral(call, chat, fields)
    post = add_post(call.world, chat, call.bot, fields)
    markup = call.given.get("reply_markup") or {}
    if "inline_keyboard" not in markup:
        post.keyboard = markup or None
    return post.fields


def send_message(call: Made) -> Json:
    """A text."""
    call.open_chat()
    return send(call, call.text() | _preview(call))


def _preview(call: Made) -> Json:
    given = call.given.get("link_preview_options")
    return {"link_preview_options": given} if given else {}


def stored_file(call: Made, name: str, kind: str, largest: int) -> StoredFile:
    """The file of a parameter: uploaded with the call, or known by its id."""
    given = call.given[name]
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.uploads.get(given.removeprefix("attach://"), given)
    if isinstance(given, Upload):
        check_upload(len(given.content), largest)
        return call.world.files.keep(kind, given.name, given.content, given.media_type)
    if given.startswith(("http://", "https://")):
        raise Unsupported(f"{call.method}: sending a file by its address")
    return call.world.files.find(given)


def send_photo(call: Made) -> Json:
    """A picture."""
    call.open_chat()
    stored = stored_file(call, "photo", "photo", LARGEST_PHOTO)
    return send(call, {"photo": photo_sizes(stored)} | call.caption(), "photos", "can_send_photos")


def send_document(call: Made) -> Json:
    """A file."""
    call.open_chat()
    stored = stored_file(call, "document", "document", 50 * 1024 * 1024)
    shown = stored.identity | {"file_name": stored.name, "mime_type": stored.media_type}
    return send(call, {"document": shown} | call.caption(), "documents", "can_send_documents")


def send_poll(call: Made) -> Json:
    """A poll of the bot's own."""
    given = call.given
    texts = [option["text"] for option in given["options"]]
    if not 1 <= len(texts) <= 12:
        raise bad_request("poll must have from 1 to 12 options")
    poll = new_poll(
        call.world, given["question"], texts, quiz=given.get("type") == "quiz",
        anonymous=given.get("is_anonymous", True), many=given.get("allows_multiple_answers", False),
    )  # fmt: skip
    return send(call, {"poll": poll}, "polls", "can_send_polls")


def stop_poll(call: Made) -> Json:
    """Closes a poll of the bot."""
    post = own_post(call, call.open_chat(), "message with poll to stop", "poll can't be stopped")
    if post.fields.get("poll", {}).get("is_closed", True):
        raise bad_request("poll has already been closed")
    return close_poll(call.world, post, by_bot=True)


def own_post(call: Made, chat: ChatState, what: str, refusal: str) -> Post:
    """A message that the bot itself sent."""
    post = call.post(chat, what)
    if post.author != call.bot.id:
        raise bad_request(refusal)
    return post


def forward_message(call: Made) -> Json:
    """Forwards a message that the bot can see."""
    source = call.open_chat("from_chat_id")
    post = call.post(source, "message to forward")
    carried = {name: post.fields[name] for name in CARRIED if name in post.fields}
    return send(call, carried | {"forward_origin": origin_of(post)})


def copy_message(call: Made) -> Json:
    """Sends the content of a message as an own one."""
    source = call.open_chat("from_chat_id")
    post = call.post(source, "message to copy")
    carried = {name: post.fields[name] for name in CARRIED if name in post.fields}
    if "caption" in call.given:
        carried = {name: value for name, value in carried.items() if not name.startswith("caption")} | call.caption()
    return {"message_id": send(call, carried)["message_id"]}


def send_chat_action(call: Made) -> bool:
    """Shows that the bot is at work."""
    chat = call.open_chat()
    if call.given["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    place(call, chat)
    return True


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendPoll": send_poll,
    "stopPoll": stop_poll,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "sendChatAction": send_chat_action,
}
