"""`make report`: how good the hall's forecasts are, written to docs/report.md."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from tests.report import forecast

REPORT = Path(__file__).parents[2] / "docs" / "report.md"
SEED = 20261122


PAGE = """# What the hall tells people, and how true it is

Made by `make report` on {date}, seed {seed}.

## Waits

Days of a hall made by the queue simulator ciw ([how](../tests/report/queue_days.py)); the forecast learned from {learn}
ordinary days and was then asked at every touch of {told} days of each kind. Only those count who found every window
taken. Errors are medians of |told - waited|.

{waits}

The formula is people ahead x mean service time / open windows, with the true means: people ahead who want the same
service, as ticket machines compute it; beside it the same with everybody ahead. The bound is the wait that nine in ten
should not exceed.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--quick", action="store_true", help="few days, nothing written")
    args = parser.parse_args()
    size = forecast.QUICK if args.quick else forecast.FULL
    found = forecast.measure(size, args.seed, lambda line: print(line, file=sys.stderr, flush=True))
    lines = forecast.table(found)
    print("\n".join(lines))
    if not args.quick:
        today = f"{date.today():%Y-%m-%d}"  # noqa: DTZ011  the day it was made, here
        page = PAGE.format(date=today, seed=args.seed, learn=size.learn, told=size.told, waits="\n".join(lines))
        REPORT.write_text(page, "utf-8")
        print(f"written to {REPORT}", file=sys.stderr)
    return 0 if all(map(forecast.kept, found.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
