"""The language of a person: what they chose, else what their app is set to, else the office's."""

from telegram import User

from bot.services.persons import key_of
from handlers.context import Context

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def tongue(code: str | None) -> str:
    """The catalogue for a language code of the platform; empty when the code says nothing."""
    if not code:
        return ""
    first, _, rest = code.lower().replace("_", "-").partition("-")
    if first == "zh":
        return "zh-Hant" if any(part in _TRADITIONAL for part in rest.split("-")) else "zh-Hans"
    return "en"


async def tongue_of(user: User, context: Context) -> str:
    """The language in which somebody is answered."""
    chosen = await context.work.people.language(key_of(context.runtime.vault, user.id))
    return chosen or tongue(user.language_code) or context.runtime.policy.language
