import json
from pathlib import Path

import pytest

from bot.texts import LANGUAGES, Catalogue

WORDS = Catalogue.load("zh-Hans")
NAMES = ("周敏", "贺建平", "罗国强", "梁桂芳", "苏根生")


def test_the_summary_says_period_categories_and_what_was_repaired(jianfu, export):
    result = jianfu("audit", export)
    assert result.code == 0
    assert result.err == ""
    for part in ("2026-09-21", "2026-10-10", WORDS("audit.repaired.control_escape"), WORDS("audit.notice")):
        assert part in result.out


def test_no_name_is_in_any_output_even_with_excerpts_and_titles(jianfu, export):
    result = jianfu("audit", export, "--excerpts", "--titles", "--html", "a.html", "--json", "a.json")
    outputs = [result.out, *(Path(name).read_text("utf-8") for name in ("a.html", "a.json"))]
    assert not [name for name in NAMES for output in outputs if name in output]


def test_a_name_that_the_export_states_is_in_no_excerpt_and_no_title(jianfu, tmp_path):
    mention = {"type": "mention_name", "text": "行云在天", "user_id": 7}
    rows = [
        {"id": 1, "text": "静水流深的截图怎么还没发到群里，快点"},
        {"id": 2, "text": ["请", mention, "今天把现场照片发群里"]},
        {"id": 3, "text": "好的"},
    ]
    who = {"type": "message", "date": "2026-03-10T10:00:00", "from_id": "user1", "from": "静水流深"}
    chat = {"name": "静水流深工作群", "type": "private_supergroup", "id": 1, "messages": [who | row for row in rows]}
    (tmp_path / "e.json").write_text(json.dumps(chat, ensure_ascii=False), "utf-8")
    result = jianfu("audit", "e.json", "--excerpts", "--titles", "--html", "a.html", "--json", "a.json")
    outputs = [result.out, *(Path(name).read_text("utf-8") for name in ("a.html", "a.json"))]
    assert "现场照片发群里" in outputs[-1]
    assert not [name for name in ("静水流深", "行云在天") for output in outputs if name in output]


def test_a_second_export_of_the_same_group_is_not_counted_twice(jianfu, export, tmp_path):
    (tmp_path / "again.json").write_bytes(export.read_bytes())
    jianfu("audit", export, "--quiet", "--json", "one.json")
    jianfu("audit", export, "again.json", "--quiet", "--json", "two.json")
    one, two = (json.loads(Path(name).read_bytes()) for name in ("one.json", "two.json"))
    assert two["messages"] == one["messages"]
    assert two["categories"] == one["categories"]


def test_groups_of_two_files_that_nothing_names_are_two_small_ones(jianfu, tmp_path):
    for file in "ab":
        rows = [
            {"id": n, "type": "message", "date": "2026-03-10T10:00:00", "from_id": f"user{file}{n}", "text": "收到"}
            for n in range(3)
        ]
        chat = {"name": "群", "type": "private_group", "messages": rows}
        (tmp_path / f"{file}.json").write_text(json.dumps(chat, ensure_ascii=False), "utf-8")
    jianfu("audit", "a.json", "b.json", "--quiet", "--json", "out.json")
    assert [chat["people"] for chat in json.loads(Path("out.json").read_bytes())["chats"]] == ["<5", "<5"]


@pytest.mark.parametrize("names", [("result.json", "./result.json"), ("-", "-")])
def test_the_same_file_twice_is_one_sentence(jianfu, export, names):
    result = jianfu("audit", *names, stdin=export.read_bytes())
    assert (result.code, result.err) == (2, WORDS("errors.input.given_twice", file=names[1]) + "\n")


def test_excerpts_and_titles_are_there_only_when_asked_for(jianfu, export):
    jianfu("audit", export, "--quiet", "--json", "plain.json")
    jianfu("audit", export, "--quiet", "--json", "full.json", "--excerpts", "--titles")
    plain, full = (Path(name).read_text("utf-8") for name in ("plain.json", "full.json"))
    assert "榆荫镇" not in plain
    assert "榆荫镇" in full
    assert "水印" not in plain
    assert len(full) > len(plain)


