"""What a chat was asked and sent before, as far as repeats can be recognised.

Only character pairs, links, names and short pieces of long texts are kept in memory, at most `LIMIT` of each;
nothing of it is ever written.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime

CANDIDATES = 8
"""Earlier requests that are compared with a new one."""

LIMIT = 200
"""Requests and documents remembered for each chat."""


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """One earlier request for data: its fields as character pairs, its period, and where it was."""

    message_id: str
    at: datetime | None
    pairs: frozenset[str]
    links: tuple[str, ...]
    periods: frozenset[str]


@dataclass(frozen=True, slots=True)
class SentBefore:
    """The first message that brought a document."""

    message_id: str
    at: datetime | None


@dataclass(slots=True)
class History:
    """The memory of one chat."""

    requests: deque[AskedBefore] = field(default_factory=deque)
    documents: OrderedDict[str, SentBefore] = field(default_factory=OrderedDict)
    _by_pair: dict[str, list[AskedBefore]] = field(default_factory=dict)

    def remember_request(self, request: AskedBefore) -> None:
        """Keep a request; the oldest gives way beyond `LIMIT`."""
        self.requests.append(request)
        for pair in request.pairs:
            if len(pair) == 2:
                self._by_pair.setdefault(pair, []).append(request)
        if len(self.requests) > LIMIT:
            oldest = self.requests.popleft()
            for pair in oldest.pairs & self._by_pair.keys():
                self._by_pair[pair].remove(oldest)
                if not self._by_pair[pair]:
                    del self._by_pair[pair]

    def alike(self, request: AskedBefore) -> list[AskedBefore]:
        """Earlier requests that share pairs of characters with this one, the most alike first."""
        shared: dict[int, int] = {}
        known: dict[int, AskedBefore] = {}
        for pair in request.pairs:
            for earlier in self._by_pair.get(pair, ()):
                key = id(earlier)
                shared[key] = shared.get(key, 0) + 1
                known[key] = earlier
        best = sorted(shared, key=shared.__getitem__, reverse=True)[:CANDIDATES]
        return [known[key] for key in best]

    def remember_document(self, key: str, message_id: str, at: datetime | None) -> None:
        """Keep the first message that brought a document; the oldest gives way beyond `LIMIT`."""
        self.documents.setdefault(key, SentBefore(message_id, at))
        while len(self.documents) > LIMIT:
            self.documents.popitem(last=False)
