"""Evidence without persons: names, numbers and ids of a text hidden as far as a rule can tell them.

Chat texts carry personal data (互联网群组信息服务管理规定 item 6), so no excerpt is shown unmasked. The
rules hide too much rather than too little. All of them look at the folded text, which is as long as
the original, so that traditional and full-width forms are hidden as well.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from bot.core.model import Span
from bot.core.text import HIDDEN, fold

Known: TypeAlias = Callable[[str], Iterable[Span]]
"""Tells where names that are known otherwise than by rules stand in a folded text."""

MARK = "＊＊"
"""What stands in place of anything hidden."""
EXCERPT_LENGTH = 120
"""The greatest length of an excerpt, in characters."""

_BLOT = "\ue000"  # stands for MARK while the rules run; no rule matches it
_ROUNDS = 4
_BESIDE = 1_000
_LEAD = 30

_INVISIBLE = re.compile(f"[{HIDDEN}]+")
_STARS = re.compile(f"{MARK[0]}+")
_WORD_ENDS = re.compile(r"[\s，。；：！？、]")
"""What no number, link or name goes on over."""
_BLOTS = re.compile(f"{_BLOT}+")
_WHITE = re.compile(r"\s{1,400}")

_HAN = "[\u3400-\u9fff]"
SURNAME = (
    "(?:欧阳|司马|上官|诸葛|司徒|东方|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简项连芦麦"
    "褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池苑迟邝])"
)
"""A pattern of the surnames that are told from other words."""
COMMON = (
    "安[全排装心置]|包[括村联保户]|边[界境]|常[用见态规委务住年]|成[立效果员为功本]|程序|程度|单[位独]|"
    "党[员委支建组总群内政]|丁点|段落|方[便案式法面向]|付款|高[度效质温考中校级清速铁压新]|古[树城]|关[于注心键闭总工]|桂花|"
    "管[理控辖护]|贺信|华[东南北中]|江河|解[决除释读]|金[额融]|景区|康[养复]|蓝天|李子|连[续接同]|林[业地场区]|龙[头舟]|"
    "路[口线段]|马[上路]|毛利|米饭|明[天日早晚确年]|牛[羊奶]|农[村业户民]|齐[全心抓]|曲线|"
    "全[部体员市县区镇村面校省国力程局科院所站班乡街社单]|任[务何职免]|荣誉|商[业户场贸量会]|盛[大世会夏]|施[工行]|石油|"
    "史料|司[法机]|汤圆|田[间地]|万[元人户]|文[件明化字章]|温[馨度]|武装|席位|夏[季天粮]|向|项目|"
    "谢谢|辛[苦勤]|严[格禁肃重厉防]|易[于]|应[当该急]|游[客戏]|于[是此]|余[额下]|章[程节]|钟[的头]|"
    "周[一二三四五六日天末期边年知报内五]|祝[贺愿您大各老]|庄[稼严]|宗[教旨]|左[右边]|季度|简[单报历介]|"
    "申[请报领]|尚未|卫[生健工分]|白[天色]|黄[色金牌河]"
)
"""A pattern of words that begin like a name."""
TITLE = (
    "(?:老师|书记|主任|主席|支书|经理|总监|董事|委员|干事|网格员|辅导员|秘书|常委|同志|先生|女士|小姐|师傅|大夫|医生|"
    "护士|警官|法官|律师|教授|博士|会计|教练|阿姨|叔叔|大爷|大妈|大姐|大哥|奶奶|爷爷|嫂子|家长|妈妈|爸爸|"
    "[局科处镇乡县市区村所院校园站组股部厅队班厂行司]长|[哥姐])"
)
"""A pattern of the titles that stand behind a name."""
_SHORT_TITLE = (
    "(?:局(?![长部面势限域里])|总(?![结体量数计共会部站值额分])|工(?![作程地人业会资单具期商厂信种序艺伤委分]))"
)
_OFFICE = "(?:老师|书记|主任|主席|支书|经理|同志|委员|网格员|联络员|[局科处镇乡县市村所院校站组股部队班]长)"
_NAME = f"(?!{COMMON}){SURNAME}(?!{TITLE}){_HAN}{{1,2}}"
_FIELD = (
    "(?:姓名|名字|联系人|负责人|责任人|经办人|填报人|填表人|报送人|上报人|汇报人|报告人|记录人|审核人|签发人|收件人|"
    "申请人|当事人|值班人?员?|带班领导|户主|学生|家长|患者|户名|持卡人|群主|昵称|签名)"
)
_STILL = "(?:[还仍均都]?(?:未|没|尚未|迟迟)|已经?(?:交|报|完成|打卡|提交|上报|填))"
_TOLD = "(?:负责|联系|牵头|汇总|收集|统计|安排|[今明][天晚]|尽快|抓紧|马上|速|于|把|将)"
_END = f"(?![\u3400-\u9fff{_BLOT}])"
_ID = r"[a-z\d_\-]"
_CLOSING = r"\s@,，.。:：;；!！?？、()（）\[\]【】<>《》\"'“”" + _BLOT
_HOST = (
    rf"(?:[a-z]{{2,10}}://[^\s/?#@，。；、！）》】{_BLOT}]{{1,253}}|"
    r"(?<![a-z\d.\-])(?:[a-z\d\-]{1,63}\.){1,5}[a-z]{2,10}(?::\d{1,5})?)"
)
_GAP = r"[ .\-·—–+/]"
_WIDE_GAP = r"[ .\-·—–+/~:：()（）\u2010-\u2015\u2212]"
_DRAWN_DIGIT = r"(?:[①-⑨⓪❶-❾➀-➈➊-➒⑴-⑼⁰¹²³⁴-⁹₀-₉]|\d\u20e3)"
_NUMERAL = "[〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"

_NUMBERS = (
    r"\d{5,64}x?",
    rf"{_DRAWN_DIGIT}{{5,64}}",
    r"(?<!\d)1\d{2}[,，*_|]{1,2}\d{4}[,，*_|]{1,2}\d{4}(?!\d)",
    rf"(?<!\d)\d{{3,4}}(?:{_WIDE_GAP}{{1,2}}\d{{3,4}}(?!\d)){{2,8}}(?:{_GAP}\d{{0,3}}x)?",
    rf"(?<!\d)\d{{1,2}}(?:{_GAP}{{1,2}}\d{{1,2}}(?!\d)){{5,30}}",
    rf"{_NUMERAL}(?: ?{_NUMERAL}){{6,39}}",
    r"(?<![a-z\d])[1il][\doil]{10}(?![a-z\d])",
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·•.\-]?[a-z\d]{4,6}(?![a-z\d])",
)
_IDS = (
    r"[a-z\d_.%+\-]{1,64}@[a-z\d\-]{1,63}(?:\.[a-z\d\-]{1,63}){1,4}",
    rf"@ ?(?!所有|全体|各|大家|all|everyone)(?P<m>[^{_CLOSING}]{{1,20}})",
    rf"://(?P<m>[^\s/?#@{_BLOT}]{{1,200}})@",
    rf"{_HOST}[/?#](?P<m>[^\s，。；、！）》】{_BLOT}]{{1,20000}})",
    rf"tg://(?P<m>[^\s{_BLOT}]{{1,200}})",
    rf"(?:微信|威信|薇信|weixin|wechat|v信|qq|扣扣|企鹅|钉钉|抖音)号?[ :：是为]{{0,4}}(?P<m>{_ID}{{5,41}})",
    rf"(?<![a-z])(?:vx|wx|wxid)[ :：_\-]{{0,4}}(?P<m>{_ID}{{4,41}})",
    rf"(?<![a-z\d])v ?[:：] ?(?P<m>{_ID}{{4,41}})",
    r"(?<![a-z\d_\-])(?=[a-z_\-]{0,40}\d)[a-z\d_\-]{12,200}",
)
_NAMES = (
    rf"(?<![主谢])(?P<m>(?!{COMMON}){SURNAME}{_HAN}{{0,2}}?)(?=副?{TITLE})",
    rf"(?P<m>(?!{COMMON}){SURNAME})(?=副?{_SHORT_TITLE})",
    rf"(?P<m>向)(?={_OFFICE}(?:说|讲|要求|强调|安排|通知))",
    rf"{_OFFICE}[:： ]{{0,2}}(?P<m>{_NAME}){_END}",
    rf"{_FIELD}[ \t]{{0,2}}[:：][ \t]{{0,3}}(?P<m>[^{_CLOSING}]{{1,12}})",
    rf"(?:[小老](?!{COMMON}|[金白米麦江河温雷龙万]){SURNAME}|阿(?![姨拉弥里富]){_HAN})",
    rf"(?P<m>{_NAME}(?:[、,，;；/| \t]{{1,2}}{_NAME}){{1,100}})(?:{_END}|(?={_STILL}))",
    rf"(?P<m>{_NAME})(?={_STILL})",
    rf"(?:批评|表扬|[还只就]差|[还就]剩)(?P<m>{_NAME})(?={_STILL}|{_END})",
    rf"[:：.、)）][ \t]{{0,3}}(?P<m>{_NAME}){_END}",
    rf"(?:请|由|找|联系|问|给) ?(?P<m>{_NAME})(?={_TOLD}|[，,。(（\s]|$)",
    rf"(?P<m>{_NAME})(?=[ \t:：(（]{{0,3}}(?:电话|手机|tel)?[:：]?[ ]?\d{{5}})",
    r"(?<![a-z])(?:mr|mrs|ms|miss|dr)\.? (?P<m>[a-z]{1,20}(?: [a-z]{2,20})?)(?![a-z])",
)
RULES = tuple(re.compile(rule) for rule in _NUMBERS + _IDS + _NAMES)
"""Every rule; what a group `m` holds is hidden, or else the whole match. All repetition is bounded."""


def clean(text: str) -> str:
    """Return `text` on one line, without control, invisible and unprintable characters."""
    return _line(text).strip()


def _line(text: str) -> str:
    """Clean a part of a text: the space at either end stays, for what stands beyond it."""
    shown = _INVISIBLE.sub("", text)
    if not shown.isprintable():
        shown = "".join(character if character.isprintable() else " " for character in shown)
    return _WHITE.sub(" ", shown)


def nobody(_folded: str) -> tuple[Span, ...]:
    """The places of known names where none is known."""
    return ()


def mask(text: str, known: Known = nobody) -> str:
    """Return `text` with names, numbers and ids hidden, and without invisible characters; twice is as good as once.

    Hidden are runs of five digits or more, telephone and identity numbers, bank cards, number
    plates, mail addresses, what follows the host in a link, @mentions, ids of chat programs, names that
    are `known`, and those that a title, a label or a list gives away. A name that nothing gives away stays.
    """
    return _masked(text, 0, known)[0]


class Around(NamedTuple):
    """The neighbourhood of a place in a text, on one line, not yet masked; `cut` says where the text goes on."""

    head: str
    tail: str
    cut: tuple[bool, bool]

    def excerpt(self, known: Known = nobody, length: int = EXCERPT_LENGTH) -> str:
        """Return it masked and at most `length` long."""
        masked, place = _masked(self.head + self.tail, len(self.head), known)
        start = max(0, min(place - _LEAD, len(masked) - length + 2))
        shown = masked[start : start + length - 2].strip()
        before = "…" if self.cut[0] or start else ""
        after = "…" if self.cut[1] or start + length - 2 < len(masked) else ""
        return before + shown + after


def around(text: str, at: int) -> Around:
    """Return the neighbourhood of the character `at`, as far as an excerpt may need it.

    Where the text goes on, the neighbourhood ends with a whole word: no rule knows the rest of a number or a link.
    """
    first, last = max(0, at - _BESIDE), at + _BESIDE
    cut = first > 0, len(text) > last
    head, tail = text[first:at], text[at:last]
    if cut[0]:
        head = _WORD_ENDS.split(head, maxsplit=1)[-1] if _WORD_ENDS.search(head) else ""
    if cut[1]:
        ends = [match.start() for match in _WORD_ENDS.finditer(tail)]
        tail = tail[: ends[-1]] if ends else ""
    head, tail = _line(head).lstrip(), _line(tail).rstrip()
    if not head or head.endswith(" "):
        tail = tail.lstrip()
    return Around(head, tail, cut)


def excerpt(text: str, at: int, length: int = EXCERPT_LENGTH) -> str:
    """Return the masked neighbourhood of the character `at`, on one line and at most `length` long."""
    return around(text, at).excerpt(length=length)


def _masked(text: str, place: int, known: Known) -> tuple[str, int]:
    """Hide until nothing is left to hide, and follow one place of the text through it."""
    before, text = (_INVISIBLE.sub("", part).replace(_BLOT, " ") for part in (text[:place], text))
    place = len(_STARS.sub(_BLOT, before))
    text = _STARS.sub(_BLOT, text)
    for _ in range(_ROUNDS):
        spans = _spans(text, known)
        if not spans:
            break
        parts: list[str] = []
        here = length = 0
        moved = place
        for start, end in spans:
            parts += (text[here:start], _BLOT)
            length += start - here + 1
            here = end
            if start <= place:
                moved = length - 1 if place < end else place + length - end
        text = "".join((*parts, text[here:]))
        place = moved
    return _BLOTS.sub(MARK, text), len(_BLOTS.sub(MARK, text[:place]))


def _spans(text: str, known: Known) -> list[Span]:
    """Return what the rules hide in `text`, and what is known, in order, joined where they touch."""
    folded = fold(text)
    by_rule = (match.span("m" if "m" in rule.groupindex else 0) for rule in RULES for match in rule.finditer(folded))
    found = sorted((*by_rule, *known(folded)))
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
