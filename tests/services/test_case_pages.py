"""Pages fit one message, whatever is in a file: a pressed message becomes one, and what is more would be cut off."""

from dataclasses import replace

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import LONGEST
from bot.core.reports import LONGEST as LONGEST_NOTE
from bot.core.reports import ReportState
from bot.render.messages import shown_length, text_of
from bot.services import case_pages
from bot.services.case_pages import Look
from bot.texts import LANGUAGES, Catalogue
from tests.services.case_room import OFFICE, Play

MESSAGE = 4_096
WORDS = "字" * LONGEST


@pytest.fixture(scope="module")
def play():
    """A case in which everybody wrote as much as they may, twice."""
    play = Play.of(CaseState.UNDER_CHECK, reports=12)
    for number in range(12):
        play.report(number + 1, place="地" * LONGEST_NOTE, known="名" * 100)
        for _ in range(30):
            play.say(number + 1, "话" * LONGEST_NOTE)
    for step in (Step.SEND, Step.ANSWER, Step.CONFIRM, Step.OBJECT, Step.CONFIRM):
        play.step(step, WORDS, play.contact if step in {Step.ANSWER, Step.OBJECT} else OFFICE)
        play.later(minutes=20)
    return play


def length(speech, language):
    return shown_length(text_of(speech, Catalogue.load(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_one_message(play, language):
    look = Look(language, play.now)

    async def pages(work):
        case, room = play.case, play.room
        made = [
            await case_pages.office_list(work, room, look),
            await case_pages.office_page(work, room, look, case),
            await case_pages.unit_list(work, room, look, [play.unit_id]),
            await case_pages.unit_page(work, room, look, case),
        ]
        return made + [await case_pages.office_file(work, room, look, case, number) for number in range(150)]

    assert max(length(speech, language) for speech in play.run(pages)) <= MESSAGE


def test_the_whole_file_is_read_page_by_page(play):
    async def pages(work):
        return [
            await case_pages.office_file(work, play.room, Look("zh-Hans", play.now), play.case, number)
            for number in range(200)
        ]

    found = play.run(pages)
    last = next(number for number, speech in enumerate(found) if not _has(speech, "case.button.after"))
    text = "".join(text_of(speech, Catalogue.load("zh-Hans")) for speech in found[: last + 1])
    assert text.count("话" * LONGEST_NOTE) == 12 * 30
    assert text.count(WORDS) == 5
    assert found[last] == found[-1]


def test_a_report_that_was_withdrawn_is_told_beside_the_count():
    play = Play.of(CaseState.UNDER_CHECK, reports=2)
    play.report(1)
    play.report(2)
    play.run(lambda work: work.reports.update(replace(play.store.tables.reports[2], state=ReportState.WITHDRAWN)))
    page = play.run(lambda work: case_pages.office_page(work, play.room, Look("zh-Hans", play.now), play.case))
    assert "群众反映：2 件（1 件已由本人撤回）" in text_of(page, Catalogue.load("zh-Hans"))


def test_of_the_done_cases_the_newest_stands_first_of_the_open_ones_what_is_least_far():
    play = Play.of(CaseState.ANSWERED)
    states = (CaseState.CLOSED, CaseState.CLEARED, CaseState.SUSPECTED)
    for state in states:
        play.run(lambda work, state=state: work.cases.add(replace(play.case, state=state)))

    def numbers(which):
        page = play.run(lambda work: case_pages.office_list(work, play.room, Look("zh-Hans", play.now), which))
        return [part.fields["number"] for part in page.parts if part.key == "case.item"]

    first = play.number
    assert numbers("done") == [first + 2, first + 1]
    assert numbers("open") == [first + 3, first]


def _has(speech, key):
    return any(button.label.key == key for row in speech.buttons for button in row)
