"""What a large ledger costs: 10,000 units with 100,000 rows, on SQLite and PostgreSQL: `python -m tests.bench.ledger`.

The import is the command itself, as a process of its own; its progress bar shows on a terminal. PostgreSQL is measured
in the database that JIANFU_BENCH_POSTGRES (or the argument) names, which is emptied for it.
"""

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import asyncpg

from bot.core.ledger_columns import LEDGER, UNITS
from bot.sheets import Column, write_csv, write_xlsx
from bot.sheets.values import Value

UNIT_COUNT, ROW_COUNT = 10_000, 100_000
PURPOSES = ("日常工作", "防汛抗旱", "秸秆禁烧", "党建工作", "项目推进")


def say(name: str, figure: float, unit: str) -> None:
    sys.stdout.write(f"{name:58} {figure:12,.1f} {unit}\n")
    sys.stdout.flush()


def unit_rows() -> Iterator[Sequence[Value]]:
    """One county for 99 others: 100 counties with 9 townships each, and villages below them."""
    for number in range(UNIT_COUNT):
        county, town = number // 100, number // 10
        if number % 100 == 0:
            yield [f"{county}号县", None, "县级"]
        elif number % 10 == 0:
            yield [f"{town}号镇", f"{county}号县", "乡镇级"]
        else:
            yield [f"{number}号村", f"{town}号镇" if town % 10 else f"{county}号县", "村级"]


def ledger_rows() -> Iterator[Sequence[Value]]:
    """Ten rows a unit: groups standing and for projects, every tenth an account."""
    names = [str(row[0]) for row in unit_rows()]
    for number in range(ROW_COUNT):
        place = number % 10
        kind = "公众账号" if place == 9 else "工作群"
        end = f"2026.{number % 12 + 1}.{number % 28 + 1}" if place in {3, 4, 5} else None
        nature = None if place == 9 else "专项" if end else "常设"
        name, purpose = f"{names[number // 10]}第{place}群", PURPOSES[number % 5]
        yield [
            *(names[number // 10], kind, "QQ" if place in {1, 2} else "微信", name, nature, "党政办主任"),
            *(f"{number % 400 + 3}人", purpose, "网信办", "2025年3月1日", "2025/2/1", end, "运行"),
        ]


LEDGER_FIELDS = (
    *("unit", "object_type", "platform", "name", "kind", "owner", "members", "purpose", "approved_by"),
    *("approved_on", "created_on", "end_date", "state"),
)


def write_files(folder: Path) -> None:
    """The files that are imported."""
    with (folder / "units.csv").open("wb") as out:
        write_csv(out, [Column(UNITS[name][0]) for name in ("name", "parent", "level")], unit_rows())
    columns = [Column(LEDGER[name][0]) for name in LEDGER_FIELDS]
    with (folder / "ledger.csv").open("wb") as out:
        write_csv(out, columns, ledger_rows())
    with (folder / "ledger.xlsx").open("wb") as out:
        write_xlsx(out, columns, ledger_rows(), sheet="台账", title="微信工作群管理台账")


def timed(folder: Path, address: str, name: str, *arguments: str) -> None:
    """Run the command and say how long it took."""
    command = [sys.executable, "-m", "bot", *arguments]
    settings = {"JIANFU_DATABASE": address, "JIANFU_KEY_FILE": str(folder / "key"), "PYTHONPATH": str(Path.cwd())}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, env=os.environ | settings)
    say(name, time.perf_counter() - started, "s")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    say("  processor", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "s")


async def emptied(address: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


def bench(folder: Path, address: str) -> None:
    """Every figure on one database."""
    timed(folder, address, f"jianfu units import, {UNIT_COUNT:,} rows of csv", "units", "import", "units.csv", "--yes")
    timed(
        folder, address, f"jianfu ledger import, {ROW_COUNT:,} rows of xlsx", "ledger", "import", "ledger.xlsx", "--yes"
    )
    timed(folder, address, "  once more, nothing to change (csv)", "ledger", "import", "ledger.csv", "--yes")
    timed(folder, address, "jianfu ledger export, xlsx", "ledger", "export", "out.xlsx")
    timed(folder, address, "jianfu ledger log --verify", "ledger", "log", "--verify")


def main() -> None:
    """Print every figure."""
    postgres = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("JIANFU_BENCH_POSTGRES", "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder)
        sys.stdout.write("The ledger on SQLite\n")
        bench(folder, str(folder / "bench.db"))
        if postgres:
            sys.stdout.write("The ledger on PostgreSQL\n")
            asyncio.run(emptied(postgres))
            (folder / "key").unlink()
            bench(folder, postgres)


if __name__ == "__main__":
    main()
