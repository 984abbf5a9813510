import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import records
from bot.cli.answers import json_line
from bot.cli.records import lines_of, read_message, read_moment, read_record
from bot.core.errors import BadInput, BadMoment, JianfuError
from bot.core.model import SenderRole
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkingHours, WorkTime

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORKTIME = WorkTime(WorkCalendar(), WorkingHours(), SHANGHAI)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def record(**fields):
    return {"id": 1, "text": "各位早", "at": "2026-03-10 21:40"} | fields


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026-03-10 21:40", id="a space"),
        pytest.param("2026-03-10T21:40", id="a T"),
        pytest.param("2026-03-10T21:40:59.123", id="seconds and a fraction"),
        pytest.param("2026-3-10 21:40", id="a month of one digit"),
        pytest.param("2026/03/10 21:40", id="slashes"),
        pytest.param("2026-03-10T13:40Z", id="in UTC"),
        pytest.param("2026-03-10 14:40 +01:00", id="in another zone"),
        pytest.param("2026-03-10T21:40:00+0800", id="a zone without a colon"),
    ],
)
def test_a_moment_is_read_in_the_units_zone(text):
    moment = read_moment(text, WORKTIME)
    assert moment.replace(second=0) == datetime(2026, 3, 10, 21, 40, tzinfo=SHANGHAI)
    assert moment.tzinfo is SHANGHAI


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-10",
        "21:40",
        "2026-13-10 21:40",
        "2026-03-10 24:00",
        "明天",
        "2026-W11-2T21:40",
        "٢٠٢٦-03-10 21:40",
    ],
)
def test_what_is_no_moment_is_named(text):
    with pytest.raises(BadMoment) as caught:
        read_moment(text, WORKTIME)
    assert caught.value.fields == {"value": text}


@pytest.mark.parametrize("text", ["0001-01-01 00:00+14:00", "1970-12-31 10:00", "3000-01-01 10:00", "9999-12-31 23:59"])
def test_a_moment_in_a_year_that_nobody_means_is_refused(text):
    with pytest.raises(BadMoment):
        read_moment(text, WORKTIME)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b"{", "not_json", id="broken off"),
        pytest.param(b'{"id": NaN}', "not_json", id="NaN"),
        pytest.param(b'{"id": -Infinity}', "not_json", id="Infinity"),
        pytest.param(b'{"id": 1e999}', "not_json", id="a number beyond all floats"),
        pytest.param(b'{"id": "\xff"}', "not_json", id="bytes that are no UTF-8"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b"}", "not_json", id="a number of 5,000 digits"),
        pytest.param(b"[" * 100_000, "not_json", id="nested too deep"),
        pytest.param(b"[1]", "not_object", id="a list"),
        pytest.param(b'"text"', "not_object", id="a text"),
        pytest.param(None, "line_too_long", id="a line without an end"),
    ],
)
def test_what_is_no_record_says_why(line, reason):
    with pytest.raises(BadInput) as caught:
        read_record(line)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", None),
        ("id", True),
        ("id", [1]),
        ("text", 5),
        ("text", None),
        ("at", 1773150000),
        ("sender_is_admin", "yes"),
        ("sender_is_admin", 1),
        ("chat", ["a"]),
        ("unit", 7),
        ("columns", "姓名"),
        ("columns", ["姓名", 2]),
    ],
)
def test_a_field_of_a_wrong_type_is_named(name, value):
    with pytest.raises(BadInput) as caught:
        read_message(record(**{name: value}), WORKTIME)
    assert (caught.value.reason, caught.value.fields) == ("wrong_type", {"field": name})


@pytest.mark.parametrize("name", ["id", "text", "at"])
def test_a_field_that_is_missing_is_named(name):
    given_fields = record()
    del given_fields[name]
    with pytest.raises(BadInput) as caught:
        read_message(given_fields, WORKTIME)
    assert (caught.value.reason, caught.value.fields) == ("missing_field", {"field": name})


def test_every_field_reaches_the_message():
    message = read_message(
        record(sender_is_admin=True, chat=-100, unit="石磨村", columns=["姓名", "电话"], text="> 旧话\n新话"),
        WORKTIME,
    )
    assert message.role is SenderRole.ADMIN
    assert (message.chat, message.unit, message.columns) == ("-100", "石磨村", ("姓名", "电话"))
    assert message.quotes == ((0, 4),)


@pytest.mark.parametrize(("admin", "role"), [(False, SenderRole.MEMBER), (None, SenderRole.UNKNOWN)])
def test_who_is_no_admin_is_a_member_unless_nothing_is_known(admin, role):
    assert read_message(record(sender_is_admin=admin), WORKTIME).role is role


@pytest.mark.parametrize(("value", "chat"), [(0, "0"), (-100, "-100"), ("a", "a"), ("", ""), (None, "")])
def test_a_chat_is_named_by_any_number_or_text(value, chat):
    assert read_message(record(chat=value), WORKTIME).chat == chat


@pytest.mark.parametrize("value", ["a", "7", 7, 7.5, "\ud800", 10**30])
def test_an_id_keeps_its_type_through_the_message(value):
    assert json.loads(read_message(record(id=value), WORKTIME).id) == value


def test_a_lone_surrogate_is_replaced_without_moving_anything():
    assert read_message(record(text="截\ud83d图"), WORKTIME).text == "截\ufffd图"


def test_a_lone_surrogate_in_an_answer_stays_escaped():
    assert json_line({"id": "\ud83d"}) == b'{"id": "\\ud83d"}\n'


def test_lines_are_numbered_as_in_the_file_and_blank_ones_left_out():
    stream = io.BytesIO("\ufeff一\r\n\n  \n二".encode())
    assert [(number, line and line.strip()) for number, line in lines_of(stream)] == [
        (1, "一".encode()),
        (4, "二".encode()),
    ]


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(records, "LONGEST_LINE", 8)
    stream = io.BytesIO(b"12345678901234567890\nabc\n1234567\n")
    assert list(lines_of(stream)) == [(1, None), (2, b"abc\n"), (3, b"1234567\n")]


@given(JSON)
def test_whatever_a_line_holds_is_a_message_or_a_known_error(value):
    try:
        message = read_message(read_record(json.dumps(value).encode()), WORKTIME)
    except JianfuError:
        return
    assert message.at is not None


@given(st.fixed_dictionaries({"id": JSON, "text": JSON, "at": JSON | st.datetimes().map(str)}))
def test_whatever_the_fields_hold_is_a_message_or_a_known_error(value):
    try:
        read_message(value, WORKTIME)
    except JianfuError:
        return
