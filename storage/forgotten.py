"""The list of the forgotten: a file beside the key file, a sealed line each, in no backup of the database."""

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from bot.core.errors import BadSeal
from bot.ports import Traces, Vault

SUFFIX = ".forgotten"


@dataclass(frozen=True, slots=True)
class ForgottenFile:
    """Fulfils `ports.Forgotten`. Lines are only added; one that no known key opens is passed over."""

    file: Path
    vault: Vault

    @classmethod
    def beside(cls, key_file: Path, vault: Vault) -> "ForgottenFile":
        """The list that belongs to a key file."""
        return cls(key_file.with_name(key_file.name + SUFFIX), vault)

    def add(self, traces: Traces, at: datetime) -> None:
        """Note somebody, on the disk; raises `OSError` where that is not possible."""
        line = _sealed(self.vault, {"at": at, **asdict(traces)})
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def reseal(self) -> None:
        """Write the list anew with the present key; what no known key opens is left out."""
        if not self.file.exists():
            return
        lines = [_sealed(self.vault, tree) for tree in self._trees()]
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.file)

    def since(self, moment: datetime | None) -> Iterator[Traces]:
        """Who was forgotten at or after a moment; all, without one."""
        for tree in self._trees():
            at = datetime.fromisoformat(tree.pop("at"))
            if moment is None or at >= moment:
                yield Traces(**tree)

    def _trees(self) -> Iterator[dict[str, str]]:
        lines = self.file.read_bytes().splitlines() if self.file.exists() else []
        for line in lines:
            with suppress(binascii.Error, BadSeal):
                yield orjson.loads(self.vault.unseal(base64.b64decode(line, validate=True)))


def _sealed(vault: Vault, tree: object) -> bytes:
    return base64.b64encode(vault.seal(orjson.dumps(tree))) + b"\n"
