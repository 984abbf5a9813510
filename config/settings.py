"""The settings of the environment and of `.env`, read once at the start; `.env.example` explains each."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.errors import BadInput, BadMoment
from bot.core.policy import BaseForms, Policy

PREFIX = "JIANFU_"
ENV_FILE = Path(".env")
MASK = "********"

_BETWEEN = re.compile(r"[,;，；、\r\n]+")
_VALUE = re.compile(r"(?<==)[^&]+")


def _parts(value: object) -> object:
    return [part.strip() for part in _BETWEEN.split(value) if part.strip()] if isinstance(value, str) else value


def _falling(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days), reverse=True))


def _address(value: str) -> str:
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise ValueError
    return value.rstrip("/")


def _listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if not (host and colon and port.isascii() and port.isdecimal() and int(port) < 65536):
        raise ValueError
    return value


def _path(value: str) -> str:
    if value and not re.fullmatch(r"/[\w./-]*", value, re.ASCII):
        raise ValueError
    return value


def _secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\w-]{1,256}", value.get_secret_value(), re.ASCII):
        raise ValueError
    return value


def _base(value: object) -> object:
    """`2025: 1200`, the year and how many forms were asked for in it."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"\s*([0-9]{4})\s*[:：]\s*([1-9][0-9]{0,8})\s*", value)
    if found is None:
        raise ValueError
    return BaseForms(int(found[1]), int(found[2]))


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9]+:[\w-]+", value.get_secret_value(), re.ASCII):
        raise ValueError
    return value


Language: TypeAlias = Literal["zh-Hans", "zh-Hant", "en"]
LogLevel: TypeAlias = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]
Ids: TypeAlias = Annotated[frozenset[int], NoDecode, BeforeValidator(_parts)]
Names: TypeAlias = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts)]
Days: TypeAlias = Annotated[
    tuple[Annotated[int, Field(ge=0, le=365)], ...], NoDecode, BeforeValidator(_parts), AfterValidator(_falling)
]
Address: TypeAlias = Annotated[str, AfterValidator(_address)]

NEEDED = frozenset(
    {"bot_token", "database", "key_file", "api_url", "webhook_url", "webhook_secret", "webhook_listen", "webhook_path"}
)
"""Settings without which the bot cannot be reached; a mistake in any other is told by the running bot."""


class Settings(BaseSettings):
    """What the environment says; a variable that is set but empty counts as not set.

    `hours` empty means the ordinary office day. Zone and hours are read where they are used. `webhook_url` empty
    means long polling; `webhook_path` empty means the path of `webhook_url`.
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

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    database: SecretStr = SecretStr("data/jianfu.db")
    key_file: Path = Path("jianfu.key")

    office: str = ""
    contact: str = ""
    host: str = ""
    filing_number: str = ""
    office_chat: int | None = None
    channel: int | None = None
    office_members: Ids = frozenset()
    inviters: Ids = frozenset()
    units: Names = ()

    language: Language = "zh-Hans"
    zone: str = "Asia/Shanghai"
    hours: str = ""
    calendar: Path | None = None
    rules: Path | None = None

    prompt_days: Days = (14, 7, 1, 0)
    grace_days: int = Field(default=7, ge=0, le=365)
    dormant_days: int = Field(default=60, ge=1, le=3650)
    posts_per_week: int = Field(default=3, ge=0, le=50)
    group_hint_seconds: int = Field(default=3600, ge=60, le=172_000)
    retention_days: int = Field(default=30, ge=1, le=3650)
    memory_days: int = Field(default=90, ge=1, le=3650)
    aside_hours: int = Field(default=72, ge=1, le=72)
    attempts: int = Field(default=5, ge=1, le=100)
    actions_per_minute: int = Field(default=30, ge=1, le=1000)
    longest_window_hours: int = Field(default=72, ge=1, le=720)
    account_fresh_days: int = Field(default=14, ge=1, le=366)
    list_fresh_days: int = Field(default=90, ge=1, le=3660)

    groups_per_unit: int = Field(default=1, ge=1, le=100)
    rebound_days: int = Field(default=60, ge=1, le=366)
    reports_per_hour: int = Field(default=5, ge=1, le=100)
    reports_flood: int = Field(default=60, ge=1, le=100_000)
    reports_ping: int = Field(default=1, ge=1, le=100)
    case_findings: int = Field(default=5, ge=1, le=10_000)
    case_take_days: int = Field(default=5, ge=1, le=60)
    case_check_days: int = Field(default=10, ge=1, le=60)
    case_answer_days: int = Field(default=10, ge=1, le=60)
    case_objection_days: int = Field(default=5, ge=1, le=60)
    case_access_days: int = Field(default=90, ge=1, le=3650)
    case_data_days: int = Field(default=365, ge=1, le=3650)

    digest_every: Literal["week", "month"] = "week"
    digest_at: time = time(9, 30)
    base_forms: Annotated[BaseForms | None, NoDecode, BeforeValidator(_base)] = None

    api_url: Address = "https://api.telegram.org"
    webhook_url: Address = ""
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    webhook_listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    webhook_path: Annotated[str, AfterValidator(_path)] = ""

    log_level: LogLevel = "WARNING"

    def time_zone(self) -> ZoneInfo:
        """The office's zone; raises `BadMoment` for one that is not known."""
        try:
            return ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise BadMoment("zone", value=self.zone) from None

    def policy(self) -> Policy:
        """What the services need of the settings: every field of `Policy` is a setting of the same name."""
        return Policy(**{name: getattr(self, name) for name in Policy.__dataclass_fields__})

    def shown(self) -> Mapping[str, str]:
        """The settings by the name of their variable, secrets and passwords masked."""
        return {f"{PREFIX}{name.upper()}": _shown(name, getattr(self, name)) for name in type(self).model_fields}

    @property
    def listens_at(self) -> str:
        """The path on which the webhook's server listens."""
        return self.webhook_path or urlsplit(self.webhook_url).path or "/"


