"""Fit all cards and write them: `python -m tests.fitting`; the same messages give the same files.

Thresholds are chosen on messages scored by cards that were fitted without their writer.
"""

import sys
from pathlib import Path

from tests.fitting.cases import cases, sentences
from tests.fitting.examples import Signs, paragraphs, read_examples
from tests.fitting.files import write
from tests.fitting.model import fit_side_by_side, left_out
from tests.fitting.thresholds import table, thresholds

MESSAGES = Path(__file__).parents[1] / "data" / "messages"
SCORES = Path(__file__).parents[2] / "config" / "scores"


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Fit, choose thresholds, write, and tell how well it went."""
    signs = Signs()
    labels = [label.value for label in signs.labels]
    told = [*paragraphs(signs), *cases(signs), *sentences(signs)]
    tuned = [*read_examples(signs, [MESSAGES / "train.jsonl"]), *told]
    later = read_examples(signs, [MESSAGES / "later.jsonl"])
    say(f"{len(tuned)} messages and paragraphs that the rules were tuned on, {len(later)} later messages")
    scored = left_out(later, labels, always=tuned)
    least = thresholds(later, scored)
    for line in table(later, scored, least):
        say(line)
    cards = fit_side_by_side([*tuned, *later], labels)
    for label, card in cards.items():
        card.least = least[label]
    say(f"{write(SCORES, cards)} points written")


if __name__ == "__main__":
    main()
