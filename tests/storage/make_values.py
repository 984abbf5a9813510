"""Values to be stored, of which a test says only what matters."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.changes import Change, Role
from bot.core.group import BotRight, Group, GroupKind, GroupState, Response
from bot.core.history import AskedBefore
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType, Platform, Source
from bot.core.model import Category, Clause, Deadline, DeadlineKind, Direction, Finding, SenderRole
from bot.core.speech import Attachment, Button, FileKind, Outgoing, Part, PostKind, Speech, Word
from bot.core.units import ContactRole, Unit, UnitLevel
from bot.ports import StoredUpdate

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 0, 0, 123456, tzinfo=SHANGHAI)
BIG = -1_002_345_678_901_234


def later(**by: float) -> datetime:
    return NOW + timedelta(**by)


def update(update_id: int, payload: bytes = b"{}", bot_id: int = 7_654_321_098) -> StoredUpdate:
    return StoredUpdate(bot_id, update_id, payload, NOW)


def group(chat_id: int = BIG, **fields: Any) -> Group:
    return Group(chat_id, fields.pop("title", "青山镇工作群 🌾"), **fields)


FULL_GROUP = Group(
    chat_id=BIG,
    title="青山镇“双减”专班 🌾",
    state=GroupState.WATCHING,
    is_supergroup=True,
    is_forum=True,
    unit="青山镇",
    kind=GroupKind.PROJECT,
    purpose="防汛",
    owner="党政办主任",
    end_date=datetime(2026, 9, 30, tzinfo=UTC).date(),
    hours="周一至周五 08:30-12:00 14:00-18:00",
    zone="Asia/Shanghai",
    language="zh-Hant",
    response=Response.QUIET_SIGN,
    exempt_threads=frozenset({3, 2**40}),
    linked_chat_id=-1_001_111_111_111,
    contact=7_000_000_000,
    is_admin=True,
    rights=frozenset({BotRight.DELETE_MESSAGES, BotRight.PIN_MESSAGES}),
    reads_all=True,
    announced_sign=True,
    joined_at=NOW,
    watching_since=NOW,
)


def finding(
    message_id: int = 1, category: Category = Category.RECEIPT, group_id: int = 1, **fields: Any
) -> StoredFinding:
    made = Finding(
        category=category,
        score=0.75,
        reason="receipt.asked",
        spans=((0, 4), (7, 9)),
        clause=Clause("兰州 2019", "第三条", "党政办"),
    )
    stored = StoredFinding(group_id, message_id, made, NOW, SenderRole.ADMIN)
    return replace(stored, **fields)


FULL_FINDING = replace(
    finding(2**40),
    finding=Finding(
        category=Category.AFTER_HOURS,
        score=0.1 + 0.2,
        reason="after_hours.asks",
        spans=((0, 2),),
        clause=Clause("包头 2019", "第21条", "办公室"),
        deadline=Deadline((3, 5), NOW, DeadlineKind.CLOCK),
        refers_to="12",
        direction=Direction.ASKS,
        provisional=True,
    ),
    sender="a" * 32,
    thread_id=2**33,
    excerpt="今晚12点前报送 🙏",
    expires_at=later(days=30),
)


def outgoing(chat_id: int = BIG, **fields: Any) -> Outgoing:
    return Outgoing(chat_id, fields.pop("kind", PostKind.NOTICE), **fields)


FULL_OUTGOING = Outgoing(
    chat_id=7_000_000_000,
    kind=PostKind.HINT,
    speech=Speech(
        (
            Part(
                "hint.text",
                {"title": "“回复收到”", "count": 3, "share": 0.5, "category": Word("category.receipt.title")},
            ),
        ),
        "zh-Hans",
        ((Button(Part("button.why"), data="why:1"), Button(Part("button.site"), url="https://example.org/?a=1&b=2")),),
    ),
    key="hint:1",
    thread_id=2**40,
    reply_to=5,
    emoji="🤝",
    silent=False,
    not_before=NOW,
    drop_after=later(hours=8),
    delete_after=3600,
    file=Attachment(FileKind.DIGEST_CHART, '{"title": "“周报”"}'),
)


def asked(message_id: str = "1", at: datetime | None = NOW, **fields: Any) -> AskedBefore:
    return AskedBefore(message_id, at, frozenset({"低收", "收入"}), ("https://t.cn/x",), frozenset({"三月"}), **fields)


TODAY = NOW.date()
TOMORROW = later(days=1).date()
FULL_UNIT = Unit(
    "青山镇党政综合办（一）",
    UnitLevel.TOWNSHIP,
    is_department=True,
    aliases=("综合办", "青山辦"),
    hours="周一至周五 08:30-12:00 14:00-18:00",
    contacts={ContactRole.LIAISON: "党政办 0000"},
    place=7,
    cap=2,
    project_cap=9,
)
FULL_OBJECT = LedgerObject(
    unit_id=None,
    object_type=ObjectType.GROUP,
    platform=Platform.WECHAT,
    name="青山镇防汛 🌾",
    kind=GroupKind.PROJECT,
    owner="党政办主任",
    owner_level=UnitLevel.TOWNSHIP,
    members=86,
    purpose="防汛",
    approved_by="县网信办",
    approved_on=date(2026, 3, 1),
    created_on=date(2026, 2, 28),
    end_date=date(2026, 9, 30),
    state=ObjectState.DISSOLVED,
    closing_reason=ClosingReason.FINISHED,
    closed_on=date(2026, 10, 8),
    evidence=Evidence.OWNER,
    filing_number="青网备001",
    last_update=date(2026, 3, 2),
    freshness_days=10,
    seasonal=True,
    extensions=1,
    source=Source.FORM,
)


def unit(name="青山镇", **fields):
    return Unit(name, UnitLevel.TOWNSHIP, **fields)


def row(name="群", **fields):
    return LedgerObject(
        fields.pop("unit_id", None), fields.pop("object_type", ObjectType.GROUP), Platform.WECHAT, name, **fields
    )


def change(number=1, **fields):
    return Change(NOW, Role.OFFICE, "object", number, {"name": None}, {"name": f"群{number}"}, **fields)
