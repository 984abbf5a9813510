"""Private chats of people with the bot: they exist once a person has started the bot."""

from typing import TYPE_CHECKING

from bot.emulator.failures import bad_request, forbidden
from bot.emulator.state import Account, ChatState, ChatType, Member, Status

if TYPE_CHECKING:
    from bot.emulator.world import World


def private_chat(world: "World", person: Account) -> ChatState:
    """The private chat of a person; the bot's place in it tells whether it was started or blocked."""
    chat = world.chats.get(person.id)
    if chat is None:
        chat = ChatState(person.id, ChatType.PRIVATE, numbers=world.numbers.box)
        chat.members[person.id] = Member(person, Status.MEMBER)
        chat.members[world.bot.id] = Member(world.bot, Status.LEFT)
        world.chats[person.id] = chat
    return chat


def check_reachable(world: "World", person_id: int) -> None:
    """Refuses a private message as Telegram does: unknown, gone, another bot, never started, blocked."""
    person = world.accounts.get(person_id)
    if person is None:
        raise bad_request("chat not found")
    if person.is_bot:
        raise forbidden("bots can't send messages to bots")
    if person.deactivated:
        raise forbidden("user is deactivated")
    place = private_chat(world, person).members[world.bot.id]
    if place.status is Status.LEFT:
        raise forbidden("bot can't initiate conversation with a user")
    if place.status is Status.KICKED:
        raise forbidden("bot was blocked by the user")
