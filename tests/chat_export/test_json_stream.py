"""The pull parser: the same values whatever the chunks, faults passed over and counted, little held."""

import io
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat_export import json_stream
from bot.chat_export.json_repair import Unreadable, decode
from bot.chat_export.json_stream import JsonStream
from bot.chat_export.json_window import BrokenOffError

SMALL = 400
WHOLE = st.integers(-(2**63), 2**63)  # a greater one is read as a fraction
LEAVES = st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)
LAYOUTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"indent": 1},
        {"indent": 2},
        {"indent": "\t"},
        {"separators": (",", ":")},
        {"separators": (", ", ": ")},
    ]
)


def elements(data: bytes, *, chunk: int = 1 << 18, limit: int = SMALL) -> tuple[list[object], Counter[str], bool]:
    """The items of the array `data`, what was repaired, and whether the input broke off."""
    repairs: Counter[str] = Counter()
    found: list[object] = []
    try:
        stream = JsonStream(io.BytesIO(data), repairs, chunk=chunk, limit=limit)
        found.extend(stream.elements())
        broken = not stream.at_end()
    except BrokenOffError:
        broken = True
    return found, repairs, broken


def tree(stream: JsonStream, depth: int = 0) -> object:
    """Everything, read through members and items; `…` for what is skipped below the third level."""
    if depth == 3:
        stream.skip()
        return "…"
    byte = stream._window.peek()
    if byte == ord("{"):
        return [(key, tree(stream, depth + 1)) for key in stream.members()]
    if byte == ord("["):
        return [tree(stream, depth + 1) for _ in stream.items()]
    return stream.scalar()


def attempt(data: bytes, chunk: int) -> object:
    try:
        return repr(tree(JsonStream(io.BytesIO(data), Counter(), chunk=chunk, limit=SMALL)))
    except BrokenOffError:
        return "broken off"


@st.composite
def damaged_arrays(draw: st.DrawFn) -> bytes:
    """Arrays of objects in some layout, with some bytes changed, put in or taken out."""
    objects = st.dictionaries(st.sampled_from(["id", "text", "type", "document_id"]), VALUES, min_size=1)
    items = draw(st.lists(objects | VALUES, max_size=8))
    layout: dict[str, Any] = draw(LAYOUTS)
    text = json.dumps(items, ensure_ascii=draw(st.booleans()), **layout)
    data = bytearray(text.encode("utf-8", "replace"))
    pieces = st.sampled_from([b'"', b"{", b"}", b"[", b"]", b",", b"\\", b"\\x1F", b"\\ud800", b"\xff", b"\n", b"\n }"])
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(pieces | st.just(b""))
    return bytes(data)


@given(st.lists(VALUES), LAYOUTS)
def test_elements_are_those_of_json_when_the_input_is_good(values: list[object], layout: dict[str, Any]) -> None:
    data = json.dumps(values, **layout).encode()
    assert elements(data, limit=1 << 20) == (json.loads(data), Counter(), False)


@given(damaged_arrays(), st.integers(1, 70))
@example(b'[\n {"a": 1\n },{"a": 2},\n {"a": 3\n }\n]', 5)
@example(b'[\n {"a":[{"b":1\n },{"b":2}]},\n {"a": 3\n }\n]', 5)
@example(b'[\n {"a": "x"y"\n },\n {"a": 3\n }\n]', 5)
def test_elements_do_not_depend_on_the_chunks(data: bytes, chunk: int) -> None:
    assert repr(elements(data, chunk=chunk)) == repr(elements(data))


@given(VALUES, LAYOUTS, st.integers(1, 70))
def test_members_and_items_do_not_depend_on_the_chunks(value: object, layout: dict[str, Any], chunk: int) -> None:
    data = json.dumps(value, **layout).encode() + b" "
    assert attempt(data, chunk) == attempt(data, 1 << 18) != "broken off"


@given(st.binary(max_size=200), st.integers(1, 20))
def test_arbitrary_bytes_end_or_break_off(data: bytes, chunk: int) -> None:
    assert attempt(data, chunk) == attempt(data, 1 << 18)
    assert repr(elements(data, chunk=chunk)) == repr(elements(data))


@given(st.lists(VALUES, max_size=6), LAYOUTS, st.data())
def test_elements_are_a_prefix_when_the_input_is_cut(
    values: list[object], layout: dict[str, Any], data: st.DataObject
) -> None:
    whole = json.dumps(values, **layout).encode()
    cut = data.draw(st.integers(0, len(whole) - 1))
    found, _, broken = elements(whole[:cut], limit=1 << 20)
    assert found == values[: len(found)]
    assert broken


