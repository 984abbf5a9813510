"""What would be seen in a group, or reach somebody, at night, because the sender was late or somebody worked late."""

from datetime import timedelta

from bot.core.group import BotRight, Group
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.speech import PostKind
from bot.services.dissolve import _acts
from tests.handlers.dissolve_stage import DESK, at, at_desk, extend, project, row
from tests.handlers.parts import GROUP
from tests.handlers.sender_stage import Stage
from tests.handlers.stage import ADMIN, OFFICER

RIGHTS = frozenset({BotRight.RESTRICT_MEMBERS, BotRight.CHANGE_INFO, BotRight.MANAGE_TOPICS})


def test_a_group_whose_end_came_late_is_not_locked_renamed_and_left_at_night():
    stage = Stage()
    known = Group(GROUP, "专班", rights=RIGHTS, is_forum=True)
    made = LedgerObject(None, ObjectType.GROUP, Platform.TELEGRAM, "专班", id=1)
    acts = _acts(known, made, "zh-Hans", stage.clock.now(), "x")
    stage.clock.advance(hours=10)  # 20:00 in Shanghai
    stage.run(*acts, steps=8, groups=[known])
    assert stage.request.calls == []
    stage.clock.advance(hours=12, minutes=31)
    stage.run(steps=8)
    methods = [name for name, _ in stage.request.calls]
    assert (methods[0], methods[-1]) == ("sendMessage", "leaveChat")
    assert {"setChatPermissions", "setChatTitle"} <= {*methods}


def test_the_owner_is_not_woken_by_an_officer_who_decides_at_night():
    stage = project(at(6, 16))
    stage.open_bot(ADMIN, OFFICER)
    extend(stage)
    extend(stage)
    request = next(said for said in stage.said() if said.chat_id == DESK)
    stage.clock.moment += timedelta(hours=13)
    at_desk(stage, request, "dissolve.button.desk_no")
    told = stage.said()[-1]
    assert (told.chat_id, told.kind) == (ADMIN, PostKind.PROMPT)
    assert row(stage).extensions == 1
