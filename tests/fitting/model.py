"""Additive cards: fitted, pruned, rounded, and scored on writers that were left out.

A card is a linear support vector machine with squared hinge loss whose signs are weighed by naive Bayes (Wang and
Manning 2012, "Baselines and Bigrams"), trained on copies of the messages in which signs are missing at random (Wang
and Manning 2013, "Fast dropout training"): no sign may rest on others that the next writer does not use.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.svm import LinearSVC

from tests.fitting.examples import ROLES, Example

Floats = NDArray[np.float64]

FACTS = ("data_collection", "task", "urgent", "work")
PIECE_VALUE = 1.58
"""What a character or pair counts beside a class, 1: how freely the fit may use it."""
FREEDOM = 0.03
"""The inverse strength of the penalty on large weights."""
COPIES = 4
"""Copies of every message, each with other signs missing."""
MISSING = 0.3
"""Share of the signs that a copy misses; the others count for them."""
BURDEN_ODDS, FACT_ODDS = (5.2, 0.8), (3.8, 0.0)
"""Slope and shift that turn the margins of cards of burdens, and of facts, into log odds: rounded from what logistic
regression on the margins of writers that were left out gave."""
LEAST_EXAMPLES = 3
"""Messages that must hold a sign."""
LEAST_POINTS = 2.0
"""Tenths of log odds below which a piece is dropped, in a text in which pieces count in full."""
WITH_ROLE, WITHOUT_ROLE = 0.6, 0.4
"""Each message counts with its sender's role and without, for many sources do not know it."""
CLEAREST = 4.0
"""Log odds of the card of orders beyond which an order is no clearer."""
GROUPS = 4
PARTS = 8
"""Cards that are fitted to score all writers, each without an eighth of them; one card a writer takes hours."""
WORTH = {"documents": 15.0, "cases": 6.0}
"""What a writer's messages count beside others, 1: a founding document is never a burden, the tests say what is one."""
IMPOSSIBLE = -99.0


@dataclass(slots=True)
class Fitted:
    """One card in log odds; signs as `Example` names them, a piece for a text in which it counts in full."""

    base: float
    signs: dict[str, float]
    rule: float = 0.0
    order: float = 0.0
    no_order: float = 0.0
    refused: float = 0.0
    least: float = 0.0


class Table:
    """Examples as rows: every stretch with the role and without it."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.of: list[int] = []
        self.rows: list[dict[str, float]] = []
        weights: list[float] = []
        for number, example in enumerate(examples):
            for stretch in example.stretches:
                for row, weight in _with_and_without(stretch):
                    self.of.append(number)
                    self.rows.append(row)
                    weights.append(weight * WORTH.get(example.writer, 1.0) / len(example.stretches))
        self.weights = np.array(weights)
        self._lend_lengths()
        held = Counter(sign for example in examples for sign in {s for st in example.stretches for s in st})
        self.names = sorted(sign for sign, count in held.items() if count >= LEAST_EXAMPLES)
        self.places = {name: place for place, name in enumerate(self.names)}
        self.matrix = self._matrix()
        self.is_piece = np.array([name.startswith("piece ") for name in self.names])

    def _lend_lengths(self) -> None:
        """Give the examples of one label, all of them short, the lengths of the others, each by its share."""
        whole = [row for row, number in zip(self.rows, self.of, strict=True) if not self.examples[number].only]
        held = Counter(sign for row in whole for sign in row if sign.startswith("sign length"))
        shares = {sign: count / len(whole) for sign, count in held.items()}
        for place, number in enumerate(self.of):
            if self.examples[number].only:
                self.rows[place] = self.rows[place] | shares

    def _matrix(self) -> csr_matrix:
        values: list[float] = []
        rows: list[int] = []
        columns: list[int] = []
        for number, row in enumerate(self.rows):
            for sign, value in row.items():
                place = self.places.get(sign)
                if place is not None:
                    rows.append(number)
                    columns.append(place)
                    values.append(value * (PIECE_VALUE if sign.startswith("piece ") else 1.0))
        return csr_matrix((values, (rows, columns)), shape=(len(self.rows), len(self.names)))

    def truth(self, label: str) -> NDArray[np.bool_]:
        """Whether each row's message has the label."""
        return np.array([label in self.examples[number].labels for number in self.of])

    def telling(self, label: str) -> NDArray[np.bool_]:
        """Whether a card of the label can learn from each row."""
        return np.array([self.examples[number].tells_of(label) for number in self.of])

    def matched(self, label: str) -> Floats:
        """Whether a template of the label matched each row's message, as a column.

        Templates were tuned on the older messages and match them better than any new one: every second of these
        counts as if none had matched, so that words learn to do without.
        """
        return np.array(
            [
                [float(label in self.examples[number].matched and (self.examples[number].fresh or number % 2))]
                for number in self.of
            ]
        )

    def refused(self, label: str) -> Floats:
        """Whether the words of a template stand refused in each row's message, as a column."""
        return np.array([[float(label in self.examples[number].refused)] for number in self.of])

    def groups(self) -> NDArray[np.int64]:
        """A group for each row: all messages of a writer are in the same one."""
        writers = sorted({example.writer for example in self.examples})
        return np.array([writers.index(self.examples[number].writer) % GROUPS for number in self.of])


