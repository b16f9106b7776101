"""Which rows of requirements.tsv the tests name; `python -m tests.requirements` lists what is shown and what is not.

The rows come from five Chinese service-window standards; `core` rows are ours to do, of `office` rows what devices can
know of them: a field of an export.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TESTS = Path(__file__).parent
ROWS = TESTS / "requirements.tsv"
NOT_YET: Final = {  # core and office rows that no test shows, and what there is of them and what not
    "R017": "one sandboxed service a station (tests/provisioning/test_unit.py); the machine's consoles, USB sticks and "
    "other programs are not shut out yet",
    "R019": "wheels and bundles are checked by their sums; nobody signs them, and nothing looks for what was added",
    "R020": "whoever provisions or repairs is not asked who they are; there is no log of it",
    "R095": "the self test tries every part, and compares nothing with a manifest",
    "R096": "certificates can be taken back (tests/provisioning/test_revoke.py), and one that stays away is an alarm; "
    "one that turns up in another network is not told of",
    "R193": "data are few, encrypted on the wire and deleted in time (N13, tests/provisioning/test_broker.py, R279); "
    "nothing wipes a card that is exchanged",
    "R206": "certificates can be taken back; there is no wiping and no inventory to close",
    "R273": "as R017",
    "R153": "the devices' own parts are known by their config; what else stands on a desk is the office's list",
    "R174": "when people go round is the office's plan; `patrol` of the export says what the devices know of each day",
    "R183": "each ticket's time is in the export, and each half hour's on the day's page; no peak is worked out",
    "R184": "as R174",
    "R185": "as R174",
    "R186": "as R174",
    "R192": "an alarm is over when it is settled or no longer so (`alarms` of the export); lists of people are theirs",
    "R227": "as R153",
}


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
    """Print every core and office row with its tests, or why it has none yet."""
    tests, ours = shown(), {row: must for row, (scope, must) in rows().items() if scope in ("core", "office")}
    for row, must in ours.items():
        print(f"{row}  {must}")
        for test in tests.get(row, [f"- {NOT_YET.get(row, '')}"]):
            print(f"      {test}")
    for scope in ("core", "office"):
        demanded = [row for row, (of, _) in rows().items() if of == scope]
        print(f"{sum(row in tests for row in demanded)} of {len(demanded)} {scope} rows are named by a test.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
