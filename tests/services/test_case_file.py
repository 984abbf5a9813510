"""The file of a case is sent to the office: made when it is sent, without words once they are sealed off."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.changes import Role
from bot.core.ledger_log import Author
from bot.core.manners import fits_channel
from bot.core.reports import ReportState
from bot.core.speech import Attachment, FileKind
from bot.papers import make
from bot.services.case_file import for_office, gather, queue
from bot.texts import Catalogue
from tests.cli.test_cases import AT, CASE, KNOWN, RECEIPT, REPORT, read
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import runtime

WORDS = Catalogue.load("zh-Hans")
DESK = -1008


async def stored(store: InMemoryStore, **fields) -> int:
    async with store.begin() as work:
        case = await work.cases.add(replace(CASE, **fields))
        await work.reports.add(replace(REPORT, case_id=case.id, state=ReportState.OPEN))
        await work.commit()
    return case.id


def sent(**fields):
    """The document that the desk is sent."""

    async def go():
        store = InMemoryStore()
        id_ = await stored(store, **fields)
        async with store.begin() as work:
            await queue(work, id_, DESK, Author(Role.OFFICE, "me"), "zh-Hans", AT)
            await work.commit()
        (entry,) = store.queued()
        assert entry.file is not None
        assert not fits_channel(entry)
        (change,) = store.tables.changes.values()
        assert (change.noun_id, change.actor, change.after) == (id_, "me", {"exported": "docx"})
        return await make(runtime(store, FixedClock()), entry.file, WORDS)

    return asyncio.run(go())


def test_the_desk_is_sent_the_file_with_words_and_without_names():
    paper = sent()
    text = "\n".join(read(paper.content))
    assert paper.name == "事项1.docx"
    assert "每天排名" in text
    assert not {KNOWN, RECEIPT} & {*text.split()}
    assert "老王" not in text


def test_once_the_words_are_sealed_off_the_file_has_steps_and_days_alone():
    text = "\n".join(read(sent(sealed_off=True, place="某微信群").content))
    assert WORDS("case_file.sealed_off") in text
    assert "每天排名" not in text
    assert "某微信群" not in text


def test_the_host_still_has_the_words_until_they_are_deleted():
    async def go():
        store = InMemoryStore()
        id_ = await stored(store, sealed_off=True)
        async with store.begin() as work:
            whole, shown = await gather(work, id_), await for_office(work, id_)
            assert whole is not None
            assert shown is not None
            assert [each.words for each in whole.reports] == [REPORT.words]
            assert [each.words for each in shown.reports] == [""]

    asyncio.run(go())


def test_a_case_that_is_gone_makes_no_file():
    with pytest.raises(ValueError, match="9"):
        asyncio.run(make(runtime(InMemoryStore(), FixedClock()), Attachment(FileKind.CASE_FILE, "9"), WORDS))
