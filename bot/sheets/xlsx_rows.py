"""The rows of an xlsx sheet, parsed as a stream: memory grows neither with the sheet nor with what it leaves out."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from bot.sheets.raw import MOST_COLUMNS, RawRow
from bot.sheets.values import Fault, Value, column_of, tidy
from bot.sheets.xlsx_parts import Texts

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - the format knows no zone
_LAST_SERIAL = 2_900_000


class _Parser:
    """What sheets and shared texts have in common: `begins` and `ends` by local name, and all text since the last mark.

    The handlers are called millions of times. What most elements need is therefore one look into a dictionary.
    """

    def __init__(self) -> None:
        self._expat = expat.ParserCreate()
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._first
        self._text: list[str] = []
        self._expat.CharacterDataHandler = self._text.append
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {"rPh": self._phonetic_begins}
        self._ends: dict[str, Callable[[], None]] = {"rPh": self._phonetic_ends}
        self._before_phonetic = 0

    def feed(self, pieces: Iterable[bytes]) -> Iterator[None]:
        """Parse piece by piece; after each there may be something new."""
        for piece in pieces:
            self._expat.Parse(piece, False)  # noqa: FBT003 - it takes no names
            yield
        self._expat.Parse(b"", True)  # noqa: FBT003
        yield

    def _first(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """The root tells the prefix of all names."""
        before, colon, _ = name.rpartition(":")
        begins = {f"{before}{colon}{each}": act for each, act in self._begins.items()}
        ends = {f"{before}{colon}{each}": act for each, act in self._ends.items()}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name in begins:
                begins[name](attributes)

        def end(name: str) -> None:
            if name in ends:
                ends[name]()

        self._expat.StartElementHandler = start
        self._expat.EndElementHandler = end

    def _said(self) -> str:
        text = self._text[0] if len(self._text) == 1 else "".join(self._text)
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

    def _phonetic_begins(self, _: dict[str, str]) -> None:
        """How a text is pronounced is none of it."""
        self._before_phonetic = len(self._text)

    def _phonetic_ends(self) -> None:
        del self._text[self._before_phonetic :]


class TextsParser(_Parser):
    """Reads the shared texts, of one in several pieces all."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts(bytearray(), array("Q"))
        self._begins["si"] = lambda _: self._text.clear()
        self._ends["si"] = self._text_ends

    def _text_ends(self) -> None:
        self.texts.held.extend(self._said().encode("utf-8", "replace"))
        self.texts.ends.append(len(self.texts.held))


class RowsParser(_Parser):
    """Reads the rows of a sheet into `rows`, from which they are taken; those without a value are left out."""

    def __init__(self, texts: Texts, dates: frozenset[str], *, from_1904: bool) -> None:
        super().__init__()
        self.rows: list[RawRow] = []
        self._texts, self._dates = texts, dates
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH
        self._columns: dict[str, int] = {}
        self._number, self._column = 0, -1
        self._values: list[Value] = []
        self._cell: dict[str, str] = {}
        self._has_formula = False
        self._begins |= {"c": self._cell_begins, "row": self._row_begins}
        self._ends |= {"c": self._cell_ends, "row": self._row_ends, "f": self._formula_ends}

    def _row_begins(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self._number = int(stated) if stated.isdecimal() else self._number + 1
        self._values, self._column = [], -1

    def _row_ends(self) -> None:
        if self._values:
            self.rows.append(RawRow(self._number, self._values))

    def _cell_begins(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._has_formula = False
        self._text.clear()
        address = attributes.get("r")
        if address is None:
            self._column += 1
            return
        letters = address.rstrip(_DIGITS)
        known = self._columns.get(letters)
        self._column = self._learnt(letters) if known is None else known

    def _learnt(self, letters: str) -> int:
        named = letters.isalpha() and letters.isascii() and len(letters) <= 3
        self._columns[letters] = column_of(letters) if named else MOST_COLUMNS
        return self._columns[letters]

    def _formula_ends(self) -> None:
        self._has_formula = True
        self._text.clear()

    def _cell_ends(self) -> None:
        if not self._text and not self._has_formula and self._cell.get("t") != "e":
            return
        value, column = self._value(), self._column
        if value is None or column >= MOST_COLUMNS:
            return
        values = self._values
        missing = column - len(values)
        if missing < 0:
            values[column] = value
            return
        if missing:
            values.extend([None] * missing)
        values.append(value)

    def _value(self) -> Value:
        kind, said = self._cell.get("t", "n"), self._said()
        if kind == "s" and said:
            return tidy(self._texts[int(said)])
        if kind in {"inlineStr", "str"}:
            return tidy(said)  # a formula whose result is an empty text has this type too
        if kind == "e":
            return Fault.ERROR
        if not said.strip():
            return Fault.UNCOMPUTED if self._has_formula else None
        if kind == "b":
            return said.strip() == "1"
        return self._number_or_date(said, kind)

    def _number_or_date(self, said: str, kind: str) -> Value:
        if kind == "d":
            moment = datetime.fromisoformat(said.strip().removesuffix("Z"))
            return moment if "T" in said else moment.date()
        number = float(said)
        if self._cell.get("s") in self._dates and 0 <= number <= _LAST_SERIAL:
            return _moment(self._epoch, number)
        return tidy(number)


def _moment(epoch: datetime, number: float) -> date | datetime | time:
    """The day, or the day and time, of a serial number; a time alone where it is below one."""
    at = epoch + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return at.time()
    return at.date() if number == int(number) else at
