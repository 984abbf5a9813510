"""Walks all that a bot leaves on its machine, and looks for a way back to one person.

What the day keys alone open stays shut: the walker has the key file, as somebody who comes later would have it.
"""

import ast
import base64
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import BadSeal
from bot.services.backup import FRAME, PIECE, TITLE
from storage.crypto import ADDED_BYTES, KeyVault

ROOT = Path(__file__).parents[1]
_ENCODED = re.compile(rb'"([A-Za-z0-9+/]{40,}={0,2})"')


def purposes() -> frozenset[str]:
    """Every purpose for which the code makes a keyed hash, read from the code itself."""
    trees = [
        ast.parse(path.read_text("utf-8"))
        for name in ("bot", "handlers", "storage")
        for path in sorted((ROOT / name).rglob("*.py"))
    ]
    constants = {
        target.id: node.value.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = set()
    for call in (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "attr", "") in {"pseudonym", "digest"} and call.args:
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
            elif isinstance(first, ast.Name) and first.id in constants:
                found.add(constants[first.id])
    return frozenset(found)


def marks_of(vault: KeyVault, user_id: int, names: Sequence[str]) -> Mapping[str, bytes]:
    """What would lead back to a person, by what it is."""
    size = (user_id.bit_length() + 7) // 8
    marks = {
        "id as text": str(user_id).encode(),
        "id, big-endian": user_id.to_bytes(size, "big"),
        "id, little-endian": user_id.to_bytes(size, "little"),
    }
    for purpose in purposes():
        hashed = vault.pseudonym(purpose, user_id)
        marks |= {f"{purpose} hash": hashed.encode(), f"{purpose} hash, raw": bytes.fromhex(hashed)}
        marks[f"{purpose} signature"] = vault.sign(f"{purpose}:{user_id}").encode()
    for name in names:
        marks |= {f"{name} in utf-8": name.encode(), f"{name} in utf-16": name.encode("utf-16-le")}
        marks[f"{name} escaped"] = json.dumps(name).strip('"').encode()
    return marks


@dataclass
class Walker:
    """Looks through a folder with database, its log, key files and backups, and through lines of the program's log."""

    folder: Path
    key_file: Path
    vault: KeyVault
    marks: Mapping[str, bytes]
    found: set[str] = field(default_factory=set)
    looked: int = 0
    opened: int = 0

    def walk(self, log: str = "", *, step: str = "") -> None:
        """Look everywhere once, and note what was found where."""
        self.looked += 1
        for where, contents in self._everything(log):
            for name, mark in self.marks.items():
                if mark in contents:
                    self.found.add(f"{name} in {where}{f' ({step})' if step else ''}")

    def _everything(self, log: str) -> Iterator[tuple[str, bytes]]:
        yield "the log", log.encode()
        for file in {*self.folder.rglob("*"), *self.key_file.parent.glob(f"{self.key_file.name}*")}:
            if not file.is_file() or file.name.endswith("-shm"):
                continue
            try:
                contents = file.read_bytes()
            except FileNotFoundError:
                continue
            yield file.name, contents
            if contents.startswith(TITLE):
                yield from self._backup(file.name, contents)
            elif file.name.startswith(self.key_file.name):
                yield from self._lines(file.name, contents)
            elif file.suffix == ".db":
                yield from self._tables(file)

    def _tables(self, file: Path) -> Iterator[tuple[str, bytes]]:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            try:
                tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
                rows = {name: database.execute(f'select * from "{name}"').fetchall() for name in tables}  # noqa: S608
            except sqlite3.OperationalError:
                return  # it is only being made
        for name, values in rows.items():
            for value in (value for row in values for value in row):
                yield f"table {name}", value if isinstance(value, bytes) else str(value).encode()
                if isinstance(value, bytes):
                    yield from self._unsealed(f"table {name}, unsealed", value)

    def _unsealed(self, where: str, value: bytes) -> Iterator[tuple[str, bytes]]:
        """What the key file opens, and what is sealed within."""
        try:
            plain = self.vault.unseal(value)
        except BadSeal:
            return
        self.opened += 1
        yield where, plain
        for encoded in _ENCODED.findall(plain):
            inner = base64.b64decode(encoded)
            if len(inner) > ADDED_BYTES:
                yield from self._unsealed(where, inner)

    def _lines(self, where: str, contents: bytes) -> Iterator[tuple[str, bytes]]:
        for line in contents.split():
            try:
                yield from self._unsealed(f"{where}, unsealed", base64.b64decode(line, validate=True))
            except ValueError:
                continue

    def _backup(self, where: str, contents: bytes) -> Iterator[tuple[str, bytes]]:
        at = len(TITLE)
        while at < len(contents):
            (length,) = FRAME.unpack_from(contents, at)
            sealed = contents[at + FRAME.size : at + FRAME.size + length]
            piece = zlib.decompress(self.vault.unseal(sealed)[PIECE.size :])
            yield f"backup {where}", piece
            for encoded in _ENCODED.findall(piece):
                yield from self._unsealed(f"backup {where}, unsealed", base64.b64decode(encoded))
            at += FRAME.size + length
