"""The font of charts: Noto Sans SC (SIL Open Font License), shipped as a package so that no machine lacks it."""

from importlib.resources import files
from pathlib import Path

_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSansSC-Regular.otf"


def chart_font() -> Path | None:
    """The file of the font; None when the installation lacks it."""
    try:
        path = Path(str(files(_PACKAGE) / _FILE))
    except ModuleNotFoundError:
        return None
    return path if path.is_file() else None
