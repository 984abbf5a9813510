"""The cards of the word scores: an office may change a number or a word, and a mistake names key and line."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import BadRules
from bot.core.model import Message
from bot.core.scene import Scene
from bot.core.worktime import WorkTime
from config.rules import load_rules
from config.word_scores import spelled

TEXT = "请大家给推文点个赞，转发朋友圈"
AT = datetime(2026, 3, 11, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def own_file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def found(own: Path | None, worktime: WorkTime) -> set[str]:
    verdict = load_rules(own).pipeline.judge(Message("1", TEXT, AT), Scene(worktime))
    return {finding.category.value for finding in verdict.findings}


def test_one_number_of_a_card_can_be_changed_alone(tmp_path: Path, worktime: WorkTime) -> None:
    assert "vote_like" in found(None, worktime)
    assert "vote_like" not in found(own_file(tmp_path, "[scores.vote_like]\nleast = 9000\n"), worktime)


@pytest.mark.parametrize(
    ("text", "reason", "key", "line"),
    [
        pytest.param("[scores.vote_lik]\nleast = 1\n", "unknown_key", "scores.vote_lik", 1, id="no such label"),
        pytest.param("[scores.vote_like]\nleast = 'x'\n", "not_a_number", "scores.vote_like.least", 2, id="no number"),
        pytest.param("[scores.vote_like]\nleist = 1\n", "unknown_key", "scores.vote_like.leist", 2, id="no such key"),
        pytest.param(
            "[scores.vote_like.signs]\nboss = 1\n", "unknown_key", "scores.vote_like.signs.boss", 2, id="no such sign"
        ),
        pytest.param(
            "[scores.vote_like.pieces]\nten = '赞'\n",
            "not_a_number",
            "scores.vote_like.pieces.ten",
            2,
            id="points that are none",
        ),
        pytest.param(
            "[scores.vote_like.pieces]\n'3' = '赞一个'\n",
            "unknown_words",
            "scores.vote_like.pieces.3",
            2,
            id="a piece of three characters",
        ),
        pytest.param(
            "[scores.vote_like]\nleast = nan\n", "not_a_number", "scores.vote_like.least", 2, id="no finite number"
        ),
        pytest.param(
            "[scores.vote_like]\nleast = 1e9\n", "not_a_number", "scores.vote_like.least", 2, id="beyond reason"
        ),
        pytest.param(
            "[scores.vote_like.pieces]\n'inf' = '赞'\n",
            "not_a_number",
            "scores.vote_like.pieces.inf",
            2,
            id="points without end",
        ),
        pytest.param(
            "[scores.vote_like.classes]\n'+3' = 'no_class'\n",
            "unknown_words",
            "scores.vote_like.classes.+3",
            2,
            id="no such class",
        ),
        pytest.param(
            "[scores.vote_like.pieces]\n\"+0.4\" = '截图'\n",
            "not_whole",
            "scores.vote_like.pieces.+0.4",
            2,
            id="a part of a point",
        ),
    ],
)
def test_a_mistake_in_a_card_names_key_and_line(tmp_path: Path, text: str, reason: str, key: str, line: int) -> None:
    with pytest.raises(BadRules) as caught:
        load_rules(own_file(tmp_path, text))
    assert caught.value.reason == reason
    assert (caught.value.fields["key"], caught.value.fields["line"]) == (key, line)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        pytest.param("截图", {"截图"}, id="a pair"),
        pytest.param("␣请", {" 请", "\n请"}, id="a space or a line break"),
        pytest.param("⊢请", {"\x02请"}, id="the beginning"),
        pytest.param("发⊣", {"发\x03"}, id="the end"),
        pytest.param("0点", {"0点"}, id="any digit, which a text shows as 0 when it is weighed"),
    ],
)
def test_how_the_files_write_a_piece(word: str, pieces: set[str]) -> None:
    assert set(spelled(word)) == pieces
