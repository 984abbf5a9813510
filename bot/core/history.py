"""What a chat was asked and sent before, as far as repeats can be recognised.

Only character pairs, links, names and short pieces of long texts are kept, at most `LIMIT` of each. An audit never
writes any of it; the live bot keeps it sealed, so that repeats are recognised after a restart too.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import or_
from typing import NamedTuple

CANDIDATES = 8
"""Earlier requests that are compared with a new one."""

LIMIT = 200
"""Requests and documents remembered for each chat."""

_PLACES = 256
"""More than `LIMIT`, so that a place is free again before its turn comes."""


class AskedBefore(NamedTuple):
    """One earlier request for data: its words as character pairs, links, period and the columns of its table."""

    message_id: str
    at: datetime | None
    pairs: frozenset[str]
    links: tuple[str, ...]
    periods: frozenset[str]
    columns: frozenset[str] = frozenset()


class SentBefore(NamedTuple):
    """The first message that brought a document."""

    message_id: str
    at: datetime | None


@dataclass(slots=True)
class History:
    """The memory of one chat.

    Each request has one of `_PLACES` places in turn, and each pair of characters a set of places (one bit each) that
    hold it; so that what a request shares with all others is counted by a few sums of such sets.
    """

    requests: deque[AskedBefore] = field(default_factory=deque)
    documents: OrderedDict[str, SentBefore] = field(default_factory=OrderedDict)
    _by_pair: dict[str, int] = field(default_factory=dict)
    _forgotten: int = 0

    def remember_request(self, request: AskedBefore) -> None:
        """Keep a request; the oldest gives way beyond `LIMIT`."""
        place = 1 << (self._forgotten + len(self.requests)) % _PLACES
        self.requests.append(request)
        known = self._by_pair
        for pair in request.pairs:
            if len(pair) == 2:
                known[pair] = known.get(pair, 0) | place
        if len(self.requests) > LIMIT:
            self._forget()

    def _forget(self) -> None:
        """Let go of the oldest request."""
        place = 1 << self._forgotten % _PLACES
        known = self._by_pair
        for pair in self.requests.popleft().pairs:
            if len(pair) == 2:
                known[pair] ^= place
                if not known[pair]:
                    del known[pair]
        self._forgotten += 1

    def alike(self, request: AskedBefore) -> Iterator[AskedBefore]:
        """Earlier requests that share pairs of characters with this one, the most alike first, of equals the first."""
        known = self._by_pair
        digits = counted([known[pair] for pair in request.pairs if pair in known])
        return (self.requests[place] for place in islice(by_count(digits, self._forgotten % _PLACES), CANDIDATES))

    def retract(self, message_id: str) -> bool:
        """Forget what one message asked for and brought, because it was edited; False when there was nothing."""
        brought = [key for key, sent in self.documents.items() if sent.message_id == message_id]
        for key in brought:
            del self.documents[key]
        kept = [request for request in self.requests if request.message_id != message_id]
        asked = len(kept) < len(self.requests)
        if asked:
            self.requests.clear()
            self._by_pair.clear()
            self._forgotten = 0
            for request in kept:
                self.remember_request(request)
        return bool(brought) or asked

    def remember_document(self, key: str, message_id: str, at: datetime | None) -> None:
        """Keep the first message that brought a document; the oldest gives way beyond `LIMIT`."""
        self.documents.setdefault(key, SentBefore(message_id, at))
        while len(self.documents) > LIMIT:
            self.documents.popitem(last=False)


def counted(sets: Iterable[int]) -> list[int]:
    """How many of the sets hold each place, in binary: the places whose number has its lowest digit, the next, ..."""
    digits: list[int] = []
    for carried in sets:
        for order, digit in enumerate(digits):
            digits[order] = digit ^ carried
            carried &= digit  # noqa: PLW2901 - what was one already carries over into the next digit
            if not carried:
                break
        else:
            digits.append(carried)
    return digits


def by_count(digits: list[int], oldest: int = 0) -> Iterator[int]:
    """The places that were counted at all, the highest number first, of equals the oldest; 0 is the oldest place.

    Without `oldest` there may be more than `_PLACES` of them.
    """
    left = reduce(or_, digits, 0)
    while left:
        most = left
        for digit in reversed(digits):
            most = most & digit or most
        left ^= most
        most = most >> oldest | (most & (1 << oldest) - 1) << (_PLACES - oldest)
        while most:
            place = most & -most
            most ^= place
            yield place.bit_length() - 1
