import json
from pathlib import Path

import pytest

from bot.texts import LANGUAGES, Catalogue

WORDS = Catalogue.load("zh-Hans")
DEMAND = "@所有人 今晚10点前每人把入户照片发到群里，逾期通报"
NIGHT = "2026-03-10 21:40"


def lines(*records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def answers(result):
    return [json.loads(line) for line in result.lines]


def record(number, text="各位早上好", at="2026-03-10T10:00:00", **more):
    return {"id": number, "text": text, "at": at} | more


def test_a_demand_is_explained_with_evidence_clause_deadline_and_advice(jianfu):
    result = jianfu("check", DEMAND, "--at", NIGHT, "--role", "admin")
    assert result.code == 0
    for category in ("screenshot_checkin", "after_hours", "late_deadline"):
        assert WORDS(f"category.{category}.title") in result.out
        assert WORDS(f"category.{category}.advice") in result.out
    assert "【今晚10点前】" in result.out
    assert "2026-03-10 周二 22:00" in result.out
    assert "2026-03-11 周三 08:30" in result.out
    assert "甘政办发〔2024〕24号" in result.out


def test_midnight_is_the_end_of_the_day_that_people_mean(jianfu):
    result = jianfu("check", "请各村今晚12点前把报表发我", "--at", "2026-03-10 10:00")
    assert "2026-03-10 周二 24:00" in result.out


def test_an_honest_message_is_said_to_be_no_burden(jianfu):
    result = jianfu("check", "今天食堂有绿豆汤", "--at", "2026-03-10 10:00")
    assert WORDS("cli.check.nothing") in result.out


@pytest.mark.parametrize(
    ("at", "key"),
    [
        pytest.param("2026-03-10 08:30", "inside", id="the first minute of work"),
        pytest.param("2026-03-10 18:00", "inside", id="the last minute of work"),
        pytest.param("2026-03-10 12:30", "pause", id="the lunch break"),
        pytest.param("2026-03-10 18:01", "outside", id="after work"),
        pytest.param("2026-10-10 10:00", "inside", id="a make-up Saturday"),
        pytest.param("2026-10-08 02:00Z", "inside", id="another zone"),
    ],
)
def test_the_time_is_said_to_be_working_time_or_not(jianfu, at, key):
    said = WORDS(f"cli.check.{key}", at="").lstrip()
    assert jianfu("check", "早", "--at", at).lines[0].endswith(said)


def test_an_unknown_year_is_said_aloud(jianfu):
    result = jianfu("check", DEMAND, "--at", "2031-03-10 21:40")
    assert WORDS("cli.check.unknown_year", year=2031) in result.out
    assert WORDS("cli.check.provisional").strip() in result.out


def test_what_could_steer_a_terminal_is_not_printed(jianfu):
    result = jianfu("check", f"\x1b[31m{DEMAND}\u202e\r", "--at", NIGHT)
    assert not {"\x1b", "\u202e", "\r"} & set(result.out)


def test_json_of_one_message_says_the_same_as_lines_do(jianfu):
    single = json.loads(jianfu("check", DEMAND, "--at", NIGHT, "--json").out)
    (line,) = answers(jianfu("check", "--jsonl", "-", stdin=lines(record(1, DEMAND, NIGHT))))
    assert single["findings"] == line["findings"]
    assert single["facts"] == line["facts"]
    assert single["year_known"] is True
    assert single["at"] == "2026-03-10T21:40:00+08:00"


def test_a_time_that_is_none_is_one_sentence(jianfu):
    result = jianfu("check", "早", "--at", "昨天")
    assert (result.code, result.out) == (2, "")
    assert result.err == WORDS("errors.moment.time", value="昨天") + "\n"


@pytest.mark.parametrize(
    ("arguments", "key", "fields"),
    [
        pytest.param([], "missing", {"name": WORDS("cli.argument.text")}, id="nothing to check"),
        pytest.param(["早", "--jsonl", "-"], "text_or_lines", {}, id="a message and lines"),
        pytest.param(["--jsonl"], "no_value", {"option": "--jsonl"}, id="lines from nowhere"),
        pytest.param(["--jsonl", ""], "empty_name", {}, id="lines from a file without a name"),
        pytest.param(["--jsonl", "-", "--at", NIGHT], "one_message", {"option": "--at"}, id="one time for all lines"),
        pytest.param(["--jsonl", "-", "--role", "admin"], "one_message", {"option": "--role"}, id="one role for all"),
        pytest.param([""], "no_text", {}, id="an empty message"),
        pytest.param(["-"], "no_text", {}, id="an empty message on standard input"),
        pytest.param([" \n"], "no_text", {}, id="a message of white space"),
    ],
)
def test_what_check_cannot_use_is_one_sentence_that_names_its_help_page(jianfu, arguments, key, fields):
    result = jianfu("check", *arguments, stdin=b"\n")
    see = WORDS("errors.usage.see", command="jianfu check --help")
    assert (result.code, result.out) == (2, "")
    assert result.err == WORDS(f"errors.usage.{key}", **fields) + see + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_dash_is_the_message_on_standard_input(jianfu, encoding):
    piped = jianfu("check", "-", "--at", NIGHT, stdin=f"{DEMAND}\n".encode(encoding))
    assert (piped.out, piped.err) == (jianfu("check", DEMAND, "--at", NIGHT).out, "")


@pytest.mark.parametrize(
    ("at", "option", "value"),
    [
        pytest.param(NIGHT, "--hours", "Mon-Sun 00:00-24:00", id="other hours"),
        pytest.param("2026-03-10T15:00:00Z", "--zone", "Europe/London", id="another zone"),
        pytest.param("2026-03-10 14:30", "--calendar", "own.toml", id="days of its own"),
        pytest.param(NIGHT, "--rules", "rules.toml", id="rules of its own"),
    ],
)
def test_the_options_of_the_office_count_for_one_message_and_for_lines(jianfu, at, option, value):
    Path("own.toml").write_text('[[off]]\nname = "镇庆"\non = 2026-03-10\n', "utf-8")
    Path("rules.toml").write_text(
        "[screenshot_checkin]\nminimum_score = 9.0\n[scores.screenshot_checkin]\nleast = 999\n"
    )
    stdin = lines(record(1, DEMAND, at))
    for call in (("check", DEMAND, "--at", at, "--json"), ("check", "--jsonl", "-")):
        plain, other = jianfu(*call, stdin=stdin), jianfu(*call, option, value, stdin=stdin)
        assert (plain.code, other.code) == (0, 0)
        assert json.loads(plain.out)["findings"] != json.loads(other.out)["findings"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_is_there_in_each_language(jianfu, language):
    result = jianfu("check", DEMAND, "--at", NIGHT, "--language", language)
    assert Catalogue.load(language)("category.late_deadline.title") in result.out


def test_each_line_is_answered_in_order_with_its_id(jianfu):
    result = jianfu("check", "--jsonl", "-", stdin=lines(record("b"), record(7), record("7"), record(1.5)))
    assert result.code == 0
    assert [answer["id"] for answer in answers(result)] == ["b", 7, "7", 1.5]
    assert all(answer == {"id": answer["id"], "facts": [], "findings": []} for answer in answers(result))


def test_an_answer_holds_what_the_format_promises(jianfu):
    (answer,) = answers(jianfu("check", "--jsonl", "-", stdin=lines(record(1, DEMAND, NIGHT, sender_is_admin=True))))
    assert list(answer) == ["id", "facts", "findings"]
    assert answer["facts"] == sorted(answer["facts"])
    findings = {finding["category"]: finding for finding in answer["findings"]}
    assert findings["late_deadline"]["deadline"] == "2026-03-10T22:00:00+08:00"
    assert findings["after_hours"]["direction"] == "asks"
    for finding in answer["findings"]:
        assert 0 < finding["score"] <= 1
        assert isinstance(finding["reason"], str)
        assert isinstance(finding["clause"], str)
        assert all(0 <= start < end <= len(DEMAND) for start, end in finding["spans"])
        assert "provisional" not in finding


def test_a_finding_of_an_unknown_year_is_provisional_and_the_year_is_told_once(jianfu):
    late = record(1, DEMAND, "2031-03-10 21:40")
    result = jianfu("check", "--jsonl", "-", stdin=lines(late, late | {"id": 2}))
    assert all(any(finding.get("provisional") for finding in answer["findings"]) for answer in answers(result))
    assert result.err == WORDS("cli.check.unknown_year", year=2031) + "\n"


def test_a_second_request_refers_to_the_first_by_its_id(jianfu):
    first = record(11, "请各村报送低收入人口台账，周五前发我", chat="a", sender_is_admin=True)
    again = record(12, "低收入人口的台账请各村再报一次", "2026-03-11T10:00:00", chat="a", sender_is_admin=True)
    elsewhere = again | {"id": 13, "chat": "b"}
    _, second, third = answers(jianfu("check", "--jsonl", "-", stdin=lines(first, again, elsewhere)))
    references = [finding["refers_to"] for finding in second["findings"] if "refers_to" in finding]
    assert references == [11]
    assert not any("refers_to" in finding for finding in third["findings"])


def test_what_a_quote_says_is_not_blamed_on_who_quotes(jianfu):
    (answer,) = answers(jianfu("check", "--jsonl", "-", stdin=lines(record(1, f"> {DEMAND}\n看到了", NIGHT))))
    assert "screenshot_checkin" not in {finding["category"] for finding in answer["findings"]}


def test_a_malformed_line_is_told_with_its_number_and_the_rest_answered(jianfu):
    bad = [
        b"{\n",
        b"[1]\n",
        b'{"id": 1, "at": "2026-03-10 10:00"}\n',
        b'{"id": 1, "text": 2, "at": ""}\n',
        b"\xff\n",
    ]
    result = jianfu("check", "--jsonl", "-", stdin=lines(record(1)) + b"".join(bad) + lines(record(2)))
    assert result.code == 1
    assert [answer["id"] for answer in answers(result)] == [1, 2]
    told = [line.partition("：")[0] for line in result.err.splitlines()]
    assert told == [WORDS("cli.line", number=number, what="").partition("：")[0] for number in range(2, 7)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("截\ud83d图\udc00", id="lone surrogates"),
        pytest.param("\x00\u200b\u2028\ufeff", id="nothing to see"),
        pytest.param("今天天气很好，" * 500_000, id="ten megabytes"),
        pytest.param("(" * 100_000 + "今晚8点前" * 2000, id="brackets and deadlines"),
    ],
)
def test_a_strange_text_is_answered(jianfu, text):
    stdin = json.dumps(record(1, text)).encode() + b"\n"
    result = jianfu("check", "--jsonl", "-", stdin=stdin)
    assert result.code == 0
    (answer,) = answers(result)
    assert all(0 <= start < end <= len(text) for finding in answer["findings"] for start, end in finding["spans"])


def test_lines_come_from_a_file_too(jianfu, tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(lines(record(1), record(2)))
    assert len(answers(jianfu("check", "--jsonl", path))) == 2


def test_a_file_that_is_not_there_is_one_sentence(jianfu):
    result = jianfu("check", "--jsonl", "nowhere.jsonl")
    assert result.code == 2
    assert result.err == WORDS("errors.input.not_found", file="nowhere.jsonl") + "\n"


def test_the_settings_decide_what_working_time_is(jianfu, monkeypatch):
    monkeypatch.setenv("JIANFU_HOURS", "Mon-Sun 00:00-24:00")
    said = WORDS("cli.check.inside", at="").lstrip()
    assert jianfu("check", "早", "--at", NIGHT).lines[0].endswith(said)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        pytest.param("JIANFU_ZONE", "Asia/Nowhere", "moment.zone", id="no such zone"),
        pytest.param("JIANFU_ZONE", "../../etc/passwd", "moment.zone", id="a path as zone"),
        pytest.param("JIANFU_HOURS", "always", "moment.no_hours", id="no hours"),
    ],
)
def test_a_bad_setting_is_one_sentence(jianfu, monkeypatch, name, value, key):
    monkeypatch.setenv(name, value)
    result = jianfu("check", "早")
    assert result.code == 2
    assert result.err == WORDS(f"errors.{key}", value=value) + "\n"
