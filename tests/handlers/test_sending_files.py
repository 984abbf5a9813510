"""Pictures and files go out made anew, at most once, and never a file into a channel."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram.error import TimedOut

from bot.core.digest import dump
from bot.core.office import Place, PlaceKind
from bot.core.speech import Act, Attachment, Button, FileKind, Outgoing, Part, PostKind, Speech
from bot.papers import Paper
from bot.render.messages import without_tags
from bot.services.outbox import fits
from handlers import sender as sending
from tests.handlers.parts import GROUP
from tests.handlers.sender_stage import Stage, caused, failing_with
from tests.render.make_digest import FULL

CHART = Attachment(FileKind.DIGEST_CHART, dump(FULL))
SHEET = Attachment(FileKind.UNIT_SHEET, "2026-W11")
NOTICE = Attachment(FileKind.QUARTER_NOTICE, "2026-Q1")


def photo(chat_id: int = GROUP, file: Attachment | None = CHART, **fields: Any) -> Outgoing:
    return Outgoing(chat_id, PostKind.NOTICE, Act.PHOTO, file=file, **fields)


def document(chat_id: int = GROUP, file: Attachment = SHEET, **fields: Any) -> Outgoing:
    return Outgoing(chat_id, PostKind.NOTICE, Act.DOCUMENT, file=file, **fields)


def test_a_picture_is_sent_with_its_caption_and_buttons():
    stage = Stage()
    row = ((Button(Part("digest.button.sheet"), "dg:sheet:2026-W11"),),)
    stage.run(photo(speech=Speech((), "en", row)))
    (given,) = stage.request.made("sendPhoto")
    assert without_tags(given["caption"]).startswith("Burden digest, week 11 of 2026")
    assert "Sheet of units" in str(given["reply_markup"])
    assert stage.states == [("sent", "")]


@pytest.mark.parametrize("file", [SHEET, NOTICE])
def test_a_file_is_made_from_the_database_when_it_is_sent(file):
    stage = Stage()
    stage.run(document(file=file))
    (given,) = stage.request.made("sendDocument")
    assert given["caption"]
    assert stage.states == [("sent", "")]


@pytest.mark.parametrize("outgoing", [photo(), document()])
def test_of_an_unanswered_call_nobody_knows_and_it_is_not_made_again(outgoing):
    stage = Stage(failing_with(caused(TimedOut(), httpx.ReadTimeout(""))))
    stage.run(outgoing, steps=20)
    assert len(stage.request.calls) == 1
    assert stage.states == [("dropped", "unsure")]


@pytest.mark.parametrize(
    "file", [None, Attachment(FileKind.DIGEST_CHART, "{}"), Attachment(FileKind.UNIT_SHEET, "2026-03-11")]
)
def test_what_cannot_be_made_is_let_go(file):
    stage = Stage()
    stage.run(photo(file=file))
    assert stage.states == [("dropped", "unrenderable: ValueError")]


def test_a_file_that_could_not_be_made_because_the_database_was_away_is_made_later(monkeypatch):
    failures = iter([OSError("away")])

    async def make(*_: Any) -> Paper:
        for failure in failures:
            raise failure
        return Paper("x.png", b"x", "words")

    monkeypatch.setattr(sending, "make", make)
    stage = Stage()
    stage.run(photo(), steps=4)
    assert len(stage.request.made("sendPhoto")) == 1
    assert stage.states == [("sent", "")]


def test_a_file_never_goes_into_the_channel_and_a_picture_may():
    stage = Stage()

    async def go(outgoing: Outgoing) -> bool:
        async with stage.store.begin() as work:
            await work.office.bind(Place(PlaceKind.CHANNEL, GROUP, "x", stage.clock.now()))
            return await fits(work, stage.runtime.policy, outgoing)

    assert asyncio.run(go(document())) is False
    assert asyncio.run(go(photo())) is True
    assert asyncio.run(go(document(GROUP - 1))) is True


def test_a_file_on_its_way_into_the_channel_is_dropped():
    stage = Stage()
    stage.store.tables.places[PlaceKind.CHANNEL] = Place(PlaceKind.CHANNEL, GROUP, "x", stage.clock.now())
    stage.run(document())
    assert stage.request.calls == []
    assert stage.states == [("dropped", "not_for_channel")]
