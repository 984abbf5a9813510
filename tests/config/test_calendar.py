from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import BadCalendar
from config.calendar import SHIPPED, load_calendar


def own(folder: Path, text: str | bytes, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


YEAR_2027 = """
year = 2027
source = "a notice to come"
[[off]]
name = "元旦"
on = 2027-01-01
[[off]]
name = "春节"
from = 2027-02-05
to = 2027-02-11
[[off]]
from = 2027-04-30
to = 2027-05-04
[[off]]
from = 2027-10-01
to = 2027-10-07
[[work]]
name = "元旦调休"
on = 2026-12-27
"""


def test_the_shipped_years_are_known_when_no_file_is_given() -> None:
    assert load_calendar().years == frozenset(range(2019, 2027))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: str(path.name))
def test_a_shipped_file_explains_itself_when_a_clerk_opens_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem}年节假日")
    assert f"year = {path.stem}\nsource = " in text


def test_a_day_is_overridden_when_the_office_marks_it(tmp_path: Path) -> None:
    text = '[[off]]\nname = "县庆"\non = 2026-03-04\n[[work]]\non = 2026-10-05\nsource = "办字1号"\n'
    calendar = load_calendar(own(tmp_path, text))
    celebration, work = calendar.day(date(2026, 3, 4)), calendar.day(date(2026, 10, 5))
    assert (celebration.works, celebration.note, celebration.source) == (False, "县庆", "own.toml")
    assert (work.works, work.source) == (True, "办字1号")


def test_a_year_is_known_when_the_office_adds_it(tmp_path: Path) -> None:
    calendar = load_calendar(own(tmp_path, YEAR_2027))
    assert calendar.knows(2027)
    assert not calendar.day(date(2027, 2, 8)).works
    assert calendar.day(date(2027, 2, 8)).source == "a notice to come"
    assert calendar.day(date(2026, 12, 27)).works


def test_a_day_is_marked_but_its_year_unknown_when_the_file_names_no_year(tmp_path: Path) -> None:
    calendar = load_calendar(own(tmp_path, "[[off]]\non = 2027-02-08\n"))
    assert not calendar.knows(2027)
    assert calendar.day(date(2027, 2, 8)).known


def test_quiet_days_are_kept_apart_from_days_off(tmp_path: Path) -> None:
    calendar = load_calendar(own(tmp_path, "[[quiet]]\nfrom = 2026-03-04\nto = 2026-03-05\n"))
    assert calendar.quiet == {date(2026, 3, 4), date(2026, 3, 5)}
    assert calendar.day(date(2026, 3, 4)).works


def test_all_files_are_read_when_a_folder_is_given(tmp_path: Path) -> None:
    own(tmp_path, YEAR_2027, "2027.toml")
    own(tmp_path, "[[work]]\non = 2027-02-08\n", "office.toml")
    assert load_calendar(tmp_path).day(date(2027, 2, 8)).works


def test_a_folder_without_a_calendar_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadCalendar) as caught:
        load_calendar(tmp_path)
    assert caught.value.reason == "empty_folder"


def test_a_file_is_read_when_an_editor_put_a_mark_before_it(tmp_path: Path) -> None:
    assert load_calendar(own(tmp_path, b"\xef\xbb\xbf[[off]]\r\non = 2026-03-04\r\n"))


def test_a_day_may_be_named_twice_when_both_say_the_same(tmp_path: Path) -> None:
    calendar = load_calendar(own(tmp_path, "[[off]]\non = 2026-03-04\n[[off]]\non = 2026-03-04\n"))
    assert not calendar.day(date(2026, 3, 4)).works