def _with_and_without(stretch: dict[str, float]) -> list[tuple[dict[str, float], float]]:
    roles = {f"sign {role}" for role in ROLES}
    if not roles & stretch.keys():
        return [(stretch, 1.0)]
    without = {sign: value for sign, value in stretch.items() if sign not in roles}
    return [(stretch, WITH_ROLE), (without, WITHOUT_ROLE)]


def _weights(
    x: csr_matrix, y: NDArray[np.bool_], weights: Floats, rows: NDArray[np.bool_], label: str, *, plain: int = 0
) -> tuple[Floats, float]:
    """The weight of each column, and the base; all but the last `plain` columns are free by what they tell."""
    freedom = np.ones(x.shape[1])
    signs = x.shape[1] - plain
    freedom[:signs] = _telling_freedom(x[rows][:, :signs], y[rows])
    free = (x[rows] @ diags(freedom)).tocsr()
    chance = np.random.default_rng(0)
    copies = vstack([_with_missing(free, chance) for _ in range(COPIES)]).tocsr()
    model = LinearSVC(C=FREEDOM, loss="squared_hinge", dual=True, max_iter=2000, tol=1e-3, random_state=0)
    model.fit(copies, np.tile(y[rows], COPIES), sample_weight=np.tile(weights[rows] / COPIES, COPIES))
    slope, shift = FACT_ODDS if label in FACTS else BURDEN_ODDS
    return model.coef_[0] * freedom * slope, float(model.intercept_[0]) * slope + shift


def _with_missing(x: csr_matrix, chance: np.random.Generator) -> csr_matrix:
    copy = x.copy()
    copy.data = copy.data * (chance.random(len(copy.data)) >= MISSING) / (1 - MISSING)
    copy.eliminate_zeros()
    return copy


def _telling_freedom(x: csr_matrix, y: NDArray[np.bool_]) -> Floats:
    """How freely the fit may use each sign: the more, the more unequally messages with and without a label hold it.

    The counts' log ratio of naive Bayes, added to a constant (Wang and Manning 2012, "Baselines and Bigrams"): of
    the many signs a message shares by chance with those of a label, the ones that tell nothing get less of the blame.
    """
    held = x.copy()
    held.data = np.ones_like(held.data)
    with_label, without = (np.asarray(held[rows].sum(axis=0)).ravel() + 1.0 for rows in (y, ~y))
    freedom = 1.0 + np.abs(np.log((with_label / with_label.sum()) / (without / without.sum())))
    return np.asarray(freedom / np.sqrt((freedom**2).mean()))


def _orders(table: Table) -> Floats:
    """The card of orders on each row, fitted without the writers of that row."""
    truth, groups, telling = table.truth("task"), table.groups(), table.telling("task")
    found = np.zeros(len(truth))
    for group in set(groups):
        here = groups == group
        weights, base = _weights(table.matrix, truth, table.weights, telling & ~here, "task")
        found[here] = table.matrix[here] @ weights + base
    return _order_columns(found)


def _order_columns(task: Floats) -> Floats:
    return np.c_[np.clip(task, -CLEAREST, CLEAREST), np.clip(task, -CLEAREST, 0)]


def fit(examples: Sequence[Example], labels: Sequence[str], *, pruned: bool = True) -> dict[str, Fitted]:
    """One card for each label; pruned and rounded to tenths, or as it was fitted, which takes half the time."""
    table = Table(examples)
    orders = _orders(table)
    return {label: _card(table, label, orders, pruned=pruned) for label in (*FACTS, *labels)}


