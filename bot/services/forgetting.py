"""Forgetting a person wherever they stand, by keyed hashes alone, so that a restored backup forgets them again."""

from dataclasses import replace
from datetime import datetime

from loguru import logger

from bot.ports import Forgotten, Traces, UnitOfWork, Vault
from bot.services.office import unbind_contact
from bot.services.persons import key_of


def traces_of(work: UnitOfWork, vault: Vault, user_id: int) -> Traces:
    """Under what a person stands in the database."""
    return Traces(key_of(vault, user_id), vault.pseudonym("sender", user_id), work.outbox.queue_of(user_id))


async def erase(work: UnitOfWork, vault: Vault, traces: Traces, now: datetime) -> int:
    """Delete what is known of a person: their row, the hash and excerpts of their findings, what was sent to them.

    They are the contact of no group and no unit any more, and what would have been sent to them unasked is not.
    Returns how many findings were theirs.
    """
    findings = await work.findings.forget_sender(traces.sender)
    for group in await work.groups.all():
        if group.contact is not None and key_of(vault, group.contact) == traces.person:
            await work.groups.update(replace(group, contact=None))
    for binding in await work.office.binding(traces.person):
        if binding.unit_id is not None:
            await unbind_contact(work, traces.person, binding.unit_id, "", now)
    for inquiry in await work.inquiries.waiting():
        if key_of(vault, inquiry.asker) == traces.person:
            await work.inquiries.close(inquiry.id)
    await work.outbox.forget(traces.queue)
    await work.people.forget(traces.person)
    return findings


def note(forgotten: Forgotten, traces: Traces, now: datetime) -> None:
    """Note whom a restored backup has to forget again; where that fails they are forgotten all the same."""
    try:
        forgotten.add(traces, now)
    except OSError as error:
        logger.error("Whom to forget again after a restore could not be noted: {}", type(error).__name__)
