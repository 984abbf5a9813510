"""Rule files: what is shipped loads, an office's own file changes it, and a mistake names its key and line."""

from pathlib import Path

import pytest

from bot.core.errors import BadRules
from bot.core.model import Category, Fact, Message
from bot.core.scene import Scene
from bot.core.worktime import WorkTime
from config.rules import load_rules


def own_file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_category_and_fact_has_a_rule_with_its_clause() -> None:
    entries = load_rules().entries
    assert {entry.category for entry in entries} == {*map(str, Category), *map(str, Fact)}
    assert all(entry.clause.document and entry.clause.item and entry.clause.responsible_unit for entry in entries)


def test_an_own_word_class_replaces_the_shipped_one(tmp_path: Path, worktime: WorkTime) -> None:
    own = own_file(tmp_path, '[words]\nresend = "再丢一份"\n')
    judge = load_rules(own).pipeline.judge
    scene = Scene(worktime)
    for number, text in enumerate(["关于做好防火工作的通知.pdf", "防火工作的通知再丢一份，关于做好的"]):
        verdict = judge(Message(id=str(number), text=text, at=None), scene)
    assert Category.REPEATED_DOCUMENT in {finding.category for finding in verdict.findings}


def test_an_own_threshold_replaces_the_shipped_one(tmp_path: Path, worktime: WorkTime) -> None:
    own = own_file(tmp_path, "[screenshot_checkin]\nminimum_score = 9.0\n[scores.screenshot_checkin]\nleast = 900\n")
    message = Message(id="1", text="请各村今天上传打卡截图", at=None)
    assert load_rules().pipeline.judge(message, Scene(worktime)).findings
    assert not load_rules(own).pipeline.judge(message, Scene(worktime)).findings


@pytest.mark.parametrize(
    ("text", "reason", "key", "line"),
    [
        pytest.param("[vote_like\n", "syntax", "", 1, id="a bracket is missing"),
        pytest.param(f"a = {'[' * 5000}{']' * 5000}\n", "syntax", "", 1, id="lists without end"),
        pytest.param(f"a = {'9' * 5000}\n", "syntax", "", 1, id="a number without end"),
        pytest.param('\n[vote_lke]\nitem = "1"\n', "unknown_key", "vote_lke", 2, id="a category is misspelt"),
        pytest.param("[vote_like]\n\nminimum = 1\n", "unknown_key", "vote_like.minimum", 3, id="an option is misspelt"),
        pytest.param(
            '[vote_like]\nminimum_score = "high"\n',
            "not_a_number",
            "vote_like.minimum_score",
            2,
            id="a word for a number",
        ),
        pytest.param("[words]\nask = 3\n", "not_text", "words.ask", 2, id="a number for words"),
        pytest.param(
            '[vote_like]\npoll_needs = ["nothing"]\n', "unknown_words", "vote_like.poll_needs", 2, id="an unknown class"
        ),
        pytest.param(
            '[[vote_like.patterns]]\nreason = "x"\nscore = 1\nparts = []\n',
            "bad_parts",
            "vote_like.patterns.0.parts",
            4,
            id="a pattern without parts",
        ),
        pytest.param(
            '[[vote_like.patterns]]\nreason = "x"\nparts = ["ask"]\n',
            "missing_key",
            "vote_like.patterns.0.score",
            1,
            id="a pattern without a score",
        ),
        pytest.param(
            '[[vote_like.patterns]]\nreason = "x"\nscore = 1\nparts = ["ask"]\nplain = "yes"\n',
            "wrong_type",
            "vote_like.patterns.0.plain",
            5,
            id="text for yes or no",
        ),
        pytest.param("[vote_like]\nitem = 11\n", "not_text", "vote_like.item", 2, id="a number for an item"),
        pytest.param("words = 1\n", "not_a_table", "words", 1, id="a value for a table"),
        pytest.param('[words]\nreciept = "收到"\n', "unknown_key", "words.reciept", 2, id="words that nothing uses"),
        pytest.param(
            '[stance]\ndocument = "x"\n', "unknown_key", "stance.document", 2, id="a clause where none is stated"
        ),
        pytest.param(
            '[[vote_like.patterns]]\nreason = "x"\nscore = 1\nparts = ["ask"]\ngap = -3\n',
            "not_a_count",
            "vote_like.patterns.0.gap",
            5,
            id="fewer characters than none",
        ),
        pytest.param(
            "[late_deadline]\nleast_minutes = 30.9\n",
            "not_a_count",
            "late_deadline.least_minutes",
            2,
            id="a part of a minute",
        ),
    ],
)
def test_a_mistake_names_its_file_key_and_line(tmp_path: Path, text: str, reason: str, key: str, line: int) -> None:
    with pytest.raises(BadRules) as caught:
        load_rules(own_file(tmp_path, text))
    error = caught.value
    assert (error.reason, error.fields["file"], error.fields["key"], error.fields["line"]) == (
        reason,
        "own.toml",
        key,
        line,
    )


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadRules) as caught:
        load_rules(tmp_path / "missing.toml")
    assert caught.value.reason == "unreadable"
