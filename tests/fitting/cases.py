"""Examples that tell of one label only: the cases of the detector tests, and sentences written for the fit."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.fitting.examples import AGAIN, Example, Signs

CORE = Path(__file__).parents[1] / "core"
MODULES = {
    **{path.stem[len("test_") :]: f"tests.core.detectors.{path.stem}" for path in CORE.glob("detectors/test_*.py")},
    "data_collection": "tests.core.test_data_collection",
}
SENTENCES = Path(__file__).parent / "sentences.txt"
RENAMED = {"urgent_fact": "urgent"}
FOUND = ("test_demand_is_found", "test_asking_for_data_is_seen", "test_emergency_is_urgent")
LEFT = ("test_look_alike", "test_other_talk_is_not", "test_routine_is_not_urgent")


def cases(signs: Signs) -> Iterator[Example]:
    """Every case of one text that must be found, or left alone, in office hours."""
    for name, module in sorted(MODULES.items()):
        label = RENAMED.get(name, name)
        for test, function in sorted(vars(import_module(module)).items()):
            for number, text in enumerate(_texts(function) if test.startswith(FOUND + LEFT) else ()):
                labels = (label,) if test.startswith(FOUND) else ()
                row = {
                    "id": f"{test}-{number}",
                    "text": text,
                    "labels": labels,
                    "at": "2026-03-11T10:00",
                    "only": label,
                }
                yield signs.example(row, "cases")


def sentences(signs: Signs) -> Iterator[Example]:
    """Every sentence of `sentences.txt`: under its label, + where it is one and - where it is not."""
    label = ""
    for number, line in enumerate(SENTENCES.read_text("utf-8").splitlines()):
        if line.startswith("["):
            label = line.strip("[]")
        else:
            labels = [label] if line[0] == "+" else []
            labels += ["data_collection"] if label == AGAIN else []  # a second request is told from a first one
            yield signs.example({"id": str(number), "text": line[2:], "labels": labels, "only": label}, "sentences")


def _texts(function: Any) -> Iterator[str]:
    for mark in getattr(function, "pytestmark", ()):
        for case in mark.args[1] if mark.name == "parametrize" and mark.args[0] == "text" else ():
            yield getattr(case, "values", (case,))[0]
