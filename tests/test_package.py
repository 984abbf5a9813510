"""What is installed somewhere else is whole: the files beside the modules are packed with them."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOR_DEVELOPERS = {"README.md"}


def test_every_file_that_the_program_reads_is_packed():
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packed = {
        file for name, globs in setup["package-data"].items() for glob in globs for file in (ROOT / name).glob(glob)
    }
    beside = {
        file
        for name in ("bot", "config", "handlers", "storage")
        for file in (ROOT / name).rglob("*")
        if file.is_file() and file.suffix not in {".py", ".pyc"} and file.name not in FOR_DEVELOPERS
    }
    assert len(beside) > 50
    assert beside - packed == set()
