"""No text makes a pattern explode: each expression of the core meets hostile input under a generous watchdog."""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import bot.core
from bot.core.model import Verdict

SIZE = 40_000
WATCHDOG_SECONDS = 20.0

HOSTILE = [
    pytest.param("1" * SIZE, id="digits"),
    pytest.param("一" * SIZE, id="numerals"),
    pytest.param("前" * SIZE, id="before, before, before"),
    pytest.param("今晚" * (SIZE // 2), id="tonight, tonight"),
    pytest.param("截 " * (SIZE // 2), id="spaced characters"),
    pytest.param("1.甲乙 " * (SIZE // 6), id="rows without end"),
    pytest.param("甲、" * (SIZE // 2), id="enumerations without end"),
    pytest.param("请各村上传截图" * (SIZE // 7), id="one demand without a full stop"),
    pytest.param("请不用上传截图？" * (SIZE // 8), id="refusals and questions"),
    pytest.param("我不" + "请上传截图" * (SIZE // 10) + "吗", id="demands between a refusal and a question"),
    pytest.param("已" + "请上传截图了" * (SIZE // 12) + "取消", id="one phrase of demands that are done and cancelled"),
    pytest.param("《" * SIZE, id="open brackets"),
    pytest.param("https://" * (SIZE // 8), id="links in links"),
    pytest.param("a." * (SIZE // 2) + ".docx", id="dots before an extension"),
    pytest.param("报表" * (SIZE // 2), id="forms and forms"),
    pytest.param("\u200b" * SIZE, id="hidden characters"),
    pytest.param("1月1日" * (SIZE // 4), id="dates"),
    pytest.param("@所有人 " * (SIZE // 5), id="addressees"),
]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled expression that stands at the top of a module of the core."""
    for module in pkgutil.walk_packages(bot.core.__path__, "bot.core."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


@pytest.mark.parametrize("text", HOSTILE)
def test_each_expression_of_the_core_ends_on_hostile_text(text: str) -> None:
    for name, pattern in patterns():
        started = time.monotonic()
        for _ in pattern.finditer(text):
            pass
        assert time.monotonic() - started < WATCHDOG_SECONDS, name


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_message_is_judged_in_bounded_time(judge: Callable[..., Verdict], text: str) -> None:
    started = time.monotonic()
    verdict = judge(text)
    assert verdict.failures == ()
    assert time.monotonic() - started < WATCHDOG_SECONDS


def test_there_are_expressions_to_test() -> None:
    assert len(list(patterns())) > 10
