"""What tests share: short ways to say what they look at."""

from collections.abc import Callable

from bot.core.model import Verdict

Judge = Callable[..., Verdict]
"""`judge(text, at="2026-03-11T10:00", scene=None, **message_fields)`: the verdict on one message."""


def found(verdict: Verdict) -> set[str]:
    """The categories of a verdict."""
    return {finding.category.value for finding in verdict.findings}
