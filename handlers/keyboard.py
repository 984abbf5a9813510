"""Inline keyboards with signed data: `action:argument:...` and 8 characters of signature, at most 64 bytes."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.speech import Button, Speech
from bot.ports import Vault
from bot.render.messages import plain_of
from bot.texts import Catalogue

LONGEST = 64
SIGNATURE = 8


def markup(speech: Speech, words: Catalogue, vault: Vault) -> InlineKeyboardMarkup | None:
    """The keyboard of a speech; None when it has no buttons. Raises `ValueError` for data that is too long."""
    if not speech.buttons:
        return None
    return InlineKeyboardMarkup([[_button(button, words, vault) for button in row] for row in speech.buttons])


def _button(button: Button, words: Catalogue, vault: Vault) -> InlineKeyboardButton:
    label = plain_of(button.label, words)
    if button.url:
        return InlineKeyboardButton(label, url=button.url)
    data = f"{button.data}~{vault.sign(button.data)}"
    if len(data.encode()) > LONGEST:
        raise ValueError(button.data)
    return InlineKeyboardButton(label, callback_data=data)


def read(data: str, vault: Vault) -> list[str] | None:
    """The action and arguments of pressed data; None when the signature is not ours."""
    plain, tilde, signature = data.rpartition("~")
    if not tilde or not vault.same(signature, vault.sign(plain)):
        return None
    return plain.split(":")
