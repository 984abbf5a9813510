"""The file of the marks of secrecy: a mistake names its key."""

from pathlib import Path

import pytest

from bot.core.errors import BadRules
from config.secrecy import SHIPPED, load_secrecy

WHOLE = "marks = ['a']\nfile_marks = []\nunless = []\ncolumns = []\n"


@pytest.mark.parametrize(
    ("text", "reason", "key", "line"),
    [
        pytest.param("marks = ['a']\n", "missing_key", "file_marks", 1, id="a key is missing"),
        pytest.param(WHOLE + "more = 1\n", "unknown_key", "more", 5, id="a key too many"),
        pytest.param(WHOLE.replace("'a'", "'('"), "wrong_type", "marks", 1, id="no pattern"),
        pytest.param(WHOLE.replace("['a']", "'a'"), "wrong_type", "marks", 1, id="no list"),
        pytest.param("marks = [", "syntax", "", 1, id="no TOML"),
    ],
)
def test_a_mistake_names_its_place(tmp_path: Path, text: str, reason: str, key: str, line: int) -> None:
    path = tmp_path / "secrecy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRules) as raised:
        load_secrecy(path)
    assert (raised.value.reason, raised.value.fields["key"], raised.value.fields["line"]) == (reason, key, line)


def test_the_shipped_file_has_marks_of_every_kind() -> None:
    secrecy = load_secrecy(SHIPPED)
    assert all((secrecy.marks, secrecy.file_marks, secrecy.unless, secrecy.columns))