def fit_side_by_side(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, Fitted]:
    """The same pruned cards, made by several processes."""
    table = Table(examples)
    wanted = (*FACTS, *labels)
    with ProcessPoolExecutor(initializer=_hold_table, initargs=(table, _orders(table))) as pool:
        return dict(zip(wanted, pool.map(_card_of_held, wanted), strict=True))


_table: tuple[Table, Floats]
"""What a process was given once for all cards."""


def _hold_table(table: Table, orders: Floats) -> None:
    global _table  # noqa: PLW0603 - a process is told once, for the table takes seconds to send
    _table = table, orders


def _card_of_held(label: str) -> Fitted:
    table, orders = _table
    return _card(table, label, orders, pruned=True)


def _card(table: Table, label: str, orders: Floats, *, pruned: bool) -> Fitted:
    truth, telling = table.truth(label), table.telling(label)
    columns = [] if label in FACTS else [table.matched(label), orders, table.refused(label)]
    more = list(map(csr_matrix, columns))
    plain = sum(part.shape[1] for part in more)
    whole = hstack([table.matrix, *more]).tocsr()
    weights, base = _weights(whole, truth, table.weights, telling, label, plain=plain)
    kept = np.arange(len(table.names))
    if pruned:
        points = np.abs(weights[: len(table.names)]) * np.where(table.is_piece, PIECE_VALUE, 1.0) * 10
        kept = np.flatnonzero(points >= np.where(table.is_piece, LEAST_POINTS, 0.5))
        matrix = hstack([table.matrix[:, kept], *more]).tocsr()
        weights, base = _weights(matrix, truth, table.weights, telling, label, plain=plain)
    signs = {}
    for place, weight in zip(kept, weights, strict=False):
        rounded = round(float(weight) * (PIECE_VALUE if table.is_piece[place] else 1.0), 1 if pruned else 6)
        if rounded:
            signs[table.names[place]] = rounded
    rest = [round(float(weight), 2) for weight in weights[len(kept) :]] or [0.0] * 4
    return Fitted(round(base, 1), signs, *rest)


def scores(cards: dict[str, Fitted], example: Example, *, role: bool = True) -> dict[str, float]:
    """The log odds of every label for one message, its templates counted."""
    best: dict[str, float] = {}
    for stretch in example.stretches:
        row = stretch if role else _with_and_without(stretch)[-1][0]
        found = {label: _sum(card, row) for label, card in cards.items()}
        order = max(-CLEAREST, min(CLEAREST, found["task"]))
        for label, card in cards.items():
            score = found[label] + card.order * order + card.no_order * min(order, 0.0)
            score += card.refused * (label in example.refused)
            score += card.rule * (label in example.matched) if example.tells_of(label) else IMPOSSIBLE
            best[label] = max(best.get(label, IMPOSSIBLE), score)
    return best or dict.fromkeys(cards, IMPOSSIBLE)


def _sum(card: Fitted, row: dict[str, float]) -> float:
    get = card.signs.get
    return card.base + sum(get(sign, 0.0) * value for sign, value in row.items())


def left_out(
    examples: Sequence[Example], labels: Sequence[str], *, role: bool = True, always: Sequence[Example] = ()
) -> list[dict[str, float]]:
    """The log odds of every example on cards fitted without its writer; several processes share the work."""
    found: list[dict[str, float]] = [{} for _ in examples]
    writers = sorted({example.writer for example in examples})
    parts = [frozenset(writers[part::PARTS]) for part in range(min(PARTS, len(writers)))]
    with ProcessPoolExecutor(initializer=_hold, initargs=(examples, labels, role, always)) as pool:
        for scored in pool.map(_without, parts):
            for place, score in scored:
                found[place] = score
    return found


_held: tuple[Sequence[Example], Sequence[str], bool, Sequence[Example]]
"""What a process was given once for all writers."""


def _hold(examples: Sequence[Example], labels: Sequence[str], role: bool, always: Sequence[Example]) -> None:
    global _held  # noqa: PLW0603 - a process is told once, for the examples take seconds to send
    _held = examples, labels, role, always


def _without(writers: frozenset[str]) -> list[tuple[int, dict[str, float]]]:
    """The places of the examples of some writers, each with its log odds on cards of all others."""
    examples, labels, role, always = _held
    cards = fit([*(e for e in examples if e.writer not in writers), *always], labels, pruned=False)
    return [(n, scores(cards, e, role=role)) for n, e in enumerate(examples) if e.writer in writers]
