"""Shapes that no plain word list can hold: enumerations, percentages, sums, quantities, numbered rows, "Director Wang".

Most of them are spelled out as words when the lexicon is built (three boxes, 200 yuan), so that they cost
nothing to find; numbered rows alone need a bounded pattern.
"""

import re
from collections.abc import Iterable, Iterator

SHAPES = (
    "shape_list", "shape_percent", "shape_goods", "shape_money", "shape_boss", "shape_rows", "shape_undone",
    "shape_behind", "shape_listed", "shape_share", "shape_compared",
)  # fmt: skip
"""The classes that shapes stand for."""

OVERLAYS = ("shape_rows", "shape_undone", "shape_behind", "shape_listed", "shape_share", "shape_compared")
"""The shapes that no word spells out; they lie over the words of the text and hide none of them."""

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
    "(?:(?:[\u3400-\u9fff]{2,8}|\\d{1,2}号[\u3400-\u9fff]{0,4})[:： ]?"
    "\\d{1,5}(?:\\.\\d{1,2})?[%分户篇个次条件人元吨起票张本万亩台]?"
    "(?:[ ,，、；;。\\n]{1,3}|$)){3,40}|"
    "(?:(?:第?\\d{1,2}名?|[①-⑳])[.、．:： ]?[\u3400-\u9fff]{2,6}[ \\d.%]{0,8}[ ,，、；;\\n…]{1,3}){3,40}"
)
_THREE_NUMBERS = re.compile("\\d[^\\d]{1,14}\\d[\\d.]{0,6}[^\\d]{1,14}\\d")

