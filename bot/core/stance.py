"""Who asks whom: how much the words around a match speak for a demand, or against one.

A demand is judged, not a word. Evidence adds up: an order to an addressee speaks for it; a refusal, a
question, a report of finished work, a complaint, news or a policy text speak against it. The weights
are rule data, so that an office can read and change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from bot.core.lexicon import Lexicon
from bot.core.reading import Phrase, Reading, Sentence, Token

NEGATION_REACH = 9
"""Characters over which a word of refusal still reaches the word that it refuses."""


_ENDED = frozenset("了过完")
_TOLD = frozenset("了过完的")
_GOING = frozenset("来去程成善")
"""发过来, 完成: here 过 and 完 are parts of other words and tell nothing of the past."""


LONGEST_WORD = 40
"""Characters of a word of the rules; a longer one of an office's own would be seen as a refusal from nearer only."""

ENUMERATION_REACH = 30
"""Characters over which it reaches the items of an enumeration: 请勿发甲、乙、丙."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to the score of a match, or takes from it."""

    ask: float
    addressee: float
    urge: float
    chase: float
    by_time: float
    polite: float
    we_order: float
    question: float
    first: float
    done: float
    perfect: float
    nominal: float
    offer: float
    release: float
    complaint: float
    news: float
    policy: float
    thanks: float
    message_share: float
    private: float


SPEECH_CLASSES = (
    "ask", "addressee", "urge", "chase", "by_time", "polite_question", "we_order", "question", "first", "done",
    "perfect", "offer", "release", "complaint", "news", "policy", "thanks", "neg", "neg_after", "weak_neg", "please",
    "life",
)  # fmt: skip


OWNER_CLASSES = frozenset({"shape_boss", "ghost_boss", "ghost_his"})
"""Whose something is: 的 behind them (局长的讲话稿) makes no mere mention of it."""


