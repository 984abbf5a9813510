"""/verify: whether something stands on the list of approvals; asking the office about it, and recording a refusal.

Of a question only what answering needs is kept, sealed and until then; a refusal has no author.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.approvals import Answer, Approval, ApprovalIndex, Inquiry, Refusal
from bot.core.changes import Change, Role
from bot.core.policy import Policy
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech, Value, Word
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.approval_list import current
from bot.services.office import desk_chat
from bot.services.persons import Person
from bot.services.scenes import Scenes

ACTION = "vf"
QUESTION = "verify"
INQUIRY = "inquiry"
LONGEST = 300
"""Characters of a text that are kept for a question or a refusal."""
WAITS = timedelta(days=30)
"""How long a question waits for the office; then it is gone."""
REFUSAL_KEPT = timedelta(days=365)
"""How long the words of a refusal are kept; the refusal is counted on."""
_FINAL = frozenset({Answer.LISTED, Answer.MORE_WORDS})
"""The answers after which nothing is offered."""


class Outcome(StrEnum):
    """What the office says to a question."""

    LISTED = "listed"
    REFUSED = "refused"
    LOOKING = "looking"


@dataclass(frozen=True, slots=True)
class Counter:
    """What the answers need of the running bot."""

    policy: Policy
    zone: ZoneInfo
    scenes: Scenes
    now: datetime

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.now.astimezone(self.zone).date()


async def expect(work: UnitOfWork, counter: Counter, person: Person) -> None:
    """What somebody writes next is to be looked for."""
    await work.people.expect(person.key, f"{QUESTION}:words", 0, counter.now)


async def answer(work: UnitOfWork, counter: Counter, text: str, person: Person, *, offers: bool = True) -> Speech:
    """What the list says of a text; `offers` to ask the office and to record a refusal.

    Where more words are asked for, they are awaited.
    """
    index = await current(work, counter.scenes)
    said = index.verify(text, counter.today)
    if said.more or said.answer is Answer.MORE_WORDS:
        await expect(work, counter, person)
    fields: dict[str, Value] = {"day": f"{index.as_of or ''}"}
    parts = [Part(f"approvals.answer.{said.answer}", fields)]
    parts += [item(each) for each in said.items]
    if said.more:
        parts.append(Part("approvals.more", follows=True))
    parts += age(index, counter)
    if said.answer in _FINAL:
        return Speech(tuple(parts), person.language)
    if not offers:
        return Speech((*parts, Part("approvals.forward")), person.language)
    row = [Button(Part("approvals.button.refuse"), f"{ACTION}:refuse")]
    if await desk_chat(work, counter.policy) is not None:
        row.insert(0, Button(Part("approvals.button.ask"), f"{ACTION}:ask"))
    return Speech(tuple(parts), person.language, (tuple(row),))


def item(each: Approval) -> Part:
    """One item of the list in a line."""
    fields: dict[str, Value] = {
        "number": each.number or Word("approvals.no_number"),
        "name": each.name,
        "kind": Word(f"approvals.kind.{each.kind}"),
        "issuer": each.issuer or "–",
        "dates": each.dates or Word("approvals.any_day"),
        "place": each.place or "–",
    }
    return Part("approvals.item", fields, follows=True)


def age(index: ApprovalIndex, counter: Counter) -> Sequence[Part]:
    """The day of the list, and whether it is old by the office's own number."""
    if index.as_of is None:
        return ()
    parts = [Part("approvals.as_of", {"day": f"{index.as_of}"})]
    if index.is_stale(counter.today, counter.policy.list_fresh_days):
        fields: dict[str, Value] = {"days": counter.policy.list_fresh_days, "label": Word("label.local")}
        parts.append(Part("approvals.stale", fields, follows=True))
    return parts


async def ask(work: UnitOfWork, counter: Counter, person: Person, text: str) -> Speech:
    """Put the question to the office's desk, which does not learn who asks."""
    desk = await desk_chat(work, counter.policy)
    if desk is None:
        contact = counter.policy.contact or Word("approvals.office_itself")
        return Speech.of("approvals.no_desk", person.language, contact=contact)
    inquiry = Inquiry(counter.today, _short(text), person.user_id, person.language)
    number = await work.inquiries.add(inquiry)
    speech = _at_desk(number, inquiry.words, counter.policy.language, tuple(Outcome))
    await work.outbox.add([Outgoing(desk, PostKind.TROUBLE, speech=speech)], counter.now)
    return Speech.of("approvals.asked", person.language, days=WAITS.days)


def _at_desk(number: int, words: str, language: str, outcomes: Sequence[Outcome]) -> Speech:
    row = tuple(Button(Part(f"approvals.button.{each}"), f"{ACTION}:desk:{number}:{each}") for each in outcomes)
    parts = [Part("approvals.desk.asked", {"words": words})]
    if Outcome.LOOKING not in outcomes:
        parts.append(Part("approvals.desk.looking"))
    return Speech(tuple(parts), language, (row,))


async def decide(work: UnitOfWork, counter: Counter, number: int, outcome: Outcome, actor: str) -> Speech | None:
    """The office's answer, which goes to the asker in private; what the desk's post becomes, None when it is over."""
    inquiry = await work.inquiries.get(number)
    if inquiry is None:
        return None
    told = Speech.of(f"approvals.told.{outcome}", inquiry.language, words=inquiry.words)
    if inquiry.asker:  # of two at the desk who press at once, one tells
        key = f"{INQUIRY}:{number}:{outcome}"
        await work.outbox.add([Outgoing(inquiry.asker, PostKind.TROUBLE, speech=told, key=key)], counter.now)
    if outcome is Outcome.LOOKING:
        return _at_desk(number, inquiry.words, counter.policy.language, (Outcome.LISTED, Outcome.REFUSED))
    await work.inquiries.close(number)
    done = Change(counter.now, Role.OFFICE, INQUIRY, number, {}, {"outcome": outcome.value}, actor)
    await work.changes.append([done])
    return Speech.of(f"approvals.desk.{outcome}", counter.policy.language, words=inquiry.words)


def which_unit(units: Sequence[Unit], language: str) -> Speech:
    """Ask for which of one's units something is refused."""
    rows = [(Button(Part("setup.choose.as_is", {"text": each.name}), f"{ACTION}:refuse:{each.id}"),) for each in units]
    none = Button(Part("approvals.button.no_unit"), f"{ACTION}:refuse:0")
    return Speech((Part("approvals.which_unit"),), language, (*rows, (none,)))


async def refuse(work: UnitOfWork, counter: Counter, text: str, unit_id: int | None, language: str) -> Speech:
    """Record a refusal: what, on which day, and the unit of a contact; for the office alone."""
    await work.refusals.add(Refusal(counter.today, _short(text), unit_id))
    return Speech.of("approvals.refused", language)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
