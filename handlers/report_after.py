"""After a report is stored, and whenever its receipt is typed: the talk with the office, and what its author may do."""

from dataclasses import replace

from telegram import Update

from bot.core.masking import clean
from bot.core.reports import Report, ReportState, as_kept
from bot.core.speech import Act, Outgoing, Part, PostKind, Speech
from bot.services import report_receipt, reports
from bot.services.report_drafts import Draft, Stage
from bot.services.report_receipt import awaits_answer
from handlers.answering import refuse, turn
from handlers.report_talk import TRIES, Talk

PRESSES = frozenset({"saved", "note", "known", "unknown", "withdraw", "page", "clear"})
_AHEAD = 5
"""Messages of the bot's own after the last one that is known of, which are cleared too."""


async def opened(talk: Talk, digits: str, message_id: int) -> None:
    """A receipt was typed: show the report. A wrong one is told apart from none by nothing."""
    if not TRIES.takes(talk.context, talk.name):
        await talk.say(Speech.of("report.receipt.too_often", talk.language))
        return
    report = await report_receipt.find(talk.context.work, talk.context.runtime.vault, digits)
    draft = (talk.draft or Draft(Stage.WAITING)).seen(message_id)
    if report is None:
        talk.keep(draft)
        await talk.say(Speech.of("report.receipt.unknown", talk.language))
        return
    page = await _page(talk, report)
    stage = Stage.NOTE if awaits_answer(page) else Stage.STORED
    talk.keep(Draft(stage, report_id=report.id, first=draft.first, last=draft.last))
    await talk.say(page)


async def noted(talk: Talk, draft: Draft, text: str) -> None:
    """Words that are added to a report, or answer a question of the office."""
    report = await _report(talk, draft)
    if report is None:
        await talk.say(Speech.of("report.over", talk.language))
    elif not as_kept(text):
        await talk.say(Speech.of("command.words_please", talk.language))
    else:
        work, today = talk.context.work, talk.hearing.today
        done = await report_receipt.add(work, report, text, today)
        talk.keep(replace(draft, stage=Stage.STORED))
        speech = Speech.of("report.noted" if done else "report.full", talk.language)
        await talk.say(replace(speech, buttons=((reports.button("note"), reports.button("clear")),)))


async def unsaid(talk: Talk, draft: Draft, *, answered: bool) -> None:
    """Words after a report that were not asked for: they go nowhere, least of all to an older question of another kind.

    That one would take them under their author's name.
    """
    talk.keep(draft)
    if answered:
        speech = Speech.of("report.unsaid", talk.language)
        await talk.say(replace(speech, buttons=((reports.button("note"), reports.button("clear")),)))


async def receipt_page(talk: Talk, draft: Draft) -> Speech:
    """What follows a stored report: it tells whether the office will know who it was."""
    report = await _report(talk, draft)
    return reports.stored_page(draft, talk.language, known=report is not None and bool(report.known))


async def _report(talk: Talk, draft: Draft) -> Report | None:
    """The report of a talk, unless it was withdrawn."""
    report = await talk.context.work.reports.get(draft.report_id) if draft.report_id else None
    return None if report is None or report.state is ReportState.WITHDRAWN else report


async def pressed(update: Update, talk: Talk, draft: Draft, what: str, value: str) -> None:
    """A button under the receipt, or under the report that a receipt opened."""
    context, language = talk.context, talk.language
    if what == "clear":
        await _clear(update, talk, draft)
        return
    if what == "saved":
        draft = replace(draft, digits="")
        if talk.draft is not None:
            talk.keep(draft)
        await turn(update, context, await receipt_page(talk, draft))
        return
    report = await _report(talk, draft)
    if report is None:
        await refuse(update, context, Part("report.over"))
        return
    talk.keep(draft)
    if what == "note":
        talk.keep(replace(draft, stage=Stage.NOTE))
        await talk.say(Speech.of("report.note", language))
        await turn(update, context, None)
        return
    await turn(update, context, await _changed(update, talk, draft, report, what, value))


async def _changed(update: Update, talk: Talk, draft: Draft, report: Report, what: str, value: str) -> Speech:
    """What is asked once more, and then done: to be known, and to withdraw."""
    work, language = talk.context.work, talk.language
    if what == "withdraw" and value != "yes":
        row = (reports.button("withdraw_yes", "withdraw:yes"), reports.button("back", "page"))
        return Speech((Part("report.withdraw"),), language, (row,))
    if what == "known" and value != "yes":
        row = (reports.button("known_yes", "known:yes"), reports.button("back", "page"))
        return Speech((Part("report.known", {"name": _name(update)}),), language, (row,))
    if what == "withdraw":
        await report_receipt.withdraw(work, report)
        talk.keep(replace(draft, digits=""))  # of what was taken back no receipt is needed
        talk.drafts.untell(talk.name, reports.matter(report, report.category))
        report = replace(report, state=ReportState.WITHDRAWN)
    elif what in {"known", "unknown"}:
        report = replace(report, known=_name(update) if what == "known" else "")
        await report_receipt.make_known(work, report, report.known)
    if draft.digits and report.state is not ReportState.WITHDRAWN:
        page = reports.stored_page(draft, language, known=bool(report.known))
        line = {"known": "report.known_now", "unknown": "report.unknown_now"}.get(what)
        return page if line is None else replace(page, parts=(Part(line), *page.parts))
    return await _page(talk, report)


async def _page(talk: Talk, report: Report) -> Speech:
    context = talk.context
    return await report_receipt.page(context.work, context.runtime.office, report, talk.language, context.now)


def _name(update: Update) -> str:
    """Who somebody is, as they are shown to others."""
    user = update.effective_user
    if user is None:
        return ""
    name = clean(user.full_name)
    return f"{name} @{user.username}" if user.username else f"{name} (id {user.id})"


async def _clear(update: Update, talk: Talk, draft: Draft) -> None:
    """Delete the messages of this talk from the private chat."""
    context = talk.context
    gone = Outgoing(
        *(talk.who.user_id, PostKind.HOUSEKEEPING, Act.CLEAR),
        message_id=draft.first,
        through=draft.last + _AHEAD,
        fleeting=True,
    )
    await context.work.outbox.add([gone], context.now)
    if talk.draft is not None:
        talk.keep(None)
    await turn(update, context, None, Part("report.cleared"))