_HAN = '[^\\s，,。、！!？?；;：:（）()“”"《》谁哪有]'
_YET = (
    "(?:到现在|到目前|一个(?:人|都)?|一张|一份|一户|到今天|至今|截至目前|目前|今天|昨天|今早|早上|这边|一直|迟迟|依然|依旧|还是|也|还|仍|都|均|尚|又|的[\u3400-\u9fff]{2,5}|"
    "(?:这)?[俩两二三四五六七八九十几\\d](?:个|家|位|人|村|镇|校|院|站|科|户|组|班|所|科室|个村|个人|个社区|个单位|个科室|家单位|位同志|位老师)?)"
)
_UNDONE = (
    "(?:(?:还是|仍是|仍为|依然是|还|也是|挂|吃)(?:空白|一片空白|零报|零上报|白板|零(?![食售工件距])|鸭蛋)|"
    "(?<![当了看听收])(?:没有?|未)(?:把[\u3400-\u9fff]{1,8}?|给[\u3400-\u9fff]{1,4}?)?(?:能|按时|及时|按要求|完全|全部|见|看到|收到)?"
    "(?!完没了|关系|办法|来得及|必|免|成年|到期|下班|下雨|开会|到时|来过|去过|看错|打算|开门|点到|做错|报错|回家)"
    "[交报传填发回给做完弄搞打签接投转点关装下学答参达缴到来去动录归提反落开拍认走入绑激登看写订捐买办送齐清启巡建审盖测采注整上补改付贴挂拆读背]"
    ")"
)
_UNIT = (
    "(?<![个各全我本哪些某每部数别家该们上下值加早晚干内厕车外经督承医校主法公花果菜住进到驻入回返])"
    "(?:村|社区|小区|镇|乡|街道|科|局|所|站|组|班|部|店|园|"
    "(?:城建|党政|党建|综治|民政|扶贫|振兴|应急|安监|环保|卫健|招商)办|"
    "院|校区|小学|中学|支部|公司|车间|门店|分局|病区|网点|中队|网格|大队|卫生院|幼儿园|项目部|营业部|支行|居委会|物业)(?![目学技员长普教研委务序分])"
)
_TITLE = "(?:老师|医生|师傅|姐|哥|工|同志|护士|护士长|主任|经理|会计|书记|队长|组长|所长|科长)"
_PERSON = (
    f"(?:(?!小程序|小时|小组|小方|老师|小龙)(?:[小老][{_SURNAMES}]|阿[\u3400-\u9fff])|"
    f"[{_SURNAMES}][\u3400-\u9fff]{{0,2}}{_TITLE})"
)
_COUNT = "[个几哪各每间位名]"
_DOER = f"(?<!{_COUNT})(?<!{_COUNT}.)(?<!{_COUNT}..)(?:(?:(?!{_COUNT}|有)[\u3400-\u9fff\\d]){{1,5}}?{_UNIT}|{_PERSON})"
_DID_NOT = re.compile(f"(?:还|尚|仍|都|均)?{_UNDONE}")
_BEHIND = re.compile(
    f"{_DOER}(?:和|与|跟|及|以及|、)?{_HAN}{{0,6}}?(?:[，, ]{_YET})?{_YET}{{0,4}}{_UNDONE}|"
    f"(?:只有|就(?![当往算等按视在要会可能把地近业诊是有])|只剩|就剩|唯独|@){_HAN}{{1,8}}?(?:和|与|跟|及|、|@)?{_HAN}{{0,8}}?{_YET}{{0,3}}{_UNDONE}"
)
_LISTED = re.compile(
    f"(?:^|[，,。：:\\n ])(?:(?![我你他她])[\u3400-\u9fff]){{2,5}}?(?:和|与|跟|及){_HAN}{{1,6}}?{_YET}{{0,3}}{_UNDONE}|"
    f"、{_HAN}{{1,9}}?(?:[，, ]{_YET})?{_YET}{{0,4}}{_UNDONE}"
)
_LACKING = re.compile(
    f"[就只单独仅][差缺剩](?:你们|他们)?(?:(?!{_COUNT}|有)[\u3400-\u9fff]){{1,5}}?(?:{_UNIT}|中心|处(?!理))|"
    "(?:[就只还尚仅单独][差缺剩欠]|[差缺剩欠])[了着下]?(?:的(?:是|有))?[:： ]?"
    f"(?:{_HAN}{{1,8}}?(?:、|和|与|跟|及|以及)){{1,6}}{_HAN}{{1,8}}?"
    "(?:[俩两二三四五六七八九十几\\d](?:个|家|位|所)?(?:村|社区|单位|科室|部门|支部|人|同志|老师|组|班|镇|乡|企业|学校|所|站)|"
    "[村镇乡科局所站组班校办部](?:的|没|$|[，,。！]))"
)
_SHARE = re.compile(
    "(?:每|各|一(?![百千万十点些直二三四五六七八九]))(?:个|位|名|间)?[\u3400-\u9fff]{1,4}?"
    "(?:至少|最少|不少于|不低于|不得少于|不得低于|要|得|必须|认|认领|认购|订|买|领|出|交|捐|卖|销|拿|完成|带|开|拉){0,3}"
    "(?:\\d{2,5}(?:[，,。、]|$)|[\\d一二两三四五六七八九十百半]{1,4}"
    "[元块份箱斤桶本盒袋只瓶罐提单件套条壶包册枚张户个股棵万千百板笼筐])"
)


_FIGURE = (
    "-?(?:\\d{1,5}(?:\\.\\d{1,2})?|[零一二两俩三四五六七八九十百]{1,5})"
    "[%成个户人次条张件份分票袋箱家台岁遍公里块元宗枚]{0,2}"
)
_COMPARED = re.compile(
    f"(?<=[\u3400-\u9fff:： ]){_FIGURE}[了咧 ，,、；;…]{{1,3}}[\u3400-\u9fff]{{1,8}}?[:： ]?{_FIGURE}"
    "(?=$|[ ，,、；;。！!？?…\\n])"
)


def shape_words() -> Iterator[tuple[str, str]]:
    """The shapes that can be spelled out, as (class, word)."""
    yield "shape_list", "、"
    for word in ("%", "％", "百分之", *(f"{n}成" for n in "一二三四五六七八九")):
        yield "shape_percent", word
    for numeral in _NUMERALS:
        for unit in _GOODS:
            yield "shape_goods", numeral + unit
        for unit in ("元", "块", "块钱", "元钱"):
            yield "shape_money", numeral + unit
        yield "shape_money", f"{numeral}百"
        yield "shape_money", f"{numeral}千"
    for surname in _SURNAMES:
        for title in _TITLES:
            yield "shape_boss", surname + title
    for word in ("主要领导", "分管领导", "挂职领导", "领导署名"):
        yield "shape_boss", word


