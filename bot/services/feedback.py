"""A word to the office: without the sender's name unless they choose to sign."""

from datetime import datetime

from bot.core.policy import Policy
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech, Word
from bot.ports import UnitOfWork
from bot.services.office import desk_chat
from bot.services.persons import Person

ACTION = "fb"
QUESTION = "feedback"
LONGEST = 3000
"""Characters of one word to the office; a message of the platform holds little more."""


async def invitation(work: UnitOfWork, policy: Policy, language: str) -> Speech:
    """Ask whether to sign, before anything is written; without a chat of the office name its contact."""
    if await desk_chat(work, policy) is None:
        return _elsewhere(policy, language)
    row = (
        Button(Part("feedback.button.plain"), f"{ACTION}:plain"),
        Button(Part("feedback.button.signed"), f"{ACTION}:signed"),
    )
    return Speech((Part("feedback.ask"),), language, (row,))


async def expect(work: UnitOfWork, person: Person, how: str, now: datetime) -> Speech:
    """Await the words, to be passed on as chosen."""
    await work.people.expect(person.key, f"{QUESTION}:{how}", 0, now)
    return Speech.of(f"feedback.write_{how}", person.language)


async def send(work: UnitOfWork, policy: Policy, person: Person, text: str, name: str, now: datetime) -> Speech:
    """Pass a word on to the office's chat; `name` is empty for an unsigned one, which keeps no trace of who wrote."""
    await work.people.answered(person.key)
    desk = await desk_chat(work, policy)
    if desk is None:
        return _elsewhere(policy, person.language)
    if len(text) > LONGEST:
        return Speech.of("feedback.too_long", person.language, most=LONGEST)
    key = "feedback.to_office_signed" if name else "feedback.to_office"
    fields = {"text": text, "name": name} if name else {"text": text}
    speech = Speech((Part(key, fields),), policy.language)
    await work.outbox.add([Outgoing(desk, PostKind.TROUBLE, speech=speech)], now)
    return Speech.of("feedback.sent_signed" if name else "feedback.sent", person.language)


def _elsewhere(policy: Policy, language: str) -> Speech:
    contact = policy.contact or Word("setup.contact_unnamed")
    return Speech.of("feedback.elsewhere", language, contact=contact)
