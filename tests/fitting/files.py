"""Writes fitted cards as rule files that a person can read: names under their points, the heaviest first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap

from tests.fitting.model import Fitted

HEAD = """\
# 计分卡 {label}:每个词类、每个字和每两个连着的字,对"是不是 {label}"加几分、减几分。
# 由 make fit 从标注消息拟合,不是手写的。
# 一分是十分之一个对数几率;总分到 least 就算。base 起算分,rule 句式吻合时加的分,refused 句式里的词被否定、取消时的分,
# order 派活的口气每十分加的分,no_order 没有派活口气时每十分再减的分。
# signs 是消息的样子,classes 是词类(见 rules/),pieces 是字和两字:分数写在左边,右边都是这个分数的字;
# ␣ 空格或换行,⊢ 开头,⊣ 结尾,0 任何数字。
# 本单位可以删改;自己的规则文件里写 [scores.{label}] 和要改的键就行。
"""
WIDTH = 116


def write(folder: Path, cards: Mapping[str, Fitted]) -> int:
    """Write every card to a file of its own; the number of points that they hold together."""
    for old in folder.glob("*.toml"):
        old.unlink()
    for label, card in cards.items():
        (folder / f"{label}.toml").write_text("\n".join(_lines(label, card)) + "\n", "utf-8")
    return sum(len(card.signs) for card in cards.values())


def _lines(label: str, card: Fitted) -> Iterator[str]:
    yield HEAD.format(label=label) + f"[scores.{label}]"
    for name in ("base", "least", "rule", "refused", "order", "no_order"):
        yield f"{name} = {_points(getattr(card, name))}"
    kinds: dict[str, dict[str, int]] = {"sign": {}, "class": {}, "piece": {}}
    for sign, weight in card.signs.items():
        kind, name = sign.split(" ", 1)
        kinds[kind][name] = _points(weight)
    yield f"\n[scores.{label}.signs]"
    yield from (f"{name} = {points}" for name, points in sorted(kinds["sign"].items()))
    for table in ("class", "piece"):
        yield f"\n[scores.{label}.{'classes' if table == 'class' else 'pieces'}]"
        yield from _grouped(kinds[table])


def _grouped(found: Mapping[str, int]) -> Iterator[str]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for name, points in found.items():
        groups[points].append(name)
    for points in sorted(groups, reverse=True):
        names = " ".join(sorted(groups[points]))
        lines = wrap(names, WIDTH, break_long_words=False, break_on_hyphens=False)
        if len(lines) == 1:
            yield f"\"{points:+d}\" = '''{lines[0]}'''"
        else:
            yield f"\"{points:+d}\" = '''"
            yield from lines
            yield "'''"


def _points(weight: float) -> int:
    return round(weight * 10)
