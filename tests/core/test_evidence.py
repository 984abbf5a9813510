"""An excerpt shows the sentence of the evidence, no more of the message, and no person."""

import pytest

from bot.core.evidence import LONGEST, sentences_at
from bot.core.model import Span

TEXT = "大家辛苦了。请各村今晚把台账报上来！联系张伟主任13800138000。晚安"


def at(part: str) -> Span:
    start = TEXT.index(part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(["今晚"], "请各村今晚把台账报上来！", id="its sentence"),
        pytest.param(["今晚", "台账"], "请各村今晚把台账报上来！", id="one sentence once"),
        pytest.param(["今晚", "晚安"], "请各村今晚把台账报上来！ … 晚安", id="two sentences"),
        pytest.param([], "", id="no evidence, no excerpt"),
    ],
)
def test_only_the_sentences_of_the_evidence_are_shown(parts: list[str], expected: str) -> None:
    assert sentences_at(TEXT, [at(part) for part in parts]) == expected


def test_names_and_numbers_are_hidden() -> None:
    shown = sentences_at(TEXT, [at("联系")])
    assert "张" not in shown
    assert "138" not in shown


def test_a_text_without_an_end_is_cut() -> None:
    assert len(sentences_at("请报" * 3_000, [(2_000, 2_002)])) <= LONGEST
