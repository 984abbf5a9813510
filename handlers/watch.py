"""Messages of the groups: the light path from raw JSON for nearly all of them, and the ordinary one for the rest.

The worker calls `take_raw` before it builds any object of the library, and `settle` once before each commit: what the
light path counts and finds is gathered over a transaction and written in one go. After an undo
`runtime.scenes.forget()` lets go of what is remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.core.arrival import Arrival
from bot.core.group import Group
from bot.core.manners import to_tell
from bot.core.scene import Scene
from bot.services import gathering
from bot.services.intake import NOTHING, Intake, Outcome
from bot.services.places import place_of
from bot.services.response import Responder
from bot.services.scenes import Place
from handlers.admins import admins_of
from handlers.context import Context
from handlers.convert import convert, has_content

_BODIES = ("message", "edited_message", "channel_post", "edited_channel_post")
_CHATS = frozenset({"group", "supergroup", "channel"})


async def take_raw(update: Mapping[str, Any], context: Context) -> bool:
    """Handle an update that is a plain message, edit or post of a chat; False leaves it to the handlers.

    Needs `context.runtime`, `context.work` and `context.now` alone; the context may be shared over a transaction.
    """
    field = next((name for name in _BODIES if name in update), "")
    edited = field.startswith("edited")
    raw = update.get(field)
    if type(raw) is not dict or not has_content(raw) or (not edited and _is_command(raw)):
        return False
    chat = raw.get("chat")
    kind = chat.get("type") if type(chat) is dict else None
    if type(chat) is not dict or type(kind) is not str or kind not in _CHATS:
        return False
    await _take(raw, chat.get("id"), context, edited=edited)
    return True


async def settle(context: Context) -> None:
    """Write what was gathered in this transaction; to be called once before each commit."""
    await gathering.settle(context.runtime.scenes, context.work)


async def _take(raw: Mapping[str, Any], chat_id: object, context: Context, *, edited: bool) -> None:
    if type(chat_id) is not int:
        return
    runtime, work, now = context.runtime, context.work, context.now
    place = runtime.scenes.place(chat_id, now) or await _place(chat_id, context)
    group, scene = place.group, place.scene
    if group is None or scene is None:
        return
    group = await _as_it_is(raw, group, place, context)
    admins = await admins_of(context, group.chat_id)
    arrival = convert(raw, scene.worktime.zone, edited=edited, admins=admins)
    if arrival is None or (arrival.origin and await _counted_in_channel(arrival, context)):
        return
    intake = Intake(runtime.pipeline, runtime.secrecy, runtime.vault, runtime.policy, runtime.scenes)
    outcome = await intake.take(work, group, scene, arrival, now)
    if outcome is not NOTHING:
        await _answer(context, place, group, scene, arrival, outcome)


async def _as_it_is(raw: Mapping[str, Any], group: Group, place: Place, context: Context) -> Group:
    """The group with the title, topics and linked channel that the message shows, should an event have been missed."""
    chat = raw["chat"]
    title, is_forum, linked = chat.get("title"), chat.get("is_forum") is True, group.linked_chat_id
    if raw.get("is_automatic_forward") is True:
        sender = raw.get("sender_chat")
        linked = sender.get("id") if type(sender) is dict else linked
    if title == group.title and is_forum is group.is_forum and linked == group.linked_chat_id:
        return group
    stored = await context.work.groups.get(group.id) or group  # what is at hand may be a minute old
    changed = replace(stored, title=title if type(title) is str else stored.title, is_forum=is_forum)
    changed = replace(changed, linked_chat_id=linked if type(linked) is int else stored.linked_chat_id)
    if changed != stored:
        await context.work.groups.update(changed)
    context.runtime.scenes.settle(chat["id"], replace(place, group=changed))
    return changed


async def _place(chat_id: int, context: Context) -> Place:
    runtime = context.runtime
    return await place_of(context.work, runtime.scenes, runtime.office, chat_id, context.now)


async def _counted_in_channel(arrival: Arrival, context: Context) -> bool:
    """Whether a linked channel is watched itself, so that its post was judged there and counts once."""
    channel = await _place(int(arrival.origin.partition(":")[0]), context)
    return channel.group is not None


async def _answer(
    context: Context, place: Place, group: Group, scene: Scene, arrival: Arrival, outcome: Outcome
) -> None:
    """Let follow what follows: a warning, nothing more than before, or what the group chose."""
    work, now, runtime = context.work, context.now, context.runtime
    responder = Responder(runtime.policy, runtime.vault)
    if outcome.withheld is not None:
        await responder.warn_of_secrecy(work, group, arrival, outcome.withheld, now)
    if outcome.before:
        if not to_tell(outcome.stored):
            await responder.take_back(work, group, arrival.message_id, now)
        return
    changed = await responder.follow(work, group, scene.worktime, arrival, outcome.stored, now)
    if changed is not group:
        runtime.scenes.settle(arrival.chat_id, replace(place, group=changed))


def _is_command(raw: Mapping[str, Any]) -> bool:
    """Whether a text begins with a command; captions are none."""
    entities = raw.get("entities")
    if type(entities) is not list:
        return False
    return any(
        type(entity) is dict and entity.get("type") == "bot_command" and entity.get("offset") == 0
        for entity in entities
    )


async def watched(update: Update, context: Context) -> None:
    """Watch what no other handler wanted, as a text that only looks like a command."""
    message = update.effective_message
    if message is None or update.callback_query is not None:
        return
    edited = update.edited_message is not None or update.edited_channel_post is not None
    raw = message.to_dict()
    if has_content(raw):
        await _take(raw, message.chat.id, context, edited=edited)


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The last handler of all: what no other wanted is watched like any message."""
    return (MessageHandler(filters.ChatType.GROUPS | filters.ChatType.CHANNEL, watched),)
