"""The day keys: what must not outlive its day is sealed with them, and they are destroyed soon after it.

They stand in a file of their own beside the key file, `jianfu.key.days`: a line a key, the present one first, then the
one before it, which still opens what was under way when the day changed. Nobody can open what an older one sealed, the
host included. The file belongs into no backup; replicas share it, as they share the folder of the key file.
"""

import base64
import binascii
import fcntl
import hmac
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.errors import BadKeyFile

SUFFIX = ".days"
KEY_BYTES = 32
KEPT = 2
"""The present key and the one before it."""


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"jianfu day " + purpose.encode()).derive(key)


@dataclass(frozen=True, slots=True)
class DayKey:
    """One key with the day that it was made for."""

    day: date
    key: bytes
    id: bytes
    cipher: AESGCM

    @classmethod
    def of(cls, day: date, key: bytes) -> "DayKey":
        """The key with what is derived from it."""
        return cls(day, key, _derived(key, "id")[:4], AESGCM(_derived(key, "seal")))

    def name(self, purpose: str, text: str) -> str:
        """A keyed hash that nobody can make again once the key is gone."""
        return hmac.digest(_derived(self.key, f"hash {purpose}"), text.encode(), sha256)[:16].hex()


@dataclass(slots=True)
class DayKeys:
    """The keys of a file, read again whenever another process changed it; without a file they live in memory alone."""

    file: Path | None = None
    _keys: tuple[DayKey, ...] = ()
    _seen: tuple[int, int] | None = None
    _folder_lock: Path | None = field(default=None)

    @classmethod
    def beside(cls, key_file: Path) -> "DayKeys":
        """The day keys that belong to a key file."""
        return cls(key_file.with_name(key_file.name + SUFFIX), _folder_lock=key_file)

    def all(self) -> Sequence[DayKey]:
        """The keys, the present one first; one is made where there is none."""
        if self._is_fresh():
            return self._keys
        if self.file is None:
            self._keys = (_fresh(datetime.now(UTC).date()),)
            return self._keys
        try:
            self._read()
        except (OSError, ValueError):
            self._mend()
        return self._keys

    def known(self) -> Sequence[DayKey]:
        """The keys there are; none is made."""
        return self.all() if self._keys or (self.file is not None and self.file.exists()) else ()

    def rotate(self, today: date) -> bool:
        """Let a fresh key seal from now on, unless the present one is of today; the one before the last is destroyed.

        Safe to call at any time, twice, and in several processes. Returns whether a key was made.
        """
        present = self.all()
        if self.file is None:
            if _is_of(present[0], today):
                return False
            self._keys = (_fresh(today), *present)[:KEPT]
            return True
        with self._alone():
            self._read()
            if _is_of(self._keys[0], today):
                return False
            self._write((_fresh(today), *self._keys)[:KEPT])
        return True

    def _is_fresh(self) -> bool:
        """Whether what is in memory is what the file holds."""
        return bool(self._keys) and (self.file is None or self._stamp() == self._seen)

    def _stamp(self) -> tuple[int, int] | None:
        assert self.file is not None  # noqa: S101
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _read(self) -> None:
        """Take the keys from the file; raises `OSError` or `ValueError` for one that cannot be read."""
        assert self.file is not None  # noqa: S101
        seen = self._stamp()
        self._keys, self._seen = _parsed(self.file.read_text("ascii")), seen

    def _mend(self) -> None:
        """Make the file where there is none, or put in place what a rotation that was cut off had written.

        Raises `BadKeyFile` where that is not possible.
        """
        assert self.file is not None  # noqa: S101
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self._alone():
                if self._readable(self.file):
                    self._read()
                elif self._readable(self._part):
                    self._part.replace(self.file)
                    self._read()
                else:
                    self._write((_fresh(datetime.now(UTC).date()),))
        except (OSError, ValueError):
            raise BadKeyFile("unwritable", file=str(self.file)) from None

    @property
    def _part(self) -> Path:
        assert self.file is not None  # noqa: S101
        return self.file.with_name(f"{self.file.name}.new")

    @staticmethod
    def _readable(file: Path) -> bool:
        try:
            return bool(_parsed(file.read_text("ascii")))
        except (OSError, ValueError):
            return False

    def _write(self, keys: tuple[DayKey, ...]) -> None:
        """Put keys into the file: written aside, the old contents overwritten, then put in their place.

        Whoever is cut off in between finds the new ones aside (`_mend`).
        """
        assert self.file is not None  # noqa: S101
        _overwrite(self._part)  # a rotation that was cut off left keys there
        self._part.unlink(missing_ok=True)
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write("".join(f"{each.day} {base64.b64encode(each.key).decode()}\n" for each in keys))
            stream.flush()
            os.fsync(stream.fileno())
        _overwrite(self.file)
        self._part.replace(self.file)
        self._keys, self._seen = keys, self._stamp()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time, by a lock on the key file (or on the folder, before there is one)."""
        assert self.file is not None  # noqa: S101
        lock = self._folder_lock
        where = lock if lock is not None and lock.exists() else self.file.parent
        descriptor = os.open(where, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _fresh(day: date) -> DayKey:
    return DayKey.of(day, os.urandom(KEY_BYTES))


def _is_of(key: DayKey, today: date) -> bool:
    """Whether a key is of today, or of tomorrow by another clock, which must not make two of one night."""
    return timedelta(0) <= key.day - today <= timedelta(days=1)


def _overwrite(file: Path) -> None:
    """Write over what a file holds, on the disk."""
    if not file.exists():
        return
    with file.open("r+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        stream.write(os.urandom(size))
        stream.flush()
        os.fsync(stream.fileno())


def _parsed(text: str) -> tuple[DayKey, ...]:
    """The keys of a file's text; raises `ValueError` for anything else."""
    keys = []
    for line in text.splitlines():
        day, _, encoded = line.partition(" ")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise ValueError("no key") from None
        if len(key) != KEY_BYTES:
            raise ValueError("no key")
        keys.append(DayKey.of(date.fromisoformat(day), key))
    if not keys:
        raise ValueError("no key")
    return tuple(keys)
