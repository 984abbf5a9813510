"""What every command shares: the words it speaks, and the office it builds from the settings."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.files import ENV_FILE
from bot.core.errors import BadInput
from bot.texts import LANGUAGES, Catalogue

if TYPE_CHECKING:
    from bot.app import Office

DEBUG_FILE = Path("jianfu-debug.log")
"""Where `--debug` writes what happened; frames and counts, never message text."""

_LANGUAGE = "JIANFU_LANGUAGE"


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command line."""

    words: Catalogue
    debug: bool = False

    def office(self, **given: object) -> "Office":
        """Build the office of the settings, which `given` overrides where it is not None; starts the log."""
        from bot.app import build
        from config.logging import start_log
        from config.settings import load_settings

        settings = load_settings(**given)
        start_log(settings.log_level, DEBUG_FILE if self.debug else None)
        return build(settings)


def begin(arguments: Sequence[str]) -> tuple[Session, list[str]]:
    """Return the session that the global options ask for, and the arguments without them.

    `--language` and `--debug` may stand anywhere before a `--`, so that even the help page and a
    mistake in the arguments are in the right language. Raises `BadInput` for an unknown language.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    language, debug, rest = "", False, []
    before = iter(arguments[:end])
    for argument in before:
        name, equals, value = argument.partition("=")
        if name == "--language":
            language = value if equals else next(before, "?")
        elif argument == "--debug":
            debug = True
        else:
            rest.append(argument)
    language = language or _configured()
    if language not in LANGUAGES:
        raise BadInput("language", value=language, known="、".join(LANGUAGES))
    return Session(Catalogue.load(language), debug), rest + list(arguments[end:])


def default_words() -> Catalogue:
    """Return the catalogue to speak when the language itself cannot be used."""
    return Catalogue.load(LANGUAGES[0])


def _configured() -> str:
    return os.environ.get(_LANGUAGE) or _from_env_file() or LANGUAGES[0]


def _from_env_file() -> str | None:
    path = Path(ENV_FILE)
    if not path.is_file():
        return None
    from dotenv import dotenv_values

    try:
        return dotenv_values(path).get(_LANGUAGE)
    except (OSError, UnicodeDecodeError):
        return None
