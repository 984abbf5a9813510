"""The picture of a digest: drawn for any numbers, in every language, with glyphs for every character."""

import warnings
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.render.chart import BEFORE, NOW, draw
from bot.texts import LANGUAGES, Catalogue
from tests.render.make_digest import FULL, LAST, QUIET, digest

PNG = b"\x89PNG\r\n\x1a\n"


def size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_the_picture_has_a_glyph(language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that the font lacks
        every = dict.fromkeys(Category, 7)
        png = draw(digest(categories=every), Catalogue.load(language))
    assert png.startswith(PNG)
    width, height = size(png)
    assert width == 1080
    assert 1 < height / width < 2


def test_the_same_numbers_make_the_same_picture():
    words = Catalogue.load("zh-Hans")
    assert draw(FULL, words) == draw(FULL, words)


def test_the_picture_is_as_high_as_it_has_categories():
    words = Catalogue.load("zh-Hans")
    few, many = (dict.fromkeys(list(Category)[:count], 3) for count in (5, 14))
    heights = [size(draw(digest(categories=each, categories_before={}), words))[1] for each in (few, many)]
    assert heights[0] < heights[1]


def test_other_numbers_make_another():
    words = Catalogue.load("zh-Hans")
    assert draw(FULL, words) != draw(digest(categories={Category.AFTER_HOURS: 13}), words)


@pytest.mark.parametrize(
    "data",
    [
        QUIET,
        digest(over=()),
        digest(over=((LAST, 0, 0),)),
        digest(over=tuple((LAST - timedelta(weeks=n), 0, 0) for n in range(3, -1, -1))),
        digest(categories={Category.RECEIPT: 10**12}, categories_before={Category.RECEIPT: 1}),
        digest(members=2),
        replace(FULL, first=period_of(Per.MONTH, LAST).first, last=period_of(Per.MONTH, LAST).last, per=Per.MONTH),
    ],
)
def test_a_picture_is_drawn_of_whatever_there_is(data):
    assert draw(data, Catalogue.load("zh-Hans")).startswith(PNG)


@pytest.mark.parametrize("colour", [NOW, BEFORE])
def test_no_colour_accuses(colour):
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    assert blue >= green >= red
