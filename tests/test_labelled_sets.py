"""The labelled sets are as large as their description says, and the rules do not fall behind the published scores."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.cli.labelled import judge_file
from bot.core.model import Fact
from bot.services.evaluate import Evaluation, evaluate
from bot.texts import Catalogue
from config.settings import Settings

FOLDER = Path(__file__).parent / "data" / "messages"
FACTS = {str(fact) for fact in Fact}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def scores() -> dict[str, Evaluation]:
    office = build(Settings(_env_file=None))
    words = Catalogue.load("en")
    names = ("train", "test", "blind", "unseen", "fair", "outside", "pairs")
    return {name: evaluate([judge_file(office, str(FOLDER / f"{name}.jsonl"), words)]) for name in names}


def test_the_development_set_has_at_least_800_messages_and_half_of_them_are_clean() -> None:
    development = rows("train") + rows("test")
    clean = [row for row in development if not set(row["labels"]) - FACTS]
    assert len(development) >= 800
    assert 0.45 <= len(clean) / len(development) <= 0.6


def test_the_blind_set_has_at_least_150_messages() -> None:
    assert len(rows("blind")) >= 150


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("train", 0.95, 0.95),
        ("test", 0.95, 0.92),
        ("blind", 0.92, 0.88),
        ("unseen", 0.93, 0.85),
        ("fair", 0.94, 0.9),
        ("outside", 0.94, 0.9),
        ("pairs", 0.84, 0.92),
    ],
)
def test_the_rules_do_not_fall_behind_the_published_scores(
    scores: dict[str, Evaluation], name: str, precision: float, recall: float
) -> None:
    overall = scores[name].overall
    assert overall.precision is not None
    assert overall.recall is not None
    assert overall.precision >= precision
    assert overall.recall >= recall
