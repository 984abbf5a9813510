"""A Bot API emulator: a little world of people and groups that a bot serves over HTTP."""

from bot.emulator.people import Person, Unanswered
from bot.emulator.server import Emulator
from bot.emulator.transcript import Seen
from bot.emulator.world import World

__all__ = ["Emulator", "Person", "Seen", "Unanswered", "World"]
