"""The latest findings on one's own messages, shown to nobody else."""

from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.dates import shown
from bot.core.group import Group
from bot.core.speech import Part, Speech, Value, Word
from bot.ports import UnitOfWork, Vault
from bot.services.persons import Person
from bot.services.places import zone_of

SHOWN = 10


async def page(work: UnitOfWork, vault: Vault, person: Person, zone: ZoneInfo) -> Speech:
    """Time, category, reason and clause of each; one that was taken back says so."""
    found = await work.findings.of_sender(vault.pseudonym("sender", person.user_id), SHOWN)
    if not found:
        return Speech.of("mine.none", person.language)
    parts = [Part("mine.intro", {"count": len(found)})]
    for stored in found:
        group = await work.groups.get(stored.group_id)
        parts += _lines(stored, group, zone)
    return Speech((*parts, Part("mine.end")), person.language)


def _lines(stored: StoredFinding, group: Group | None, zone: ZoneInfo) -> list[Part]:
    finding, named = stored.finding, group.zone if group is not None else ""
    zone = zone_of(group, zone)
    fields: dict[str, Value] = {
        "at": shown(stored.at, zone, named, year=True),
        "group": group.title if group is not None else "",
        "category": Word(f"category.{finding.category}.title"),
        "reason": Word(f"reason.{finding.reason}"),
        "clause": str(finding.clause),
    }
    lines = [Part("mine.row", fields)]
    if stored.marked_wrong_at is not None:
        lines.append(Part("mine.taken_back", {"at": f"{stored.marked_wrong_at.astimezone(zone):%m-%d}"}, follows=True))
    elif stored.edited_at is not None:
        lines.append(Part("mine.edited", follows=True))
    if finding.provisional:
        lines.append(Part("mine.provisional", follows=True))
    return lines
