"""Reads the official calendars of `calendars/` and the office's own days into one `WorkCalendar`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.core.errors import BadCalendar
from bot.core.workcal import DayMark, WorkCalendar, fixed_holiday
from config.toml_lines import line_of, line_of_error

SHIPPED = Path(__file__).parent / "calendars"
"""The folder of the official calendars, one file a year."""

_FILE_KEYS: Mapping[str, type] = {"year": int, "source": str, "off": list, "work": list, "quiet": list}
_ENTRY_KEYS: Mapping[str, type] = {"name": str, "source": str, "on": date, "from": date, "to": date}


def load_calendar(own: Path | None = None) -> WorkCalendar:
    """Return the shipped years, overridden by `own`: one file of the same format, or a folder of them.

    A file that names its `year` makes that year known, and may speak only of it and the December
    before. Raises `BadCalendar` for the first mistake, with `file`, `key` and `line`.
    """
    calendar = WorkCalendar()
    paths = sorted(SHIPPED.glob("*.toml"))
    if own is not None:
        files = sorted(own.glob("*.toml")) if own.is_dir() else [own]
        if not files:
            raise BadCalendar("empty_folder", file=str(own), key="", line=0)
        paths += files
    for path in paths:
        calendar = _with_file(calendar, _read(path))
    return calendar


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str
    data: dict[str, Any]

    def wrong(self, reason: str, *key_path: str | int, **more: object) -> BadCalendar:
        key = ".".join(part for part in key_path if isinstance(part, str))
        return BadCalendar(reason, file=str(self.path), key=key, line=line_of(self.text, key_path), **more)


def _read(path: Path) -> _File:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadCalendar("unreadable", file=str(path), key="", line=0) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadCalendar("not_utf8", file=str(path), key="", line=line) from error
    try:
        return _File(path, text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        line = line_of_error(text, error)
        key = text.split("\n")[line - 1].partition("=")[0].strip()
        raise BadCalendar("syntax", file=str(path), key=key, line=line) from error


def _with_file(calendar: WorkCalendar, file: _File) -> WorkCalendar:
    _check(file, file.data, _FILE_KEYS)
    bounds = _bounds(calendar, file)
    marks: dict[date, DayMark] = {}
    for kind, index, entry in _entries(file, "off", "work"):
        source = entry.get("source", file.data.get("source", file.path.name))
        mark = DayMark(kind == "work", entry.get("name", ""), source)
        for on in _dates(file, bounds, kind, index, entry):
            if marks.setdefault(on, mark).works != mark.works:
                raise file.wrong("day_twice", kind, index, "on" if "on" in entry else "from", day=str(on))
    quiet = [on for item in _entries(file, "quiet") for on in _dates(file, bounds, *item)]
    if "year" not in file.data:
        return calendar.with_marks(marks, quiet=quiet)
    complete = calendar.with_marks(marks, [file.data["year"]], quiet)
    for on in _span(date(file.data["year"], 1, 1), date(file.data["year"], 12, 31)):
        if fixed_holiday(on) and complete.day(on).works:
            raise file.wrong("year_incomplete", "year", day=str(on))
    return complete


def _check(file: _File, values: Mapping[str, Any], kinds: Mapping[str, type], *path: str | int) -> None:
    for key, value in values.items():
        if key not in kinds:
            raise file.wrong("unknown_key", *path, key)
        if type(value) is not kinds[key]:
            raise file.wrong("wrong_type", *path, key, expected=kinds[key].__name__)


def _bounds(calendar: WorkCalendar, file: _File) -> tuple[date, date]:
    year = file.data.get("year")
    if year is None:
        return date(min(calendar.years) - 1, 1, 1), date(max(calendar.years) + 1, 12, 31)
    if not 1949 < year < 2200:
        raise file.wrong("year", "year")
    return date(year - 1, 12, 1), date(year, 12, 31)


def _entries(file: _File, *kinds: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for kind in kinds:
        for index, entry in enumerate(file.data.get(kind, [])):
            if not isinstance(entry, dict):
                raise file.wrong("wrong_type", kind, index, expected="table")
            _check(file, entry, _ENTRY_KEYS, kind, index)
            yield kind, index, entry


def _dates(file: _File, bounds: tuple[date, date], kind: str, index: int, entry: Mapping[str, date]) -> Iterator[date]:
    given = entry.keys() & {"on", "from", "to"}
    if given not in ({"on"}, {"from", "to"}):
        raise file.wrong("dates", kind, index)
    first, last = ("on", "on") if given == {"on"} else ("from", "to")
    for key in (first, last):
        if not bounds[0] <= entry[key] <= bounds[1]:
            raise file.wrong("outside_year", kind, index, key, day=str(entry[key]))
    if entry[last] < entry[first]:
        raise file.wrong("end_before_start", kind, index, last)
    yield from _span(entry[first], entry[last])


def _span(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days) for days in range((last - first).days + 1))
