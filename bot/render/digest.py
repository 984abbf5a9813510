"""A digest in words: the caption of its picture, which always fits and is never cut within a line."""

from collections.abc import Mapping

from bot.core.digest import DigestData
from bot.core.digest_lines import BLOCKS, IMPORTANCE, KEPT, Line, Subject, lines
from bot.core.speech import Word
from bot.render.messages import plain_of, shown_length
from bot.texts import Catalogue

LONGEST_CAPTION = 1_024
"""UTF-16 units of a caption, counted as the platform does: after tags and entities are read."""


def caption(data: DigestData, words: Catalogue, longest: int = LONGEST_CAPTION) -> str:
    """The caption as HTML: lines are taken in whole, in the order of `IMPORTANCE`, as far as there is room."""
    every = {subject: _said(line, words) for subject, line in lines(data).items()}
    said = {subject: text for subject, text in every.items() if subject in KEPT}
    for subject in IMPORTANCE:
        if subject in every and shown_length(_laid_out({**said, subject: every[subject]})) <= longest:
            said[subject] = every[subject]
    return _laid_out(said)


def _said(line: Line, words: Catalogue) -> str:
    between = words("digest.stop" if line.clauses else "digest.between")
    fields = {name: words(value.key) if isinstance(value, Word) else value for name, value in line.fields.items()}
    return words(line.key, **fields, items=between.join(plain_of(item, words) for item in line.items)).rstrip()


def _laid_out(said: Mapping[Subject, str]) -> str:
    blocks = ("\n".join(said[subject] for subject in block if subject in said) for block in BLOCKS)
    return "\n\n".join(filter(None, blocks))
