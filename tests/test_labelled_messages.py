"""The labelled sets keep apart: what rules are tuned on is never what they are scored on."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from bot.core.model import Category, Fact

FILES = sorted((Path(__file__).parent / "data" / "messages").glob("*.jsonl"))
LABELS = {*Category, *Fact}


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("key", ["text", "template"])
@pytest.mark.parametrize(("one", "other"), list(combinations(FILES, 2)), ids=lambda path: path.stem)
def test_no_message_and_no_idea_stands_in_two_sets(key: str, one: Path, other: Path) -> None:
    first, second = ({record[key] for record in records(path) if key in record} for path in (one, other))
    assert first & second == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_message_has_an_id_of_its_own_and_known_labels(path: Path) -> None:
    found = records(path)
    assert len({record["id"] for record in found}) == len(found)
    assert {label for record in found for label in record["labels"]} <= LABELS  # type: ignore[attr-defined]
