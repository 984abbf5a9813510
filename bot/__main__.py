"""The `jianfu` command; `python -m bot` is the same."""

import sys
from typing import NoReturn

from bot.cli.program import run


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
