"""Deep links: into a private chat for one group, and into a group with the least rights."""

from bot.core.speech import Button, Part
from bot.ports import Vault

LONGEST_NUMBER = 18
"""Figures of a number that a database can hold."""
RIGHTS = "delete_messages"
"""Any admin status lets the bot see; the client asks for at least one right, and this one keeps the group tidy."""
ADDED = "added"
"""The payload with which the platform announces an addition; nothing follows from it."""

_GROUP, _ROW = ("s", "start"), ("d", "dissolve")
"""What a number in a payload leads to: the mark before it, and what is signed with it."""


def group_payload(group_id: int, vault: Vault) -> str:
    """The start payload that leads into the set-up of one group."""
    return _payload(_GROUP, group_id, vault)


def group_of(payload: str, vault: Vault) -> int | None:
    """The group that a start payload names; None when it is not ours."""
    return _number(_GROUP, payload, vault)


def dissolve_payload(row_id: int, vault: Vault) -> str:
    """The start payload that leads to the end of one group."""
    return _payload(_ROW, row_id, vault)


def row_of(payload: str, vault: Vault) -> int | None:
    """The row of the ledger that a start payload names; None when it is not ours."""
    return _number(_ROW, payload, vault)


def case_payload(case_id: int, what: str, vault: Vault) -> str:
    """The start payload that leads to a case, and there to what is to be done in words."""
    return f"c_{case_id}_{what}_{vault.sign(f'case:{case_id}:{what}')}"


def case_of(payload: str, vault: Vault) -> tuple[int, str] | None:
    """The case that a start payload names, and what is to be done; None when it is not ours."""
    mark, number, what, signature = (*payload.split("_", 3), "", "", "", "")[:4]
    if mark != "c" or not number.isdecimal() or not number.isascii() or len(number) > LONGEST_NUMBER:
        return None
    signed = vault.same(signature, vault.sign(f"case:{int(number)}:{what}"))
    return (int(number), what) if signed else None


def start_link(username: str, payload: str) -> str:
    """A link into the private chat with the bot."""
    return f"https://t.me/{username}?start={payload}"


def add_button(username: str, label: str) -> Button:
    """The button that adds the bot to a group of one's choice, or makes it an admin there."""
    return Button(Part(label), url=f"https://t.me/{username}?startgroup={ADDED}&admin={RIGHTS}")


def _payload(kind: tuple[str, str], number: int, vault: Vault) -> str:
    mark, purpose = kind
    return f"{mark}_{number}_{vault.sign(f'{purpose}:{number}')}"


def _number(kind: tuple[str, str], payload: str, vault: Vault) -> int | None:
    mark, number, signature = (*payload.split("_", 2), "", "")[:3]
    if mark != kind[0] or not number.isdecimal() or not number.isascii() or len(number) > LONGEST_NUMBER:
        return None
    return int(number) if vault.same(signature, vault.sign(f"{kind[1]}:{int(number)}")) else None
