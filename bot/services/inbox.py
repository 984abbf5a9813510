"""What arrives: kept before it is confirmed; a silence longer than the platform keeps updates leaves a gap."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.group import Gap, GroupState
from bot.ports import Store, StoredUpdate, UnitOfWork

LISTENED = "listened_at"
KEPT_BY_PLATFORM = timedelta(hours=24)
"""How long the platform keeps what it could not deliver; what is older is lost, and said to be."""
HEARTBEAT = timedelta(seconds=60)
OUTAGE = "outage"

_PERSONAL = frozenset(
    {
        "from", "chat", "user", "sender_chat", "contact", "via_bot", "forward_from", "forward_origin",
        "forward_from_chat", "sender_user", "actor_chat", "user_chat_id", "user_id", "new_chat_member",
        "old_chat_member", "user_shared", "users_shared", "external_reply", "receiver_user", "chat_instance",
    }
)  # fmt: skip
"""What tells who wrote a private update, or of whom."""
_REPORT = re.compile(r"\s*/report(?:@\w+)?(?:\s|$)", re.IGNORECASE)
"""How a report in a group begins, of which nobody is to know who made it."""


@dataclass(slots=True)
class Keeper:
    """Keeps what was received, and, once a minute, that the bot listens."""

    store: Store
    _noted: datetime | None = None

    async def keep(self, updates: Sequence[StoredUpdate], now: datetime) -> None:
        """Return when the updates are in the database; with nothing to note it is not even asked."""
        listened = self._noted is not None and _is_fresh(self._noted, now)
        if listened and not updates:
            return
        async with self.store.begin() as work:
            noted = self._noted if listened else await listen(work, now)
            if updates:
                await work.inbox.store(updates)
            await work.commit()
        self._noted = noted


async def listen(work: UnitOfWork, now: datetime) -> datetime:
    """Note that the bot listens, where that was not done of late; after a longer outage note what nobody saw.

    Returns the moment that is noted.
    """
    before = await listened_until(work)
    if before is not None and _is_fresh(before, now):
        return before
    if before is not None and now - before > KEPT_BY_PLATFORM:
        await _note_gap(work, before, now - KEPT_BY_PLATFORM)
    await work.state.set(LISTENED, now.isoformat())
    return now


async def listened_until(work: UnitOfWork) -> datetime | None:
    """When the bot last listened, as far as the database knows; None for one that never did."""
    return _moment(await work.state.get(LISTENED))


async def note_outage(work: UnitOfWork, since: datetime | None, until: datetime) -> None:
    """Note that nothing of a time is known, whatever the platform still keeps of it."""
    if since is not None and since < until:
        await _note_gap(work, since, until)
        await work.state.set(LISTENED, until.isoformat())


def _is_fresh(noted: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - noted < HEARTBEAT


async def _note_gap(work: UnitOfWork, since: datetime, until: datetime) -> None:
    for group in await work.groups.all():
        if group.state is GroupState.WATCHING and group.sees:
            await work.groups.open_gap(Gap(group.id, since, OUTAGE))
            await work.groups.close_gaps(group.id, until, OUTAGE)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def without_sender(payload: bytes) -> bytes | None:
    """An update as it may be set aside: a private one or a report without its author; None when it cannot be told."""
    try:
        update = json.loads(payload)
        if not isinstance(update, dict):
            return None
        strips = in_private(update) or _is_report(update)
        return json.dumps(_stripped(update), ensure_ascii=True).encode() if strips else payload
    except (ValueError, RecursionError):
        return None


def in_private(update: Mapping[str, Any]) -> bool:
    """Whether an update is of a private chat, or of none that is known to be a group or channel."""
    kinds = {str(chat.get("type")) for chat in _chats(update)}
    return not kinds & {"group", "supergroup", "channel"} or "private" in kinds


def _is_report(update: Mapping[str, Any]) -> bool:
    """Whether an update of a group is a report, or was seen by its author and the bot alone."""
    bodies = [body for body in update.values() if isinstance(body, dict)]
    messages = [*bodies, *(body["message"] for body in bodies if isinstance(body.get("message"), dict))]
    return any(
        "ephemeral_message_id" in each or _REPORT.match(str(each.get("text") or each.get("caption") or ""))
        for each in messages
    )


def _chats(update: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for body in update.values():
        for holder in (body, body.get("message")) if isinstance(body, dict) else ():
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict):
                found.append(chat)
    return found


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items() if key not in _PERSONAL}
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    return value
