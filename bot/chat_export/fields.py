"""Single fields of any export, read with every type and range checked."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from hashlib import blake2s

_DAY = 86_400
EARLIEST = 365 * _DAY
LATEST = 32_503_680_000
"""Moments from 1971 to 2999 are believed; 1970 is how some exports write `never`."""

_LINK = re.compile(r"https?://[!-~]+", re.IGNORECASE)
LINKS_KEPT = 200
"""Of more links in one message the further ones are passed over."""

LONGEST_LINK = 2_048
LONGEST_FILE_NAME = 256
"""Characters of a link and of a file name that are kept; the rest is cut off."""

_NOT_OF_A_LINK = ".,;:!?'\")]}>"


def moment_of_instant(value: object, zone: tzinfo) -> datetime | None:
    """Return the moment of a number of seconds since 1970, in `zone`; None where it is no such number."""
    if type(value) is str and len(value) <= 12:
        try:
            value = int(value)
        except ValueError:
            return None
    if type(value) is not int or not EARLIEST <= value < LATEST:
        return None
    return datetime.fromtimestamp(value, zone)


def moment_of_local_time(value: object, zone: tzinfo) -> datetime | None:
    """Return the moment of an ISO time taken in `zone`; None where it is no such time."""
    if type(value) is not str or len(value) > 40:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if not 1971 <= moment.year < 3000:
        return None
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def minutes_shown_east(local: object, at: datetime) -> int | None:
    """Return how far the clock that wrote `local` stood from UTC at the moment `at`."""
    shown = moment_of_local_time(local, UTC)
    if shown is None:
        return None
    gap = (shown - at).total_seconds()
    return round(gap / 60) if abs(gap) < _DAY else None


def size_of(value: object) -> int:
    """Return a file size, 0 where none is stated."""
    return value if type(value) is int and 0 <= value < 1 << 53 else 0


def links_in(text: str) -> tuple[str, ...]:
    """Return the plain web addresses of a text, each once, in order."""
    if "://" not in text:
        return ()
    found = (match.group().rstrip(_NOT_OF_A_LINK) for match in _LINK.finditer(text))
    return first_links(found)


def first_links(links: Iterable[str]) -> tuple[str, ...]:
    """Return the first links that differ, empty ones left out; no more, and no longer, than are kept of a message."""
    found: dict[str, None] = {}
    for link in links:
        if link:
            found[link[:LONGEST_LINK]] = None
            if len(found) == LINKS_KEPT:
                break
    return tuple(found)


def in_file(key: str, file: int) -> str:
    """Return a key, or an id, that only this file of an audit gives its meaning; in the first one it stays as it is."""
    return f"{key}#{file}" if file else key


def opaque_key(source: str, value: str) -> str:
    """Return a key that stands for a number, address or name and cannot be read back from the key."""
    digest = blake2s(value.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return f"{source}:{digest}"
