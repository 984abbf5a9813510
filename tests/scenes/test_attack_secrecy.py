"""What a thief of the log or of the files would find: no token, no id, no name, no word of anybody."""

import asyncio
import logging
import re
from pathlib import Path

import pytest
from loguru import logger

from bot import live
from handlers.errors import tame_logs
from tests.scenes.playing import stage
from tests.scenes.test_setup import _press, _tell
from tests.storage.stage import rows_of

NAME, FAMILY = "赵铁柱", "欧阳"
TITLE = "大槐树防汛群"
REASON = "金水河决口抢险"
WORDS = "请各村今晚十二点前把青储饲料台账报上来"
LETTER = "会议开得太多了"
MARKED = "机密★ 龙王庙演习"
PURPOSE = "修渠专班"


async def _play(folder: Path, lines: list[str]):
    sink = logger.add(lines.append, level=0, format="{message} {exception} {extra}", diagnose=True, backtrace=True)
    tame_logs()
    try:
        async with stage(folder, actions_per_minute=1000, office_chat=-1009, log_level="DEBUG") as scene:
            world = scene.world
            anna, bo = world.user(NAME, username="tiezhu_zhao"), world.user(FAMILY)
            group = world.group(TITLE, owner=anna, members=[bo])
            async with scene.running():
                await _tell(bo, "/start", scene)
                await _tell(anna, "/start", scene)
                await group.add_bot(by=anna, rights=["delete_messages"], payload="added")
                await scene.settled()
                for label in ("减负办", "常设群"):
                    await _press(anna, label, scene)
                await _tell(anna, PURPOSE, scene)
                for label in ("办公室主任", "按单位规定", "简体中文"):
                    await _press(anna, label, scene)
                await _tell(anna, f"/urgent 22:00 {REASON}", scene)
                await _tell(anna, f"/feedback {LETTER}", scene)
                for text in (WORDS, MARKED, WORDS + "！"):
                    await bo.say(group, text)
                world.inject({"message": {"text": WORDS, "chat": {"type": "group", "id": NAME}, "from": {"id": bo.id}}})
                world.inject({"message": {"text": 7, "chat": {"id": bo.id, "type": "private"}, "from": {"id": bo.id}}})
                world.faults.lose("sendMessage", when="before", times=2)
                await bo.tell("/mine")
                await scene.settled()
                kept = _files(folder)
                found = [word for word in _words(world, anna, bo) if _is_told(word, kept)]
                await _tell(bo, "/forget", scene)
                await _press(bo, "删去", scene)
                await _tell(anna, "/settings", scene)
                for label in ("退出、删除", "退出并删去一切", "退出并删去"):
                    await _press(anna, label, scene)
                await scene.settled()
                after = _files(folder)
                left = await _tables_with(scene, TITLE, PURPOSE)
            vault = scene.runtime.vault
            hashes = [vault.pseudonym(purpose, bo.id) for purpose in ("person", "sender")]
            return world.token, (anna.id, bo.id), found, kept, after, hashes, left
    finally:
        logger.remove(sink)


async def _tables_with(scene, *words):
    """The tables in which any of the words stands."""
    rows = await rows_of(scene.runtime.store)
    return {name for name, found in rows.items() if any(word in str(row) for row in found for word in words)}


def _words(world, anna, bo) -> list[bytes]:
    texts = (NAME, FAMILY, REASON, WORDS[:12], LETTER, MARKED, "tiezhu", str(anna.id), str(bo.id), world.token)
    return [text.encode() for text in texts]


def _is_told(word: bytes, content: bytes) -> bool:
    """Whether a word stands there; a number by itself, and not as part of the fraction of a second."""
    return re.search(rb"(?<!\d)" + re.escape(word) + rb"(?!\d)", content) is not None


def _files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix != ".key")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    lines: list[str] = []
    return lines, asyncio.run(_play(tmp_path_factory.mktemp("secrecy"), lines))


def test_the_database_and_its_log_tell_no_words_names_or_ids(played):
    _, (_, _, found, kept, *_) = played
    assert found == []
    assert TITLE.encode() in kept  # titles and statements of groups are not sealed, which the documents say


def test_what_was_deleted_is_in_no_page_of_the_database_and_its_log(played):
    _, (_, _, _, kept, after, hashes, _) = played
    assert hashes[0].encode() in kept
    assert [word for word in hashes if word.encode() in after] == []


def test_of_a_deleted_group_only_its_row_of_the_ledger_and_the_log_of_it_are_left(played):
    *_, left = played[1]
    assert left == {"objects", "changes"}


def test_the_log_of_every_level_tells_no_words_names_ids_or_token(played):
    lines, (token, ids, *_) = played
    text = "".join(lines)
    assert len(lines) > 3
    secrets = (NAME, FAMILY, TITLE, PURPOSE, REASON, WORDS[:6], LETTER, MARKED[:6], "tiezhu", *map(str, ids))
    assert [word for word in (*secrets, token, token.partition(":")[2]) if word in text] == []


@pytest.mark.parametrize("logger_name", ["httpx", "httpcore.connection", "telegram.Bot", "uvicorn.error", "asyncio"])
def test_no_library_logs_below_a_warning_and_a_token_never(logger_name):
    lines: list[str] = []
    sink = logger.add(lines.append, level=0)
    try:
        tame_logs()
        named = logging.getLogger(logger_name)
        named.debug("text of somebody")
        named.info("POST https://api.telegram.org/bot123456:AAAbbbCCCdddEEE/sendMessage")
        try:
            int("text of somebody")
        except ValueError:
            named.exception("at https://api.telegram.org/bot123456:AAAbbbCCCdddEEE/getMe {0.__class__} {x}")
    finally:
        logger.remove(sink)
    text = "".join(lines)
    assert len(lines) == 1
    assert "AAAbbb" not in text
    assert "text of somebody" not in text
    assert live.tame_logs is tame_logs
