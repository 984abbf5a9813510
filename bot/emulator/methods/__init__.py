"""The methods of the Bot API that the world plays, a file per family."""

from bot.emulator.methods import (
    callbacks,
    chats,
    editing,
    ephemeral,
    fetching,
    members,
    menus,
    pins,
    sending,
    topics,
)
from bot.emulator.methods.call import Handler

METHODS: dict[str, Handler] = {
    **callbacks.METHODS,
    **chats.METHODS,
    **editing.METHODS,
    **ephemeral.METHODS,
    **fetching.METHODS,
    **members.METHODS,
    **menus.METHODS,
    **pins.METHODS,
    **sending.METHODS,
    **topics.METHODS,
}
