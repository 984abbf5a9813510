"""/start in private: what the bot is and how to bring it into a group; and where a deep link leads."""

from collections.abc import Mapping, Sequence

from telegram import Chat, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Button, Part, Speech, Word
from bot.services.links import add_button, case_of, group_of, row_of
from bot.services.reports import COMMAND
from handlers import (
    approvals,
    cases,
    commands,
    dissolve,
    feedback,
    ledger,
    mine,
    office,
    privacy,
    report,
    settings,
    status,
    unlisted,
    verify,
    visits,
)
from handlers.answering import Asked, Page, answer_command, person_of, say, tidy, words_after
from handlers.context import Context
from handlers.press import PressHandler

ACTION = "go"

PAGES: Mapping[str, Page] = {
    **commands.PAGES,
    "approvals": approvals.page,
    "cases": cases.page,
    "feedback": feedback.page,
    "forget": privacy.forget_page,
    "bind": office.bind_page,
    "ledger": ledger.page,
    "mine": mine.page,
    "privacy": privacy.page,
    "settings": settings.page,
    "status": status.page,
    "unlisted": unlisted.page,
    "verify": verify.page,
    "visit": visits.page,
}
"""Where a start payload may lead beside a group: `t.me/<bot>?start=privacy`."""


async def page(context: Context, asked: Asked) -> Speech:
    """Lead to what the payload names; without one say what the bot is."""
    group_id = group_of(asked.words, context.runtime.vault)
    if group_id is not None:
        group = await context.work.groups.get(group_id)
        if group is None:
            return Speech.of("setup.gone", asked.person.language)
        return await settings.of_group(context, group, asked.person)
    row_id = row_of(asked.words, context.runtime.vault)
    if row_id is not None:
        return await dissolve.of_row(context, row_id, asked.person)
    case = case_of(asked.words, context.runtime.vault)
    if case is not None:
        return await cases.of_link(context, *case, asked.person)
    chosen = PAGES.get(asked.words)
    if chosen is not None:
        return await chosen(context, Asked(asked.person))
    return _hello(context, asked.person.language)


def _hello(context: Context, language: str) -> Speech:
    policy = context.runtime.policy
    office = policy.office or Word("setup.office_unnamed")
    rows = (
        (add_button(context.bot.username, "setup.button.add"),),
        (_go(COMMAND),),
        (_go("help"), _go("language"), _go("privacy")),
    )
    return Speech((Part("setup.hello", {"office": office}), Part("setup.hello_rights")), language, rows)


def _go(name: str) -> Button:
    return Button(Part(f"setup.button.{name}"), f"{ACTION}:{name}")


async def _start(update: Update, context: Context) -> None:
    """In a group `/start` only announces an addition, of which `my_chat_member` tells too: nothing is said there."""
    message = update.message
    if message is None:
        return
    if message.chat.type == Chat.PRIVATE:
        if words_after(message) == COMMAND:
            await report.begin(update, context, by_link=True)
        else:
            await answer_command(update, context, "start", page)
    else:
        await tidy(context, message, await context.work.groups.of_chat(message.chat.id))


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Answer a button that stands for a command; the greeting stays where it is."""
    if arguments and arguments[0] == COMMAND:
        await report.begin(update, context)
        return
    chosen = PAGES.get(arguments[0] if arguments else "")
    if update.callback_query is None or chosen is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    await say(context, who, await chosen(context, Asked(who)))


def presses() -> Mapping[str, PressHandler]:
    """The action of the greeting's buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("start", _start, filters.UpdateType.MESSAGE),)
