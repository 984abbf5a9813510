"""The one place that joins the settings with the core: what an office judges messages by."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.core.model import Message, Verdict
from bot.core.scene import Scene
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkTime
from bot.judging import judging
from config.rules import Rules
from config.settings import Settings

CHATS_KEPT = 10_000
"""Chats whose earlier requests are remembered at a time; the one silent for longest is forgotten."""


@dataclass(frozen=True, slots=True)
class Office:
    """One office's rules, calendar and working time."""

    settings: Settings
    calendar: WorkCalendar
    worktime: WorkTime
    rules: Rules

    def judge_alone(self, message: Message) -> Verdict:
        """Judge a message of which nothing that came before is known."""
        return self.rules.pipeline.judge(message, Scene(self.worktime))


class Chats:
    """The scenes of many chats, each kept from message to message."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._scenes: OrderedDict[str, Scene] = OrderedDict()

    def judge(self, message: Message) -> Verdict:
        """Judge a message in the chat that it names."""
        return self._office.rules.pipeline.judge(message, self._scene(message.chat))

    def _scene(self, chat: str) -> Scene:
        scene = self._scenes.get(chat)
        if scene is None:
            scene = self._scenes[chat] = Scene(self._office.worktime)
            if len(self._scenes) > CHATS_KEPT:
                self._scenes.popitem(last=False)
        self._scenes.move_to_end(chat)
        return scene


def build(settings: Settings) -> Office:
    """Build the office that the settings describe.

    Raises `BadMoment` for the zone or the hours, `BadCalendar` and `BadRules` for the files.
    """
    worktime, rules = judging(settings.calendar, settings.hours, settings.time_zone(), settings.rules)
    return Office(settings, worktime.calendar, worktime, rules)
