"""Processes that draft verdicts while the audit counts: the same report, sooner, where there is more than one core.

A draft needs no memory of its chat, so that it can be made anywhere. The audit settles the drafts in the order of
the messages and in its own process, where all memory stays.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TypeAlias

from bot.core.errors import WorkerLost
from bot.core.model import Message
from bot.core.pipeline import Draft

Drafter: TypeAlias = Callable[[Sequence[Message]], list[Draft]]
Drafted: TypeAlias = tuple[Message, Draft | None]
"""A message with its draft; None where the audit is to judge it by itself."""

MOST_WORKERS = 2
"""More would wait for the one process that reads, and each holds the rules once more in memory."""

BATCH_CHARACTERS = 1 << 17
"""Characters of a batch at most, so that long messages do not fill the memory."""

BLOCK = 64
"""Messages that are drafted together: as many as leave their words in the cache of a core."""

_LOOKED_AT = 64
_LAST_SECONDS = 5.0


class _Worker:
    """One process, the link to it, and the messages whose drafts it owes."""

    def __init__(self, process: BaseProcess, link: Connection) -> None:
        self.process = process
        self.link = link
        self.owes: list[Message] = []

    def give(self, batch: list[Message]) -> None:
        """Send a batch; only to a worker that owes nothing, or both could wait for each other for ever."""
        self.owes = batch
        try:
            self.link.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise WorkerLost("lost") from error

    def take(self) -> Iterator[Drafted]:
        """Receive the drafts that are owed, and yield them with their messages."""
        owed, self.owes = self.owes, []
        try:
            drafts: list[Draft | None] = pickle.loads(self.link.recv_bytes()) if owed else []  # noqa: S301 - our own
        except (EOFError, OSError) as error:
            raise WorkerLost("lost") from error
        return zip(owed, drafts, strict=True)


class Crew:
    """Drafts messages in processes of its own, in each of which `build`, which must bear pickling, is called once.

    The first `alone` messages are left to the audit, and so are those that come before the workers are ready: a
    short export starts no process. A process that cannot begin is done without. Use it as a context, which ends
    the processes.
    """

    def __init__(
        self, build: Callable[[], Drafter], workers: int | None = None, *, alone: int = 10_000, batch: int = 500
    ) -> None:
        self._build = build
        self._wanted = usable_cores() if workers is None else workers
        self._alone = alone
        self._batch = batch
        self._seen = 0
        self._begun: list[_Worker] = []
        self._ready: list[_Worker] = []

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for worker in (*self._begun, *self._ready):
            worker.link.close()
            worker.process.terminate()
        for worker in (*self._begun, *self._ready):
            worker.process.join(_LAST_SECONDS)

    def drafts(self, messages: Iterable[Message]) -> Iterator[Drafted]:
        """Yield all messages in their order, with their drafts where a worker has made them.

        Raises:
            WorkerLost: when a worker ended by itself, as when the system needed its memory.
        """
        source = iter(messages)
        for message in source:
            if self._at_work():
                yield from self._rounds(_batches(chain((message,), source), self._batch))
                return
            yield message, None

    def _rounds(self, batches: Iterator[list[Message]]) -> Iterator[Drafted]:
        """Give batch after batch to the workers in turn, and take each one back before the next is given."""
        turns = self._ready
        given = 0
        for given, batch in enumerate(batches, 1):
            worker = turns[(given - 1) % len(turns)]
            done = worker.take()
            worker.give(batch)
            yield from done
        for turn in range(given, given + len(turns)):
            yield from turns[turn % len(turns)].take()

    def _at_work(self) -> bool:
        """Whether all workers are ready; begins them once enough messages have come."""
        if self._ready and not self._begun:
            return True
        self._seen += 1
        if not self._wanted or self._seen <= self._alone or self._seen % _LOOKED_AT:
            return False
        if not self._begun:
            self._begin()
        self._look()
        return bool(self._ready) and not self._begun

    def _look(self, seconds: float = 0.0) -> None:
        """See who has become ready, waiting for each so long; who could not begin is done without."""
        for worker in [worker for worker in self._begun if worker.link.poll(seconds)]:
            self._begun.remove(worker)
            try:
                worker.link.recv_bytes()
            except (EOFError, OSError):
                self._wanted -= 1
            else:
                self._ready.append(worker)

    def _begin(self) -> None:
        """Begin the processes; they load the rules while the audit goes on alone.

        They are spawned, not forked, for a thread that draws the progress may be running.
        """
        context = multiprocessing.get_context("spawn")
        with _uninterrupted(), suppress(OSError):
            for _ in range(self._wanted):
                ours, theirs = context.Pipe()
                process = context.Process(target=_work, args=(theirs, self._build), daemon=True)
                process.start()
                theirs.close()
                self._begun.append(_Worker(process, ours))
        self._wanted = len(self._begun)


def collect_rarely() -> None:
    """Spare the rules from garbage collection: they live as long as the process, and a message leaves no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def usable_cores() -> int:
    """How many workers this machine has room for; none where there is a single core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS) if cores > 1 else 0


def _batches(messages: Iterable[Message], most: int) -> Iterator[list[Message]]:
    batch: list[Message] = []
    characters = 0
    for message in messages:
        batch.append(message)
        characters += len(message.text)
        if len(batch) >= most or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes that begin here pass over Ctrl-C, which a terminal sends to all; this one ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(link: Connection, build: Callable[[], Drafter]) -> None:
    """Draft what comes over the link until it is closed; messages that cannot be drafted are left to the audit."""
    try:
        draft = build()
    except Exception:  # noqa: BLE001 - the audit has built the same and goes on alone
        return
    with suppress(EOFError, OSError):
        collect_rarely()
        link.send_bytes(b"ready")
        while True:
            batch: list[Message] = pickle.loads(link.recv_bytes())  # noqa: S301 - from the audit itself
            blocks = (batch[start : start + BLOCK] for start in range(0, len(batch), BLOCK))
            drafts = [each for block in blocks for each in _drafted(draft, block)]
            link.send_bytes(pickle.dumps(drafts, pickle.HIGHEST_PROTOCOL))


def _drafted(draft: Drafter, block: list[Message]) -> Sequence[Draft | None]:
    try:
        return draft(block)
    except Exception:  # noqa: BLE001 - the audit meets the same failure, and counts it
        return [None] * len(block)
