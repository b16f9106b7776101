"""`python -m tests.faults`: break hallside in every promised way, count what is lost, write down what was found."""

from __future__ import annotations

import sys
import time
import traceback
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from tests.faults.kinds import PLANTED, PROMISES, Outcome, Planted, Promise, tell
from tests.faults.report import before, merged, table, write

EXIT_FOUND = 1


def suite(module: str) -> ModuleType | None:
    """The module of tests.faults that tries it; None if there is none, and then nothing is shown."""
    name = f"tests.faults.{module}"
    return import_module(name) if find_spec(name) else None


def tried(promise: Promise, module: ModuleType, *, full: bool, seed: int | None) -> Outcome:
    """Its outcome. A suite that breaks down has failed: it shows nothing about what it did not come to."""
    begun = time.monotonic()
    tell(f"{promise.name}: {promise.what}")
    try:
        outcome: Outcome = module.run(full, seed)
    except Exception as error:  # noqa: BLE001  whatever it is, the others still run
        traceback.print_exc()
        command = f"python -m tests.faults {promise.name}{' --full' if full else ''}"
        outcome = Outcome(0, 0, 0, 1, seed or 0, command, f"The suite broke down: {type(error).__name__}: {error}")
    found = "kept" if outcome.kept else f"lost {outcome.lost}, doubled {outcome.doubled}, failed {outcome.failed}"
    tell(f"{promise.name}: {outcome.tried:,} tried, {found}, {time.monotonic() - begun:.0f} s")
    return outcome


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 0 if whatever was run held."""
    parser = ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", type=_name, metavar="N1", help=f"these alone; also `{PLANTED}`")
    parser.add_argument("--full", action="store_true", help="the promised sizes (hours)")
    parser.add_argument("--seed", type=int, help="begin every random choice with this")
    parser.add_argument("--replay", action="store_true", help="live one seed again and tell it: N3, N4 or N9 --seed S")
    args = parser.parse_args(argv)
    if args.replay:
        return replay(parser, args.names, args.seed)
    outcomes: dict[str, Outcome] = {}
    for promise in PROMISES:
        if args.names and promise.name not in args.names:
            continue
        module = suite(promise.module)
        if module is None:
            tell(f"{promise.name}: not run, there is no tests/faults/{promise.module}.py")
        else:
            outcomes[promise.name] = tried(promise, module, full=args.full, seed=args.seed)
    planted: Planted | None = None
    module = suite(PLANTED) if not args.names or PLANTED in args.names else None
    if module is not None:
        planted = module.run(args.full, args.seed)
    found = merged(before(), outcomes, planted, full=args.full)
    print(table(found))
    write(found)
    held = all(outcome.kept for outcome in outcomes.values()) and not (planted and planted.missed)
    return 0 if held else EXIT_FOUND


def replay(parser: ArgumentParser, names: Sequence[str], seed: int | None) -> int:
    """One seed of one promise that is tried by schedules, told step by step."""
    module = next((suite(promise.module) for promise in PROMISES if names == [promise.name]), None)
    if module is None or seed is None or not hasattr(module, "SUITE"):
        parser.error("--replay takes one of N3, N4, N9 and a --seed")
    return 0 if module.SUITE.replay(seed) else EXIT_FOUND


def _name(text: str) -> str:
    known = [*(promise.name for promise in PROMISES), PLANTED]
    word = text.lower() if text.lower() == PLANTED else text.upper()
    if word not in known:
        raise ArgumentTypeError(f"{text}: there is {', '.join(known)}")
    return word


if __name__ == "__main__":
    sys.exit(main())
