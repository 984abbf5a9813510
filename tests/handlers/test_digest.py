"""/digest: the office alone is answered, with a picture and buttons that lead further."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.digest import load
from bot.core.office import Place, PlaceKind
from bot.core.speech import Act, FileKind, Outgoing
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage
from tests.handlers.test_office import DESK, in_chat

LAST_WEEK = timedelta(days=7)


def busy(**policy: Any) -> Stage:
    """A group in which something was found last week."""
    stage = Stage(policy=policy)
    day = (stage.clock.now() - LAST_WEEK).date()
    stage.store.tables.counts[1, day, "finding.receipt"] = 3
    stage.store.tables.counts[1, day, "messages"] = 30
    stage.open_bot(OFFICER, MEMBER, ADMIN)
    return stage


def files(stage: Stage) -> list[tuple[int, Act, FileKind]]:
    return [(each.chat_id, each.act, each.file.kind) for each in stage.said() if each.file is not None]


def picture(stage: Stage) -> Outgoing:
    return next(each for each in stage.said() if each.act is Act.PHOTO)


def test_the_office_is_shown_the_last_whole_week():
    stage = busy()
    stage.play(stage.private("/digest", by=OFFICER))
    assert files(stage) == [(OFFICER, Act.PHOTO, FileKind.DIGEST_CHART)]
    data = load(picture(stage).file.data)
    assert (data.period.key, data.findings) == ("2026-W10", 3)


@pytest.mark.parametrize("who", [MEMBER, ADMIN])
def test_nobody_else_is_shown_it(who):
    stage = busy()
    stage.play(stage.private("/digest", by=who))
    assert (files(stage), stage.texts()) == ([], ["digest.answer.not_office"])


@pytest.mark.parametrize(("words", "key"), [("2026-W11", "2026-W11"), ("2026-w10", "2026-W10"), ("2026-03", "2026-03")])
def test_another_week_or_month_can_be_asked_for(words, key):
    stage = busy()
    stage.play(stage.private(f"/digest {words}", by=OFFICER))
    assert load(picture(stage).file.data).period.key == key


@pytest.mark.parametrize("words", ["上周", "2026-03-11", "2026-Q1", "2026-W12", "2026-W99"])
def test_what_is_no_period_or_has_not_begun_is_answered_with_how_to_write_one(words):
    stage = busy()
    stage.play(stage.private(f"/digest {words}", by=OFFICER))
    assert stage.texts() == ["digest.answer.usage"]


def test_a_week_in_which_nothing_happened_is_one_line_with_its_buttons():
    stage = Stage()
    stage.open_bot(OFFICER)
    stage.play(stage.private("/digest", by=OFFICER))
    (said,) = stage.said()
    assert (said.act, stage.texts()) == (Act.SEND, ["digest.nothing.week"])
    assert len(said.speech.buttons) == 2


def test_where_the_office_chose_months_the_last_month_is_shown():
    stage = Stage(policy={"digest_every": "month"})
    stage.open_bot(OFFICER)
    stage.play(stage.private("/digest", by=OFFICER))
    assert stage.texts() == ["digest.nothing.month"]


@pytest.mark.parametrize(
    ("button", "kind", "data"),
    [
        ("digest.button.sheet", FileKind.UNIT_SHEET, "2026-W10"),
        ("digest.button.notice", FileKind.QUARTER_NOTICE, "2025-Q4"),
    ],
)
def test_a_button_brings_the_sheet_or_the_draft(button, kind, data):
    stage = busy()
    stage.play(stage.private("/digest", by=OFFICER))
    stage.press(button, OFFICER, picture(stage))
    assert [(each.file.kind, each.file.data) for each in stage.said() if each.act is Act.DOCUMENT] == [(kind, data)]


def test_a_button_leads_to_the_week_before():
    stage = busy()
    stage.store.tables.counts[1, (stage.clock.now() - 2 * LAST_WEEK).date(), "finding.receipt"] = 1
    stage.play(stage.private("/digest", by=OFFICER))
    stage.press("digest.button.before_week", OFFICER, picture(stage))
    weeks = [load(each.file.data).period.key for each in stage.said() if each.act is Act.PHOTO]
    assert weeks == ["2026-W10", "2026-W09"]


def test_a_press_by_somebody_who_left_the_office_brings_nothing():
    stage = busy()
    stage.play(stage.private("/digest", by=OFFICER))
    stage.press("digest.button.sheet", MEMBER, picture(stage))
    assert [act for _, act, _ in files(stage)] == [Act.PHOTO]
    assert stage.answers[-1].toast.key == "digest.answer.not_office"


def test_from_a_group_the_office_is_answered_in_private():
    stage = busy()
    stage.play(stage.message(9, "/digest", by=OFFICER))
    assert files(stage) == [(OFFICER, Act.PHOTO, FileKind.DIGEST_CHART)]
    assert CHAT not in [each.chat_id for each in stage.said()]


def test_at_the_desk_the_button_of_the_sheet_brings_the_draft_to_the_desk():
    stage = busy()
    stage.store.tables.places[PlaceKind.DESK] = Place(PlaceKind.DESK, DESK, "整治办", stage.clock.now())
    stage.pressed(stage.signed("dg:notice:2025-Q4"), OFFICER, in_chat(stage, "/x", DESK)["message"])
    assert files(stage) == [(DESK, Act.DOCUMENT, FileKind.QUARTER_NOTICE)]


def test_other_buttons_do_nothing_at_the_desk():
    stage = busy()
    stage.store.tables.places[PlaceKind.DESK] = Place(PlaceKind.DESK, DESK, "整治办", stage.clock.now())
    stage.pressed(stage.signed("dg:show:2026-W10"), OFFICER, in_chat(stage, "/x", DESK)["message"])
    assert files(stage) == []
