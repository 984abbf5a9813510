"""Who may do what: asked of the platform at each action, remembered for a minute, forgotten on a change."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from loguru import logger
from telegram import Message
from telegram.constants import ChatID, ChatMemberStatus

from bot.services.office import desk_chat
from handlers.asking import answered
from handlers.context import Bot, Context
from handlers.errors import kind_of

FRESH = timedelta(seconds=60)
"""How long an answer of the platform is believed."""
SECONDS = 5.0
"""How long the answer is waited for: other updates wait meanwhile."""
KEPT = 10_000
STAND_INS = frozenset({int(ChatID.ANONYMOUS_ADMIN), int(ChatID.FAKE_CHANNEL), int(ChatID.SERVICE_CHAT)})
"""User ids behind which anybody may stand: never a person, never on any list."""

_ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})
_PLACE = "rights"


@dataclass(slots=True)
class _Known:
    """What the platform said of late, by chat and user; the oldest answer gives way."""

    answers: OrderedDict[tuple[int, int], tuple[bool, datetime]] = field(default_factory=OrderedDict)

    def get(self, chat_id: int, user_id: int, now: datetime) -> bool | None:
        """The answer, None when there is none or it is too old (or from a clock that was set back)."""
        admin, at = self.answers.get((chat_id, user_id), (False, None))
        return admin if at is not None and timedelta(0) <= now - at <= FRESH else None

    def keep(self, chat_id: int, user_id: int, *, admin: bool, now: datetime) -> None:
        """Keep an answer."""
        self.answers[chat_id, user_id] = (admin, now)
        self.answers.move_to_end((chat_id, user_id))
        if len(self.answers) > KEPT:
            self.answers.popitem(last=False)


async def is_group_admin(context: Context, chat_id: int, user_id: int) -> bool:
    """Whether somebody is an admin of a group; False too when the platform does not answer, which is not kept."""
    if user_id in STAND_INS or user_id <= 0:
        return False
    known = _known(context)
    admin = known.get(chat_id, user_id, context.now)
    if admin is not None:
        return admin
    admin = await answered(
        context.questions, ("admin", chat_id, user_id), partial(_asked, context.bot, chat_id, user_id)
    )
    if admin is not None:
        known.keep(chat_id, user_id, admin=admin, now=context.now)
    return bool(admin)


async def _asked(bot: Bot, chat_id: int, user_id: int) -> bool | None:
    try:
        member = await bot.get_chat_member(
            chat_id, user_id, read_timeout=SECONDS, connect_timeout=SECONDS, pool_timeout=SECONDS
        )
    except Exception as error:  # noqa: BLE001 - an answer that the library cannot read is none either
        logger.debug("Nobody said who is an admin: {}", kind_of(error))
        return None
    return member.status in _ADMINS


async def is_office(context: Context, user_id: int) -> bool:
    """Whether somebody belongs to the office: named by the host, or an admin of its chat."""
    policy = context.runtime.policy
    if user_id in STAND_INS:
        return False
    if user_id in policy.office_members:
        return True
    desk = await desk_chat(context.work, policy)
    return desk is not None and await is_group_admin(context, desk, user_id)


def forget(context: Context, chat_id: int, user_id: int | None = None) -> None:
    """Ask again next time: to be called on `chat_member` (one user) and `my_chat_member` (the whole chat)."""
    answers = _known(context).answers
    for key in [key for key in answers if key[0] == chat_id and user_id in {None, key[1]}]:
        del answers[key]


def speaks_as_group(message: Message) -> bool:
    """Whether an anonymous admin wrote this: an admin of the very group, but nobody knows who."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def person_behind(message: Message) -> int | None:
    """The user id of who wrote; None behind a channel, a group or any other stand-in."""
    user = message.from_user
    if user is None or message.sender_chat is not None or user.id in STAND_INS or user.is_bot:
        return None
    return user.id


def _known(context: Context) -> _Known:
    known: _Known = context.bot_data.setdefault(_PLACE, _Known())
    return known
