"""The lexicon: the longest word wins, classes are bits, checked words must stand alone."""

import pytest

from bot.core.lexicon import Lexicon, WordTable, stands_alone

LEXICON = Lexicon(
    {
        "send": ["发", "转发"],
        "noun": ["转发量"],
        "chase": ["还没"],
        "late": ["还没上传"],
        "blank": ["还没事"],
        "order": ["转发给我"],
    },
    {"转发": ["专发"]},
    inherited=["chase"],
    clear=["order"],
)


def classes_in(text: str) -> list[tuple[str, set[str]]]:
    """Each word found, with its classes; shapes, which lie over the words, are left out."""
    names = ("send", "noun", "chase", "late", "blank", "order")
    return [
        (text[start:end], {name for name in names if LEXICON.masks[word] & LEXICON.mask(name)})
        for word, start, end in LEXICON.find(text)
        if word < len(LEXICON.words)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("发", [("发", {"send"})], id="a word"),
        pytest.param("转发量", [("转发量", {"noun"})], id="the longest word hides those in it"),
        pytest.param("专发", [("专发", {"send"})], id="a spelling that means the word"),
        pytest.param("还没上传", [("还没上传", {"late", "chase"})], id="a longer word inherits"),
        pytest.param("还没事", [("还没事", {"blank"})], id="a blank word inherits nothing"),
        pytest.param("专发给我", [("专发给我", {"order", "send"})], id="a word of a clear class hides none in it"),
        pytest.param("天气好", [], id="no word"),
    ],
)
def test_words_are_found_with_their_classes(text: str, found: list[tuple[str, set[str]]]) -> None:
    assert classes_in(text) == found


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(KeyError, match="sned"):
        LEXICON.mask("sned")


@pytest.mark.parametrize(
    ("text", "word", "alone"),
    [
        pytest.param("下载app", "app", True, id="a latin word beside Chinese"),
        pytest.param("happy", "app", False, id="a latin word inside another"),
        pytest.param("打120", "120", True, id="a number by itself"),
        pytest.param("1120", "120", False, id="a number inside another"),
        pytest.param("甲、乙", "、", True, id="a comma of an enumeration"),
        pytest.param("一、乙", "、", False, id="the comma of a numbered heading"),
    ],
)
def test_a_checked_word_counts_only_by_itself(text: str, word: str, alone: bool) -> None:
    start = text.index(word)
    assert stands_alone(text, start, start + len(word)) is alone


def test_a_word_table_replaces_the_longest_word() -> None:
    assert WordTable({"老人": "老", "独居老人": "独居"}).replace("报独居老人数") == "报 独居 数"
