"""What is remembered between the steps of a report: in the memory of the process alone, and of no known person.

A talk is known by a keyed hash whose key is drawn at the start and again each day, and which is written nowhere. It
ends after half an hour, and with the process: then the person begins anew, or goes on with their receipt.
"""

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.core.model import Category

LASTS = timedelta(minutes=30)
"""For how long after its last step a talk goes on."""
TALKS = 2_000
"""Talks that are remembered at a time; the one silent for longest goes first."""
STEPS = 128
"""Steps of a talk that can be taken back: more than the updates of a transaction."""
TOLD = 20_000
"""Reports of a day that are recognised as told twice by one person."""


class Stage(StrEnum):
    """What is expected of a reporter next."""

    ASKED = "asked"  # a forward, a link, or a description
    PLACE = "place"  # in which group it was
    CATEGORY = "category"
    STORED = "stored"  # the report is kept; what follows is as they like
    NOTE = "note"  # words that are added to it
    WAITING = "waiting"  # nothing: they turned to something else


TAKES_WORDS = frozenset({Stage.ASKED, Stage.PLACE, Stage.CATEGORY, Stage.NOTE})
"""The stages in which words and forwards of theirs belong to the report."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One talk as it stands.

    `digits` is the receipt as long as it was not confirmed; `first` and `last` are messages of the private chat,
    between which the talk lies.
    """

    stage: Stage = Stage.ASKED
    words: str = ""
    group_id: int | None = None
    message_id: int | None = None
    place: str = ""
    matched: bool = False
    """Whether the group was found by the time of a forwarded message."""
    open_handed: bool = False
    in_group: bool = False
    """Whether it was begun by a reply in a group: the way from there into private goes on with it."""
    guesses: tuple[Category, ...] = ()
    report_id: int = 0
    digits: str = ""
    first: int = 0
    last: int = 0

    def seen(self, message_id: int | None) -> "Draft":
        """With one more message of the private chat."""
        if not message_id:
            return self
        return replace(self, first=min(self.first or message_id, message_id), last=max(self.last, message_id))


@dataclass(slots=True)
class _Step:
    """What one update made of a talk: it is taken back when the same update is handled anew."""

    number: object
    at: datetime
    before: Draft | None
    after: Draft | None


def _key() -> bytes:
    return secrets.token_bytes(32)


@dataclass(slots=True)
class Drafts:
    """The talks of the reporters of this process."""

    draw: Callable[[], bytes] = _key
    _present: bytes = b""
    _former: bytes = b""
    _day: date | None = None
    _talks: OrderedDict[str, list[_Step]] = field(default_factory=OrderedDict)
    _told: OrderedDict[str, object] = field(default_factory=OrderedDict)

    def name(self, user_id: int, day: date) -> str:
        """Who somebody is today; a talk over midnight goes on."""
        if day != self._day:
            self._former, self._present, self._day = self._present, self.draw(), day
            self._told.clear()
        name = self._hashed(self._present, str(user_id))
        if self._former and name not in self._talks:
            before = self._talks.pop(self._hashed(self._former, str(user_id)), None)
            if before is not None:
                self._talks[name] = before
        return name

    @staticmethod
    def _hashed(key: bytes, text: str) -> str:
        return hmac.digest(key, text.encode(), sha256).hex()

    def begin(self, name: str, number: int | None, now: datetime) -> Draft | None:
        """The talk as it was before this update; None when there is none, or no more.

        Asked again for the same update it takes back what that made of the talk.
        """
        steps = self._talks.setdefault(name, [])
        self._talks.move_to_end(name)
        wanted: object = object() if number is None else number
        at = next((place for place, step in enumerate(steps) if step.number == wanted), None)
        if at is not None:  # the transaction was undone, and with it all that came after
            before = steps[at].before
            del steps[at:]
        else:
            before = steps[-1].after if steps and now - steps[-1].at < LASTS else None
        steps.append(_Step(wanted, now, before, before))
        del steps[:-STEPS]
        if len(self._talks) > TALKS:
            idle = (each for each, known in self._talks.items() if known[-1].after is None and each != name)
            del self._talks[next(idle, next(iter(self._talks)))]
        return before

    def keep(self, name: str, draft: Draft | None) -> None:
        """What this update makes of the talk (None ends it); after `begin`."""
        self._talks[name][-1].after = draft

    def take_back(self, number: int) -> None:
        """An update came to nothing: what it made of a talk did not happen, and no receipt of it is shown."""
        for name, steps in [*self._talks.items()]:
            at = next((place for place, step in enumerate(steps) if step.number == number), None)
            if at is not None:
                del steps[at:]
            if not steps:
                del self._talks[name]
        for told in [each for each, known in self._told.items() if known == number]:
            del self._told[told]

    def sweep(self, now: datetime) -> None:
        """Forget the talks that are over."""
        for name in [name for name, steps in self._talks.items() if not steps or now - steps[-1].at >= LASTS]:
            del self._talks[name]

    def is_first(self, name: str, matter: str, number: int | None) -> bool:
        """Whether somebody tells of a matter for the first time today, as far as this process remembers."""
        told = self._hashed(self._present, f"{name} {matter}")
        wanted: object = object() if number is None else number
        if self._told.setdefault(told, wanted) != wanted:
            return False
        if len(self._told) > TOLD:
            self._told.popitem(last=False)
        return True

    def untell(self, name: str, matter: str) -> None:
        """Somebody withdrew what they told today: it may be told again."""
        self._told.pop(self._hashed(self._present, f"{name} {matter}"), None)
