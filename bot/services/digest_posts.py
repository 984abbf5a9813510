"""The digest goes out: a picture to the channel, the sheet of all units to the desk; when asked for, to the office."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.digest import DigestData, dump
from bot.core.digest_lines import nothing
from bot.core.periods import Per, Period, before, period_of
from bot.core.policy import Policy
from bot.core.speech import Act, Attachment, Button, FileKind, Outgoing, Part, PostKind, Speech
from bot.ports import UnitOfWork
from bot.services.digest import gather
from bot.services.office import channel_chat, desk_chat

ACTION = "dg"


async def post(work: UnitOfWork, policy: Policy, zone: ZoneInfo, period: Period, now: datetime) -> None:
    """Queue the digest of a period: the picture for the channel, the sheet for the desk.

    Without a channel the desk gets both, and without either nobody does. A period is queued once, however often this
    is called.
    """
    desk, channel = await desk_chat(work, policy), await channel_chat(work, policy)
    key = f"digest:{period.key}"
    entries = []
    place = desk if channel is None else channel
    if place is not None:
        data = await gather(work, policy, zone, period, now)
        entries.append(picture(data, place, PostKind.NOTICE, policy.language, key=key))
    if desk is not None:
        entries.append(sheet(period, desk, PostKind.NOTICE, policy.language, key=f"{key}:sheet"))
    await work.outbox.add(entries, now)


def picture(
    data: DigestData,
    chat_id: int,
    kind: PostKind,
    language: str,
    *,
    key: str = "",
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> Outgoing:
    """The digest as one message: a picture with its caption, or one line when nothing happened."""
    if data.silent:
        return Outgoing(chat_id, kind, speech=Speech((nothing(data),), language, buttons), key=key)
    file = Attachment(FileKind.DIGEST_CHART, dump(data))
    return Outgoing(chat_id, kind, Act.PHOTO, Speech((), language, buttons), key, file=file)


def sheet(period: Period, chat_id: int, kind: PostKind, language: str, *, key: str = "") -> Outgoing:
    """The sheet of all units, with a button for the draft of the quarter's notice."""
    file = Attachment(FileKind.UNIT_SHEET, period.key)
    quarter = before(period_of(Per.QUARTER, period.last))
    rows = ((Button(Part("digest.button.notice", {"period": quarter.key}), f"{ACTION}:notice:{quarter.key}"),),)
    return Outgoing(chat_id, kind, Act.DOCUMENT, Speech((), language, rows), key, file=file)


def notice(quarter: Period, chat_id: int, language: str) -> Outgoing:
    """The draft of a quarter's notice, as a file that a person edits."""
    file = Attachment(FileKind.QUARTER_NOTICE, quarter.key)
    return Outgoing(chat_id, PostKind.ANSWER, Act.DOCUMENT, Speech((), language), file=file)


def around(period: Period) -> tuple[tuple[Button, ...], ...]:
    """The buttons under a digest that somebody asked for: the one before, the other length, the sheet, the notice."""
    earlier = before(period)
    other = before(period_of(Per.MONTH if period.per is Per.WEEK else Per.WEEK, period.last))
    quarter = before(period_of(Per.QUARTER, period.last))
    return (
        (_button(f"before_{period.per}", earlier), _button(f"last_{other.per}", other)),
        (
            Button(Part("digest.button.sheet"), f"{ACTION}:sheet:{period.key}"),
            Button(Part("digest.button.notice", {"period": quarter.key}), f"{ACTION}:notice:{quarter.key}"),
        ),
    )


def _button(name: str, period: Period) -> Button:
    return Button(Part(f"digest.button.{name}", {"period": period.key}), f"{ACTION}:show:{period.key}")
