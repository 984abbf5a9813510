"""Attacks on reports over HTTP: what whoever takes the machine away tonight finds on it, with the keys of the day."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from storage.crypto import open_vault
from tests.scenes import playing
from tests.scenes.playing import stage
from tests.scenes.town import Town


def left(folder: Path, marks: list[bytes]) -> set[str]:
    """The files in which something lies that a key of the day opens, or that is named by it."""
    files = [each for each in folder.rglob("*") if each.is_file() and not each.name.endswith((".days", "-shm"))]
    return {each.name for each in files if any(mark in each.read_bytes() for mark in marks)}


async def clean(folder: Path, marks: list[bytes]) -> set[str]:
    """What is left once all that is under way is done with."""
    for _ in range(40):
        if not left(folder, marks):
            break
        await asyncio.sleep(0.05)
    return left(folder, marks)


async def played(folder: Path) -> dict[str, set[str]]:
    """Some steps of a reporter; returns in which files something was left after which."""
    found: dict[str, set[str]] = {}
    async with stage(folder, actions_per_minute=1000) as scene:
        clerk = scene.world.user("小陈")
        async with scene.running():
            town, bo = Town(scene, clerk), scene.world.user("波")
            days = open_vault(scene.settings.key_file).days.all()
            marks = [day.id for day in days] + [day.name("queue", str(bo.id)).encode() for day in days]

            async def step(name: str, act: Coroutine[Any, Any, Any]) -> None:
                await act
                await town.settled()
                found[name] = await clean(folder, marks)

            await step("begins", bo.start("report"))
            await step("writes", town.tell(bo, "要我们给领导的视频点赞"))
            await step("presses", town.press(bo, "先不反映"))
            await step("begins again", town.tell(bo, "/report"))
            await step("writes again", town.tell(bo, "要我们给领导的视频点赞"))
            await step("stores", town.press(bo, "投票、点赞"))
            await step("adds", town.press(bo, "补充一句"))
            await step("adds words", town.tell(bo, "每天都要"))
            await step("tries a receipt", town.tell(bo, "1234 1234 1234 1234"))
            await step("writes anything", town.tell(bo, "你好"))
    return found


def test_attack_nothing_of_a_talk_lies_on_the_disk_for_who_has_todays_key(tmp_path, monkeypatch):
    monkeypatch.setattr(playing, "open_vault", open_vault)
    found = asyncio.run(played(tmp_path))
    assert {name: files for name, files in found.items() if files} == {}