@pytest.mark.parametrize(
    ("item", "value", "repair"),
    [
        pytest.param(rb'{"a": "x\x0Cy"}', {"a": "x\x0cy"}, "control_escape", id="a control character"),
        pytest.param(rb'{"a": "\\\x1F"}', {"a": "\\\x1f"}, "control_escape", id="behind an escaped backslash"),
        pytest.param(b'{"a": "\xff"}', {"a": "\ufffd"}, "bad_utf8", id="a byte that is no UTF-8"),
        pytest.param(b'{"a": "\xed\xa0\x80"}', {"a": "\ufffd" * 3}, "bad_utf8", id="a surrogate in bytes"),
        pytest.param(rb'{"a": "\ud83d"}', {"a": "\ufffd"}, "lone_surrogate", id="a first half alone"),
        pytest.param(rb'{"a": "\ude00\ud83d\ude00"}', {"a": "\ufffd😀"}, "lone_surrogate", id="a second half alone"),
        pytest.param(
            b'{"document_id": video_files/sticker (2).webm\n}',
            {"document_id": "video_files/sticker (2).webm"},
            "unquoted_document_id",
            id="a path without quotes at the end",
        ),
        pytest.param(
            b'{"document_id": (File not included.),\n"b": 1}',
            {"document_id": "(File not included.)", "b": 1},
            "unquoted_document_id",
            id="a sentence without quotes before a comma",
        ),
    ],
)
def test_known_faults_are_repaired_and_counted(item: bytes, value: object, repair: str) -> None:
    found, repairs, broken = elements(b'[{"id": 1}, ' + item + b', {"id": 2}]')
    assert found == [{"id": 1}, value, {"id": 2}]
    assert repairs.keys() == {repair}
    assert not broken


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(rb'{"a": "\\x1F \\\\ud800"}', id="escaped backslashes before x and u"),
        pytest.param(rb'{"a": "\"document_id\": x"}', id="words about a document id"),
        pytest.param('{"a": "\ufffd"}'.encode(), id="a replacement character of the author's own"),
    ],
)
def test_look_alikes_of_faults_stay_as_they_are(item: bytes) -> None:
    found, repairs, _ = elements(b"[" + item + rb', {"b": "\ud83d"}]')
    assert found[0] == json.loads(item)
    assert repairs == Counter(lone_surrogate=1)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        pytest.param(b'{"a": "' + b"x" * SMALL + b'"}', Unreadable.OVERSIZED, id="a giant string"),
        pytest.param(b'{"a": "' + b'\\"' * SMALL + b'"}', Unreadable.OVERSIZED, id="a giant of escapes"),
        pytest.param(b'"' + b"x" * SMALL + b'"', Unreadable.OVERSIZED, id="a giant that is no object"),
        pytest.param(b'{"a": tru}', Unreadable.BROKEN, id="no JSON inside the braces"),
        pytest.param(b'{"a": "\\q"}', Unreadable.BROKEN, id="an unknown escape"),
        pytest.param(b'{"a": ' + b"9" * 330 + b"e}", Unreadable.BROKEN, id="no number"),
    ],
)
@pytest.mark.parametrize("comma", [b",", b",\n "])
def test_one_bad_element_costs_only_itself(item: bytes, reason: Unreadable, comma: bytes) -> None:
    found, _, broken = elements(comma[1:].join((b"[", b'{"id": 1}')) + comma + item + comma + b'{"id": 2}]')
    assert found == [{"id": 1}, reason, {"id": 2}]
    assert not broken


def test_nesting_bomb_costs_only_itself() -> None:
    bomb = b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    found, _, broken = elements(b'[{"id": 1},' + bomb + b',{"id": 2}]', limit=1 << 20)
    assert found == [{"id": 1}, Unreadable.TOO_DEEP, {"id": 2}]
    assert not broken


def test_unescaped_quotes_cost_only_their_element_when_it_is_indented() -> None:
    data = b'[\n {\n  "a": "said "no" to {"\n },\n {\n  "a": 2\n }\n]'
    assert elements(data) == ([Unreadable.BROKEN, {"a": 2}], Counter(), False)


def test_skipping_holds_little_however_large_the_value() -> None:
    class Endless:
        left = 200

        def read(self, size: int, /) -> bytes:
            self.left -= 1
            return b'{"a": "' * (self.left == 199) + b"x" * size if self.left else b'"}'

    stream = JsonStream(Endless(), Counter(), chunk=1 << 16)
    held = 0
    for _ in stream.members():
        stream.skip()
        held = len(stream._window.data)
    assert held < 1 << 17


def test_scalar_is_none_for_what_is_none_or_too_large() -> None:
    repairs: Counter[str] = Counter()
    data = b'\xef\xbb\xbf{"a": [1], "b": "' + b"x" * 999 + b'", "c": nope, "d": 1.5, "": true, "\\q": null}'
    stream = JsonStream(io.BytesIO(data), repairs, limit=SMALL)
    assert [(key, stream.scalar()) for key in stream.members()] == [
        ("a", None),
        ("b", None),
        ("c", None),
        ("d", 1.5),
        ("", True),
        ("", None),
    ]
    assert repairs == Counter(oversized_value=1)


def test_a_layout_that_misleads_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    monkeypatch.setattr(json_stream, "decode", lambda raw, repairs: read.append(len(raw)) or decode(raw, repairs))
    plain = [b'{"id": %d, "text": "a"}' % number for number in range(400)]
    indented = b'\n   {\n    "id": 999, "text": "a%s"\n   }'
    data = b'{"messages": [' + b",".join((indented % b"", *plain, indented % b"\x1f")) + b"]}"
    stream = JsonStream(io.BytesIO(data), Counter())
    found = [item for key in stream.members() for item in stream.elements()]
    assert len(found) == 402
    assert sum(read) < 40 * len(data)
