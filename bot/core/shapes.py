"""Shapes that no plain word list can hold: enumerations, percentages, sums, quantities, numbered rows, "Director Wang".

Most of them are spelled out as words when the lexicon is built (three boxes, 200 yuan), so that they cost
nothing to find; numbered rows alone need a bounded pattern.
"""

import re
from collections.abc import Iterator

SHAPES = ("shape_list", "shape_percent", "shape_goods", "shape_money", "shape_boss", "shape_rows")
"""The classes that shapes stand for."""

_NUMERALS = "一二两三四五六七八九十几百半0123456789"
_GOODS = "份箱斤桶本盒袋只瓶罐提单件套条壶包册桌枚"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚褚喻柴苗向纪"
)
_TITLES = (
    "处", "科", "局", "县", "镇", "股", "主任", "书记", "局长", "校长", "院长", "处长", "科长", "部长", "县长", "镇长",
    "总", "厅", "乡", "所长", "队", "园长", "副局", "副县", "副处", "副镇", "院", "校", "所", "站", "行", "部",
)  # fmt: skip
_ROWS = re.compile(
    "(?:[\u3400-\u9fff]{2,6}[:： ]?\\d{1,4}(?:\\.\\d{1,2})?[%分户篇个次条]?[ ,，、；;\\n]{1,3}){3,40}|"
    "(?:(?:第?\\d{1,2}名?|[①-⑳])[.、．:： ]?[\u3400-\u9fff]{2,6}[ \\d.%]{0,8}[ ,，、；;\\n…]{1,3}){3,40}"
)

_THREE_NUMBERS = re.compile("\\d[^\\d]{1,12}\\d[^\\d]{1,12}\\d")


def shape_words() -> Iterator[tuple[str, str]]:
    """The shapes that can be spelled out, as (class, word)."""
    yield "shape_list", "、"
    for word in ("%", "％", "百分之", *(f"{n}成" for n in "一二三四五六七八九")):
        yield "shape_percent", word
    for numeral in _NUMERALS:
        for unit in _GOODS:
            yield "shape_goods", numeral + unit
            yield "shape_goods", f"{numeral}大{unit}"
        for unit in ("元", "块", "块钱", "元钱"):
            yield "shape_money", numeral + unit
        yield "shape_money", f"{numeral}百"
        yield "shape_money", f"{numeral}千"
    for surname in _SURNAMES:
        for title in _TITLES:
            yield "shape_boss", surname + title
    for word in ("主要领导", "分管领导", "挂职领导", "领导署名"):
        yield "shape_boss", word


def rows_in(text: str) -> list[tuple[int, int]]:
    """The spans of numbered rows (1.甲 97% 2.乙 95% 3.丙 90%) in a normal text; every repetition is bounded."""
    if _THREE_NUMBERS.search(text) or "①" in text:
        return [match.span() for match in _ROWS.finditer(text)]
    return []
