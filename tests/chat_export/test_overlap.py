"""What an earlier file of the same group held is not read a second time."""

import io

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


def group(*numbers: int, number: object = 1) -> bytes:
    return as_desktop(chat(*map(message, numbers), number=number))


def test_a_file_that_goes_further_gives_what_is_new() -> None:
    assert read_all(group(1, 2, 3), group(2, 3, 4)) == [(["1", "2", "3"], 0), (["4"], 2)]


def test_a_file_that_begins_earlier_gives_what_is_new() -> None:
    assert read_all(group(3, 4), group(1, 3, 5)) == [(["3", "4"], 0), (["1", "5"], 1)]


def test_messages_deleted_before_the_first_file_do_not_come_back() -> None:
    assert read_all(group(1, 5), group(1, 3, 5)) == [(["1", "5"], 0), ([], 3)]


def test_another_group_is_another_matter() -> None:
    assert read_all(group(1), group(1, number=2)) == [(["1"], 0), (["1"], 0)]


def test_groups_without_a_number_are_not_taken_for_one_another() -> None:
    assert read_all(group(1, number=None), group(1, number=None)) == [(["1"], 0), (["1"], 0)]


def test_rows_of_wechat_are_not_compared() -> None:
    rows = wechat_csv(wechat_row(1)).encode("utf-8-sig")
    assert read_all(rows, rows) == [(["1"], 0), (["1"], 0)]
