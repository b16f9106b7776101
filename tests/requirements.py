"""Which rows of requirements.tsv the tests name; `python -m tests.requirements` lists what is shown and what is not.


The rows come from five Chinese service-window standards; `core` rows are ours to do.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
ROWS = TESTS / "requirements.tsv"


def rows() -> dict[str, tuple[str, str]]:
    """id -> (scope, what the row demands)."""
    lines = ROWS.read_text("utf-8").splitlines()[1:]
    return {cells[0]: (cells[2], cells[3]) for cells in (line.split("\t") for line in lines)}


def named(source: str) -> Iterator[tuple[str, str]]:
    """(row, test) for every `@pytest.mark.req(...)` in a test file's source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.req":
                    yield from ((str(ast.literal_eval(row)), node.name) for row in mark.args)


def shown() -> dict[str, list[str]]:
    """row -> the tests that name it, as file:test."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        for row, test in named(file.read_text("utf-8")):
            found[row].append(f"{file.relative_to(TESTS)}:{test}")
    return found


def main() -> int:
    """Print every core row with its tests, and how many have none yet."""
    tests, core = shown(), {row: must for row, (scope, must) in rows().items() if scope == "core"}
    for row, must in core.items():
        print(f"{row}  {must}")
        for test in tests.get(row, ["-"]):
            print(f"      {test}")
    have = sum(row in tests for row in core)
    print(f"{have} of {len(core)} core rows are named by a test.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
