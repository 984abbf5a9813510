"""What is kept, said from the host's own values; and forgetting, done when it is asked for."""

from datetime import datetime

from bot.core.policy import Policy
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.ports import Forgotten, UnitOfWork, Vault
from bot.services.forgetting import erase, note, traces_of
from bot.services.persons import Person
from bot.services.reports import ACTION as REPORT
from bot.services.retention import HANDLED_KEPT

ACTION = "fg"
PARAGRAPHS = ("reads", "keeps", "never", "sees", "host", "secret", "rights")


def page(policy: Policy, language: str) -> Speech:
    """Exactly what is kept, how long, who sees it, and what the host and the platform could see."""
    fields: dict[str, Value] = {
        "office": policy.office or Word("setup.office_unnamed"),
        "contact": policy.contact or Word("setup.contact_unnamed"),
        "host": policy.host or Word("setup.host_unnamed"),
        "days": policy.retention_days,
        "memory": policy.memory_days,
        "aside": policy.aside_hours,
        "recall": HANDLED_KEPT.days,
    }
    parts = tuple(Part(f"privacy.{name}", fields) for name in PARAGRAPHS)
    who = Button(Part("report.button.who"), f"{REPORT}:who")
    rows = ((who,), (_button("cases", "privacy.button.cases"),), (_button("ask", "privacy.button.forget"),))
    return Speech((Part("privacy.title"), *parts), language, rows)


def cases_page(policy: Policy, language: str) -> Speech:
    """What is kept of reports and cases, for how long, and how a report is found."""
    fields: dict[str, Value] = {"access": policy.case_access_days, "data": policy.case_data_days}
    return Speech((Part("privacy.title"), Part("privacy.cases", fields)), language)


def question(language: str) -> Speech:
    """Ask once before anything is deleted, saying what that means."""
    row = (_button("yes", "privacy.button.yes"), _button("no", "privacy.button.no"))
    return Speech((Part("privacy.forget.question"), Part("privacy.forget.reports")), language, (row,))


async def forget(work: UnitOfWork, vault: Vault, forgotten: Forgotten, person: Person, now: datetime) -> Speech:
    """Delete what is known of a person, and note that a restored backup has to forget them again."""
    traces = traces_of(work, vault, person.user_id)
    note(forgotten, traces, now)
    findings = await erase(work, vault, traces, now)
    done = Part("privacy.forget.done", {"findings": findings})
    return Speech((done, Part("privacy.forget.reports")), person.language)


def _button(what: str, key: str) -> Button:
    return Button(Part(key), f"{ACTION}:{what}")
