import string

import pytest

from bot.core.model import Category, Fact, MessageKind, SenderRole
from bot.texts import LANGUAGES, Catalogue


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Catalogue:
    return Catalogue.load(request.param)


def test_every_language_has_the_same_keys(words: Catalogue) -> None:
    assert set(words.texts) == set(Catalogue.load("zh-Hans").texts)


def test_every_text_has_the_same_fields_in_every_language(words: Catalogue) -> None:
    first = Catalogue.load("zh-Hans")

    differing = [
        key for key in words.texts if key in first and fields_of(words.texts[key]) != fields_of(first.texts[key])
    ]

    assert differing == []


def test_no_text_is_empty(words: Catalogue) -> None:
    assert [key for key, text in words.texts.items() if not text.strip()] == []


@pytest.mark.parametrize("category", Category)
def test_every_category_has_its_texts(words: Catalogue, category: Category) -> None:
    for part in ("title", "meaning", "advice"):
        assert words(f"category.{category}.{part}")


@pytest.mark.parametrize("fact", Fact)
def test_every_fact_has_its_texts(words: Catalogue, fact: Fact) -> None:
    for part in ("title", "meaning"):
        assert words(f"fact.{fact}.{part}")


def test_every_role_kind_and_weekday_has_a_name(words: Catalogue) -> None:
    names = [f"role.{role}" for role in SenderRole] + [f"audit.kind.{kind}" for kind in MessageKind]

    assert all(key in words for key in names + [f"weekday.{day}" for day in range(1, 8)])


def test_the_title_of_a_sheet_fits_a_workbook(words: Catalogue) -> None:
    titles = [text for key, text in words.texts.items() if key.startswith("audit.sheet.")]

    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\'") for title in titles)
    assert len(set(titles)) == len(titles)


def test_a_text_is_filled_with_its_fields() -> None:
    assert Catalogue.load("en")("audit.period", first=1, last=2) == "1 to 2"


def test_braces_in_a_field_are_left_alone() -> None:
    assert "{first}" in Catalogue.load("en")("audit.period", first="{first}", last="{0.__class__}")


@pytest.mark.parametrize("key", ["no.such.key", "audit"])
def test_an_unknown_key_is_an_error(key: str) -> None:
    with pytest.raises(KeyError):
        Catalogue.load("en")(key)


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue.load("en")("audit.period", first=1)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue.load("../zh-Hans")


def test_a_code_without_words_is_its_own_label() -> None:
    assert Catalogue.load("en").label("reason", "no_such_reason") == "no_such_reason"
    assert Catalogue.load("en").label("reason", "other") == "other reasons"
