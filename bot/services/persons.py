"""People as the services meet them: a keyed hash, a language, and nothing else that is kept."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.policy import Policy
from bot.ports import UnitOfWork, Vault

_SCRIPTS = {"hans": "zh-Hans", "cn": "zh-Hans", "sg": "zh-Hans", "hant": "zh-Hant", "tw": "zh-Hant", "hk": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks with the bot: `user_id` for this moment only, `key` is what may be stored."""

    user_id: int
    key: str
    language: str


async def meet(
    work: UnitOfWork, vault: Vault, policy: Policy, user_id: int, code: str | None, opened_at: datetime | None = None
) -> Person:
    """Who somebody is to the bot; `opened_at` notes that they wrote in private, and so may be written to."""
    key = key_of(vault, user_id)
    if opened_at is not None:
        await work.people.opened(key, language_of(code, policy.language), opened_at)
    chosen = await work.people.language(key)
    return Person(user_id, key, chosen or language_of(code, policy.language))


def key_of(vault: Vault, user_id: int) -> str:
    """The keyed hash under which a person is known."""
    return vault.pseudonym("person", user_id)


def language_of(code: str | None, fallback: str) -> str:
    """The catalogue for a platform's language tag: `zh`, `zh-hans`, `zh-TW`, `en-GB`; else the fallback."""
    first, *rest = (code or "").lower().replace("_", "-").split("-")
    if first == "zh":
        return next((_SCRIPTS[part] for part in reversed(rest) if part in _SCRIPTS), "zh-Hans")
    return "en" if first == "en" else fallback
