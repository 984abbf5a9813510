"""/report in a group, as reply to a message: unseen where the platform offers it, else taken away and told in private.

Nobody in the group sees an answer. A command that others may have seen makes an *open* report, and its author is told.
"""

from dataclasses import replace

from telegram import Message, User

from bot.core.group import Group
from bot.core.masking import clean, mask
from bot.core.model import Category
from bot.core.reports import LONGEST, as_kept
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech
from bot.services import reports
from bot.services.links import start_link
from bot.services.persons import Person
from bot.services.report_drafts import Draft, Stage
from bot.services.reports import COMMAND
from bot.texts import LANGUAGES, Catalogue
from handlers.answering import secret, thread_of, tidy, words_after
from handlers.context import Context
from handlers.report_talk import Talk, begun, hearing_of
from handlers.rights import person_behind
from handlers.tongue import tongue_of

EPHEMERAL = "ephemeral_message_id"
"""The field of a message that its author and the bot alone see (Bot API 10.2)."""


async def command(context: Context, message: Message) -> None:
    """Take a report made in a group."""
    unseen = message.api_kwargs.get(EPHEMERAL)
    group = await context.work.groups.of_chat(message.chat.id)
    if unseen is None:
        await tidy(context, message, group, fleeting=True)  # of which no row is left
    user = message.from_user if person_behind(message) is not None else None
    speaker = message.sender_chat.id if user is None and message.sender_chat is not None else 0
    talk = await _talk(context, user, speaker)
    if talk is None:
        return
    told = await _told(talk, message, group, open_handed=unseen is None)
    if unseen is not None and user is not None:
        await _aside(talk, message, user, int(unseen), _without_questions(told))
    elif user is not None:
        await talk.say(told)


async def _talk(context: Context, user: User | None, speaker: int) -> Talk | None:
    """The talk with whoever wrote; behind a stand-in it is the chat that speaks, and cannot be answered."""
    if user is not None:
        return await Talk.of(context, user)
    return begun(context, Person(speaker, "", context.runtime.policy.language)) if speaker else None


async def _told(talk: Talk, message: Message, group: Group | None, *, open_handed: bool) -> Speech:
    """Store what is replied to, as far as its kind is known; returns what its author is told."""
    context, language = talk.context, talk.language
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:  # in a topic, all reply to its beginning
        seen = (Part("report.open.nothing"),) if open_handed else ()
        talk.keep(Draft())
        page = reports.start_page(language)
        return replace(page, parts=(*seen, *page.parts))
    text = (replied.text or replied.caption or "").strip()
    if secret(context, text):
        return Speech.of("command.secret", language)
    draft = Draft(
        Stage.CATEGORY,
        words=mask(clean(text))[:LONGEST],
        group_id=None if group is None else group.id,
        message_id=replied.message_id,
        place="" if group is not None else as_kept(message.chat.title or ""),
        open_handed=open_handed,
        in_group=True,
        guesses=reports.guesses(hearing_of(context), text, replied.date),
    )
    category = await _category(context, words_after(message), draft)
    if category is None:
        talk.keep(draft)
        return reports.category_page(draft, language)
    refusal = await talk.store(draft, category)
    if refusal is not None or talk.draft is None:
        return Speech((refusal or Part("report.over"),), language)
    return reports.stored_page(talk.draft, language)


async def _category(context: Context, words: str, draft: Draft) -> Category | None:
    """The kind that was named, or that was found in the message, or that it reads like."""
    named = category_named(words)
    if named is not None or draft.group_id is None or draft.message_id is None:
        return named or next(iter(draft.guesses), None)
    found = await context.work.findings.of_message(draft.group_id, draft.message_id)
    return found[0].finding.category if found else next(iter(draft.guesses), None)


def _without_questions(told: Speech) -> Speech:
    """What is said in the group itself: nothing is to be written there, and there are no kinds to press."""
    keys = {part.key for part in told.parts}
    asked = {"report.ask": "report.aside.bare", "report.category.ask": "report.aside.kind"}
    line = next((said for question, said in asked.items() if question in keys), None)
    return told if line is None else replace(told, parts=(Part(line),))


def category_named(words: str) -> Category | None:
    """The one kind whose title holds the words, in any language, or whose code they are; None for none or several."""
    plain = "".join(words.split()).casefold()
    if len(plain) < 2:
        return None
    if plain in set(Category):
        return Category(plain)
    titles = [(each, Catalogue.load(language)(f"category.{each}.title")) for each in Category for language in LANGUAGES]
    found = {each for each, title in titles if plain in "".join(title.split()).casefold()}
    return found.pop() if len(found) == 1 else None


async def _aside(talk: Talk, message: Message, user: User, number: int, told: Speech) -> None:
    """Answer in the group so that the author alone sees it, with the way into the private chat instead of buttons."""
    context = talk.context
    link = start_link(context.bot.username, COMMAND)
    language = await tongue_of(user, context)
    row = (Button(Part("setup.button.in_private"), url=link),)
    said = Outgoing(
        *(message.chat.id, PostKind.ANSWER),
        speech=replace(told, language=language, buttons=(row,)),
        thread_id=thread_of(message),
        fleeting=True,
        only_for=user.id,
        only_reply=number,
    )
    await context.work.outbox.add([said], context.now)
