"""Button presses: the one handler of all inline buttons. Every press is verified and answered, an old one too."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import TypeAlias

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.core.speech import Part, Speech
from bot.services.office import desk_chat
from handlers.context import Context, PressAnswer
from handlers.keyboard import read
from handlers.tongue import tongue_of

PressHandler: TypeAlias = Callable[[Update, Context, Sequence[str]], Awaitable[None]]
"""What carries out a press: given the arguments of the pressed data. It checks the right anew, and answers."""

AT_DESK = frozenset(
    {
        *(("ug", "office"), ("ds", "desk"), ("ld", "l"), ("ld", "u"), ("dg", "notice"), ("vf", "desk")),
        *(("cs", "l"), ("cs", "p"), ("cs", "f"), ("cs", "s"), ("cs", "d")),
    }
)
"""How the data of the buttons begins that stand at the office's desk; in a channel stands none."""

ACTIONS: dict[str, PressHandler] = {}
"""The actions by name, as the feature modules declare them with `presses()`."""


def register(modules: Iterable[ModuleType]) -> None:
    """Gather what modules declare with `presses() -> Mapping[str, PressHandler]`. Raises `ValueError` on a clash."""
    for module in modules:
        declared: Mapping[str, PressHandler] = module.presses() if hasattr(module, "presses") else {}
        for action, handler in declared.items():
            if ACTIONS.setdefault(action, handler) is not handler:
                raise ValueError(action)


async def toast(
    query: CallbackQuery, context: Context, part: Part | None, *, alert: bool = False, speech: Speech | None = None
) -> None:
    """Answer a press with a line that only the presser sees, and with what the pressed message becomes."""
    language = await tongue_of(query.from_user, context)
    message = query.message if isinstance(query.message, Message) else None
    chat_id = message.chat.id if message else None
    message_id = message.message_id if message else None
    context.answer(PressAnswer(query.id, part, alert, speech, language, chat_id, message_id))


async def pressed(update: Update, context: Context) -> None:
    """Verify a press and hand it to its action; what is not ours or no longer known is answered as out of date."""
    query = update.callback_query
    if query is None:
        return
    words = read(query.data or "", context.runtime.vault)
    action = ACTIONS.get(words[0]) if words else None
    if words is None or action is None or not await _belongs(query, words, context):
        await toast(query, context, Part("live_upkeep.press.old"))
        return
    await action(update, context, words[1:])
    if not any(answer.query_id == query.id for answer in context.answers):
        await toast(query, context, None)


async def _belongs(query: CallbackQuery, words: Sequence[str], context: Context) -> bool:
    """Whether data may come from this message: a client can send any data with any message of the bot.

    Buttons with data stand in private chats, and of one kind in the office's; elsewhere a press would turn the bot's
    post in a group into a page for all.
    """
    chat = query.message.chat if query.message is not None else None
    if chat is None or chat.type == Chat.PRIVATE:
        return True
    if tuple(words[:2]) not in AT_DESK or chat.type == Chat.CHANNEL:
        return False
    return chat.id == await desk_chat(context.work, context.runtime.policy)


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The one handler of presses."""
    return (CallbackQueryHandler(pressed),)
