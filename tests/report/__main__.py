"""`make report`: how good the hall's forecasts are and what each order of calling costs, written to docs/report.md."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from tests.report import forecast, policies

REPORT = Path(__file__).parents[2] / "docs" / "report.md"
SEED = 20261122
POLICY_DAYS = 10


PAGE = """# What the hall tells people, and how true it is

Made by `make report` on {date}, seed {seed}.

## Waits

Days of a hall made by the queue simulator ciw ([how](../tests/report/queue_days.py)), led through the coordinator's
own memory record by record ([how](../tests/report/hall_days.py)): it learned from the records of {learn} ordinary days
and was then asked at every touch of {told} days of each kind, each kind as if it followed the ordinary ones. What
counts is what the ticket says, rounded as it says it. Only those count who found every window taken. Errors are medians
of |told - waited|.

{waits}

The formula is people ahead x mean service time / open windows, with the true means: people ahead who want the same
service, as ticket machines compute it, and S12 is judged by it; beside it the same with everybody ahead whom the same
windows serve, which knows more than a ticket machine and is harder to beat. The bound is the wait that nine in ten
should not exceed.

## Order

Days of the same maker under each order of calling, in minutes, {policy_days} days a line, the same for all; one visitor
in six has priority. Whom a free window calls is decided by the coordinator's own queue. The bound is
`queue.ageing_minutes`: whoever has waited so long comes before every later priority ticket. Overtaken are those whom
somebody passed who came later, after the bound (without one: after {unbound:.0f} min).

{policies}

With a bound nobody starves. A bound that many reach is none: when the usual wait is longer, the hall is first come
first served again and priority means nothing, as on days of surge with 15 or 30 minutes. So the bound belongs above
what waits usually are there, and a hall with long queues needs more windows, not another order.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--quick", action="store_true", help="few days, nothing written")
    args = parser.parse_args()
    size = forecast.QUICK if args.quick else forecast.FULL
    found = forecast.measure(size, args.seed, lambda line: print(line, file=sys.stderr, flush=True))
    lines = forecast.table(found)
    orders = policies.compare(1 if args.quick else POLICY_DAYS, args.seed, lambda line: print(line, file=sys.stderr))
    print("\n".join([*lines, "", *policies.table(orders)]))
    if not args.quick:
        today = f"{date.today():%Y-%m-%d}"  # noqa: DTZ011  the day it was made, here
        page = PAGE.format(
            date=today, seed=args.seed, learn=size.learn, told=size.told, waits="\n".join(lines),
            policy_days=POLICY_DAYS, unbound=policies.UNBOUND, policies="\n".join(policies.table(orders)),
        )  # fmt: skip
        REPORT.write_text(page, "utf-8")
        print(f"written to {REPORT}", file=sys.stderr)
    return 0 if all(map(forecast.kept, found.values())) and policies.starves_nobody(orders) else 1


if __name__ == "__main__":
    sys.exit(main())
