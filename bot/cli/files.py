"""Opens what is read and writes what is asked for: whole or not at all, and never over an input."""

import os
import secrets
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import BadInput

STANDARD_INPUT = "-"
ENV_FILE = ".env"
"""The file of the settings, which no output may replace."""


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading, or standard input for `-`; raises `BadInput` when it cannot be."""
    if name == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only the opening is guarded
    except (OSError, ValueError) as error:
        raise BadInput(_reason(error), file=name) from None
    with stream:
        yield stream


def check_input(path: Path) -> None:
    """Raise `BadInput` for a file that is not there or cannot be opened, before any work is done."""
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise BadInput(_reason(error), file=str(path)) from None


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes take the place of `path` once all went well.

    Whatever is raised meanwhile, Ctrl-C included, leaves `path` as it was and nothing beside it. Nobody may read the
    new file who could not read the old one. What is no regular file, such as a pipe, is written to directly. Raises
    `BadInput` where it cannot be.
    """
    target = _resolved(path)
    part = target.with_name(f".jianfu-{secrets.token_hex(4)}.part")
    direct = target.exists() and not target.is_file()
    try:
        with target.open("wb") if direct else part.open("xb") as stream:
            if not direct and target.exists():
                _hand_on(target.stat(), part)
            yield stream
        if not direct:
            part.replace(target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BadInput("not_writable", file=str(path)) from error
    finally:
        with suppress(OSError):  # what could not be made need not be taken away
            part.unlink(missing_ok=True)


def _hand_on(old: os.stat_result, part: Path) -> None:
    """Give a new file the group and the rights of the old one.

    Where it cannot have that group its own gets no rights, and the others, of whom the old group then is, only
    those that the old group had as well.
    """
    mode = stat.S_IMODE(old.st_mode)
    try:
        if hasattr(os, "chown"):  # Windows has no groups of files
            os.chown(part, -1, old.st_gid)
    except OSError:
        mode = mode & stat.S_IRWXU | mode & mode >> 3 & stat.S_IRWXO
    part.chmod(mode)


def made_folder(path: Path) -> Path:
    """Make a folder unless it is there; raises `BadInput` when it cannot be."""
    try:
        path.mkdir(exist_ok=True)
    except OSError:
        raise BadInput("not_writable", file=str(path)) from None
    return path


def check_given_once(names: Sequence[str]) -> None:
    """Raise `BadInput` for a file, or standard input, that is to be read twice."""
    given: set[str] = set()
    for name in names:
        place = name if name == STANDARD_INPUT else os.path.realpath(name)
        if place in given:
            raise BadInput("given_twice", file=name)
        given.add(place)


def check_outputs(outputs: Sequence[Path], inputs: Sequence[str]) -> None:
    """Raise `BadInput` before any work is done for outputs that cannot or must not be written.

    An output must not be one of the inputs, a file in a folder among them, what standard input is read from or the
    file of the settings, nor the same file as another, and its folder must be there.
    """
    taken = [Path(os.path.realpath(name)) for name in (*inputs, ENV_FILE) if name != STANDARD_INPUT]
    taken += [file for path in taken if path.is_dir() for file in path.iterdir()]
    for output in outputs:
        target = _resolved(output)
        if target in taken or any(_same(output, path) for path in taken):
            raise BadInput("overwrites", file=str(output))
        if STANDARD_INPUT in inputs and _is_standard_input(output):
            raise BadInput("overwrites", file=str(output))
        if _is_folder(target, output):
            raise BadInput("is_folder", file=str(output))
        if not _is_folder(target.parent, output) or not os.access(target.parent, os.W_OK):
            raise BadInput("not_writable", file=str(output))
        taken.append(target)


def _is_folder(path: Path, output: Path) -> bool:
    """Whether a path is a folder; raises `BadInput` for one that cannot be, such as too long a name."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        raise BadInput("not_writable", file=str(output)) from None


def _is_standard_input(path: Path) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(0))
    except (OSError, ValueError):
        return False


def _resolved(path: Path) -> Path:
    """Return where an output really lies; raises `BadInput` for a link that leads only to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a RuntimeError until Python 3.12
        raise BadInput("not_writable", file=str(path)) from None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "not_found"
        case PermissionError():
            return "not_allowed"
        case IsADirectoryError():
            return "is_folder"
    return "unreadable"