@pytest.mark.parametrize("hours", ["08:30-17:30", "周1至周5 9:00-17:00"])
def test_hours_that_cannot_be_read_are_answered_with_how_to_write_them(jianfu, export, hours):
    result = jianfu("audit", export, "--hours", hours)
    assert result.code == 2
    assert "周一至周五 08:30-12:00 14:00-18:00" in result.err


def test_standard_input_is_read_for_a_dash(jianfu, export):
    jianfu("audit", export, "--quiet", "--json", "file.json")
    jianfu("audit", "-", "--quiet", "--json", "pipe.json", stdin=export.read_bytes())
    assert Path("file.json").read_bytes() == Path("pipe.json").read_bytes()


def test_several_files_are_one_audit(jianfu, export, tmp_path):
    head = "消息记录（此消息记录为文本格式，不支持重新导入）"
    text = f"{head}\n\n2026-03-10 21:40:00 甲(10001)\n今晚10点前发截图\n\n"
    (tmp_path / "qq.txt").write_text(text, "utf-8")
    jianfu("audit", export, tmp_path / "qq.txt", "--quiet", "--json", "a.json")
    jianfu("audit", export, "--quiet", "--json", "b.json")
    both, one = (json.loads(Path(name).read_bytes()) for name in ("a.json", "b.json"))
    assert both["messages"]["read"] == one["messages"]["read"] + 1


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param(b"", "export.empty", id="an empty file"),
        pytest.param(b"PK\x03\x04" + bytes(100), "export.archive", id="an archive"),
        pytest.param(b"<!DOCTYPE html><html><body>", "export.html", id="an HTML export"),
        pytest.param(b'{"a": 1}', "export.unknown_json", id="JSON of another kind"),
        pytest.param(b"hello world\n" * 9, "export.unknown_text", id="a text of another kind"),
    ],
)
def test_a_wrong_file_is_one_sentence_and_leaves_no_output(jianfu, tmp_path, content, key):
    path = tmp_path / "wrong.json"
    path.write_bytes(content)
    result = jianfu("audit", path, "--json", "a.json")
    assert (result.code, result.out) == (2, "")
    assert result.err == WORDS(f"errors.{key}", file=path) + "\n"
    assert not Path("a.json").exists()


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_what_is_no_file_is_one_sentence(jianfu, name):
    result = jianfu("audit", name)
    assert result.code == 2
    assert result.err.count("\n") == 1


def test_a_truncated_file_is_audited_as_far_as_it_goes(jianfu, export):
    export.write_bytes(export.read_bytes()[:90_000])
    result = jianfu("audit", export)
    assert result.code == 0
    assert WORDS("audit.read.truncated", last="").rstrip("为止 ")[:8] in result.out
    assert jianfu("audit", export, "--quiet").err == WORDS("cli.audit.truncated", number=1) + "\n"


def test_an_unknown_year_is_said_aloud_even_when_quiet(jianfu, export):
    export.write_text(export.read_text("utf-8").replace('"2026-', '"2031-').replace("date_unixtime", "other"), "utf-8")
    assert "2031" in jianfu("audit", export).out
    assert WORDS("cli.check.unknown_year", year=2031) in jianfu("audit", export, "--quiet").err


def test_zone_hours_calendar_and_rules_set_what_the_settings_would(jianfu, export, tmp_path):
    (tmp_path / "own.toml").write_text('[[work]]\nname = "抢收"\nfrom = 2026-09-25\nto = 2026-09-27\n', "utf-8")
    (tmp_path / "rules.toml").write_text("[vote_like]\nminimum_score = 9.0\n", "utf-8")
    jianfu("audit", export, "--quiet", "--json", "plain.json")
    before = Path("plain.json").read_bytes()
    for option, value in (
        ("--zone", "Asia/Urumqi"),
        ("--hours", "Mon-Sun 00:00-24:00"),
        ("--calendar", tmp_path / "own.toml"),
        ("--rules", tmp_path / "rules.toml"),
    ):
        assert jianfu("audit", export, "--quiet", "--json", "other.json", option, value).code == 0
        assert Path("other.json").read_bytes() != before, option


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_there_in_each_language(jianfu, export, language):
    result = jianfu("audit", export, "--language", language)
    assert result.code == 0
    assert Catalogue.load(language)("audit.notice")[:30] in result.out
