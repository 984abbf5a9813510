"""The patterns of stated end points: which stretches of a text name a moment, and which only seem to.

Cost: every repetition is bounded, by at most a dozen single characters or three fixed words, and no
more than two such stand inside one another; so an attempt at one place reads at most some eighty
characters, and a search is linear in the length of the text.
The texts matched are normalised: simplified characters, half-width ASCII in lower case.
"""

import re
from typing import Final

_DIGIT: Final = "一二三四五六七八九"
_FREE: Final = "(?<![0-9.第])"  # a number begins here, and is no decimal, ordinal or identifier
PAIR: Final = f"(?:[0-9]{{1,2}}|[{_DIGIT}十廿]{{1,3}})"
WEEK: Final = "(?:周|星期|礼拜)"
THIS: Final = "(?:本|这一?个?|下下?一?个?|上上?一?个?)"

HOUR: Final = f"(?:2[0-4]|[01]?[0-9]|二十[一二三四]?|廿[一二三四]?|十[{_DIGIT}]?|[零〇两{_DIGIT}])"
_MINUTE: Final = (
    "(?:半|[一三13]刻钟?|[0-5][0-9](?![0-9月日号天人个点:])(?:分(?:[0-5][0-9]秒)?)?|[0-9]分"
    f"|[二三四五]?十[{_DIGIT}]?分?|[零〇][{_DIGIT}]分?|[{_DIGIT}]分)"
)
_NO_HOUR: Final = "点(?![都也儿名赞击评])|时(?![间候段代期限常效])"
CLOCK: Final = (
    f"(?:(?<![0-9第百千])(?<![0-9][:：])(?:{HOUR} ?[-~到至] ?(?={HOUR} ?[点时]))?{HOUR}"
    f"(?:[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])[点时分]?| ?(?:{_NO_HOUR})(?:钟|整| ?{_MINUTE})?)"
    rf"|{_FREE}{HOUR}\.[0-5][0-9](?![0-9.:：%元万点时月日号]))"
)
HALF: Final = (
    "(?:(?:晚上?|夜里)?凌晨|[上中下]午|[上下]半[天日]|早[上晨]|清[早晨]|(?:一大?|大清)早|傍晚|正午"
    "|(?<=[今明])晚[上间]?(?![饭餐])|晚[上间]|晚(?![会宴饭餐报辈年婚期点些自霞于])"
    "|[深半午]夜|夜[里间晚]|(?<=[今明天日])[夜早]|早(?![饭餐点会日前期操读自就已])|晨)"
)

_RELATIVE: Final = (
    "今(?:[天日儿]|(?=[上中下]午|[早晚夜晨]))"
    "|(?<![证说声表注写标阐查])明(?:[天日儿]|(?=[上中下]午|[早晚夜晨]))"
    "|大?后[天日]|[次翌]日|本日|当[天日]|昨[天日]?|前[天日晚]"
)
_WEEKDAY: Final = (
    f"(?:{THIS}|每个?)?{WEEK}(?:[一二三四五]|六(?![次天个年月折福])|天|日(?![均志程常期])"
    f"|末(?![愉快])|[1-7](?![0-9个天次点时分月年.:]))|{THIS}{WEEK}"
)
YEAR: Final = f"(?:[12][0-9]{{3}}|[0-9]{{2}}|二[〇零][〇零{_DIGIT}]{{2}})"
_MONTH: Final = (
    f"(?:(?<![0-9第])(?:(?:{YEAR}|[今明去])年 ?)?{PAIR} ?月份?"
    f"|(?:{THIS}|当|每个?|次)月|(?<![0-9个半几{_DIGIT}十])月(?=[底末初中]))"
    rf"(?: ?(?!一[样起些直定次回趟遍份]){PAIR}(?:[日号]|(?![0-9个天点时分年月:：%万]|\.[0-9]))"
    "|中旬|[上下]旬|[底末初中])?"
)
_NUMBER_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
_NUMERIC: Final = (
    rf"{_FREE}(?:20[0-9]{{2}}\.)?(?:1[0-2]|0?[1-9])\.{_NUMBER_DAY}[日号]?(?![0-9:年月天个点时分小%万元米]|\.[0-9])"
    rf"|{_FREE}(?<![0-9a-z][-/])(?:20[0-9]{{2}}[-/])?(?:1[0-2]|0?[1-9])[-/]{_NUMBER_DAY}"
    "(?![0-9:日号年月天个点时分小周星工%万元米人户/~-])"
)
_YEAR_END: Final = (
    f"(?:(?:{_FREE}{YEAR}|[今明本])年|(?<![0-9几多半{_DIGIT}两十])年)度?(?:[底末]|(?=[之以]?内))"
    f"|(?:本|这个?|{_FREE}[一二三四1-4])?季度?(?:[底末]|(?=[之以]?内))"
)
_ALSO_NUMBERED: Final = "文件|楼|机组|井|窗口|柜|炉|泵|坝|棚|厂房|岗亭|选手|线(?![上下索])"
_DAY: Final = (
    f"(?:{_RELATIVE}|{_WEEKDAY}|{_MONTH}|{_NUMERIC}|{_FREE}{PAIR}(?:日(?!捐)|号(?!{_ALSO_NUMBERED}))|{_YEAR_END})"
)

