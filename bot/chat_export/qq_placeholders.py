"""The words in brackets that stand in a QQ text for what is no text."""

import re

from bot.core.model import MessageKind

_KINDS = {
    "图片": MessageKind.PHOTO,
    "闪照": MessageKind.PHOTO,
    "视频": MessageKind.VIDEO,
    "短视频": MessageKind.VIDEO,
    "语音": MessageKind.VOICE,
    "文件": MessageKind.FILE,
    "位置": MessageKind.LOCATION,
    "表情": MessageKind.STICKER,
    "动画表情": MessageKind.STICKER,
}
_PLACEHOLDER = re.compile(r"\[(" + "|".join(_KINDS) + r")\]")


def kind_and_text(text: str) -> tuple[MessageKind, str, int]:
    """Return what carries the message, its own words, and how many pieces it has.

    Placeholders that stand alone are no words; among words they stay, as a reader saw them there.
    """
    marks = _PLACEHOLDER.findall(text) if "[" in text else []
    if not marks:
        return (MessageKind.TEXT if text else MessageKind.OTHER), text, 1
    kinds = [_KINDS[mark] for mark in marks]
    carrying = [kind for kind in kinds if kind is not MessageKind.STICKER]
    if _PLACEHOLDER.sub("", text).strip():
        return (carrying[0] if carrying else MessageKind.TEXT), text, max(1, len(carrying))
    return (carrying or kinds)[0], "", max(1, len(carrying))