class Stance:
    """Weighs matches with the speech classes of one lexicon."""

    def __init__(self, lexicon: Lexicon, weights: Weights) -> None:
        self.lexicon = lexicon
        bits = {name: lexicon.mask(name) for name in SPEECH_CLASSES}
        self._bits = bits
        self._neg = bits["neg"]
        self._neg_after = bits["neg_after"]
        self._weak = bits["weak_neg"]
        self._member = bits["question"] | bits["first"] | bits["done"]
        self.refusing = self._neg | self._neg_after | self._weak
        self._ask = bits["ask"]
        self._please = bits["please"]
        self._chase = bits["chase"]
        self._first = bits["first"]
        self._done = bits["done"]
        self._question = bits["question"]
        self._polite = bits["polite_question"]
        self.order = bits["ask"] | bits["addressee"] | bits["urge"] | bits["chase"] | bits["we_order"]
        self._private = bits["life"]
        self._orders = bits["addressee"] | bits["we_order"] | bits["chase"]
        self._owner = lexicon.mask(*(lexicon.classes & OWNER_CLASSES))
        self._w = weights
        self._for = tuple(
            (bits[name], getattr(weights, name))
            for name in ("ask", "addressee", "urge", "chase", "by_time", "we_order")
        )
        self._against = tuple(
            (bits[name], getattr(weights, name))
            for name in ("offer", "release", "complaint", "news", "policy", "thanks")
        )
        self._polite_gain = max(0.0, weights.polite)
        losses = weights.question, weights.first, weights.done, weights.perfect, weights.nominal
        self._unsure = 0.0 if min(losses) >= 0 else inf
        self._against_mask = 0
        for mask, _ in self._against:
            self._against_mask |= mask

    def weigh(self, reading: Reading, tokens: Sequence[Token], base: float) -> float:
        """The score of a match, 0 when it is refused; above the minimum of its rule it is a demand."""
        return self.said(reading, tokens, self.standing(reading, tokens[0].sentence, base))

    def said(self, reading: Reading, tokens: Sequence[Token], standing: float) -> float:
        """The same for a match whose sentence was weighed already."""
        near = tokens[0].phrase.mask
        if len(tokens) > 1:
            near |= tokens[-1].phrase.mask
        if near & self.refusing and any(self.refused(reading, token) for token in tokens):
            return 0.0
        if near & self._member:
            return standing - self._spoken_by_member(reading, tokens, near)
        text = reading.text
        for token in tokens:
            if text[token[1] : token[1] + 1] in _TOLD:
                return standing - self._spoken_by_member(reading, tokens, near)
        return standing

    def spare(self, mask: int) -> float:
        """By how much a match in a sentence of these classes can surpass what its sentence says for it."""
        return self._unsure + self._polite_gain if mask & self._polite else self._unsure

    def standing(self, reading: Reading, sentence: Sentence, base: float) -> float:
        """What the words around any match in the sentence say for a demand; each sentence keeps it."""
        known = sentence.standing
        if known is None:
            known = sentence.standing = {}
        score = known.get(base)
        if score is None:
            score = known[base] = self._weighed(sentence.mask, reading.mask, base)
        return score

    def _weighed(self, mask: int, whole: int, score: float) -> float:
        """The score with what the classes of the sentence and of the whole message add to it or take from it."""
        for bits, weight in self._for:
            if mask & bits:
                score += weight
        if whole & self._against_mask:
            for bits, weight in self._against:
                if mask & bits:
                    score -= weight
                elif whole & bits:
                    score -= weight * self._w.message_share
        if whole & self._private and not mask & self._orders:
            score -= self._w.private
        return score

    def refused(self, reading: Reading, token: Token) -> bool:
        """Whether a word is refused, banned or cancelled in its own phrase, or right after it.

        Only the words within reach are looked at, so that a phrase without end takes no longer for each word.
        """
        phrase = token.phrase
        for other in phrase.between(token.start - ENUMERATION_REACH - LONGEST_WORD, token.end + NEGATION_REACH + 1):
            mask = other.mask
            if mask & (self._neg | self._weak) and other.end <= token.start:
                if self._within_reach(reading, other.end, token.start) and not self._asked_between(
                    phrase, other, token
                ):
                    if mask & self._weak and not mask & self._neg and self._chased(reading, phrase, token):
                        continue
                    return True
            elif mask & self._neg_after and 0 <= other.start - token.end <= NEGATION_REACH:
                return not mask & self._neg or not self._takes_object(reading, phrase, other)
        return False

    def _within_reach(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a refusal reaches so far; in an enumeration it reaches every item."""
        gap = end - start
        return gap <= NEGATION_REACH or (gap <= ENUMERATION_REACH and "、" in reading.text[start:end])

    def _takes_object(self, reading: Reading, phrase: Phrase, negator: Token) -> bool:
        """Whether a word as 取消 refuses what follows it in the phrase, not what went before."""
        follow = reading.text[negator.end : negator.end + 1]
        return phrase.tokens[-1].start >= negator.end and follow not in {"了", "", "，", "。"}

    def _asked_between(self, phrase: Phrase, left: Token, right: Token) -> bool:
        """Whether a new request begins between a refusal and a word: 不方便的请发照片, but not 不得请村里代写."""
        between = phrase.between(left.end + 1, right.start)
        return any(token.mask & self._please and token.end <= right.start for token in between)

    def _chased(self, reading: Reading, phrase: Phrase, token: Token) -> bool:
        """没交的抓紧, 不转发的通报: a weak negation that names those behind, or threatens them."""
        if phrase.mask & self._first and not phrase.mask & self._chase:
            return False
        after = reading.text[token.end : token.end + 6]
        return (
            "的" in after or "者" in after or "扣" in after or "就" in after or bool(phrase.sentence.mask & self._chase)
        )

    def _spoken_by_member(self, reading: Reading, tokens: Sequence[Token], near: int) -> float:
        """What speaks for a question, a report or a mere mention: to be taken from the score."""
        weights = self._w
        loss = self._asked_back(tokens[-1].phrase, near)
        phrase = tokens[0].phrase
        if near & self._first and self._told_of_oneself(phrase, tokens[0]):
            loss += weights.first
        last = tokens[-1].end
        if near & self._done and self._told_as_done(phrase, last):
            loss += weights.done
        text = reading.text
        for token in tokens:
            end = token.end
            follow = text[end : end + 1]
            if follow in _ENDED:
                if text[end + 1 : end + 2] not in _GOING and not near & self.order:
                    loss += weights.perfect
            elif (
                follow == "的"
                and token is not tokens[-1]
                and not (near | token.mask) & (self._ask | self._chase | (token.mask & self._owner))
            ):
                loss += weights.nominal
        return loss

    def _told_as_done(self, phrase: Phrase, last: int) -> bool:
        """Whether a word of finished work stands before `last`, and no order behind it: 昨天没交的抓紧 is one."""
        done, order = phrase.edges(self._done), phrase.edges(self._ask | self._chase, self._done)
        if done is None or done[0].start >= last:
            return False
        return order is None or order[1].start <= done[0].start

    def _asked_back(self, phrase: Phrase, near: int) -> float:
        """What a question takes; a polite one that asks others to do something gives instead."""
        if not near & self._question or near & self._chase:
            return 0.0
        if phrase.sentence.mask & self._polite and not near & self._first:
            return -self._w.polite
        return self._w.question

    def _told_of_oneself(self, phrase: Phrase, token: Token) -> bool:
        """Whether 我 stands before a word with no order before or between: 请把我们的号关注一下 is an order."""
        own, order = phrase.edges(self._first), phrase.edges(self._ask, self._neg)
        if own is None or own[0].end > token.start:
            return False
        return order is None or order[0].end > token.start