_LEAD: Final = (
    "(?:最[迟晚](?:要|应|请|须|得|务必)?不?(?:得|能)?(?:超过|晚于|迟于|于|在|到|是)?"
    "|[不别勿](?:得|要|能|可|应)?(?:晚于|迟于|超过)"
    "|截[止至](?:报名|填报|上报|投稿|提交)?(?:日期|时间|日|期限)?(?:延长|延期|推迟|调整)?定?[在于到至为是]?"
    "|(?<![a-z])(?:ddl|dl|deadline)(?![a-z])[是为在]?|[时期]限(?:[是为]|(?=[:：])))[ :：]{0,3}"
)
_REMARK: Final = "(?: ?[（(][^（）()\n]{1,10}[）)])?"
_GAP: Final = f"{_REMARK} ?(?:{WEEK}[一二三四五六日天])?的?(?:请|务必|必须|一定要?|要|须)?[于在]? ?"
_LATE: Final = "(?P<late>最[迟晚](?:于|在|到)?|不(?:晚于|超过)|截[止至](?:到|至|于)?)?"
_MARK: Final = (
    "(?:[上下]班(?:时间|点)?|[下收放]工|走(?=之?前)|起床|鸡叫|熄灯|上床|锁门"
    "|吃?[早午中晚][饭餐]|午[休睡]|临?睡觉?|天[黑亮]|日落)"
)
_CLOSE: Final = (
    "(?:务必|必须|要|准时|系统|通道|链接|报名|填报|接龙|问卷|就|将)?"
    "(?:截[止至](?:之?前)?|(?:结束|停止)(?:填报|收|报名|上报)|收齐|关闭|止(?![血痛跌于])|关(?![注系于门心键照灯机])|锁(?![门车])"
    "|我(?:就|再)?(?:要|来|去|过来)(?:收|拿|取|数|带走|汇总)|我桌上要|我要[看见]|[交报放][到给]?我)"
)
_AMOUNT: Final = (
    f"(?P<amount>{_FREE}(?:半|[0-9]{{1,3}}(?:\\.[0-9])?|[{_DIGIT}两十百廿]{{1,4}}))个?(?P<half_more>半)?个? ?"
    "(?P<unit>小时|钟头|(?<=个)钟|hours?|hrs?|h|分钟?|mins?|刻钟|工作日|自然日|天|日|周|星期|礼拜|(?<=[个半])月)"
    f"(?P<span_tail> ?[之以]?内| ?[之以]?后{_CLOSE})"
)
_FIRST: Final = (
    "最不别勿截d时期今大后当次翌本昨去前明这下上每周星礼月年季0-9零〇一二两三四五六七八九十廿百"
    "中早清凌傍晚深半午夜晨正吃临睡天日连收放走起鸡熄锁"
)
_SECOND: Final = (
    ".:：/~点时分刻半整天日儿年季月号个小工自周星礼期拜末底初度之以内前"
    "上中下午早晚夜晨凌傍大清后里间班饭餐休睡觉黑亮落迟得要能可应超止至到限床叫灯门delhm-"
)

MAY_STATE: Final = re.compile("[前内止截迟晚夜周星礼超齐闭束当限关锁我d]")
"""The gate: a text without any of these characters states no end point."""

BEGINNING: Final = re.compile(
    f"[{_FIRST}ec](?:(?<![ec])(?=[0-9零〇两百廿十{_DIGIT}]{{0,3}} ?[{_SECOND}])|(?<=周)"
    "|(?<=e)(?<![a-z]e)od|(?<=c)(?<![a-z]c)ob)"
)
"""What can begin an expression, its first character in one set, so that the search leaps to it."""

