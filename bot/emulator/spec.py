"""The documented Bot API, read from bot_api.json: every request and every object is held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from bot.emulator.failures import Unsupported

Json: TypeAlias = dict[str, Any]

SOURCE = Path(__file__).with_name("bot_api.json")
TRUTHS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart request."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One alternative of a documented type: a base type inside so many arrays."""

    base: str
    depth: int


@dataclass(frozen=True, slots=True)
class Field:
    """A documented field or parameter."""

    required: bool
    kinds: tuple[Kind, ...]


def _field(described: str) -> Field:
    names = described.lstrip("!").split("|")
    kinds = tuple(Kind(name.rsplit("Array of ", 1)[-1], name.count("Array of ")) for name in names)
    return Field(described.startswith("!"), kinds)


class Spec:
    """What the documentation says of methods and objects."""

    def __init__(self, source: Path = SOURCE) -> None:
        self.raw: Json = orjson.loads(source.read_bytes())
        self._methods = {name: self._fields(entry) for name, entry in self.raw["methods"].items()}
        self._types = {name: self._fields(one) for name, one in self.raw["types"].items() if _is_object(name, one)}
        self._families = {name: entry["one_of"] for name, entry in self.raw["types"].items() if "one_of" in entry}
        self._constants = {name: entry.get("constants", {}) for name, entry in self.raw["types"].items()}

    @staticmethod
    def _fields(entry: Json) -> dict[str, Field]:
        return {name: _field(described) for name, described in entry["fields"].items()}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Methods by their name in small letters: Telegram does not mind the case."""
        return {name.lower(): name for name in self._methods}

    @cached_property
    def update_kinds(self) -> frozenset[str]:
        """Everything that allowed_updates may name."""
        return frozenset(self.raw["update_kinds"])

    def method(self, spelt: str) -> str:
        """The documented spelling of a method; unknown ones fail loudly."""
        if spelt.lower() in self.spellings:
            return self.spellings[spelt.lower()]
        known = {name.lower() for name in self.raw["methods_without_support"]}
        why = "is documented, but this world does not play it" if spelt.lower() in known else "is not documented"
        raise Unsupported(f"method {spelt} {why}")

    def decode(self, method: str, raw: Mapping[str, Any]) -> Json:
        """The parameters of a request in their documented types; anything else fails loudly."""
        fields = self._methods[method]
        decoded: Json = {}
        for name, value in raw.items():
            if name not in fields:
                raise Unsupported(f"{method}: unknown parameter {name}")
            decoded[name] = self._decode(f"{method}.{name}", fields[name], value)
        missing = [name for name, field in fields.items() if field.required and name not in decoded]
        if missing:
            raise Unsupported(f"{method}: missing {', '.join(missing)}")
        return decoded

    def _decode(self, path: str, field: Field, value: Any) -> Any:
        candidates = list(_readings(field, value))
        for candidate in candidates:
            if not self._problems(path, field, candidate):
                return candidate
        problems = self._problems(path, field, candidates[0] if candidates else value)
        raise Unsupported("; ".join(problems) or f"{path}: cannot be read")

    def problems(self, kind: str, value: Any) -> list[str]:
        """What is wrong with an object of the named type, e.g. Update or Array of ChatMember."""
        return self._problems(kind, _field(kind), value)

    def result_problems(self, method: str, value: Any) -> list[str]:
        """What is wrong with the result of a method."""
        return self._problems(method, _field("|".join(self.raw["methods"][method]["returns"])), value)

    def _problems(self, path: str, field: Field, value: Any) -> list[str]:
        first: list[str] = []
        for kind in field.kinds:
            problems = self._of_kind(path, kind.base, kind.depth, value)
            if not problems:
                return []
            if not first or len(problems) < len(first):
                first = problems
        return first

    def _of_kind(self, path: str, base: str, depth: int, value: Any) -> list[str]:
        if depth:
            if not isinstance(value, list):
                return [f"{path}: {type(value).__name__} is no array"]
            return [
                wrong
                for at, item in enumerate(value)
                for wrong in self._of_kind(f"{path}[{at}]", base, depth - 1, item)
            ]
        if base in self._families:
            return self._of_family(path, base, value)
        if base in self._types:
            return self._of_object(path, base, value)
        return [] if _is_plain(base, value) else [f"{path}: {type(value).__name__} is no {base}"]

    def _of_family(self, path: str, family: str, value: Any) -> list[str]:
        members = self._families[family]
        if isinstance(value, dict):
            fits = [name for name in members if self._constants[name].items() <= value.items()]
            members = fits or members
        found = [self._of_object(path, name, value) for name in members]
        return min(found, key=len)

    def _of_object(self, path: str, base: str, value: Any) -> list[str]:
        if not isinstance(value, dict):
            return [f"{path}: {type(value).__name__} is no {base}"]
        fields = self._types[base]
        wrong: list[str] = []
        for name, item in value.items():
            field = fields.get(name)
            if field is None:
                wrong.append(f"{path}.{name}: {base} has no such field")
            else:
                wrong += self._problems(f"{path}.{name}", field, item)
        wrong += [f"{path}.{name}: missing" for name, field in fields.items() if field.required and name not in value]
        constants = self._constants[base]
        wrong += [f"{path}.{name}: not {due}" for name, due in constants.items() if value.get(name) != due]
        return wrong


def _is_object(name: str, entry: Json) -> bool:
    return "fields" in entry and name != "InputFile"


def _is_plain(base: str, value: Any) -> bool:
    if base == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if base == "Float":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if base == "Boolean":
        return isinstance(value, bool)
    if base == "InputFile":
        return isinstance(value, Upload)
    return base == "String" and isinstance(value, str)


def _readings(field: Field, value: Any) -> list[Any]:
    """What a value of a form can mean, by the documented types; a value of a JSON body is itself."""
    if not isinstance(value, str):
        return [value]
    found: list[Any] = []
    for kind in field.kinds:
        if kind.depth == 0 and kind.base == "Integer" and value.lstrip("-").isdigit():
            found.append(int(value))
        elif kind.depth == 0 and kind.base == "Boolean" and value in TRUTHS:
            found.append(TRUTHS[value])
        elif kind.depth or kind.base not in {"Integer", "Boolean", "String", "InputFile"}:
            found += _as_json(value)
    return [*found, value]


def _as_json(value: str) -> list[Any]:
    try:
        return [orjson.loads(value)]
    except orjson.JSONDecodeError:
        return []
