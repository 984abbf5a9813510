"""The settings of the environment and of `.env`, read once at the start; `.env.example` explains each."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.errors import BadInput

PREFIX = "JIANFU_"
ENV_FILE = Path(".env")

Language: TypeAlias = Literal["zh-Hans", "zh-Hant", "en"]
LogLevel: TypeAlias = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]


class Settings(BaseSettings):
    """What the environment says; a variable that is set but empty counts as not set.

    `hours` empty means the ordinary office day. Zone and hours are read where they are used.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    language: Language = "zh-Hans"
    zone: str = "Asia/Shanghai"
    hours: str = ""
    calendar: Path | None = None
    rules: Path | None = None
    log_level: LogLevel = "WARNING"


def load_settings(**given: object) -> Settings:
    """Return the settings; what the command line gives (not None) wins over the environment.

    Raises `BadInput` that names the first setting which cannot be used, never with its value.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper().removeprefix(PREFIX)
        raise BadInput("setting", name=f"{PREFIX}{name}") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput("env_file", file=str(ENV_FILE)) from None
