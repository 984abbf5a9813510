"""The files of the world: what people and the bot have sent, to be fetched by getFile."""

import hashlib
from dataclasses import dataclass, field

from bot.emulator.failures import Refusal, bad_request
from bot.emulator.spec import Json

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file; its size can be claimed, so that a big one need not be held."""

    file_id: str
    unique_id: str
    path: str
    name: str
    media_type: str
    content: bytes
    size: int

    @property
    def identity(self) -> Json:
        """The fields that every object of a file begins with."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(slots=True)
class FileStore:
    """Files by their id."""

    files: dict[str, StoredFile] = field(default_factory=dict)

    def keep(self, kind: str, name: str, content: bytes, media_type: str, size: int | None = None) -> StoredFile:
        """Stores a file of a kind: photo, document, voice, video."""
        number = len(self.files) + 1
        digest = hashlib.sha256(kind.encode() + name.encode() + content).hexdigest()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{kind}s/file_{number}.{suffix}"
        stored = StoredFile(
            f"BQAC{kind[:2]}{number:06d}{digest[:24]}", f"AgAD{digest[:12]}", path, name, media_type, content,
            len(content) if size is None else size,
        )  # fmt: skip
        self.files[stored.file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """A file by its id."""
        if file_id not in self.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self.files[file_id]

    def at(self, path: str) -> StoredFile | None:
        """A file by its path under /file/bot<token>/."""
        return next((stored for stored in self.files.values() if stored.path == path), None)


def check_upload(size: int, largest: int = LARGEST_UPLOAD) -> None:
    """Refuses what is too big to send."""
    if size > largest:
        raise Refusal(413, "Request Entity Too Large")
    if size == 0:
        raise bad_request("file must be non-empty")
