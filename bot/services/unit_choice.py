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
from bot.services.units import above, matching

LISTED = 40
"""Units that are offered at once; of more, some letters of the name are asked for."""
FOUND, LOOKED_AT = 8, 200
"""Units that are shown for some letters, and those among which the ones that begin with them are looked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The words of the question and its buttons."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...]


async def offered(work: UnitOfWork, desk: Desk, group: Group, action: str) -> Choice | None:
    """The question with the units of the tree; None where the host lists units itself, or keeps no tree."""
    count = 0 if desk.policy.units else await work.units.count()
    if not count:
        return None
    if count <= LISTED:
        return Choice((Part("setup.ask.unit_listed"),), await _buttons(work, await work.units.all(), group, action))
    return Choice((Part("setup.ask.unit_searched"),), ())


async def chosen(work: UnitOfWork, desk: Desk, group: Group, question: str, value: str) -> Unit | Choice | None:
    """The unit that a press or words name, or those among which to choose; None where there is no tree.

    `question` is the action and what is asked, as `su:unit`: None for any other question.
    """
    action, _, step = question.partition(":")
    if step != SetupStep.UNIT or value == UNSTATED or desk.policy.units or not await work.units.count():
        return None
    number = value.removeprefix(CHOSEN)
    pressed = value.startswith(CHOSEN) and number.isdecimal()
    unit = await (work.units.get(int(number)) if pressed else work.units.named(value))
    if unit is not None and unit.is_open:
        return unit
    found = matching(await work.units.like(value, LOOKED_AT), value, FOUND)
    key = "setup.problem.unit_several" if found else "setup.problem.unit_unknown"
    return Choice((Part(key),), await _buttons(work, found, group, action))


async def _buttons(
    work: UnitOfWork, shown: Sequence[Unit], group: Group, action: str
) -> tuple[tuple[Button, ...], ...]:
    """A button a unit; where several have one name, the way to it is told with it."""
    rows = []
    for unit in shown:
        text = unit.name
        if sum(each.name == text for each in shown) > 1:
            text = UnitTree.of(await above(work, unit)).path(unit.id)
        data = f"{action}:{group.id}:{SetupStep.UNIT}:{CHOSEN}{unit.id}"
        rows.append((Button(Part("setup.choose.as_is", {"text": text}), data),))
    return tuple(rows)
