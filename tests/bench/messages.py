"""Invented messages without end, no two alike, in the mix of a township's groups: about six in ten are chatter."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

PLACES = ["柳湾", "石桥", "青禾", "竹溪", "云岭", "下河", "老鸦", "半亭", "松涧", "麦地", "枫树", "白鹭"]
MATTERS = [
    "秸秆禁烧",
    "危房排查",
    "医保征缴",
    "防溺水",
    "创文迎检",
    "低保复核",
    "疫苗接种",
    "消防检查",
    "垃圾分类",
    "春耕备耕",
]
DATA = ["台账", "花名册", "进度表", "统计表", "名单", "底数", "人数", "清单"]
CHATTER = (
    "收到",
    "好的，{p}村马上到",
    "{p}村今天下了场大雨，路有点滑，大家慢点",
    "谢谢{n}主任，辛苦了",
    "今天食堂的红烧肉不错哈哈",
    "明天{h}点半的会改到三楼会议室",
    "{n}姐的娃发烧了，下午请个假",
    "昨天在{p}碰到{n}师傅，聊了半天",
    "{p}那条路修好了，可以走了",
    "钥匙放在门卫{n}哥那里了",
    "已按要求完成，共{c}户",
    "下班一起去吃面？{p}街口那家",
    "{p}村{m}已经弄完了，请放心",
    "晚安，各位早点休息{c}",
    "谁看见我的蓝色水杯了，{h}点还在二楼",
    "{m}的文件第{h}页有个错字，已改",
    "周末{p}水库钓鱼，少{h}个人",
    "嗯嗯{c}",
    "停车场还有{h}个位子",
)
WORK = (
    "请各村今天{h}点前把{m}{d}报我，谢谢配合",
    "@所有人 {m}现场照片每人{h}张发群里，{p}村还没发",
    "{p}、柳湾两个村的{m}{d}还没交，抓紧",
    "请大家给{p}村的短视频点赞转发，每人至少{h}次",
    "今晚{h}点前完成{m}网上答题，截图发群",
    "收到请回复：明天{h}点在{p}开{m}调度会",
    "{m}进度：{p}{c}%、柳湾{h}%，后面的自己想办法",
    "各网格员下载{p}通APP并注册，{d}下周一报送",
    "县里{n}局周六来{p}看{m}，请做好准备",
    "{n}书记：{m}要抓紧，{p}片区今天必须清零，不要拖到{c}号",
    "请{p}村补报{c}户的{d}，格式不变",
    "{m}{d}已汇总{c}条，报{n}主任审阅",
)


def texts(seed: int = 1) -> Iterator[str]:
    """Distinct short messages of mixed kinds, the same for the same seed."""
    choose = random.Random(seed)  # noqa: S311 - repeatable figures, no secrets
    number = 0
    while True:
        number += 1
        form = choose.choice(CHATTER if choose.random() < 0.6 else WORK)
        text = form.format(
            p=choose.choice(PLACES),
            n=choose.choice("王李张刘陈杨赵周"),
            m=choose.choice(MATTERS),
            d=choose.choice(DATA),
            h=choose.randint(1, 11),
            c=choose.randint(1, 400),
        )
        yield f"{text}（{number}）" if number % 3 else text + chr(0x4E00 + number % 20000)


def long_text(seed: int, characters: int = 4096) -> str:
    """One long message: a notice of many different sentences."""
    source = texts(seed)
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(next(source) + "。")
    return "".join(parts)[:characters]


def write_export(path: Path, count: int) -> None:
    """A Telegram Desktop export of one group with `count` messages, written as the real one is."""
    moment = datetime(2026, 1, 5, 8, 0)  # noqa: DTZ001 - an export states local time without a zone
    source = texts()
    with path.open("w", encoding="utf-8") as out:
        out.write('{\n "name": "g",\n "type": "private_supergroup",\n "id": 1,\n "messages": [\n')
        for number in range(1, count + 1):
            moment += timedelta(seconds=20)
            text = json.dumps(next(source), ensure_ascii=False)
            out.write(
                f'  {{\n   "id": {number},\n   "type": "message",\n   "date": "{moment:%Y-%m-%dT%H:%M:%S}",\n'
                f'   "date_unixtime": "{int(moment.timestamp()) - 28800}",\n   "from": "A",\n'
                f'   "from_id": "user{number % 97}",\n   "text": {text},\n   "text_entities": [\n    {{\n'
                f'     "type": "plain",\n     "text": {text}\n    }}\n   ]\n  }}{"," if number < count else ""}\n'
            )
        out.write(" ]\n}\n")
