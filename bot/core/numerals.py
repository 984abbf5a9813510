"""Numbers written in Chinese, as hours, days and amounts are written in office messages."""

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SHORT_TENS = (("廿", "二十"), ("卅", "三十"))
_LONGEST = 8  # 九千九百九十九 has seven characters, 一千零廿三 grows by one


def numeral_value(text: str) -> int | None:
    """Return the number from 0 to 9999 that the whole of `text` writes, or None.

    Understands ASCII digits (18), counting words (十八, 二十三, 廿三, 一百零五, 两千), the spoken short
    form (一百二 for 120) and digits read one by one (二〇二六). 半 is no number here.
    """
    if not 0 < len(text) <= _LONGEST:
        return None
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 4 else None
    for short, full in _SHORT_TENS:
        text = text.replace(short, full)
    if all(character in _DIGITS for character in text):
        return _read_one_by_one(text)
    return _count(text)


def _read_one_by_one(text: str) -> int | None:
    """Read 二〇二六 as 2026; 两 stands only alone."""
    if len(text) > 4 or ("两" in text and len(text) > 1):
        return None
    value = 0
    for character in text:
        value = value * 10 + _DIGITS[character]
    return value


def _count(text: str) -> int | None:
    """Read a number with units, largest unit first."""
    total, unit, digit, zero = 0, 10_000, -1, False
    for character in text:
        if character in _UNITS:
            smaller = _UNITS[character]
            if smaller >= unit or (digit < 0 and smaller > 10):
                return None
            total, unit, digit, zero = total + (smaller if digit < 0 else digit * smaller), smaller, -1, False
        elif digit >= 0 or (zero and character in "零〇"):
            return None
        elif character in "零〇":
            zero = True
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return _with_last_digit(total, unit, digit, zero=zero, last=text[-1])


def _with_last_digit(total: int, unit: int, digit: int, *, zero: bool, last: str) -> int | None:
    """Add the digit after the last unit: 一百零二 is 102, 一百二 is 120."""
    if digit < 0:
        return None if zero else total
    if last == "两" or unit == 10_000 or (zero and unit == 10):
        return None
    return total + (digit if zero or unit == 10 else digit * unit // 10)
