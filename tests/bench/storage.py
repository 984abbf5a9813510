"""What the database costs for a batch of 100 messages: `python -m tests.bench.storage [address]`.

A batch is stored and committed (as the receiver does), then read, judged to have 30 findings in 50 groups, counted,
marked as handled and committed (as the worker does); nothing but the database is measured. CPU is that of all
threads; on a busy machine it is the steadier figure.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bot.ports import Store
from storage.crypto import KeyVault
from storage.unit_of_work import open_store
from tests.storage.make_values import FULL_FINDING, NOW, group, update

BATCHES, WARM_UP, MESSAGES, FINDINGS, GROUPS = 60, 10, 100, 30, 50
PAYLOAD = b"x" * 845
"""As long as an ordinary update of a supergroup."""


async def play_batch(store: Store, number: int) -> None:
    """Store and handle one batch."""
    first = number * MESSAGES
    async with store.begin() as work:
        await work.inbox.store([update(first + place, PAYLOAD) for place in range(MESSAGES)])
        await work.commit()
    async with store.begin() as work:
        pending = await work.inbox.pending(MESSAGES)
        groups = [await work.groups.of_chat(-1 - place % GROUPS) for place in range(MESSAGES)]
        for known in groups:
            assert known is not None
            await work.counts.add(known.id, NOW.date(), {"messages": 1, "work": 1})
        found = zip(groups[:FINDINGS], range(first, first + FINDINGS), strict=True)
        await work.findings.add([replace(FULL_FINDING, group_id=each.id, message_id=n) for each, n in found if each])
        await work.inbox.handled([each.id for each in pending], NOW)
        await work.commit()


async def measure(address: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each batch: by the clock, and of the processor."""
    store = await open_store(address, KeyVault.new())
    async with store.begin() as work:
        for place in range(GROUPS):
            await work.groups.add(group(-1 - place))
        await work.commit()
    clock, processor = [], []
    for number in range(BATCHES):
        began, used = time.perf_counter(), time.process_time()
        await play_batch(store, number)
        clock.append((time.perf_counter() - began) * 1_000)
        processor.append((time.process_time() - used) * 1_000)
    await store.close()
    return clock[WARM_UP:], processor[WARM_UP:]


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else str(Path(folder) / "bench.db")
        clock, processor = asyncio.run(measure(address))
    for name, figures in (("clock", clock), ("processor", processor)):
        middle, high = statistics.median(figures), statistics.quantiles(figures, n=10)[-1]
        best = min(figures)
        sys.stdout.write(f"{name}: {middle:.1f} ms a batch, 9 of 10 under {high:.1f} ms, {best:.1f} ms at best\n")


if __name__ == "__main__":
    main()
