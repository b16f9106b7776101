"""`python -m tests.bench`: measure what is promised in speed, tell how it goes, leave results.json.

A whole run writes tests/bench/results.json, --only renews its own figures there; --quick writes nothing, for what it
finds is no result.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench import board, call, coordinator, idle, memory, rating, simulated, start, ticket, touch
from tests.bench.figures import Figures
from tests.bench.report import RESULTS, among, results, table, write
from tests.bench.rig import BenchFailed

EXIT_FAILED = 1
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measurement:
    """How one promise is measured. full, quick: rounds, and how much of it a round."""

    name: str
    what: str
    measure: Callable[[int, int, Tell], Figures]
    full: tuple[int, int]
    quick: tuple[int, int]


MEASUREMENTS = (
    Measurement("S1", "touch to the ticket's last byte (tickets)", touch.measure, (5, 100), (1, 3)),
    Measurement("S3", "button to thank-you (ratings)", rating.measure, (5, 40), (1, 3)),
    Measurement("S4", "next to board and voice (calls)", call.measure, (5, 24), (1, 1)),
    Measurement("S5", "a ticket's bytes", ticket.measure, (1, 1), (1, 1)),
    Measurement("S6", "idle (seconds)", idle.measure, (3, 20), (1, 1)),
    Measurement("S7", "memory after a day (tickets)", memory.measure, (2, 3000), (1, 30)),
    Measurement("S8", "start to READY (starts of each kind)", start.measure, (5, 8), (1, 1)),
    Measurement("S9", "a board drawn again (pages, rows)", board.measure, (5, 200), (1, 5)),
    Measurement("S10", "a coordinator's tickets, and ten times the load", coordinator.measure, (1, 100_000), (1, 40)),
    Measurement("S11", "a simulated day (visitors), and 30", simulated.measure, (3, 600), (1, 10)),
)


def run(measurement: Measurement, *, quick: bool, tell: Tell) -> Figures:
    """Its figures. BenchFailed if what is to be measured does not happen."""
    rounds, much = measurement.quick if quick else measurement.full
    begun = time.monotonic()
    tell(f"{measurement.name}: {measurement.what}, {rounds} x {much}")
    figures = measurement.measure(rounds, much, tell)
    tell(f"{measurement.name} took {time.monotonic() - begun:.0f} s")
    return figures


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 0 when everything was measured, kept or missed."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few samples of each: does the bench itself work?")
    parser.add_argument("--only", type=_names, default=(), metavar="S1,S4", help="these promises alone")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    args = parser.parse_args(argv)
    figures: Figures = {}
    try:
        for measurement in MEASUREMENTS:
            if not args.only or measurement.name in args.only:
                figures |= run(measurement, quick=args.quick, tell=_tell)
    except BenchFailed as failed:
        print(f"bench: {failed}", file=sys.stderr)
        return EXIT_FAILED
    found = results(figures)
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else table(figures))
    if not args.quick:
        write(among(json.loads(RESULTS.read_text("utf-8")), found) if args.only else found)
        _tell(f"written to {RESULTS}")
    return 0


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.upper().split(","))
    known = [measurement.name for measurement in MEASUREMENTS]
    strange = [name for name in names if name not in known]
    if strange:
        raise ArgumentTypeError(f"{', '.join(strange)}: there is {', '.join(known)}")
    return names


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
