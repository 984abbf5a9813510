"""What a call can fail with: as Telegram would refuse it, or because this world cannot express it.

Refusal      what the Bot API documents or is known to answer: a code, a description, maybe parameters
Unsupported  an own failure of the emulator or of the caller: HTTP 501, and a complaint that tests see
"""

from typing import Any


class Refusal(Exception):
    """A call is refused the way the real server refuses it."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Unsupported(Exception):
    """A call or an act asks for something that is unknown to the documentation or to this world."""


def bad_request(what: str) -> Refusal:
    """A 400, worded as the Bot API words it."""
    return Refusal(400, f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    """A 403, worded as the Bot API words it."""
    return Refusal(403, f"Forbidden: {what}")


def too_many_requests(seconds: int) -> Refusal:
    """A 429 with the seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def migrated(new_id: int) -> Refusal:
    """The 400 that names the supergroup which a basic group has become."""
    what = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, what, migrate_to_chat_id=new_id)


def conflict(what: str) -> Refusal:
    """A 409: two ways of taking updates at once."""
    return Refusal(409, f"Conflict: {what}")
