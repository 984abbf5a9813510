"""One update at a time: messages of groups by the light path, the rest to the first handler that wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import MessageEntity, Update
from telegram.ext import BaseHandler

from bot.core.speech import Outgoing, Part, PostKind, Speech
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.services.persons import key_of
from handlers import report
from handlers.context import Context, LiveApplication, PressAnswer
from handlers.errors import regret
from handlers.limits import Allowed, Limits
from handlers.press import toast
from handlers.rights import STAND_INS
from handlers.tongue import tongue_of
from handlers.watch import settle, take_raw

Handlers = Sequence[BaseHandler[Update, Context, None]]

_GROUPS = frozenset({"group", "supergroup"})
_BODIES = ("message", "edited_message", "channel_post", "edited_channel_post")
SERVICE_FIELDS = frozenset(
    {
        "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
        "chat_owner_left", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
        "chat_owner_changed", "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id",
        "pinned_message", "invoice",
        "successful_payment", "refunded_payment", "users_shared", "chat_shared", "connected_website",
        "write_access_allowed", "proximity_alert_triggered", "boost_added", "chat_background_set",
        "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
        "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
        "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
        "web_app_data", "gift", "unique_gift", "checklist_tasks_done", "checklist_tasks_added",
        "direct_message_price_changed", "paid_message_price_changed", "suggested_post_info", "ephemeral_message_id",
    }
)  # fmt: skip
"""Fields of messages that tell of an event; these take the ordinary way."""


def is_plain(update: Mapping[str, Any]) -> bool:
    """Whether an update is an ordinary message, edit or post of a group: no command, no event, nothing else with it."""
    if len(update) != 2:
        return False
    message = next((update[name] for name in _BODIES if name in update), None)
    if not isinstance(message, dict) or not SERVICE_FIELDS.isdisjoint(message):
        return False
    chat, entities = message.get("chat"), message.get("entities") or ()
    kind = chat.get("type") if isinstance(chat, dict) else None
    if type(kind) is not str or kind not in _GROUPS or not isinstance(entities, list | tuple):
        return False
    return not any(
        isinstance(entity, dict) and entity.get("type") == MessageEntity.BOT_COMMAND and entity.get("offset") == 0
        for entity in entities
    )


@dataclass(slots=True)
class Dispatcher:
    """Hands updates to whom they concern. It opens and commits nothing: the worker does."""

    application: LiveApplication
    runtime: Runtime
    handlers: Handlers
    limits: Limits

    def context(self, work: UnitOfWork, now: datetime, update: Update | None = None) -> Context:
        """A context for one update, or (without one) for the light path of a whole transaction."""
        made = Context(self.application) if update is None else Context.from_update(update, self.application)
        return made.begin(self.runtime, work, now)

    async def handle(self, update: Mapping[str, Any], shared: Context) -> Sequence[PressAnswer]:
        """Handle one update in the transaction of `shared`; returns what presses are answered after the commit.

        Raises whatever the parsing or a handler raises.
        """
        if is_plain(update) and await take_raw(update, shared):
            return ()
        await settle(shared)  # what was gathered must be there for whoever looks at it
        parsed = Update.de_json(dict(update), self.application.bot)
        context = self.context(shared.work, shared.now, parsed)
        context.questions, context.number = shared.questions, parsed.update_id
        if await self._may(parsed, context) and not await report.takes(parsed, context):
            await self._first(parsed, context)
        return context.answers

    async def settle(self, shared: Context) -> None:
        """Write what the light path gathered; once before each commit."""
        await settle(shared)

    async def regret(
        self, update: Mapping[str, Any], error: Exception, shared: Context, reference: str
    ) -> Sequence[PressAnswer]:
        """Tell the person concerned that it failed, where there is one and the update can be read at all."""
        try:
            parsed = Update.de_json(dict(update), self.application.bot)
        except Exception:  # noqa: BLE001 - what cannot be parsed has nobody to be answered
            return ()
        context = self.context(shared.work, shared.now, parsed)
        await regret(parsed, error, context, reference)
        return context.answers

    async def _first(self, update: Update, context: Context) -> None:
        for handler in self.handlers:
            check = handler.check_update(update)
            if check is not None and check is not False:
                await handler.handle_update(update, self.application, check, context)
                return

    async def _may(self, update: Update, context: Context) -> bool:
        """Count presses, private messages and commands of one person, and stop a flood of them."""
        user, chat = update.effective_user, update.effective_chat
        query = update.callback_query
        private = chat is not None and chat.type == chat.PRIVATE and update.message is not None
        if user is None or not (query or private or _is_command(update)):
            return True
        # Behind a stand-in anybody may stand: it is the chat that speaks, lest one exhaust the limit of all.
        sender = update.effective_chat if user.id in STAND_INS else user
        person = key_of(self.runtime.vault, sender.id if sender else user.id)
        allowed = self.limits.count(person, context.now, context.number)
        if allowed is Allowed.YES:
            return True
        part = Part("live_upkeep.too_many")
        if query is not None:
            await toast(query, context, part)
        elif private and chat is not None and allowed is Allowed.LAST:
            speech = Speech((part,), await tongue_of(user, context))
            await context.work.outbox.add(
                [Outgoing(chat.id, PostKind.ANSWER, speech=speech, fleeting=True)], context.now
            )
        return False


def _is_command(update: Update) -> bool:
    entities = update.message.entities if update.message else ()
    return any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in entities)
