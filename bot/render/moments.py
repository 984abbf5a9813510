"""Moments as people read them: with the day of the week, midnight as the end of a day; and how long they leave."""

from datetime import datetime, time, timedelta

from bot.texts import Catalogue

_MINUTES_SHOWN = 120


def shown(at: datetime, words: Catalogue) -> str:
    """A moment with its day of the week."""
    return _written(at, f"{at:%H:%M}", words)


def end_shown(moment: datetime, words: Catalogue) -> str:
    """An end point as people write it: midnight is 24:00 of the day that it ends, for 今晚12点前 means today."""
    if moment.time() != time():
        return shown(moment, words)
    return _written(moment - timedelta(days=1), "24:00", words)


def lasting(minutes: int, words: Catalogue) -> str:
    """A stretch of working time: in hours where it is longer than two."""
    if minutes <= _MINUTES_SHOWN:
        return words("audit.lasting.minutes", count=minutes)
    return words("audit.lasting.hours", count=f"{minutes / 60:.1f}".removesuffix(".0"))


def _written(day: datetime, clock: str, words: Catalogue) -> str:
    return f"{day:%Y-%m-%d} {words(f'weekday.{day.isoweekday()}')} {clock}"
