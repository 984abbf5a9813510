"""The founding documents speak of every burden; none of them, sent into a chat, is one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.model import Verdict

DOCUMENTS = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("forwarded", [False, True], ids=["sent", "forwarded"])
def test_a_founding_document_as_a_whole_gives_no_finding(
    judge: Callable[..., Verdict], path: Path, forwarded: bool
) -> None:
    assert judge(path.read_text("utf-8-sig"), forwarded=forwarded).findings == ()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_no_paragraph_of_a_founding_document_gives_a_finding(judge: Callable[..., Verdict], path: Path) -> None:
    paragraphs = [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    assert {line: judge(line).findings for line in paragraphs if judge(line).findings} == {}
