"""What is written unasked of a case: to a unit's contacts, at the desk, and in the channel; no answer is demanded."""

from zoneinfo import ZoneInfo

from bot.core.case_moves import Step
from bot.core.case_screens import CaseField
from bot.core.case_views import CaseView
from bot.core.speech import Button, Part, Speech
from bot.services.case_lines import ACTION, CLIPPED, LOCAL, category, page, rest, title


def to_unit(view: CaseView, zone: ZoneInfo, case_id: int, step: Step, language: str, review: str = "") -> Speech:
    """What a contact is told of a step of the office: the office's wording, until when to answer, and how.

    `review` tells that the unit had objected: `upheld` where the decision stays as it was, else `changed`.
    """
    key = "case.button.answer_it" if step is Step.SEND else "case.button.look"
    told = f"case.{review or 'told'}.{step}"
    return Speech((Part(told), *page(view, zone)), language, ((_to(case_id, key),),))


def reminder(view: CaseView, zone: ZoneInfo, case_id: int, language: str) -> Speech:
    """The one reminder of a due day to a contact; nothing is said twice."""
    parts = (Part("case.told.reminder"), *page(view, zone, CLIPPED), Part("case.told.once", {"label": LOCAL}))
    return Speech(parts, language, ((_to(case_id, "case.button.answer_it"),),))


def to_desk(view: CaseView, zone: ZoneInfo, case_id: int, step: Step, language: str) -> Speech:
    """That a unit answered or objected; what it says stands on the page."""
    return Speech((Part(f"case.desk.{step}"), *page(view, zone)), language, ((_to(case_id, "case.button.look"),),))


def to_channel(view: CaseView, zone: ZoneInfo, language: str) -> Speech:
    """The correction where a notice stood: the matter, and that it is not established; nobody is named."""
    numbered = title(view) if view.sees(CaseField.NUMBER) else ()
    parts = (Part("case.channel", {"category": category(view)}), *numbered, *rest(view, zone))
    return Speech(parts, language)


def _to(case_id: int, key: str) -> Button:
    return Button(Part(key), f"{ACTION}:p:{case_id}")
