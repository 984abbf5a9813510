import tomllib

import pytest

from config.toml_lines import line_of, line_of_error

SOURCE = '''\
# [off] in a comment, year = 1
year = 2026  # [year]
title = "a [table] = # no comment"
"quoted key" = 1
dotted.inner = { deep = 1 }
words = [
  "one",  # ]
  "[off]",
  'two',
]
long = """
year = 7
[fake]
\\""" still inside
"""

[rules]
minimum = 1

[rules.vote_like]
cues = ["a"]

[[off]]
name = "first"

[[off]]
name = "second"
[off.detail]
why = "x"
[[off.parts]]
n = 1
[[off.parts]]
n = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("year",), 2, id="a key at the top, not the comment"),
        pytest.param(("quoted key",), 4, id="a quoted key"),
        pytest.param(("dotted", "inner", "deep"), 5, id="a dotted key and an inline table"),
        pytest.param(("words",), 6, id="an array over several lines"),
        pytest.param(("words", 2), 6, id="an item of an array: the line of its key"),
        pytest.param(("rules",), 17, id="a table"),
        pytest.param(("rules", "minimum"), 18, id="a key of a table"),
        pytest.param(("rules", "vote_like", "cues"), 21, id="a key of a table in a table"),
        pytest.param(("off",), 23, id="an array of tables: its first"),
        pytest.param(("off", 0, "name"), 24, id="a key of the first of them"),
        pytest.param(("off", 1), 26, id="the second of them"),
        pytest.param(("off", 1, "name"), 27, id="a key of the second of them"),
        pytest.param(("off", 1, "detail", "why"), 29, id="a table within the second of them"),
        pytest.param(("off", 1, "parts", 1, "n"), 33, id="an array within an array"),
        pytest.param(("off", 0, "missing"), 23, id="a missing key: its table"),
        pytest.param(("fake",), 1, id="nothing of that name, only text that looks so"),
        pytest.param((), 1, id="no key at all"),
    ],
)
def test_a_line_is_found_when_the_key_path_is_given(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(SOURCE, path) == line


def test_a_line_is_the_same_when_the_file_has_windows_line_ends() -> None:
    assert line_of(SOURCE.replace("\n", "\r\n"), ("off", 1, "name")) == 27


def test_the_source_of_these_tests_is_what_it_looks_like() -> None:
    assert tomllib.loads(SOURCE)["off"][1]["parts"] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("a = 1\nb = \nc = 3\n", 2, id="a value is missing"),
        pytest.param("a = 1\nb = 2026-02-30\n", 2, id="a date that does not exist"),
        pytest.param('a = 1\nb = """x\ny\n\n', 3, id="text that is never closed"),
        pytest.param("a = 1\n\n[b", 3, id="a table that is never closed"),
    ],
)
def test_the_blamed_line_is_told_when_the_source_is_no_toml(source: str, line: int) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(source)
    assert line_of_error(source, caught.value) == line
