"""Who the admins of a group are, as far as the role of a sender is concerned; rights are asked for one by one.

One question for each group and ten minutes, whatever is written there. No answer leaves the roles unknown.
"""

from datetime import datetime, timedelta

from telegram.error import TelegramError

from handlers.context import Context

FRESH = timedelta(minutes=10)
AGAIN = timedelta(minutes=1)
"""How long it is not asked again when the platform did not answer."""

SECONDS = 3.0
"""How long the answer is waited for: the transaction is open meanwhile."""

KEPT = 2_000
_PLACE = "admins"


async def admins_of(context: Context, chat_id: int) -> frozenset[int] | None:
    """The user ids of the admins of a group; None when they are not known."""
    known: dict[int, tuple[frozenset[int] | None, datetime]] = context.bot_data.setdefault(_PLACE, {})
    found = known.get(chat_id)
    if found is not None and context.now < found[1]:
        return found[0]
    admins = await _asked(context, chat_id)
    if len(known) >= KEPT:
        known.clear()
    known[chat_id] = (admins, context.now + (AGAIN if admins is None else FRESH))
    return admins


def forget(context: Context, chat_id: int) -> None:
    """Ask again next time: somebody's rights changed."""
    context.bot_data.get(_PLACE, {}).pop(chat_id, None)


async def _asked(context: Context, chat_id: int) -> frozenset[int] | None:
    try:
        members = await context.bot.get_chat_administrators(
            chat_id, read_timeout=SECONDS, connect_timeout=SECONDS, pool_timeout=SECONDS
        )
    except TelegramError:
        return None
    return frozenset(member.user.id for member in members)
