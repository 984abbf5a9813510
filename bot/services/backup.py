"""Backups: one sealed file for a whole database.

A file is a line that says what it is, and frames: a length, and a sealed piece that knows its backup, its number and
whether it is the last. So a frame that was cut off, changed, moved or taken from another backup is noticed. It opens
with the key file alone, which is not in it: keep that one apart, for without it no backup can be read.
"""

import os
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from bot.core.errors import BadBackup, BadSeal
from bot.ports import Archive, Forgotten, Store, Vault
from bot.services.forgetting import erase
from bot.services.inbox import HEARTBEAT, listened_until, note_outage

TITLE = b"JIANFU BACKUP 1\n"
FRAME = Struct(">I")
PIECE = Struct(">16sQB")
MORE, LAST = 0, 1
RESTORED = "restored"
"""The fact that tells when a backup was put back: what was due by then may have been posted already."""
LONGEST = 256 << 20
"""A frame that claims to be longer is none of ours."""


async def back_up(archive: Archive, vault: Vault, file: Path) -> int:
    """Write a backup; returns its rows. The file appears when it is whole, readable by its owner alone.

    It takes the place of an earlier backup, and of nothing else: one slip would put it over the database itself.
    """
    _check_place(file)
    # A name that nobody can guess, and new: in a folder of all, a link or file laid in wait would be written to.
    part = file.with_name(f"{file.name}.{os.urandom(6).hex()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            rows = await _write(archive, vault, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        raise BadBackup("unwritable", file=str(file)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return rows


def _check_place(file: Path) -> None:
    try:
        with file.open("rb") as stream:
            ours = stream.read(len(TITLE)) == TITLE
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadBackup("unwritable", file=str(file)) from error
    if not ours:
        raise BadBackup("other_file", file=str(file))


async def _write(archive: Archive, vault: Vault, stream: BinaryIO) -> int:
    # A piece is written when the next one is known, since the last one says that it is the last.
    name, number, held, total = os.urandom(16), 0, b"", 0
    stream.write(TITLE)
    async for rows, piece in archive.dump():
        if number:
            _write_frame(vault, stream, PIECE.pack(name, number, MORE) + held)
        number, held, total = number + 1, zlib.compress(piece, 1), total + rows
    _write_frame(vault, stream, PIECE.pack(name, number, LAST) + held)
    return total


def _write_frame(vault: Vault, stream: BinaryIO, plain: bytes) -> None:
    sealed = vault.seal(plain)
    stream.write(FRAME.pack(len(sealed)))
    stream.write(sealed)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def restore(archive: Archive, vault: Vault, file: Path, *, replace: bool = False) -> int:
    """Put a backup back, all of it or nothing; returns how many rows. Raises `BadBackup`."""
    try:
        stream = file.open("rb")
    except OSError as error:
        raise BadBackup("unreadable", file=str(file)) from error
    with stream:
        if stream.read(len(TITLE)) != TITLE:
            raise BadBackup("not_backup", file=str(file))
        return await archive.load(_Pieces(stream, vault, str(file)).all(), replace=replace)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a restored database: what waited and is left, and who was forgotten again."""

    updates: int
    entries: int
    forgotten: int


async def settle(store: Store, vault: Vault, forgotten: Forgotten, now: datetime) -> Settled:
    """After a restore: nothing is done or said twice, nobody comes back, and the time since is told as not seen.

    What waited when the backup was made may have been handled and said since. Whoever was forgotten after it is
    forgotten again, by the list that is kept beside the keys. A code that was open then may be used up. What was seen
    since then is lost with it: a gap.
    """
    async with store.begin() as work:
        made = await listened_until(work)
        updates, entries = await work.inbox.silence(now), await work.outbox.silence(now)
        again = {*forgotten.since(None if made is None else made - HEARTBEAT)}
        for traces in again:
            await erase(work, vault, traces, now)
        await work.office.drop_codes()
        await work.state.set(RESTORED, now.isoformat())
        await note_outage(work, made, now)
        await work.commit()
    return Settled(updates, entries, len(again))


@dataclass(slots=True)
class _Pieces:
    """The frames of a file, read one by one and checked to follow one another to the last."""

    stream: BinaryIO
    vault: Vault
    file: str
    name: bytes = b""

    async def all(self) -> AsyncIterator[bytes]:
        number, last = 0, False
        while not last:
            number += 1
            piece, last = self._next(number)
            yield piece
        if self.stream.read(1):
            raise self._altered()

    def _next(self, number: int) -> tuple[bytes, bool]:
        plain = self._opened()
        if len(plain) < PIECE.size:
            raise self._altered()
        name, place, last = PIECE.unpack_from(plain)
        if place != number or name != (self.name or name):
            raise self._altered()
        self.name = name
        return zlib.decompress(plain[PIECE.size :]), last == LAST

    def _opened(self) -> bytes:
        (length,) = FRAME.unpack(self._read(FRAME.size))
        if length > LONGEST:
            raise self._altered()
        try:
            return self.vault.unseal(self._read(length))
        except BadSeal:
            raise self._altered() from None

    def _read(self, length: int) -> bytes:
        try:
            found = self.stream.read(length)
        except OSError as error:
            raise BadBackup("unreadable", file=self.file) from error
        if len(found) != length:
            raise self._altered()
        return found

    def _altered(self) -> BadBackup:
        return BadBackup("altered", file=self.file)
