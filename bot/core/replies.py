"""Replies that say nothing but that a message was seen; they are counted, and never anybody's fault."""

RECEIPT_REPLIES = frozenset({"收到", "收到收到", "已收到", "收到谢谢", "好的收到", "收到好的", "收到了", "已阅"})
"""Replies that say nothing but that a message was seen."""

_LONGEST_REPLY = 8
_EDGES = " ,，.。!！~～[]👌🌹🙏👍"


def is_receipt(text: str) -> bool:
    """Whether a message is a mere receipt."""
    return len(text) <= _LONGEST_REPLY and text.strip(_EDGES) in RECEIPT_REPLIES
