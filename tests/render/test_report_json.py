import io
import json

from hypothesis import given, settings

from bot.render.report_json import FORMAT, VERSION, write_json
from bot.texts import Catalogue
from tests.render.make_report import chat, hostile, remarkable, report, texts

WORDS = Catalogue.load("en")


def written(of: object) -> dict[str, object]:
    out = io.BytesIO()
    write_json(of, WORDS, out)  # type: ignore[arg-type]
    read = json.loads(out.getvalue().decode("utf-8"))
    assert isinstance(read, dict)
    return read


@given(texts)
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_written_and_read(text: str) -> None:
    assert written(hostile(text))["format"] == FORMAT


def test_the_object_says_what_it_is_and_is_not_for() -> None:
    read = written(report())

    assert read["version"] == VERSION
    assert "not to be used for assessment or ranking" in str(read["notice"])


def test_figures_are_numbers_under_their_codes() -> None:
    read = written(remarkable())

    assert read["period"] == {"first": "2026-03-02", "last": "2026-03-15"}
    assert read["messages"] == {"read": 130, "judged": 129, "failed": 1, "undated": 2, "suspected": 2}
    assert read["after_hours"] == {"work": 0, "asks": 3, "answers": 4}
    assert read["deadlines"] == {"stated": 2, "median_working_minutes": 45}
    assert read["unknown_years"] == [2029, 2031]


def test_a_category_comes_with_clause_and_reasons() -> None:
    categories = written(report())["categories"]
    assert isinstance(categories, list)

    ranking = next(item for item in categories if item["category"] == "ranking")

    assert (ranking["suspected_messages"], ranking["suspected_findings"]) == (2, 3)
    assert ranking["clause"]["item"] == "第十一条"
    assert ranking["reasons"] == {"behind_named": 2, "named_last": 1}


def test_weeks_carry_their_iso_number_and_hours_stand_day_by_day() -> None:
    read = written(report())

    assert read["weeks"] == [
        {"week": "2026-W10", "monday": "2026-03-02", "messages": 10, "suspected": {"ranking": 1}},
        {"week": "2026-W11", "monday": "2026-03-09", "messages": 11, "suspected": {"ranking": 1}},
    ]
    hours = read["hours"]
    assert isinstance(hours, list)
    assert [len(day) for day in hours] == [24] * 7
    assert hours[0][9] == 12


def test_a_chat_has_no_title_unless_the_report_has_one() -> None:
    chats = written(report(chats=(chat(), chat(2, title="工作群"))))["chats"]
    assert isinstance(chats, list)

    assert ["title" in item for item in chats] == [False, True]
