"""People as the services meet them: a keyed hash, a language, and nothing else that is kept."""

from dataclasses import dataclass

from bot.core.policy import Policy
from bot.ports import UnitOfWork, Vault


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks with the bot: `user_id` for this moment only, `key` is what may be stored."""

    user_id: int
    key: str
    language: str


def person(vault: Vault, user_id: int, language: str) -> Person:
    """Who a user is to the bot."""
    return Person(user_id, key_of(vault, user_id), language)


def key_of(vault: Vault, user_id: int) -> str:
    """The keyed hash under which a person is known."""
    return vault.pseudonym("person", user_id)


async def language_of(work: UnitOfWork, vault: Vault, user_id: int, policy: Policy) -> str:
    """The language in which somebody is written to unasked: what they chose, or their app has, else the office's."""
    return await work.people.language(key_of(vault, user_id)) or policy.language
