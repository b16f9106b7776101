"""Writes the generated side of the contract: `python -m device.contract.generate`; `--check` only looks if it is fresh.

Exit 0: written, or fresh. Exit 1: stale, with the names of the files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from device.contract import asyncapi, handbook, schemas

FOLDER: Final = Path(__file__).parent / "generated"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FILES: Final[Mapping[str, Callable[[], str]]] = {
    "asyncapi.json": lambda: _json(asyncapi.document()),
    "schema.json": lambda: _json(schemas.document()),
    "CONTRACT.md": handbook.text,
}


def stale(folder: Path = FOLDER) -> list[str]:
    """The files that are missing or not what the code says."""
    found = {name: folder / name for name in FILES}
    return [name for name, path in found.items() if not path.is_file() or path.read_text("utf-8") != FILES[name]()]


def write(folder: Path = FOLDER) -> None:
    """Write all files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in FILES.items():
        (folder / name).write_text(made(), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m device.contract.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a file is stale")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are")
    chosen = parser.parse_args(arguments)
    if not chosen.check:
        write(chosen.folder)
        return 0
    names = stale(chosen.folder)
    if names:
        print(f"stale: {', '.join(names)}; run python -m device.contract.generate", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
