"""The digest is queued once, for the places it belongs to, with buttons for other weeks."""

import asyncio

from bot.core.office import Place, PlaceKind
from bot.core.policy import Policy
from bot.core.speech import Act, FileKind
from bot.services.digest_posts import around, post
from tests.fakes import InMemoryStore
from tests.handlers.stage import SHANGHAI
from tests.services.make_digest import MONDAY, WEDNESDAY, WEEK, busy, village

DESK, CHANNEL = -1008, -1009


def posted(places: dict[PlaceKind, int], prepare=None, times: int = 1):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            town, seen = await village(work)
            if prepare is not None:
                await prepare(work, town, seen)
            for kind, chat_id in places.items():
                await work.office.bind(Place(kind, chat_id, "x", WEDNESDAY))
            for _ in range(times):
                await post(work, Policy(), SHANGHAI, WEEK, MONDAY)
            await work.commit()
        return store.queued()

    return asyncio.run(go())


BOTH = {PlaceKind.DESK: DESK, PlaceKind.CHANNEL: CHANNEL}


def test_the_channel_gets_a_picture_without_buttons_and_the_desk_the_sheet():
    picture, sheet = posted(BOTH, busy)
    assert (picture.chat_id, picture.act, picture.file.kind) == (CHANNEL, Act.PHOTO, FileKind.DIGEST_CHART)
    assert picture.speech.buttons == ()
    assert (sheet.chat_id, sheet.act, sheet.file.kind) == (DESK, Act.DOCUMENT, FileKind.UNIT_SHEET)


def test_a_digest_is_queued_once_however_often_it_is_asked_for():
    assert len(posted(BOTH, busy, times=3)) == 2


def test_when_nothing_happened_the_channel_gets_one_line():
    line, _ = posted(BOTH)
    assert (line.act, [part.key for part in line.speech.parts]) == (Act.SEND, ["digest.nothing.week"])


def test_without_a_channel_the_desk_gets_both():
    assert [each.chat_id for each in posted({PlaceKind.DESK: DESK}, busy)] == [DESK, DESK]


def test_without_a_desk_no_sheet_goes_anywhere():
    (picture,) = posted({PlaceKind.CHANNEL: CHANNEL}, busy)
    assert picture.act is Act.PHOTO


def test_without_any_place_nothing_is_said():
    assert posted({}, busy) == []


def test_the_buttons_lead_to_the_week_before_and_the_last_whole_month():
    data = [button.data for line in around(WEEK) for button in line]
    assert data == ["dg:show:2026-W10", "dg:show:2026-02", "dg:sheet:2026-W11", "dg:notice:2025-Q4"]
