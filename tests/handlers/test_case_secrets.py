"""No sequence of steps by anybody shows one party what belongs to another: whatever is pressed, typed or waited for."""

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.core.case_moves import Step, move_of
from bot.core.speech import Part, Speech
from tests.handlers.case_world import CHANNEL, CONTACTS, DESK, World
from tests.handlers.stage import ADMIN, MEMBER, OFFICER

MOST_CASES = 3
WORDY = [step for step in Step if move_of(step).words]
EVERYBODY = (OFFICER, *CONTACTS, ADMIN, MEMBER)
which = st.integers(0, MOST_CASES - 1)


class Cases(RuleBasedStateMachine):
    """Two units, two contacts, two reporters and more, an admin, a member, and an office that works."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.world.open(0, 301)

    def case(self, number: int) -> int:
        return self.world.cases[number % len(self.world.cases)]

    def report(self, number: int) -> int:
        reports = sorted(self.world.stage.store.tables.reports)
        return reports[number % len(reports)]

    @precondition(lambda self: len(self.world.cases) < MOST_CASES and len(self.world.rights) < 5_000)
    @rule(group=st.integers(0, 1))
    def another_matter(self, group: int) -> None:
        self.world.open(group, 301 + len(self.world.stage.store.tables.reports))

    @rule(number=which, held=st.booleans())
    def a_reporter_adds(self, number: int, held: bool) -> None:
        self.world.note(self.report(number), held=held)

    @rule(number=which, step=st.sampled_from(WORDY), desk=st.booleans())
    def the_office_writes(self, number: int, step: Step, desk: bool) -> None:
        self.world.office_writes(self.case(number), step, desk=desk)
        self.world.glance(self.case(number))

    @rule(number=which, choice=st.integers(0, 8), back=st.booleans(), then=st.sampled_from([None, 14, 16, 30_000]))
    def the_office_makes_what_can_be_made(self, number: int, choice: int, back: bool, then: int | None) -> None:
        case = self.case(number)
        step = self.world.can_be_made(case, choice)
        if step not in WORDY:
            self.world.press(OFFICER, f"cs:s:{case}:{step}")
        else:
            self.world.office_writes(case, step, desk=False)
        self.world.glance(case)
        if back:
            self.world.undoes(case)
        if then is not None:
            self.world.pass_time(minutes=then)
        self.world.glance(case)

    @rule(number=which, step=st.sampled_from([Step.TAKE, Step.CLOSE]), desk=st.booleans())
    def the_office_presses(self, number: int, step: Step, desk: bool) -> None:
        self.world.press(OFFICER, f"cs:s:{self.case(number)}:{step}", desk=desk)

    @rule(number=which)
    def a_case_is_taken_and_sent(self, number: int) -> None:
        self.world.press(OFFICER, f"cs:s:{self.case(number)}:take")
        self.world.office_writes(self.case(number), Step.SEND, desk=False)
        self.world.pass_time(minutes=16)

    @rule(number=which)
    def the_office_asks(self, number: int) -> None:
        self.world.asks(self.case(number))

    @rule(number=which)
    def the_office_takes_back(self, number: int) -> None:
        self.world.undoes(self.case(number))

    @rule(number=which, unit=st.integers(0, 1))
    def the_office_names_a_unit(self, number: int, unit: int) -> None:
        self.world.press(OFFICER, f"cs:u:{self.case(number)}:{self.world.units[unit]}")

    @rule(number=which, other=which)
    def the_office_joins(self, number: int, other: int) -> None:
        self.world.press(OFFICER, f"cs:j:{self.case(number)}:{self.case(other)}")
        self.world.press(OFFICER, f"cs:j:{self.case(number)}:{self.case(other)}:yes")

    @rule(user=st.sampled_from(CONTACTS), number=which, step=st.sampled_from([Step.ANSWER, Step.OBJECT]))
    def a_contact_writes(self, user: int, number: int, step: Step) -> None:
        self.world.unit_writes(user, self.case(number), step)

    @rule(user=st.sampled_from(EVERYBODY[1:]), number=which, step=st.sampled_from(Step), desk=st.booleans())
    def somebody_presses_what_is_not_theirs(self, user: int, number: int, step: Step, desk: bool) -> None:
        case = self.case(number)
        for data in (
            f"s:{case}:{step}",
            f"w:{case}:{step}:written",
            f"w:{case}:unit",
            f"w:{case}:join",
            f"w:{case}:ask",
        ):
            self.world.press(user, f"cs:{data}", desk=desk)
        self.world.say(user, "x")

    @rule(user=st.sampled_from(CONTACTS), unit=st.integers(0, 1), back=st.booleans())
    def a_contact_changes(self, user: int, unit: int, back: bool) -> None:
        self.world.unbind(user)
        if back:
            self.world.bind(user, self.world.units[unit])

    @rule(minutes=st.sampled_from([1, 14, 15, 16, 60 * 24 * 21]))
    def time_passes(self, minutes: int) -> None:
        self.world.pass_time(minutes=minutes)

    @rule()
    def everybody_looks(self) -> None:
        self.world.look_around()

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.look_around()
            self.world.pass_time(minutes=16)
            self.world.look_around()


def _sent(world: World) -> int:
    """A case of the first unit, which was asked a moment ago."""
    world.open(0, 301)
    world.press(OFFICER, "cs:s:1:take")
    world.office_writes(1, Step.SEND, desk=False)
    return 1


def test_before_a_step_is_settled_its_unit_sees_nothing_of_it():
    world = World()
    case = _sent(world)
    world.glance(case)
    world.pass_time(minutes=14)
    world.look_around()


def test_what_was_taken_back_is_never_told():
    world = World()
    world.undoes(_sent(world))
    world.pass_time(days=1)
    world.look_around()


def test_whoever_is_no_contact_any_more_is_not_told_what_waited_for_them():
    world = World()
    _sent(world)
    world.unbind(CONTACTS[0])
    world.pass_time(days=1)
    world.look_around()


def test_whoever_becomes_the_contact_of_another_unit_sees_its_cases_alone():
    world = World()
    case = _sent(world)
    world.pass_time(minutes=16)
    for user, unit in zip(CONTACTS, reversed(world.units), strict=True):
        world.unbind(user)
        world.bind(user, unit)
    world.unit_writes(CONTACTS[1], case, Step.ANSWER)
    world.unit_writes(CONTACTS[0], case, Step.OBJECT)
    world.look_around()


ODD = ["", ":", ":l", ":l:x:y", ":p", ":p:x", ":p:99", ":f:1", ":f:1:99", ":f:1:x", ":s", ":s:1", ":s:1:x", ":s:x:take"]
ODD += [":s:1:undo", ":s:1:undo:x", ":w", ":w:1", ":w:1:x", ":w:1:clear:x", ":w:99:send", ":u:1", ":u:1:99", ":u:1:x"]
ODD += [":j:1", ":j:1:1", ":j:1:99:yes", ":x:1"]


@pytest.mark.parametrize("desk", [pytest.param(True, id="at the desk"), pytest.param(False, id="in private")])
@pytest.mark.parametrize("data", ODD)
def test_odd_data_of_an_old_button_is_answered_and_changes_nothing(data, desk):
    world = World()
    world.open(0, 301)
    before = dict(world.stage.store.tables.cases)
    for user in EVERYBODY:
        world.press(user, f"cs{data}", desk=desk)
    assert world.stage.store.tables.cases == before


def test_a_check_takes_notice_of_what_is_shown_where_it_does_not_belong():
    world = World()
    token = world.token(places=frozenset({"clerk"}))
    speech = Speech((Part("case.said.answer", {"words": token}),))
    world.check(OFFICER, speech)
    for chat in (DESK, CHANNEL, *CONTACTS, ADMIN, MEMBER):
        with pytest.raises(AssertionError):
            world.check(chat, speech)


Cases.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, phases=(Phase.explicit, Phase.reuse, Phase.generate), deadline=None
)
test_no_sequence_of_steps_shows_one_party_what_belongs_to_another = Cases.TestCase
