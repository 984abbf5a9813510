"""Who the admins of a group are, as far as the role of a sender is concerned; rights are asked for one by one.

One question for each group and ten minutes, whatever is written there. No answer leaves the roles unknown. Only the
first message of a group waits for it; later on what was known serves until the new answer is there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from loguru import logger

from handlers.asking import answered
from handlers.context import Bot, Context
from handlers.errors import kind_of

FRESH = timedelta(minutes=10)
AGAIN = timedelta(minutes=1)
"""How long it is not asked again when the platform did not answer."""

SECONDS = 3.0
"""How long the answer is waited for: the messages of all groups wait for the first one of a group."""

KEPT = 2_000
_PLACE = "admins"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the platform said at `at`; None when it said nothing."""

    admins: frozenset[int] | None
    at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.at < (AGAIN if self.admins is None else FRESH)


async def admins_of(context: Context, chat_id: int) -> frozenset[int] | None:
    """The user ids of the admins of a group; None when they are not known."""
    found = _all(context).get(chat_id)
    if found is not None and found.is_fresh(context.now):
        return found.admins
    if found is not None and context.questions is not None:
        context.questions.put_aside(
            ("admins", chat_id), partial(_renew, context.bot, _all(context), chat_id, context.now)
        )
        return found.admins
    admins = await answered(context.questions, ("admins", chat_id), partial(_asked, context.bot, chat_id))
    _keep(_all(context), chat_id, _Known(admins, context.now))
    return admins


def forget(context: Context, chat_id: int) -> None:
    """Ask again next time: somebody's rights changed."""
    _all(context).pop(chat_id, None)


def _all(context: Context) -> dict[int, _Known]:
    known: dict[int, _Known] = context.bot_data.setdefault(_PLACE, {})
    return known


def _keep(known: dict[int, _Known], chat_id: int, found: _Known) -> None:
    if len(known) >= KEPT:
        known.clear()
    known[chat_id] = found


async def _renew(bot: Bot, known: dict[int, _Known], chat_id: int, now: datetime) -> None:
    """Replace what is known by what the platform says now, unless it was forgotten meanwhile."""
    before = known.get(chat_id)
    admins = await _asked(bot, chat_id)
    if before is not None and known.get(chat_id) is before:
        known[chat_id] = _Known(admins, now)


async def _asked(bot: Bot, chat_id: int) -> frozenset[int] | None:
    try:
        members = await bot.get_chat_administrators(
            chat_id, read_timeout=SECONDS, connect_timeout=SECONDS, pool_timeout=SECONDS
        )
        return frozenset(member.user.id for member in members)
    except Exception as error:  # noqa: BLE001 - an answer that the library cannot read is none either
        logger.debug("Nobody said who the admins are: {}", kind_of(error))
        return None