@pytest.mark.parametrize(
    ("text", "reason", "key", "line"),
    [
        pytest.param("yaer = 2027\n", "unknown_key", "yaer", 1, id="a key of the file misspelt"),
        pytest.param("\n[[of]]\non = 2026-03-04\n", "unknown_key", "of", 2, id="a list misspelt"),
        pytest.param(
            "[[off]]\non = 2026-03-04\n\n[[off]]\non = 2026-03-05\nnmae = 1\n",
            "unknown_key",
            "off.nmae",
            6,
            id="a key of the second day misspelt",
        ),
        pytest.param('year = "2027"\n', "wrong_type", "year", 1, id="a year in quotes"),
        pytest.param("year = true\n", "wrong_type", "year", 1, id="a year that is a yes"),
        pytest.param("[off]\non = 2026-03-04\n", "wrong_type", "off", 1, id="single brackets"),
        pytest.param("off = [\n1]\n", "wrong_type", "off", 1, id="a list of numbers"),
        pytest.param('[[off]]\non = "2026-03-04"\n', "wrong_type", "off.on", 2, id="a date in quotes"),
        pytest.param("[[off]]\non = 2026-03-04T08:00:00\n", "wrong_type", "off.on", 2, id="a date with a time"),
        pytest.param('[[work]]\nname = "x"\n', "dates", "work", 1, id="no date"),
        pytest.param("[[off]]\nfrom = 2026-03-04\n", "dates", "off", 1, id="no last day"),
        pytest.param("[[off]]\non = 2026-03-04\nto = 2026-03-05\n", "dates", "off", 1, id="one day and a last day"),
        pytest.param(
            "[[off]]\nfrom = 2026-03-04\nto = 2026-03-03\n",
            "end_before_start",
            "off.to",
            3,
            id="the last day before the first",
        ),
        pytest.param(
            "[[off]]\nfrom = 2026-03-02\nto = 2026-03-06\n[[work]]\non = 2026-03-04\n",
            "day_twice",
            "work.on",
            5,
            id="a day both off and worked",
        ),
        pytest.param(
            "[[off]]\non = 2026-03-04\n[[work]]\nfrom = 2026-03-03\nto = 2026-03-05\n",
            "day_twice",
            "work.from",
            4,
            id="a day off within worked days",
        ),
        pytest.param("[[quiet]]\non = 2062-03-04\n", "outside_year", "quiet.on", 2, id="a far year"),
        pytest.param(
            YEAR_2027 + "[[off]]\nfrom = 2027-12-31\nto = 2028-01-02\n",
            "outside_year",
            "off.to",
            22,
            id="a day beyond the year of the file",
        ),
        pytest.param(
            YEAR_2027 + "[[off]]\non = 2026-11-30\n",
            "outside_year",
            "off.on",
            21,
            id="a day before the December before",
        ),
        pytest.param("year = 20270\n", "year", "year", 1, id="no such year"),
        pytest.param(
            "# local\nyear = 2027\n[[off]]\non = 2027-01-01\n", "year_incomplete", "year", 2, id="half a year"
        ),
        pytest.param("[[off]]\non = 2026-02-30\n", "syntax", "on", 2, id="a day that does not exist"),
        pytest.param(f"a = {'[' * 5000}{']' * 5000}\n", "syntax", "a", 1, id="lists without end"),
        pytest.param(f"year = {'9' * 5000}\n", "syntax", "year", 1, id="a number without end"),
        pytest.param("year = 2027\nsource = \n", "syntax", "source", 2, id="a value left out"),
        pytest.param(b'\nsource = "\xcf\xd8"\n', "not_utf8", "", 2, id="a file in GBK"),
    ],
)
def test_a_mistake_names_file_key_and_line(tmp_path: Path, text: str | bytes, reason: str, key: str, line: int) -> None:
    path = own(tmp_path, text)
    with pytest.raises(BadCalendar) as caught:
        load_calendar(path)
    fields = caught.value.fields
    assert (caught.value.reason, fields["file"], fields["key"], fields["line"]) == (
        reason,
        str(path),
        key,
        line,
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCalendar, match="unreadable"):
        load_calendar(tmp_path / "none.toml")
