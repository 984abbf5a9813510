"""What is answered to a machine: a verdict as plain values and as a line of JSON."""

import json
from typing import Any

from bot.core.model import Finding, Verdict


def answer(verdict: Verdict) -> dict[str, Any]:
    """Return the facts, sorted, and the findings of a verdict."""
    return {
        "facts": sorted(verdict.facts),
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def json_line(value: object) -> bytes:
    """Write one line of JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, is left escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii") + b"\n"


def _finding(finding: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {
        "category": finding.category.value,
        "score": round(finding.score, 3),
        "reason": finding.reason,
        "spans": [list(span) for span in finding.spans],
        "clause": str(finding.clause),
    }
    if finding.deadline is not None:
        said["deadline"] = finding.deadline.moment.isoformat()
    if finding.refers_to is not None:
        said["refers_to"] = json.loads(finding.refers_to)
    if finding.direction is not None:
        said["direction"] = finding.direction.value
    if finding.provisional:
        said["provisional"] = True
    return said
