"""Messages of the groups: the light path from raw JSON for nearly all of them, and the ordinary one for the rest.

The worker calls `take_raw` before it builds any object of the library, and `settle` once before each commit: what the
light path counts and finds is gathered over a transaction and written in one go. After an undo
`runtime.scenes.forget()` lets go of what was gathered too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from handlers.context import Context


async def take_raw(update: Mapping[str, Any], context: Context) -> bool:
    """Handle an update that is a plain message, edit or post of a chat; False leaves it to the handlers.

    Needs `context.runtime`, `context.work` and `context.now` alone; the context may be shared over a transaction.
    """
    return False


async def settle(context: Context) -> None:
    """Write what was gathered in this transaction; to be called once before each commit."""


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The last handler of all: what no other wanted is watched like any message."""
    return ()
