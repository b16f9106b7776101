"""`hallside simulate`: live a hall's day from a scenario file, with the real roles and the hall's real config.

  hallside simulate surge --out out/                 one of the shipped scenarios (`--list` names them)
  hallside simulate my-day.toml --out out/ --seed 7  one's own; config/scenario.schema.json helps to write it
  hallside simulate ordinary-day --days 5 --out out/

In DIR afterwards: book.db (as a coordinator keeps it), export/ (as `hallside export` gives it, with the day's page),
events.jsonl (what was said on the wire), tickets/ (every paper, as text), voice/ (every announcement), summary.json.
The same scenario and seed give the same day. Exit 0 if the book says what the scenario expects, else 1.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from config.errors import ConfigErrors, did_you_mean
from config.scenario import layers_of, load_scenario
from config.source import placed
from device.check import tell_mistakes
from device.exits import EXIT_CONFIG, EXIT_USAGE
from device.simulate.day import Simulation
from device.simulate.hall import lay
from device.simulate.misfits import misfits
from device.simulate.outcome import Outcome, write

EXIT_UNEXPECTED: Final = 1


def shipped() -> dict[str, Path]:
    """Name -> file of the scenarios that come with hallside."""
    folder = Path(str(files("device.simulate") / "scenarios"))
    return {file.stem: file for file in sorted(folder.glob("*.toml"))}


def register(parser: ArgumentParser) -> None:
    """`hallside simulate`."""
    parser.description = __doc__
    parser.add_argument("scenario", nargs="?", metavar="SCENARIO", help="a file, or the name of a shipped scenario")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the day's traces go (default: only told)")
    parser.add_argument("--seed", type=int, metavar="N", help="another day of the same kind")
    parser.add_argument("--days", type=int, metavar="N", help="so many days one after another")
    parser.add_argument("--list", action="store_true", help="name the shipped scenarios")
    parser.add_argument("--json", action="store_true", help="the summary as one JSON object")
    parser.set_defaults(act=_act)


def _act(args: Namespace) -> int:
    known = shipped()
    if args.list or not args.scenario:
        for name, file in known.items():
            print(f"{name:22} {load_scenario(file).title}")
        return 0 if args.list else EXIT_USAGE
    path = known.get(args.scenario, Path(args.scenario))
    if not path.exists():
        print(f"hallside simulate: no scenario {args.scenario}. {did_you_mean(args.scenario, known)}", file=sys.stderr)
        return EXIT_USAGE
    try:
        outcome = simulate(path, args.out, args.seed, args.days, quiet=args.json)
    except ConfigErrors as errors:
        tell_mistakes(errors, sys.stderr, json=False)
        return EXIT_CONFIG
    if args.json:
        print(json.dumps(outcome.summary(), ensure_ascii=False))
    else:
        for line in outcome.lines():
            print(line)
    return 0 if not outcome.unexpected else EXIT_UNEXPECTED


def simulate(
    path: Path, out: Path | None = None, seed: int | None = None, days: int | None = None, *, quiet: bool = True
) -> Outcome:
    """Live this scenario. ConfigErrors, also for what its hall does not have; OSError."""
    scenario = load_scenario(path)
    said = {key: value for key, value in (("seed", seed), ("days", days)) if value is not None}
    scenario = scenario.model_copy(update=said)
    with TemporaryDirectory() as folder:
        laid = lay(scenario, path.absolute().parent, Path(folder))
        if wrong := placed(misfits(scenario, laid), layers_of(path)):
            raise ConfigErrors(wrong)
        simulation = Simulation(scenario, laid, (lambda _: None) if quiet else print)
        if out:
            simulation.listen()
        simulation.live()
    outcome = Outcome.of(simulation)
    if out:
        write(simulation, outcome, out)
    return outcome
