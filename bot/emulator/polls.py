"""Polls: their objects, their votes, and who is told of them."""

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.emulator.failures import Unsupported
from bot.emulator.objects import user_object
from bot.emulator.spec import Json
from bot.emulator.state import Account, Post

if TYPE_CHECKING:
    from bot.emulator.world import World


def new_poll(
    world: "World",
    question: str,
    options: Sequence[str],
    *,
    quiz: bool = False,
    anonymous: bool = True,
    many: bool = False,
) -> Json:
    """A Poll nobody has voted in."""
    if not 1 <= len(options) <= 12 or not 1 <= len(question) <= 300:
        raise Unsupported("a poll has a question of 1-300 characters and 1-12 options")
    number = next(world.numbers.unique)
    return {
        "id": f"54{number:016d}",
        "question": question,
        "options": [
            {"persistent_id": f"{number}_{at}", "text": text, "voter_count": 0} for at, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": many,
        "allows_revoting": not quiz,
        "members_only": False,
    }


def cast_vote(world: "World", voter: Account, message: Post, options: Sequence[str]) -> None:
    """Counts a vote; the bot is told only of its own polls, and who voted only when they are not anonymous."""
    poll = copy.deepcopy(message.fields["poll"])
    texts = [option["text"] for option in poll["options"]]
    chosen = sorted(texts.index(text) for text in options)
    votes: dict[int, list[int]] = world.votes.setdefault(poll["id"], {})
    votes[voter.id] = chosen
    for at, option in enumerate(poll["options"]):
        option["voter_count"] = sum(at in cast for cast in votes.values())
    poll["total_voter_count"] = sum(bool(cast) for cast in votes.values())
    message.fields = message.fields | {"poll": poll}
    if message.author != world.bot.id:
        return
    if not poll["is_anonymous"]:
        answer = {
            "poll_id": poll["id"],
            "user": user_object(voter),
            "option_ids": chosen,
            "option_persistent_ids": [poll["options"][at]["persistent_id"] for at in chosen],
        }
        world.emit("poll_answer", answer)
    world.emit("poll", poll)


def close_poll(world: "World", message: Post, *, by_bot: bool) -> Json:
    """Closes a poll; one that people stop by hand is told to the bot."""
    poll: Json = message.fields["poll"] | {"is_closed": True}
    message.fields = message.fields | {"poll": poll}
    if not by_bot:
        world.emit("poll", poll)
    return poll
