"""What an earlier file of the same group held is not read a second time."""

import io
from typing import Any

from bot.chat_export import Seen, open_export
from tests.chat_export.make_exports import SHANGHAI, as_desktop, chat, message, wechat_csv, wechat_row


def read_all(*files: bytes) -> list[tuple[list[str], int]]:
    """The ids of the messages of each file, and how many were passed over as seen before."""
    seen = Seen()
    found = []
    for data in files:
        export = open_export(io.BytesIO(data), name="f", zone=SHANGHAI, seen=seen)
        found.append(([read.id for read in export], export.tally.skipped["seen_before"]))
    return found


def group(*numbers: int, number: object = 1, **fields: Any) -> bytes:
    return as_desktop(chat(*map(message, numbers), number=number, **fields))


def test_a_file_that_goes_further_gives_what_is_new() -> None:
    assert read_all(group(1, 2, 3), group(2, 3, 4)) == [(["1", "2", "3"], 0), (["4"], 2)]


def test_a_file_that_begins_earlier_gives_what_is_new() -> None:
    assert read_all(group(3, 4), group(1, 3, 5)) == [(["3", "4"], 0), (["1", "5"], 1)]


def test_a_file_of_some_messages_hides_none_of_the_others() -> None:
    assert read_all(group(1, 5), group(1, 3, 5)) == [(["1", "5"], 0), (["3"], 2)]


def test_a_wild_number_hides_nothing() -> None:
    wild = as_desktop(chat(message(1), message(10**12, seconds=60), number=1))
    assert read_all(wild, group(1, 2, 3)) == [(["1", str(10**12)], 0), (["2", "3"], 1)]


def test_a_third_file_knows_both_others() -> None:
    assert read_all(group(3), group(1), group(1, 2, 3)) == [(["3"], 0), (["1"], 0), (["2"], 2)]


def basic(*rows: tuple[int, str, int]) -> bytes:
    """A basic group: the number, the words and the second of each message."""
    return as_desktop(chat(*(message(n, text, seconds=at) for n, text, at in rows), type_="private_group"))


def test_in_a_basic_group_two_accounts_number_the_same_message_otherwise() -> None:
    assert read_all(basic((10, "请报表", 0)), basic((77, "请报表", 0), (78, "收到", 60))) == [(["10"], 0), (["78"], 1)]


def test_in_a_basic_group_an_equal_number_proves_nothing() -> None:
    assert read_all(basic((10, "请报表", 0)), basic((10, "收到", 60))) == [(["10"], 0), (["10"], 0)]


def test_what_a_basic_group_held_is_known_in_the_supergroup_it_became() -> None:
    before = basic((10, "请报表", 0))
    after = as_desktop(chat(message(-999_999_990, "请报表", seconds=0), message(1, "收到", seconds=60), number=9))
    assert read_all(before, after) == [(["10"], 0), (["1"], 1)]
    assert read_all(after, before) == [(["-999999990", "1"], 0), ([], 1)]


def test_another_group_is_another_matter() -> None:
    assert read_all(group(1), group(1, number=2)) == [(["1"], 0), (["1"], 0)]


def test_groups_without_a_number_are_not_taken_for_one_another() -> None:
    assert read_all(group(1, number=None), group(1, number=None)) == [(["1"], 0), (["1"], 0)]


def test_rows_of_wechat_are_not_compared() -> None:
    rows = wechat_csv(wechat_row(1)).encode("utf-8-sig")
    assert read_all(rows, rows) == [(["1"], 0), (["1"], 0)]