_UNDONE_BEGINS = re.compile("[还尚仍都均依也挂吃没未]")
"""What `_DID_NOT` can begin with."""
_LISTED_BEGINS = re.compile("^|[，,。：:\\n 、]")
"""What `_LISTED` can begin with."""
_BEFORE_UNDONE = 80
"""More characters than `_BEHIND` can read before what was not done."""
_AFTER_UNDONE = 20
"""More characters than it can read behind the end of it."""
_NEVER_BEHIND = re.compile('[。！!？?；;：:（）()“”"《》][^。！!？?；;：:（）()“”"《》]*\\Z')
"""The last sign that no match of `_BEHIND` can hold, and what follows it."""


def _undone(text: str) -> list[tuple[int, int]]:
    """The matches of `_DID_NOT`."""
    found: list[tuple[int, int]] = []
    here = 0
    for begins in _UNDONE_BEGINS.finditer(text):
        start = begins.start()
        if start >= here and (match := _DID_NOT.match(text, start)):
            found.append(match.span())
            here = match.end()
    return found


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """The matches of `_LISTED`."""
    here = 0
    for begins in _LISTED_BEGINS.finditer(text):
        start = begins.start()
        if start >= here and (match := _LISTED.match(text, start)):
            yield match.span()
            here = match.end()


def _behind(text: str, undone: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The matches of `_BEHIND`, looked for only where one can be: around what was not done, with which it ends."""
    windows: list[tuple[int, int]] = []
    for first, last in undone:
        start, end = max(0, first - _BEFORE_UNDONE), last + _AFTER_UNDONE
        barred = _NEVER_BEHIND.search(text, start, first)
        start = barred.start() + 1 if barred else start
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    for start, end in windows:
        yield from (match.span() for match in _BEHIND.finditer(text, start, end))


_MAY_COMPARE = re.compile(
    "[0-9零一二两俩三四五六七八九十百%成个户人次条张件份分票袋箱家台岁遍公里块元宗枚][了咧 ，,、；;…]"
)
"""What every match of `_COMPARED` holds: the end of a figure, and a sign behind it."""

_MAY_OVERLAY = re.compile("[没未空零差缺剩欠每一二两俩三四五六七八九十各①0-9]")
"""The gate: a text without any of these characters has no overlay."""

OVERLAY_REACH = 600
"""Characters of a message in which overlays are looked for; longer texts are notices, not chat."""


def overlays_in(text: str) -> list[tuple[int, int, int]]:
    """The shapes that lie over the words of a normal text, as (place in OVERLAYS, start, end).

    Numbered rows (1.甲 97% 2.乙 95% 3.丙 90%), what was not done, who did not do it, and shares a head.
    Every repetition is bounded.
    """
    if not _MAY_OVERLAY.search(text, 0, OVERLAY_REACH):
        return []
    found: list[tuple[int, int, int]] = []
    text = text[:OVERLAY_REACH]
    if "①" in text or _THREE_NUMBERS.search(text):
        found += [(0, *match.span()) for match in _ROWS.finditer(text)]
    if "没" in text or "未" in text or "空" in text or "零" in text:
        undone = _undone(text)
        if undone:
            found += [(1, *span) for span in undone]
            found += [(2, *span) for span in _behind(text, undone)]
            found += [(3, *span) for span in _listed(text)]
    if "差" in text or "缺" in text or "剩" in text or "欠" in text:
        found += [(2, *match.span()) for match in _LACKING.finditer(text)]
    if _MAY_COMPARE.search(text):
        found += [(5, *match.span()) for match in _COMPARED.finditer(text)]
    if "每" in text or "一" in text or "各" in text:
        found += [(4, *match.span()) for match in _SHARE.finditer(text)]
    return found
