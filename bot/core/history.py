"""What a chat was asked and sent before, as far as repeats can be recognised.

Only character pairs, links, names and short pieces of long texts are kept, at most `LIMIT` of each. An audit never
writes any of it; the live bot keeps it sealed, so that repeats are recognised after a restart too.
"""

from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple

CANDIDATES = 8
"""Earlier requests that are compared with a new one."""

LIMIT = 200
"""Requests and documents remembered for each chat."""


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
    """The memory of one chat."""

    requests: deque[AskedBefore] = field(default_factory=deque)
    documents: OrderedDict[str, SentBefore] = field(default_factory=OrderedDict)
    _by_pair: dict[str, list[int]] = field(default_factory=dict)
    _forgotten: int = 0

    def remember_request(self, request: AskedBefore) -> None:
        """Keep a request; the oldest gives way beyond `LIMIT`."""
        number = self._forgotten + len(self.requests)
        self.requests.append(request)
        known = self._by_pair
        for pair in request.pairs:
            if len(pair) == 2:
                if pair in known:
                    known[pair].append(number)
                else:
                    known[pair] = [number]
        if len(self.requests) > LIMIT:
            self._forget()

    def _forget(self) -> None:
        """Let go of the oldest request, which every list of its pairs begins with."""
        for pair in self.requests.popleft().pairs:
            if len(pair) == 2:
                numbers = self._by_pair[pair]
                del numbers[0]
                if not numbers:
                    del self._by_pair[pair]
        self._forgotten += 1

    def alike(self, request: AskedBefore) -> list[AskedBefore]:
        """Earlier requests that share pairs of characters with this one, the most alike first, of equals the first."""
        known = self._by_pair
        shared = Counter(chain.from_iterable([known[pair] for pair in request.pairs if pair in known]))
        least = sorted(shared.values())[-CANDIDATES] if len(shared) > CANDIDATES else 0
        best = sorted([(-count, number) for number, count in shared.items() if count >= least])[:CANDIDATES]
        return [self.requests[number - self._forgotten] for _, number in best]

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
