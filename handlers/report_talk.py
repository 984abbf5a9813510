"""One talk with a reporter: who it is for this moment, what is remembered, and how it is answered without a trace."""

from dataclasses import dataclass, replace
from datetime import timedelta

from telegram import User

from bot.core.model import Category
from bot.core.speech import Keys, Outgoing, Part, PostKind, Speech
from bot.services import reports
from bot.services.persons import Person
from bot.services.report_drafts import Draft, Drafts
from bot.services.reports import Hearing
from handlers.answering import person_of
from handlers.context import Context
from handlers.quota import HOUR, Quota

TRIES = Quota("receipt", HOUR, 10)
"""Receipts that one person may try in an hour, right or wrong."""
_ANYBODY = 1_000_000


@dataclass(slots=True)
class Talk:
    """The talk of one update. `name` is who it is today; `draft` what was remembered before this update."""

    context: Context
    who: Person
    name: str
    draft: Draft | None

    @classmethod
    async def of(cls, context: Context, user: User) -> "Talk":
        """The talk with a person."""
        return begun(context, await person_of(user, context))

    @property
    def drafts(self) -> Drafts:
        """What all talks are remembered in."""
        return self.context.runtime.drafts

    @property
    def hearing(self) -> Hearing:
        """What taking a report needs of the running bot."""
        return hearing_of(self.context)

    @property
    def language(self) -> str:
        """The language of the reporter."""
        return self.who.language

    def keep(self, draft: Draft | None) -> None:
        """What this update makes of the talk."""
        self.draft = draft
        self.drafts.keep(self.name, draft)

    async def say(self, speech: Speech, keys: Keys | None = None) -> None:
        """Answer in private, with no row that stays."""
        await whisper(self.context, self.who, speech, keys)

    async def store(self, draft: Draft, category: Category) -> Part | None:
        """Keep the report; returns why not, where it is not taken."""
        context, policy = self.context, self.context.runtime.policy
        matter = reports.matter(draft, category)
        if not self.drafts.is_first(self.name, matter, context.number):
            return Part("report.told")
        refusal = None
        if not Quota("report", HOUR, policy.reports_per_hour).takes(context, self.name):
            refusal = Part("report.too_many", {"count": policy.reports_per_hour})
        elif not Quota("reports", HOUR, _ANYBODY, policy.reports_flood).takes(context, self.name):
            refusal = Part("report.flood")
        if refusal is not None:
            self.drafts.untell(self.name, matter)
            return refusal
        self.keep(await reports.store(context.work, self.hearing, draft, category))
        return None


def begun(context: Context, who: Person) -> Talk:
    """The talk with somebody whose language is known; what they wrote is not to lie on the disk any longer."""
    context.work.leave_nothing()
    drafts = context.runtime.drafts
    name = drafts.name(who.user_id, context.runtime.office.today(context.now))
    return Talk(context, who, name, drafts.begin(name, context.number, context.now))


def hearing_of(context: Context) -> Hearing:
    """What taking a report needs of the running bot."""
    runtime = context.runtime
    return Hearing(runtime.policy, runtime.vault, runtime.pipeline, runtime.office, context.now)


async def whisper(context: Context, who: Person, speech: Speech, keys: Keys | None = None) -> None:
    """Say something to a person in private of which no row stays."""
    worded = replace(speech, language=who.language)
    late = context.now + timedelta(hours=1)
    said = Outgoing(
        *(who.user_id, PostKind.ANSWER), speech=worded, silent=False, fleeting=True, keys=keys, drop_after=late
    )
    await context.work.outbox.add([said], context.now)
