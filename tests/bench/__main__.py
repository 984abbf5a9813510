"""Print speed and memory: `python -m tests.bench [MESSAGES]`; nothing is asserted."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.model import Message
from bot.core.scene import Scene
from bot.core.worktime import WorkingHours, WorkTime
from bot.services.crew import usable_cores
from config.calendar import load_calendar
from config.rules import load_rules
from tests.bench.messages import long_text, texts, write_export

ZONE = ZoneInfo("Asia/Shanghai")
ROUNDS = 5


def say(name: str, figure: float, unit: str) -> None:
    sys.stdout.write(f"{name:58} {figure:12,.1f} {unit}\n")


def messages(written: Sequence[str]) -> list[Message]:
    start = datetime(2026, 3, 2, 1, tzinfo=UTC).astimezone(ZONE)
    return [Message(str(n), text, start + timedelta(seconds=40 * n)) for n, text in enumerate(written)]


def verdict_time(written: Sequence[str]) -> float:
    """Microseconds for the whole verdict of one message, the best of some rounds, each in a new chat."""
    pipeline = load_rules().pipeline
    worktime = WorkTime(load_calendar(), WorkingHours(), ZONE)
    several = messages(written)
    gc.collect()
    gc.freeze()
    best = float("inf")
    for _ in range(ROUNDS):
        scene = Scene(worktime)
        started = time.perf_counter()
        for message in several:
            pipeline.judge(message, scene)
        best = min(best, (time.perf_counter() - started) / len(several))
    return best * 1e6


def audit(count: int, folder: Path) -> None:
    """Time the audit of an export with so many messages, in a process of its own."""
    path = folder / "result.json"
    write_export(path, count)
    say("export written", path.stat().st_size / 2**20, "MiB")
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "audit", str(path), "--quiet", "--json", str(folder / "report.json")]
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            peak = max(peak, memory_of_group(process.pid))
            time.sleep(0.2)
    seconds = time.perf_counter() - started
    say(f"jianfu audit, {count:,} messages, {usable_cores() + 1} processes", count / seconds, "messages/s")
    say("  peak memory of all its processes", peak, "MiB")


def memory_of_group(group: int) -> float:
    """MiB that the processes of a group hold together, shared pages counted once; Linux tells it, others 0."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                pss = next(line for line in (folder / "smaps_rollup").read_text().splitlines() if line[:4] == "Pss:")
                total += int(pss.split()[1])
        except (OSError, StopIteration):
            continue
    return total / 1024


def help_time() -> None:
    """Time `jianfu --help`, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - started)
    say("jianfu --help", best, "s")


def main() -> None:
    """Print every figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    short = list(islice(texts(), 20_000))
    say(f"verdict, short message (mean {sum(map(len, short)) / len(short):.0f} characters)", verdict_time(short), "µs")
    say("verdict, message of 4,096 characters", verdict_time([long_text(n) for n in range(100)]), "µs")
    help_time()
    with tempfile.TemporaryDirectory() as folder:
        audit(count, Path(folder))


if __name__ == "__main__":
    main()
