"""Menus are set where they differ, in two languages, and never stop the bot."""

import asyncio

import pytest
from telegram.ext import CommandHandler

from bot.texts import Catalogue
from handlers.application import all_handlers
from handlers.menus import ADMINS, MEMBERS, PLAIN, PRIVATE, prepare
from tests.handlers.parts import Refused, ScriptedRequest, application

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setMyDefaultAdministratorRights")


class Platform:
    """Remembers what was set, as the platform does."""

    def __init__(self) -> None:
        self.kept = {}

    def __call__(self, method, given):
        what, key = method[3:], (method[3:], repr(given.get("scope")), given.get("language_code"))
        if method.startswith("set"):
            self.kept[key] = given
            return True
        kept = self.kept.get(key, {})
        if what == "MyCommands":
            return kept.get("commands", [])
        if what == "MyDefaultAdministratorRights":
            return kept.get("rights") or dict.fromkeys(FLAGS, False)
        name = "description" if what == "MyDescription" else "short_description"
        return {name: kept.get(name, "")}


FLAGS = [
    *("is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    "can_delete_stories",
]


async def _prepared(request, times=1):
    made = await application(request)
    return [await prepare(made.bot) for _ in range(times)]


def test_everything_is_set_once_and_not_again():
    request = ScriptedRequest(Platform())
    assert asyncio.run(_prepared(request, times=2)) == [0, 0]
    counts = {name: len(request.made(name)) for name in SETTERS}
    assert counts == dict(zip(SETTERS, (8, 2, 2, 1), strict=True))


def test_a_refusal_is_counted_and_the_rest_is_set():
    platform = Platform()

    def refuses(method, given):
        if method == "setMyDescription":
            raise Refused(429, "Too Many Requests", retry_after=60)
        return platform(method, given)

    request = ScriptedRequest(refuses)
    assert asyncio.run(_prepared(request)) == [2]
    assert len(request.made("setMyCommands")) == 8


def test_no_more_rights_are_suggested_than_are_used():
    request = ScriptedRequest(Platform())
    asyncio.run(_prepared(request))
    (given,) = request.made("setMyDefaultAdministratorRights")
    rights = given["rights"]
    assert {name for name, on in rights.items() if on} == {"can_manage_chat", "can_delete_messages"}


@pytest.mark.parametrize("name", sorted({*PRIVATE, *MEMBERS, *ADMINS, *PLAIN}))
def test_every_command_of_a_menu_is_known_and_described(name):
    known = {command for each in all_handlers() if isinstance(each, CommandHandler) for command in each.commands}
    assert name in known
    assert all(0 < len(Catalogue.load(language)(f"menu.command.{name}")) <= 256 for language in ("zh-Hans", "en"))


def test_every_command_is_in_the_private_menu():
    known = {command for each in all_handlers() if isinstance(each, CommandHandler) for command in each.commands}
    assert known == set(PRIVATE)


def test_descriptions_keep_to_their_limits():
    for language in ("zh-Hans", "en"):
        words = Catalogue.load(language)
        assert len(words("menu.description")) <= 512
        assert len(words("menu.short_description")) <= 120
