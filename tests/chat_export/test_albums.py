"""Which neighbouring media are taken for one album."""

import pytest

from tests.chat_export.make_exports import (
    ABSENT,
    Raw,
    message,
    read_chat,
    service,
)


def test_album_is_one_message_with_the_caption_of_any_part() -> None:
    parts = [message(n, "现场照片" if n == 2 else "", photo=ABSENT, seconds=5) for n in (1, 2, 3)]
    messages, export = read_chat(*parts, message(4, "", photo=ABSENT, seconds=6))
    assert [(found.id, found.text, found.parts) for found in messages] == [("1", "现场照片", 3), ("4", "", 1)]
    assert export.tally.albums == 1
    assert export.tally.messages == 2


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(message(2, "二", photo=ABSENT, seconds=5), id="a second caption"),
        pytest.param(message(2, "", photo=ABSENT, seconds=6), id="a second later"),
        pytest.param(message(2, "", photo=ABSENT, seconds=5, from_id="user43"), id="another author"),
        pytest.param(message(2, "", photo=ABSENT, seconds=5, forwarded_from="x"), id="a forward"),
        pytest.param(message(2, "", file=ABSENT, seconds=5), id="a document"),
        pytest.param(message(2, "好", seconds=5), id="a text"),
    ],
)
def test_neighbours_are_no_album_when_they_differ(second: Raw) -> None:
    messages, export = read_chat(message(1, "一", photo=ABSENT, seconds=5), second)
    assert [found.id for found in messages] == ["1", "2"]
    assert export.tally.albums == 0


def test_album_ends_at_whatever_stands_between() -> None:
    photo = message(1, "", photo=ABSENT, seconds=5)
    messages, _ = read_chat(photo, service(2, "pin_message"), {**photo, "id": 3})
    assert [found.parts for found in messages] == [1, 1]
