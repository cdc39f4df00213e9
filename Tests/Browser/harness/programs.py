"""Where the built programs are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def program(name: str) -> Path:
    """The built program of that name, from the folder in YICIBAN_BIN or the debug build.

    Raises FileNotFoundError with the remedy when it has not been built: a missing program is a failure, not a skip.
    """
    folder = Path(os.environ.get("YICIBAN_BIN", ROOT / ".build" / "debug"))
    path = folder / name
    if not path.is_file():
        raise FileNotFoundError(f"没有找到程序 {path}。请先运行 swift build,或用 make test 运行测试。")
    return path