EXPRESSION: Final = re.compile(
    f"(?:{_AMOUNT}|(?P<overnight>连夜)|(?P<end_of_day>(?:eod|cob)(?![a-z]))"
    f"|(?P<lead>{_LEAD})?(?P<day>{_DAY})?(?:(?(day){_GAP})(?P<half>{HALF}))?"
    f"(?:(?(day){_GAP}|(?(half){_GAP})){_LATE}(?P<clock>{CLOCK})"
    f"(?: ?(?:--?|~|—{{1,2}}|[到至]) ?(?P<until>{HALF}? ?{CLOCK}))?)?"
    f"(?:(?(day){_GAP}|(?(half){_GAP}))(?P<mark>{_MARK}))?(?(day)|(?(half)|(?(clock)|(?(mark)|(?!)))))"
    f"(?:{_REMARK} ?(?P<tail>[之以]?[前内]|{_CLOSE}))?)"
)
"""One whole expression; every part is optional, but one of day, half, clock or mark is there.

Groups: `amount half_more unit span_tail` (半小时内), `overnight`, `lead late` (最迟), `day` (下周五),
`half` of the day (下午), `clock` and `until` (5点半 到 6点), `mark` (下班) and `tail` (前, 内, 截止).
"""

_FILL: Final = "(?:务必|请|必须|准时|按时|准点|提前|全部|全体|全员|统一|一律|都|要|须|大家|各位|人员|所有人|参会){0,3}"
_CLAUSE: Final = "[^，。,;；\n报发交知排馈复实织定认填传计成]"
_ARRIVAL: Final = (
    f"{_FILL}(?:到(?![账款期人系邮群平网后表]|我邮|我微|我手)|抵达|赶到|报到(?=[，。,.;；!！\\s]|完毕|$)|集合|入座|就[位座坐]|落座"
    "|[进入]场|参会|参加会|出席|出发|上车|上岗|列队|签到[就入进])"
    f"|{_CLAUSE}{{1,12}}?(?:(?:[到入进]场|到[会岗]|[入就]座|就位|集合|上车|列队)(?![人名情率照截回信表的统数台议])"
    f"|(?<![送放拿带寄])到{_CLAUSE}{{0,8}}?(?:会议室|会场|礼堂|现场))"
)
NOT_BEFORE: Final = re.compile(
    "的|后(?![勤台续方备])|往(?![群返年来])|[来去](?![电函信稿])|期(?![末货间])|半[年段场夜]|一[天日晚周]"
    f"|[{_DIGIT}两几十0-9]{{1,3}}(?:[天日周名]|位)|(?:就|均|都|全部)?已|出生|入职|退休|毕业|入学|参加工作"
    f"| ?(?:{_ARRIVAL})"
)
"""What after 前 makes it no end point: 前后, 前往, 前的, something done, or arrival at an event."""

NOT_WITHIN: Final = re.compile(
    "的|容|部(?!署)|务|刊|网|涝|卷|科|涵|外|存|设|核酸|有效|到过|去过|接触|旅居|曾|有|短?视频|录音|无|可能|降[雨水温]|累计|出现|发生"
)
"""What after 内 makes it no end point: 内容, 内部, or a quality of a thing (48小时内核酸)."""

NOT_CLOSED: Final = re.compile("的|了[吗没]")
"""What after 截止 or 止 makes it a quality of a thing (3月15日止的数据) or a question."""

REPORTED: Final = re.compile("[，, ]?[^，。；;\n]{0,6}?(?:已|共|累计|总计)")
"""What after 截至 X tells of a state of things, not of an end point."""

MEASURED: Final = re.compile(
    "(?:近|过去|未来|预计|此前|[前每后起]|连续|数据|统计|口径|起止时间|控制在|限在|时长|长度|时间在|不超过|发言)$"
)
"""What before an amount or 截至 makes it a measure (近三天内, 时长3分钟内) or a rule (发生后1小时内)."""

FROM_NOW: Final = re.compile(
    "(?:收到|接到|接|见|看到|阅)[^，。,\n]{0,6}后$|(?:即日|今[日天]|现在|此刻?|通知之日|现)起$"
)
"""The beginnings that are the message itself (收到通知后1小时内, 即日起三天内)."""

IN_A_RANGE: Final = re.compile("(?:[一二三四五六日天早晚号点午0-9][到至]|[-~—每])$")
RANGE_AHEAD: Final = re.compile(" ?(?:[-~至—]|到(?=[今明后次下周星礼0-9]))")
"""What before or after a bare 周日 makes it one end of a range, or a habit (每周日)."""

DONE_THAT_DAY: Final = re.compile(" ?[就要需须]?(?:上?报|交|完成|反馈|办结|上传|提交|填|回复|发|收齐)")
"""What after 当天 makes it an end point."""
