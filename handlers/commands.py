"""The plain commands: /help /about /rules /check /len /language."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.lengths import Limits, ReportKind, count_characters
from bot.core.model import Category, Message
from bot.core.scene import Scene
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.core.worktime import WorkTime
from bot.render.explained import explained
from bot.texts import LANGUAGES, Catalogue
from handlers.answering import Asked, Page, TextHandler, Typed, answer_command, person_of, refuse, secret, turn
from handlers.context import Context
from handlers.press import PressHandler

QUESTION = "ask"
"""Begins the questions of these commands, as `ask:check`."""
RULES, LANGUAGE = "rl", "lg"
"""The actions of the buttons."""


async def help_page(context: Context, asked: Asked) -> Speech:  # noqa: ARG001 - pages share their arguments
    """What can be asked of the bot."""
    parts = (Part("command.help.intro"), Part("command.help.everybody"), Part("command.help.admins"))
    return Speech((*parts, Part("command.help.quiet")), asked.person.language)


async def about_page(context: Context, asked: Asked) -> Speech:
    """Who runs the bot, how to reach them, and the filing number."""
    policy = context.runtime.policy
    fields: dict[str, Value] = {
        "office": policy.office or Word("setup.office_unnamed"),
        "contact": policy.contact or Word("setup.contact_unnamed"),
        "host": policy.host or Word("setup.host_unnamed"),
        "number": policy.filing_number or Word("command.about.not_filed"),
    }
    return Speech((Part("command.about.what"), Part("command.about.who", fields)), asked.person.language)


async def rules_page(context: Context, asked: Asked) -> Speech:  # noqa: ARG001
    """The categories, to choose one."""
    return _rules(asked.person.language)


async def check_page(context: Context, asked: Asked) -> Speech:
    """Explain the words given; without words await them."""
    if asked.words:
        return _check(context, asked.words, asked.person.language)
    await context.work.people.expect(asked.person.key, f"{QUESTION}:check", 0, context.now)
    return Speech.of("command.check.ask", asked.person.language)


async def len_page(context: Context, asked: Asked) -> Speech:
    """Count the words given; without words await them."""
    if asked.words:
        return _len(context, asked.words, asked.person.language)
    await context.work.people.expect(asked.person.key, f"{QUESTION}:len", 0, context.now)
    return Speech.of("command.len.ask", asked.person.language)


async def language_page(context: Context, asked: Asked) -> Speech:  # noqa: ARG001
    """The languages, to choose one."""
    row = tuple(Button(Part(f"setup.languages.{code}"), f"{LANGUAGE}:{code}") for code in LANGUAGES)
    return Speech((Part("command.language.ask"),), asked.person.language, (row,))


PAGES: Mapping[str, Page] = {
    "help": help_page,
    "about": about_page,
    "rules": rules_page,
    "check": check_page,
    "len": len_page,
    "language": language_page,
}


async def typed(context: Context, answer: Typed) -> Speech:
    """Explain or count the words that were awaited."""
    await context.work.people.answered(answer.person.key)
    if answer.about == "len":
        return _len(context, answer.text, answer.person.language)
    return _check(context, answer.text, answer.person.language)


async def rules_pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Show one category, or all of them again."""
    if update.callback_query is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    category = arguments[0] if arguments else ""
    known = category in set(Category)
    await turn(update, context, _rule(context, Category(category), who.language) if known else _rules(who.language))


async def language_pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Keep the chosen language of a person."""
    if update.callback_query is None:
        return
    code = arguments[0] if arguments else ""
    if code not in LANGUAGES:
        await refuse(update, context, Part("setup.problem.choose"))
        return
    who = await person_of(update.callback_query.from_user, context)
    await context.work.people.choose_language(who.key, code)
    speech = Speech.of("command.language.done", code, language=Word(f"setup.languages.{code}"))
    await turn(update, context, speech)


def _rules(language: str) -> Speech:
    buttons = [Button(Part(f"category.{category}.title"), f"{RULES}:{category}") for category in Category]
    rows = tuple(tuple(buttons[first : first + 2]) for first in range(0, len(buttons), 2))
    return Speech((Part("command.rules.intro", {"count": len(buttons)}),), language, rows)


def _rule(context: Context, category: Category, language: str) -> Speech:
    clause = context.runtime.clauses.get(category)
    parts = [Part("command.rules.title", {"title": Word(f"category.{category}.title")})]
    parts.append(Part("command.rules.meaning", {"meaning": Word(f"category.{category}.meaning")}))
    if clause is not None:
        fields = {"document": clause.document, "item": clause.item, "unit": clause.responsible_unit}
        parts.append(Part("command.rules.clause", fields))
    parts.append(Part("command.rules.example", {"example": Word(f"command.examples.{category}")}))
    parts.append(Part("command.rules.advice", {"advice": Word(f"category.{category}.advice")}))
    back = Button(Part("settings.button.back"), RULES)
    return Speech(tuple(parts), language, ((back,),))


def _check(context: Context, text: str, language: str) -> Speech:
    """The verdict on a text as if it were sent now; nothing of it is kept."""
    if secret(context, text):
        return Speech.of("command.secret", language)
    runtime = context.runtime
    worktime = WorkTime(runtime.calendar, runtime.hours, runtime.zone)
    message = Message("", text, worktime.local(context.now))
    verdict = runtime.pipeline.judge(message, Scene(worktime))
    parts = explained(message, verdict, worktime, Catalogue.load(language))
    return Speech((Part("command.check.intro"), *parts), language)


def _len(context: Context, text: str, language: str) -> Speech:
    """The characters of a text; nothing of it is kept, and of a secret not even that is said."""
    if secret(context, text):
        return Speech.of("command.secret", language)
    limits, count = Limits(), count_characters(text)
    exceeded = limits.exceeded(count)
    parts = [Part("cli.len.count", {"count": count})]
    for kind in ReportKind:
        limit, key = limits.of(kind), "over" if kind in exceeded else "within"
        fields: dict[str, Value] = {"what": Word(f"cli.len.{kind}"), "limit": limit, "over": max(count - limit, 0)}
        parts.append(Part(f"cli.len.{key}", fields, follows=True))
    return Speech((*parts, Part("cli.len.basis")), language)


def presses() -> Mapping[str, PressHandler]:
    """The actions of the buttons."""
    return {RULES: rules_pressed, LANGUAGE: language_pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def command(name: str, page: Page) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    """A callback that answers a command with a page."""

    async def answer(update: Update, context: Context) -> None:
        await answer_command(update, context, name, page)

    return answer


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The commands, which do not listen to edits."""
    return tuple(CommandHandler(name, command(name, page), filters.UpdateType.MESSAGE) for name, page in PAGES.items())
