"""The lines on the page of a unit: its counts beside the rule, the load, and a line for each row."""

from collections.abc import Mapping
from datetime import date

from bot.core.dissolve import LifeStage, Terms, stage_of
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType
from bot.core.ledger_view import SeenLoad, UnitView, days_stale, ending, low_level
from bot.core.onegroup import POLICY_CAP
from bot.core.policy import Policy
from bot.core.speech import Part, Value, Word
from bot.core.units import Unit

POLICY, LOCAL = Word("label.policy"), Word("label.local")
"""What a number is, wherever it is shown."""
_UNKNOWN = Word("ledger_pages.unknown")


def figures(view: UnitView, load: SeenLoad | None, cap: int, terms: Terms, today: date) -> list[Part]:
    """The counts beside the rule, what comes to its end, and the load that the watched groups put on their members."""
    label = POLICY if cap == POLICY_CAP else LOCAL
    parts = [Part.line("ledger_pages.standing", count=view.standing, cap=cap, label=label)]
    others = {"projects": view.projects, "accounts": len(view.accounts), "apps": len(view.apps), "ended": view.ended}
    parts.append(Part("ledger_pages.others", others, follows=True))
    due = ending(view, terms, today)
    if due:
        parts.append(Part.line("ledger_pages.due", count=due))
    if load is None:
        return [*parts, Part.line("ledger_pages.no_load")]
    each, share = load.load.per_seat or 0.0, load.load.task_share or 0.0
    fields: dict[str, Value] = {"days": load.days, "seen": load.groups, "members": load.members}
    fields |= {"each": round(each, 1), "receipts": load.load.receipts, "share": round(100 * share)}
    return [*parts, Part("ledger_pages.load", fields, follows=True)]


def lines(view: UnitView, shown: slice, unit: Unit, policy: Policy, terms: Terms, today: date) -> list[Part]:
    """A line for each row of a page, with a title above the groups, the accounts and the apps."""
    parts: list[Part] = []
    last: ObjectType | None = None
    for row in view.rows[shown]:
        if row.object_type is not last:
            parts.append(Part(f"ledger_pages.{row.object_type}s"))
            last = row.object_type
        if row.object_type is ObjectType.GROUP and row.id in view.not_counted:
            parts.append(Part("ledger_pages.twin", _named(row), follows=True))
        else:
            parts.append(_row(row, unit, policy, terms, today))
    return parts


def _named(row: LedgerObject) -> dict[str, Value]:
    return {"name": row.name, "platform": platform_word(row)}


def _row(row: LedgerObject, unit: Unit, policy: Policy, terms: Terms, today: date) -> Part:
    fields = _named(row)
    if row.object_type is ObjectType.GROUP:
        return _group(row, terms, today, fields)
    if row.object_type is ObjectType.APP:
        level = low_level(row, unit.level)
        if level is None:
            return Part("ledger_pages.app", fields, follows=True)
        where = {**fields, "level": Word(f"ledger_file.word.owner_level.{level}"), "label": POLICY}
        return Part("ledger_pages.low_app", where, follows=True)
    if row.last_update is None:
        return Part("ledger_pages.account_undated", fields, follows=True)
    dated = {**fields, "day": row.last_update.isoformat()}
    days = days_stale(row, today, policy.account_fresh_days)
    if days is None:
        return Part("ledger_pages.account", dated, follows=True)
    return Part("ledger_pages.stale", {**dated, "days": days, "label": LOCAL}, follows=True)


def _group(row: LedgerObject, terms: Terms, today: date, fields: Mapping[str, Value]) -> Part:
    stage = stage_of(row, terms, today)
    known: dict[str, Value] = {**fields, "members": _UNKNOWN if row.members is None else str(row.members)}
    known["state"] = Word(f"ledger_pages.stage.{stage}")
    if row.kind is GroupKind.PROJECT:
        end = _UNKNOWN if row.end_date is None else row.end_date.isoformat()
        key = "project_plain" if stage is LifeStage.RUNNING else "project"
        return Part(f"ledger_pages.{key}", {**known, "end": end}, follows=True)
    return Part("ledger_pages.group_plain" if stage is LifeStage.RUNNING else "ledger_pages.group", known, follows=True)


def platform_word(row: LedgerObject) -> Word:
    """The name of a row's platform."""
    return Word(f"ledger_file.word.platform.{row.platform}")
