import json
from pathlib import Path

import pytest

from bot.core.model import Category, Fact
from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")
PHOTO = "@所有人 今晚10点前每人把入户照片发到群里"
NIGHT = "2026-03-10T21:40:00"


def write(path, *records):
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def record(text, *labels, at=NIGHT, **more):
    return {"text": text, "at": at, "labels": list(labels)} | more


@pytest.fixture
def labelled(tmp_path):
    return write(
        tmp_path / "labelled.jsonl",
        record(PHOTO, "screenshot_checkin", "after_hours", "late_deadline", id="found"),
        record("今天食堂有绿豆汤", id="clean", at="2026-03-10 10:00"),
        record("大家早上好", "ranking", id="missed", at="2026-03-10 10:00"),
        record("请各位今晚把截图发到群里", id="false"),
    )


def test_the_table_shows_every_category_with_its_counts(jianfu, labelled):
    result = jianfu("evaluate", labelled)
    assert result.code == 0
    rows = {line.split()[0]: line.split()[1:] for line in result.lines if line}
    assert rows["ranking"] == ["–", "0.000", "0.000", "0", "0", "1"]
    assert rows["screenshot_checkin"][3:] == ["1", "1", "0"]
    assert WORDS("cli.evaluate.overall") in rows


def test_a_fact_that_the_file_never_uses_is_not_scored(jianfu, labelled):
    assert not {fact.value for fact in Fact} & {line.split()[0] for line in jianfu("evaluate", labelled).lines if line}


def test_misses_show_id_labels_and_text(jianfu, labelled):
    out = jianfu("evaluate", labelled, "--misses").out
    assert "missed  -ranking\n    大家早上好" in out
    assert "false  +" in out
    assert "\nfound" not in out
    assert WORDS("cli.evaluate.misses", count=2) in out


def test_json_holds_the_figures_and_the_misses_only_when_asked_for(jianfu, labelled):
    values = json.loads(jianfu("evaluate", labelled, "--json").out)
    assert values["messages"] == 4
    assert values["clean"] == 2
    assert values["categories"]["ranking"] == {
        "precision": None, "recall": 0, "f1": 0, "right": 0, "false": 0, "missed": 1
    }  # fmt: skip
    assert "misses" not in values
    with_misses = json.loads(jianfu("evaluate", labelled, "--json", "--misses").out)
    assert {miss["id"] for miss in with_misses["misses"]} == {"missed", "false"}


def test_messages_without_a_chat_are_judged_each_on_their_own(jianfu, tmp_path):
    asked = "请各村报送低收入人口台账，周五前发我"
    alone = write(tmp_path / "alone.jsonl", *[record(asked, at=f"2026-03-1{day} 10:00") for day in (0, 1)])
    together = write(
        tmp_path / "together.jsonl", *[record(asked, at=f"2026-03-1{day} 10:00", chat="a") for day in (0, 1)]
    )
    categories = [json.loads(jianfu("evaluate", path, "--json").out)["categories"] for path in (alone, together)]
    assert [Category.DUPLICATE_COLLECTION in found for found in categories] == [False, True]


def test_several_files_are_scored_together(jianfu, labelled, tmp_path):
    other = write(tmp_path / "other.jsonl", record("各位早", at="2026-03-10 10:00"))
    assert json.loads(jianfu("evaluate", labelled, other, "--json").out)["messages"] == 5


@pytest.mark.parametrize(
    ("line", "what"),
    [
        pytest.param("{", WORDS("errors.input.not_json"), id="no JSON"),
        pytest.param('{"text": "a", "at": "2026-03-10 10:00"}', "labels", id="no labels"),
        pytest.param('{"text": "a", "at": "2026-03-10 10:00", "labels": null}', "labels", id="null for labels"),
        pytest.param('{"text": "a", "at": "2026-03-10 10:00", "labels": ["rank"]}', "rank", id="no such label"),
        pytest.param('{"text": "a", "at": "soon", "labels": []}', "soon", id="no time"),
    ],
)
def test_a_line_that_cannot_be_used_stops_with_its_number(jianfu, labelled, line, what):
    with labelled.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    result = jianfu("evaluate", labelled)
    assert (result.code, result.out) == (2, "")
    assert "5" in result.err.replace(str(labelled), "")
    assert what in result.err


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_labelled_messages_is_one_sentence(jianfu, content):
    Path("empty.jsonl").write_text(content)
    result = jianfu("evaluate", "empty.jsonl")
    assert (result.code, result.out) == (2, "")
    assert result.err == WORDS("errors.input.no_labelled", file="empty.jsonl") + "\n"


def test_the_hours_of_the_office_count_in_the_scores(jianfu, labelled):
    score = json.loads(jianfu("evaluate", labelled, "--hours", "Mon-Sun 00:00-24:00", "--json").out)
    assert score["categories"]["after_hours"]["missed"] == 1
