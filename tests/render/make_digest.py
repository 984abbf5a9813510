"""A digest with something to tell in every line, of which a test says only what matters."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.case_counts import CaseCounts
from bot.core.digest import DigestData, Unseen
from bot.core.load import Load
from bot.core.model import Category

ZONE = ZoneInfo("Asia/Shanghai")
LAST = date(2026, 3, 15)
QUIET = DigestData(date(2026, 3, 9), LAST, groups=12)
FULL = DigestData(
    date(2026, 3, 9),
    LAST,
    groups=12,
    members=640,
    load=Load(4480, 3412, 4480 * 36, 120, 614, 2100, 130),
    load_before=Load(4480, 3120, 4480 * 41, 150, 600, 2000, 170),
    categories={Category.AFTER_HOURS: 12, Category.RECEIPT: 9, Category.SCREENSHOT_CHECKIN: 6},
    categories_before={Category.AFTER_HOURS: 20, Category.FORCED_APP: 3, Category.SCREENSHOT_CHECKIN: 6},
    answers=5,
    provisional=4,
    over=tuple((LAST - timedelta(weeks=7 - n), above, 128) for n, above in enumerate((34, 33, 33, 31, 31, 28, 25, 23))),
    closing=5,
    overdue=3,
    fresh=2,
    dissolved=4,
    merged=2,
    relieved=1,
    rebounds=1,
    matters=2,
    forms=23,
    forms_before=30,
    forms_year=412,
    base_year=2025,
    base_forms=1200,
    windows=2,
    window_hours=14,
    taken_back=3,
    unseen=(
        Unseen(datetime(2026, 3, 10, 22, tzinfo=ZONE), datetime(2026, 3, 11, 6, tzinfo=ZONE), 2),
        Unseen(datetime(2026, 3, 14, 8, tzinfo=ZONE), None),
    ),
    unseen_groups=3,
    posts={"hint": 4, "welcome": 2, "sign": 12},
    cases=CaseCounts(4, 3, 2, 1, 1, 1, 2),
)


def digest(**fields: Any) -> DigestData:
    return replace(FULL, **fields)
