"""A rule book of a few words, so that a test of the machinery does not depend on the shipped rules."""

from dataclasses import fields

from bot.core.lexicon import Lexicon
from bot.core.model import Message
from bot.core.patterns import Match, Matcher, Pattern
from bot.core.reading import Reader, Reading
from bot.core.stance import SPEECH_CLASSES, Stance, Weights

WORDS: dict[str, list[str]] = {
    **{name: [] for name in SPEECH_CLASSES},
    "ask": ["请"],
    "please": ["请"],
    "addressee": ["各村"],
    "question": ["吗"],
    "first": ["我"],
    "done": ["已"],
    "neg": ["不用"],
    "neg_after": ["取消"],
    "thanks": ["谢谢"],
    "data": ["报表"],
    "send": ["发"],
    "picture": ["照片"],
    "group": ["群里"],
    "sale": ["甩卖"],
}


class SmallRules:
    """A lexicon, a stance and a reader over `WORDS`; the weights are those given, all others 0.

    Make the matchers first and read afterwards, as the lexicon asks.
    """

    def __init__(self, **weights: float) -> None:
        self.lexicon = Lexicon(WORDS, {"照片": ["照骗"]})
        names = [field.name for field in fields(Weights)]
        self._stance = Stance(self.lexicon, Weights(**{name: weights.get(name, 0.0) for name in names}))
        self._reader = Reader(self.lexicon)

    def matcher(self, *parts: str, minimum: float = 0.5, score: float = 0.5, **options: object) -> Matcher:
        """A matcher of one pattern; an option that names a class gets its bits."""
        masks = {key: self.lexicon.mask(name) for key, name in options.items() if isinstance(name, str)}
        bits = tuple(map(self.lexicon.mask, parts))
        return Matcher([Pattern("reason", bits, score, **{**options, **masks})], self._stance, minimum)  # type: ignore[arg-type]

    def read(self, text: str) -> Reading:
        """The reading of a text."""
        return self._reader.read(Message("1", text, None))


def best(text: str, *parts: str, weights: dict[str, float] | None = None, **options: object) -> Match | None:
    """The best match of one pattern in a text."""
    rules = SmallRules(**weights or {})
    matcher = rules.matcher(*parts, **options)  # type: ignore[arg-type]
    return matcher.best(rules.read(text))


def found(text: str, *parts: str, **options: object) -> list[str] | None:
    """The words of the best match of one pattern in a text."""
    match = best(text, *parts, **options)  # type: ignore[arg-type]
    return None if match is None else [text[token.start : token.end] for token in match.tokens]
