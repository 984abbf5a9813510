"""Whether two groups are for the same matter: their stated purposes compared by pairs of characters.

Words that every work group carries (工作, 专班, 群) say nothing of the matter and are left out, so that 防汛工作群 and
森林防火工作群 are two matters, and 防汛专班 and 防汛抗旱工作群 one.
"""

import re
from functools import lru_cache

from bot.core.units import comparable

ALIKE = 0.5
"""From this share of pairs on two purposes are taken to be the same matter; a local threshold, of no document."""
LONGEST = 200
"""Characters of a purpose that are compared."""

_COMMON = re.compile(
    "微信|qq|钉钉|飞书|企业|工作|专项|专班|小组|领导|办公室|指挥部|联络|沟通|交流|通知|日常|综合|全体|人员|干部|职工|群|组"
    "|group|work|team|chat|wechat|general|daily|[^\\w]|_|\\d"
)


def matter_of(purpose: str, name: str = "") -> frozenset[str]:
    """The pairs of characters that tell the matter; of the name where no purpose is stated. Empty when neither does."""
    return _pairs(purpose) or _pairs(name)


@lru_cache(maxsize=8192)
def _pairs(words: str) -> frozenset[str]:
    told = _COMMON.sub("", comparable(words[:LONGEST]).lower())
    return frozenset(told[place : place + 2] for place in range(len(told) - 1))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two matters are the same: shared pairs against all of both; an untold matter is like no other."""
    return bool(one and other) and 2 * len(one & other) >= ALIKE * (len(one) + len(other))