def _shown(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        plain = value.get_secret_value()
        if re.fullmatch(r"[\w.\\/: -]*\.db|:memory:", plain):
            return plain
        return _without_secrets(plain) if "://" in plain else MASK
    if isinstance(value, str) and name.endswith("_url"):
        return _without_secrets(value)
    if isinstance(value, frozenset | tuple) and not isinstance(value, BaseForms):
        return ", ".join(sorted(map(str, value)) if isinstance(value, frozenset) else map(str, value))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _without_secrets(address: str) -> str:
    """An address without the password before its host and the values behind its question mark."""
    scheme, slashes, rest = address.partition("://")
    place, asked, query = rest.partition("?")
    if "@" in query:  # a password may hold a question mark
        return f"{scheme}{slashes}{MASK}"
    account, at, host = place.rpartition("@")
    user, colon, _ = account.partition(":")
    account = f"{user}:{MASK}" if colon else MASK if at else ""
    return f"{scheme}{slashes}{account}{at}{host}{asked}{_VALUE.sub(MASK, query)}"


def load_settings(**given: object) -> Settings:
    """Return the settings; what the command line gives (not None) wins over the environment.

    Raises `BadInput` that names the first setting which cannot be used, never with its value.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise _bad(_names(error)[0]) from None
    except (OSError, UnicodeDecodeError):
        raise BadInput("env_file", file=str(ENV_FILE)) from None


def load_live_settings(**given: object) -> tuple[Settings, tuple[BadInput, ...]]:
    """The settings for a bot that should be reachable even with a mistake in them, and the mistakes.

    A setting that cannot be used counts as not set. Raises `BadInput` for one of `NEEDED`.
    """
    given = {name: value for name, value in given.items() if value is not None}
    try:
        return load_settings(**given), ()
    except BadInput as error:
        if error.reason != "setting":
            raise
    try:
        Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        names = _names(error)
        needed = next((name for name in names if name in NEEDED), None)
        if needed:
            raise _bad(needed) from None
        default = {name: Settings.model_fields[name].get_default() for name in names}
        return Settings(**(given | default)), tuple(map(_bad, names))  # type: ignore[arg-type]
    raise AssertionError


def _names(error: ValidationError) -> list[str]:
    """The fields with a mistake; pydantic names a variable that was read by its variable's name."""
    names = (str(item["loc"][0]).lower().removeprefix(PREFIX.lower()) for item in error.errors())
    return list(dict.fromkeys(names))


def _bad(name: str) -> BadInput:
    return BadInput("setting", name=f"{PREFIX}{name.upper()}")
