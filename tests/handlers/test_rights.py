"""Who is an admin is asked of the platform, believed for a minute, and never taken from a stand-in."""

import asyncio

import pytest

from handlers.dispatch import Dispatcher
from handlers.limits import Limits
from handlers.rights import STAND_INS, forget, is_group_admin, is_office
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import Refused, ScriptedRequest, application, runtime
from tests.handlers.stage import RIGHTS

CHAT, ANNA = -1001, 42


class Asking:
    """A context that asks a scripted platform."""

    def __init__(self, status="administrator", **policy):
        self.status = status
        self.clock, self.store = FixedClock(), InMemoryStore()
        self.request = ScriptedRequest(self._answer)
        self.runtime = runtime(self.store, self.clock, **policy)

    def _answer(self, method, given):
        assert method == "getChatMember"
        if isinstance(self.status, Refused):
            raise self.status
        user = {"id": int(given["user_id"]), "is_bot": False, "first_name": "x"}
        rights = dict.fromkeys(RIGHTS, False) if self.status == "administrator" else {}
        return {"status": self.status, "user": user, "is_anonymous": False} | rights

    def play(self, scene):
        """Run `scene(context)`; the application keeps what it knows between the contexts of one scene."""
        return asyncio.run(self._play(scene))

    async def _play(self, scene):
        dispatcher = Dispatcher(await application(self.request), self.runtime, (), Limits(30))
        async with self.store.begin() as work:
            return await scene(lambda: dispatcher.context(work, self.clock.now()))

    @property
    def calls(self):
        return len(self.request.made("getChatMember"))


@pytest.mark.parametrize(
    ("status", "admin"),
    [
        pytest.param("administrator", True, id="an admin"),
        pytest.param("creator", True, id="the owner"),
        pytest.param("member", False, id="a member"),
        pytest.param("left", False, id="somebody who left"),
        pytest.param(Refused(400, "Bad Request: user not found"), False, id="nobody"),
        pytest.param(Refused(403, "Forbidden: bot was kicked"), False, id="a group that is gone"),
        pytest.param(Refused(500, "Internal"), False, id="a platform that does not answer"),
    ],
)
def test_the_platform_says_who_is_an_admin(status, admin):
    async def scene(context):
        return await is_group_admin(context(), CHAT, ANNA)

    assert Asking(status).play(scene) is admin


def test_an_answer_is_believed_for_a_minute_only():
    asking = Asking()

    async def scene(context):
        assert await is_group_admin(context(), CHAT, ANNA)
        asking.status = "member"
        asking.clock.advance(seconds=59)
        assert await is_group_admin(context(), CHAT, ANNA)
        asking.clock.advance(seconds=2)
        assert not await is_group_admin(context(), CHAT, ANNA)

    asking.play(scene)
    assert asking.calls == 2


@pytest.mark.parametrize("whole", [True, False], ids=["the chat changed", "the person changed"])
def test_an_answer_is_forgotten_on_a_change(whole):
    asking = Asking()

    async def scene(context):
        assert await is_group_admin(context(), CHAT, ANNA)
        asking.status = "member"
        forget(context(), CHAT, None if whole else ANNA)
        assert not await is_group_admin(context(), CHAT, ANNA)

    asking.play(scene)


def test_no_answer_is_not_remembered():
    asking = Asking(Refused(500, "Internal"))

    async def scene(context):
        assert not await is_group_admin(context(), CHAT, ANNA)
        asking.status = "creator"
        assert await is_group_admin(context(), CHAT, ANNA)

    asking.play(scene)


@pytest.mark.parametrize("stand_in", sorted({1087968824, 136817688, 777000}))
def test_a_stand_in_is_never_trusted(stand_in):
    asking = Asking(office_members=frozenset({stand_in}), office_chat=CHAT)

    async def scene(context):
        return await is_group_admin(context(), CHAT, stand_in), await is_office(context(), stand_in)

    assert stand_in in STAND_INS
    assert asking.play(scene) == (False, False)
    assert asking.calls == 0


@pytest.mark.parametrize(
    ("policy", "status", "office"),
    [
        pytest.param({"office_members": frozenset({ANNA})}, "left", True, id="named by the host"),
        pytest.param({"office_chat": -7}, "administrator", True, id="an admin of its chat"),
        pytest.param({"office_chat": -7}, "member", False, id="a member of its chat"),
        pytest.param({}, "administrator", False, id="no office"),
    ],
)
def test_the_office_is_named_or_the_admins_of_its_chat(policy, status, office):
    async def scene(context):
        return await is_office(context(), ANNA)

    assert Asking(status, **policy).play(scene) is office
