"""The keys outside the database: what they seal, name and sign.

The key file holds a line a key: `name <base64>` once, `seal <base64>` one or more times. The first `seal` key seals,
every one of them opens, so that keys are rotated by putting a new line above the old (`jianfu keys rotate`). The `name`
key makes the keyed hashes, and stays: under another one everybody would be a stranger.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.core.errors import BadKeyFile, BadSeal
from storage.daykeys import DayKeys

KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12
TAG_BYTES = 16
NAME, SEAL = "name", "seal"
ADDED_BYTES = ID_BYTES + NONCE_BYTES + TAG_BYTES
"""What a seal adds to the length."""


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"jianfu " + purpose.encode()).derive(key)


def _key_id(key: bytes) -> bytes:
    """What tells the keys apart; derived like a subkey, so that it says nothing of the key."""
    return _derived(key, "id")[:ID_BYTES]


@dataclass(frozen=True)
class KeyVault:
    """Seals with AES-256-GCM, and names with HMAC-SHA256; a subkey for each purpose."""

    name_key: bytes
    seal_keys: Sequence[bytes]
    days: DayKeys = field(default_factory=DayKeys, repr=False, compare=False)
    """What seals for a day alone."""

    @classmethod
    def new(cls) -> Self:
        """A vault with fresh keys."""
        return cls(os.urandom(KEY_BYTES), (os.urandom(KEY_BYTES),))

    def rotated(self) -> "KeyVault":
        """With a fresh key that seals from now on; the old ones still open."""
        return KeyVault(self.name_key, (os.urandom(KEY_BYTES), *self.seal_keys), self.days)

    def retired(self) -> "KeyVault":
        """With the key alone that seals now."""
        return KeyVault(self.name_key, self.seal_keys[:1], self.days)

    def lasting(self) -> "KeyVault":
        """Without the day keys: opens only what is sealed for good."""
        return KeyVault(self.name_key, self.seal_keys)

    @property
    def present_id(self) -> bytes:
        """What everything begins with that the present key sealed."""
        return self._present[0]

    @property
    def fleeting_ids(self) -> Sequence[bytes]:
        """What everything begins with that a day key sealed."""
        return [each.id for each in self.days.known()]

    @cached_property
    def _ciphers(self) -> dict[bytes, AESGCM]:
        return {_key_id(key): AESGCM(_derived(key, "seal")) for key in self.seal_keys}

    @cached_property
    def _present(self) -> tuple[bytes, AESGCM]:
        return next(iter(self._ciphers.items()))

    @cached_property
    def _subkeys(self) -> dict[str, bytes]:
        return {}

    def _subkey(self, purpose: str) -> bytes:
        key = self._subkeys.get(purpose)
        if key is None:
            key = self._subkeys[purpose] = _derived(self.name_key, purpose)
        return key

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the present key: its id, a random nonce, the cipher text with its tag."""
        return _sealed(*self._present, plain)

    def seal_fleeting(self, plain: bytes) -> bytes:
        """Encrypt with the key of the day, so that nobody can open it once that is destroyed."""
        present = self.days.all()[0]
        return _sealed(present.id, present.cipher, plain)

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt; raises `BadSeal` for what was not sealed with a known key, or was altered."""
        if len(sealed) < ADDED_BYTES:
            raise BadSeal("altered")
        key_id, rest = sealed[:ID_BYTES], sealed[ID_BYTES:]
        cipher = self._ciphers.get(key_id) or self._fleeting(key_id)
        if cipher is None:
            raise BadSeal("unknown_key")
        try:
            return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], key_id)
        except InvalidTag:
            raise BadSeal("altered") from None

    def _fleeting(self, key_id: bytes) -> AESGCM | None:
        return next((each.cipher for each in self.days.known() if each.id == key_id), None)

    def fleeting_name(self, purpose: str, text: str) -> str:
        """The keyed hash of a text under the key of the day."""
        return self.days.all()[0].name(purpose, text)

    def rotate_days(self, today: date) -> bool:
        """Let a fresh key be that of the day, and destroy the one before the last; whether there was need to."""
        return self.days.rotate(today)

    def pseudonym(self, purpose: str, number: int) -> str:
        """The keyed hash of an id for one purpose, 128 bit as 32 hex digits."""
        return self.digest(purpose, str(number))

    def digest(self, purpose: str, text: str) -> str:
        """The keyed hash of a text for one purpose, 128 bit as 32 hex digits."""
        return hmac.digest(self._subkey(f"hash {purpose}"), text.encode(), sha256)[:16].hex()

    def sign(self, text: str) -> str:
        """A signature of 48 bit as 8 characters: too many to guess by pressing, and callback data has 64 bytes."""
        return base64.urlsafe_b64encode(hmac.digest(self._subkey("sign"), text.encode(), sha256)[:6]).decode()

    def same(self, left: str, right: str) -> bool:
        """Whether two signatures are equal, compared in constant time."""
        return hmac.compare_digest(left.encode(), right.encode())

    def lines(self) -> str:
        """The contents of the key file."""
        keys = [(NAME, self.name_key), *((SEAL, key) for key in self.seal_keys)]
        return "".join(f"{kind} {base64.b64encode(key).decode()}\n" for kind, key in keys)


def _sealed(key_id: bytes, cipher: AESGCM, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return key_id + nonce + cipher.encrypt(nonce, plain, key_id)


def open_vault(file: Path, *, make: bool = True) -> KeyVault:
    """The vault of a key file, which is made (readable by its owner alone) where there is none, unless told otherwise.

    Raises `BadKeyFile` for one that cannot be used; it is never overwritten, for the data would be lost with it.
    """
    try:
        text = _make(file) if make and not file.exists() else file.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise BadKeyFile("unreadable", file=str(file)) from None
    return _read(text, file)


def replace_keys(file: Path, vault: KeyVault) -> None:
    """Put other keys into a key file, all or nothing; raises `BadKeyFile` where that is not possible."""
    part = _aside(file)
    try:
        _write(part, vault.lines())
        part.replace(file)
    except OSError:
        raise BadKeyFile("unwritable", file=str(file)) from None
    finally:
        part.unlink(missing_ok=True)


def _make(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = KeyVault.new().lines()
    # Written aside and linked into place: of two first starts one wins, and none sees half a file.
    part = _aside(file)
    try:
        _write(part, text)
        os.link(part, file)
    except FileExistsError:
        return file.read_text("ascii")
    finally:
        part.unlink(missing_ok=True)
    return text


def _aside(file: Path) -> Path:
    return file.with_name(f"{file.name}.{os.getpid()}")


def _write(part: Path, text: str) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _read(text: str, file: Path) -> KeyVault:
    keys: dict[str, list[bytes]] = {NAME: [], SEAL: []}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            keys[_kind(words, file, number)].append(_key(words, file, number))
    if not keys[SEAL] or len(keys[NAME]) != 1:
        raise BadKeyFile("empty", file=str(file))
    return KeyVault(keys[NAME][0], tuple(keys[SEAL]), DayKeys.beside(file))


def _kind(words: Sequence[str], file: Path, line: int) -> str:
    if len(words) == 2 and words[0] in {NAME, SEAL}:
        return words[0]
    raise BadKeyFile("line", file=str(file), line=line)


def _key(words: Sequence[str], file: Path, line: int) -> bytes:
    try:
        key = base64.b64decode(words[1], validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise BadKeyFile("line", file=str(file), line=line)
    return key
