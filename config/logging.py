"""Sets up the log: short lines on stderr, never a message's text, a name or the value of a variable."""

import sys
from pathlib import Path

from loguru import logger

_LINE = "{time:HH:mm:ss} {level:<7} {name}: {message}"
_DEBUG_LINE = "{time:YYYY-MM-DD HH:mm:ss.SSS ZZ} {level:<7} {name}:{line}: {message}"


def start_log(level: str, debug_file: Path | None = None) -> None:
    """Send the log from `level` up to stderr, and all of it to `debug_file` where one is given."""
    logger.remove()
    logger.add(sys.stderr, level=level, format=_LINE, backtrace=False, diagnose=False)
    if debug_file is not None:
        logger.add(debug_file, level="DEBUG", format=_DEBUG_LINE, backtrace=False, diagnose=False, encoding="utf-8")
