"""The script of the demonstration, read from `bot/samples/demo.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

FILE = "demo.toml"


class Deed(StrEnum):
    """What a step does."""

    START = "start"
    ADD_BOT = "add_bot"
    SAY = "say"
    PRESS = "press"
    SHOW = "show"


class Where(StrEnum):
    """In the group, or in private with the bot."""

    GROUP = "group"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of one person; `at` puts the clock first, `row` names the first button of a row of the last keyboard."""

    who: str
    deed: Deed
    where: Where
    text: str
    row: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Script:
    """A scene: its people, its group, and the steps in order."""

    group: str
    zone: ZoneInfo
    owner: str
    members: Sequence[str]
    office: str
    contact: str
    steps: Sequence[Step]


def load_script() -> Script:
    """The shipped script."""
    told = tomllib.loads((files("bot") / "samples" / FILE).read_text("utf-8"))
    zone = ZoneInfo(told["zone"])
    steps = tuple(_step(step, zone) for step in told["steps"])
    return Script(told["group"], zone, told["owner"], told["members"], told["office"], told["contact"], steps)


def _step(told: Mapping[str, Any], zone: ZoneInfo) -> Step:
    at = told.get("at")
    return Step(
        told["who"],
        Deed(told["do"]),
        Where(told.get("where", Where.GROUP if told["do"] == Deed.SAY else Where.PRIVATE)),
        told.get("text", ""),
        told.get("row"),
        at.replace(tzinfo=zone) if at else None,
    )
