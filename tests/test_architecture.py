"""What no import contract can say: modules in their tuples, words in all catalogues, no swollen file."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.app import build
from bot.cli.program import COMMANDS
from bot.cli.records import read_message
from bot.core.detectors import DETECTORS
from bot.core.model import Category, Fact
from bot.texts import LANGUAGES, Catalogue
from config.rules import load_rules
from config.settings import load_settings

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot", "handlers", "storage", "config")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
CORE = [path for path in SOURCES if path.is_relative_to(ROOT / "bot" / "core")]
READERS = [path for folder in ("chat_export", "sheets") for path in (ROOT / "bot" / folder).rglob("*.py")]
WORDLESS = sorted({*SOURCES} - {*CORE, *READERS})
"""Code that takes its words from the catalogues; the core and the readers must know Chinese themselves."""
CORE_MAY_IMPORT = {"ahocorasick_rs", "opencc"}
"""The pure computing libraries of the core; everything else outside the standard library has another home."""
LONGEST_FILE = 300
LABELLED = ROOT / "tests" / "data" / "messages" / "train.jsonl"
DETECTOR_FOLDER = ROOT / "bot" / "core" / "detectors"


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _detector_files() -> set[str]:
    return {path.stem for path in DETECTOR_FOLDER.glob("*.py")} - {"__init__", "base"}


def test_every_detector_module_is_in_detectors_and_named_as_its_category():
    assert {detector.category.value for detector in DETECTORS} == _detector_files()
    assert all(detector.__module__.endswith(f".{detector.category}") for detector in DETECTORS)


def test_detectors_stand_in_alphabetical_order():
    names = [detector.category.value for detector in DETECTORS]
    assert names == sorted(names)


@pytest.mark.parametrize("category", Category)
def test_every_category_has_a_detector_and_a_test_file(category):
    assert category.value in _detector_files()
    assert (ROOT / "tests" / "core" / "detectors" / f"test_{category}.py").is_file()


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_has_its_words(category, language):
    words = Catalogue.load(language)
    assert all(words(f"category.{category}.{part}") for part in ("title", "meaning", "advice"))


@pytest.mark.parametrize("fact", Fact)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_words(fact, language):
    assert Catalogue.load(language)(f"fact.{fact}.title")


@pytest.fixture(scope="module")
def reasons():
    """The reasons that the rules name, and those that are told of the labelled messages."""
    office = build(load_settings())
    judged = (json.loads(line) for line in LABELLED.read_text("utf-8").splitlines())
    verdicts = [office.judge_alone(read_message(record, office.worktime)) for record in judged]
    told = {finding.reason for verdict in verdicts for finding in verdict.findings}
    return told.union(*(entry.reasons for entry in office.rules.entries))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language, reasons):
    words = Catalogue.load(language)
    assert {reason for reason in reasons if f"reason.{reason}" not in words} == set()


def test_every_rule_names_its_document_item_and_responsible_unit():
    for entry in load_rules().entries:
        clause = (entry.clause.document, entry.clause.item, entry.clause.responsible_unit)
        assert all(part and " " not in part for part in clause), entry.category


def test_the_catalogues_hold_the_same_keys_and_fields():
    first, *others = (Catalogue.load(language).texts for language in LANGUAGES)
    for other in others:
        assert first.keys() == other.keys()
        assert {key for key in first if _fields(first[key]) != _fields(other[key])} == set()


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


ERRORS = {
    "BadBackup": "backup",
    "BadCalendar": "calendar",
    "BadExport": "export",
    "BadInput": "input",
    "BadKeyFile": "key_file",
    "BadMoment": "moment",
    "BadRules": "rules",
    "BadSeal": "seal",
    "BadSheet": "sheet",
    "CaseRefused": "case",
    "Refused": "sheet",
    "UnknownYear": "year",
    "WorkerLost": "worker",
    "fail": "rules",
    "wrong": "calendar",
}
"""What makes an error of which kind: the classes, and the methods that fill in file and line."""


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_every_error_that_is_raised_has_its_sentence(path):
    words = Catalogue.load(LANGUAGES[0])
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        for reason in ast.walk(call.args[0]) if name in ERRORS and call.args else ():
            if isinstance(reason, ast.Constant) and isinstance(reason.value, str):
                assert f"errors.{ERRORS[name]}.{reason.value}" in words


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_imports_little_from_outside(path):
    outside = {name.partition(".")[0] for name in _imports(path)} - set(sys.stdlib_module_names) - {"bot"}
    assert outside <= CORE_MAY_IMPORT
    assert not {name for name in _imports(path) if re.match(r"bot\.(?!core\b)", name)}


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_does_no_input_output_and_asks_no_clock(path):
    banned = {"asyncio", "io", "os", "pathlib", "random", "shutil", "socket", "subprocess", "time", "urllib"}
    assert not {name.partition(".")[0] for name in _imports(path)} & banned
    assert not re.search(r"\b(?:open\(|\.now\(|\.today\(|async def)", path.read_text("utf-8"))


def test_every_package_of_bot_stands_in_the_layers():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = {name for layer in layers for name in re.findall(r"bot\.\w+", layer)}
    parts = {path.stem for path in (ROOT / "bot").glob("*.py")} - {"__init__"}
    parts |= {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")}
    assert named == {f"bot.{part}" for part in parts}


def test_every_folder_of_code_is_a_package():
    assert all((path.parent / "__init__.py").is_file() for path in SOURCES)


def test_every_command_has_its_file():
    assert all((ROOT / "bot" / "cli" / f"{name}.py").is_file() for name in COMMANDS)


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_file_of_code_is_swollen(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_nothing_prints_but_the_command_line(path):
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert not prints


@pytest.mark.parametrize("path", WORDLESS, ids=_name)
def test_code_holds_no_chinese_prose(path):
    strings = (node.value for node in _texts(path))
    assert not [text for text in strings if re.search(r"[\u4e00-\u9fff]{5,}", text)]


def _texts(path: Path) -> Iterator[ast.Constant]:
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node
