"""Files and tables that an attacker or a careless clerk gives to the command line, and what it writes for others."""

from pathlib import Path

import openpyxl
import pytest

from bot.texts import Catalogue
from tests.cli.test_ledger import ROWS, UNITS, lines, office

WORDS = Catalogue.load("zh-Hans")

__all__ = ["office"]

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", " =1", "|x", "%0A=1")


@pytest.mark.parametrize("command", ["ledger", "units"])
def test_no_secret_file_is_taken(office, command):
    Path("secret.csv").write_text("秘密★3年,,\n" + (ROWS if command == "ledger" else UNITS), "utf-8")
    result = office(command, "import", "secret.csv", "--yes")
    assert result.code != 0
    assert WORDS("errors.sheet.secret", file="secret.csv") in result.err
    assert "★" not in result.err + result.out


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_export_holds_a_formula(office, formula, suffix):
    rows = f'单位,群名称,群主,用途\n青山镇,"{formula}","{formula}","{formula}"\n'
    Path("in.csv").write_text(rows, "utf-8")
    assert office("ledger", "import", "in.csv", "--yes").lines[0] == lines(new=1)
    for what in ("ledger", "units"):
        assert office(what, "export", f"{what}.{suffix}").code == 0
        for cell in cells(Path(f"{what}.{suffix}")):
            assert cell.lstrip(" \t\r\n\ufeff")[:1] not in {*"=+-@＝＋－＠"} or is_number(cell), cell


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def cells(path: Path) -> list[str]:
    if path.suffix == ".csv":
        import csv  # noqa: PLC0415

        with path.open(encoding="utf-8-sig", newline="") as file:
            return [cell for row in csv.reader(file) for cell in row]
    book = openpyxl.load_workbook(path)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in found} <= {"s", "n", "d", "b"}
    return []  # a text cell of a workbook is no formula, whatever it begins with
