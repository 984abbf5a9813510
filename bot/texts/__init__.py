"""The words Jianfu says, a folder a language and a file a subject; code holds keys and fields, never prose."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
"""The languages there are catalogues of; the first is the one to fall back on."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language by dotted key, as `category.ranking.title`."""

    language: str
    texts: Mapping[str, str]

    @classmethod
    def load(cls, language: str) -> "Catalogue":
        """Return the catalogue of one of `LANGUAGES`; raises `KeyError` for any other."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return _load(language)

    def __call__(self, key: str, **fields: object) -> str:
        """Return the text of `key` with its fields filled in; raises `KeyError` when either is missing."""
        return self.texts[key].format_map(fields)

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def label(self, section: str, code: str) -> str:
        """Return the text `section.code`, or the bare code where the catalogue has no word for it."""
        return self.texts.get(f"{section}.{code}", code)


@cache
def _load(language: str) -> Catalogue:
    folder = files(__name__).joinpath(language)
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        texts.update(_flat(tomllib.loads(file.read_text(encoding="utf-8")), ""))
    return Catalogue(language, MappingProxyType(texts))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
