"""Every text that the live bot names is there, and none is there in vain."""

import re
from pathlib import Path

import pytest

from bot.texts import LANGUAGES, Catalogue

ROOT = Path(__file__).parents[2]
SOURCES = [*sorted((ROOT / "handlers").glob("*.py")), *sorted((ROOT / "bot" / "services").glob("*.py"))]
TABLES = ("setup", "settings", "status", "command", "privacy", "feedback", "menu")
"""The tables of live_setup.toml."""
_NAMED = re.compile(rf'f?"((?:{"|".join(TABLES)})\.[a-z_.{{}}\[\]()=]+?)"')


def named() -> set[str]:
    """The keys in the code; what is filled in stands as {}."""
    texts = [path.read_text("utf-8") for path in [*SOURCES, ROOT / "bot" / "render" / "explained.py"]]
    return {re.sub(r"\{[^}]*\}", "{}", key) for text in texts for key in _NAMED.findall(text)}


@pytest.mark.parametrize("key", sorted(key for key in named() if "{}" not in key))
def test_a_text_that_is_named_is_there(key):
    known = Catalogue.load(LANGUAGES[0]).texts
    assert key in known or any(other.startswith((f"{key}.", f"{key}_")) for other in known)


def test_no_text_of_the_set_up_is_there_in_vain():
    keys = named()
    built = [re.escape(key).replace(r"\{\}", r"[\w.-]+") for key in keys]
    sections = ("setup.card.", "setup.purposes.", "setup.owners.", "setup.roles.", "privacy.")
    for key in Catalogue.load(LANGUAGES[0]).texts:
        if key.startswith(tuple(f"{table}." for table in TABLES)) and not key.startswith(sections):
            assert any(re.fullmatch(pattern, key) for pattern in built), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_lines_for_a_presser_hold_no_tags(language):
    words = Catalogue.load(language)
    for key, text in words.texts.items():
        if ".button." in key or key.startswith(("setup.choose.", "menu.")) or key in {"setup.gone", "setup.not_admin"}:
            assert "<" not in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_welcome_is_one_short_message(language):
    assert len(Catalogue.load(language)("setup.welcome", office="o", contact="c", days=30)) < 800
