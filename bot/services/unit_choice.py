"""To which unit of the tree a group belongs: chosen from a short list, or looked for by typing a part of its name."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.group import Group, SetupStep
from bot.core.speech import Button, Part
from bot.core.unit_tree import UnitTree
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.card import UNSTATED
from bot.services.questions import CHOSEN, Desk
from bot.services.units import matching

LISTED = 40
"""Units that are offered at once; of more, some letters of the name are asked for."""
FOUND = 8
"""Units that are shown for some letters."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The words of the question and its buttons."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...]


async def offered(work: UnitOfWork, desk: Desk, group: Group, action: str) -> Choice | None:
    """The question with the units of the tree; None where the host lists units itself, or keeps no tree."""
    units = () if desk.policy.units else await work.units.all()
    if not units:
        return None
    if len(units) <= LISTED:
        return Choice((Part("setup.ask.unit_listed"),), _buttons(units, units, group, action))
    return Choice((Part("setup.ask.unit_searched"),), ())


async def chosen(work: UnitOfWork, desk: Desk, group: Group, question: str, value: str) -> Unit | Choice | None:
    """The unit that a press or words name, or those among which to choose; None where there is no tree.

    `question` is the action and what is asked, as `su:unit`: None for any other question.
    """
    action, _, step = question.partition(":")
    if step != SetupStep.UNIT or value == UNSTATED or desk.policy.units:
        return None
    units = await work.units.all()
    if not units:
        return None
    number = value.removeprefix(CHOSEN)
    if value.startswith(CHOSEN) and number.isdecimal():
        unit = next((each for each in units if each.id == int(number)), None)
    else:
        unit = await work.units.named(value)
    if unit is not None:
        return unit
    found = matching(units, value, FOUND)
    key = "setup.problem.unit_several" if found else "setup.problem.unit_unknown"
    return Choice((Part(key),), _buttons(found, units, group, action))


def _buttons(shown: Sequence[Unit], units: Sequence[Unit], group: Group, action: str) -> tuple[tuple[Button, ...], ...]:
    """A button a unit; where several have one name, the way to it is told with it."""
    tree, names = UnitTree.of(units), [unit.name for unit in shown]
    return tuple(
        (
            Button(
                Part("setup.choose.as_is", {"text": tree.path(unit.id) if names.count(unit.name) > 1 else unit.name}),
                f"{action}:{group.id}:{SetupStep.UNIT}:{CHOSEN}{unit.id}",
            ),
        )
        for unit in shown
    )
