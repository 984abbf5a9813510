"""Deep links: into a private chat for one group, and into a group with the least rights."""

from bot.core.speech import Button, Part
from bot.ports import Vault

LONGEST_NUMBER = 18
"""Figures of a number that a database can hold."""
RIGHTS = "delete_messages"
"""Any admin status lets the bot see; the client asks for at least one right, and this one keeps the group tidy."""
ADDED = "added"
"""The payload with which the platform announces an addition; nothing follows from it."""


def group_payload(group_id: int, vault: Vault) -> str:
    """The start payload that leads into the set-up of one group."""
    return f"s_{group_id}_{vault.sign(f'start:{group_id}')}"


def group_of(payload: str, vault: Vault) -> int | None:
    """The group that a start payload names; None when it is not ours."""
    mark, _, rest = payload.partition("_")
    number, _, signature = rest.partition("_")
    if mark != "s" or not number.isdecimal() or not number.isascii() or len(number) > LONGEST_NUMBER:
        return None
    return int(number) if vault.same(signature, vault.sign(f"start:{int(number)}")) else None


def dissolve_payload(row_id: int, vault: Vault) -> str:
    """The start payload that leads to the end of one group."""
    return f"d_{row_id}_{vault.sign(f'dissolve:{row_id}')}"


def row_of(payload: str, vault: Vault) -> int | None:
    """The row of the ledger that a start payload names; None when it is not ours."""
    mark, _, rest = payload.partition("_")
    number, _, signature = rest.partition("_")
    if mark != "d" or not number.isdecimal() or not number.isascii() or len(number) > LONGEST_NUMBER:
        return None
    return int(number) if vault.same(signature, vault.sign(f"dissolve:{int(number)}")) else None


def start_link(username: str, payload: str) -> str:
    """A link into the private chat with the bot."""
    return f"https://t.me/{username}?start={payload}"


def add_button(username: str, label: str) -> Button:
    """The button that adds the bot to a group of one's choice, or makes it an admin there."""
    return Button(Part(label), url=f"https://t.me/{username}?startgroup={ADDED}&admin={RIGHTS}")
