"""One call of the bot: its parameters, and how they find chats, messages and texts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.emulator.entities import parse, utf16
from bot.emulator.failures import Unsupported, bad_request, forbidden, migrated
from bot.emulator.private import check_reachable
from bot.emulator.spec import Json, Upload
from bot.emulator.state import Account, ChatState, ChatType, Post, Status
from bot.emulator.updates import UpdateQueue

if TYPE_CHECKING:
    from bot.emulator.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A call with its decoded parameters."""

    world: "World"
    method: str
    given: Json
    uploads: dict[str, Upload]

    @property
    def bot(self) -> Account:
        """The bot's account."""
        return self.world.bot

    @property
    def updates(self) -> UpdateQueue:
        """The bot's updates."""
        return self.world.updates

    def chat(self, name: str = "chat_id") -> ChatState:
        """The chat of the call, if it exists and is not refused; a private one need not be open yet."""
        wanted = self.given[name]
        if isinstance(wanted, str):
            found = self._named(wanted)
        elif wanted > 0 and wanted in self.world.accounts:
            return self.world.private(self.world.accounts[wanted])
        else:
            found = self.world.chats.get(wanted)
        if found is None or found.gone:
            raise bad_request("chat not found")
        if found.migrated_to is not None:
            raise migrated(found.migrated_to)
        return found

    def _named(self, name: str) -> ChatState | None:
        return next((chat for chat in self.world.chats.values() if f"@{chat.username}" == name), None)

    def open_chat(self, name: str = "chat_id") -> ChatState:
        """The chat of the call, which the bot must be in and able to reach."""
        chat = self.chat(name)
        if chat.type is ChatType.PRIVATE:
            check_reachable(self.world, chat.id)
            return chat
        place = chat.member(self.bot)
        if place.inside:
            return chat
        kind = {ChatType.GROUP: "group", ChatType.SUPERGROUP: "supergroup", ChatType.CHANNEL: "channel"}[chat.type]
        if place.status is Status.KICKED:
            raise forbidden(f"bot was kicked from the {kind} chat")
        raise forbidden(f"bot is not a member of the {kind} chat")

    def post(self, chat: ChatState, what: str) -> Post:
        """The message of the call."""
        post = chat.post(self.given.get("message_id", 0))
        if post is None:
            raise bad_request(f"{what} not found")
        return post

    def text(self) -> Json:
        """`text` and `entities` of a message, within the limit."""
        shown, entities = parse(self.given["text"], self.given.get("parse_mode"), self.given.get("entities"))
        if not shown:
            raise bad_request("message text is empty")
        if utf16(shown) > TEXT_LIMIT:
            raise bad_request("message is too long")
        return {"text": shown} | ({"entities": entities} if entities else {})

    def caption(self) -> Json:
        """`caption` and `caption_entities` of a message, within the limit."""
        given = self.given.get("caption", "")
        shown, entities = parse(given, self.given.get("parse_mode"), self.given.get("caption_entities"))
        if utf16(shown) > CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        return ({"caption": shown} if shown else {}) | ({"caption_entities": entities} if entities else {})

    def markup(self) -> Json:
        """The inline `reply_markup` of a message, checked."""
        given = self.given.get("reply_markup")
        if not given or "inline_keyboard" not in given:
            return {}
        for row in given.get("inline_keyboard", []):
            for button in row:
                check_button(button)
        return {"reply_markup": given}

    def replied(self, chat: ChatState) -> Post | None:
        """The message that the reply parameters name."""
        wanted = self.given.get("reply_parameters")
        if wanted is None or "message_id" not in wanted:
            return None
        if wanted.get("chat_id", chat.id) != chat.id:
            raise Unsupported("a reply to a message of another chat")
        replied = chat.post(wanted["message_id"])
        if replied is None:
            if wanted.get("allow_sending_without_reply"):
                return None
            raise bad_request("message to be replied not found")
        return replied


Handler: TypeAlias = Callable[[Made], Any] | Callable[[Made], Awaitable[Any]]


def check_button(button: Json) -> None:
    """Refuses an inline button that Telegram would refuse."""
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID: Text buttons are unallowed in the inline keyboard")
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
