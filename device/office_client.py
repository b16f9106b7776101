"""What the office's commands share: who is ordering, and the coordinator's answer or a sentence why not."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from config.errors import ConfigErrors
from config.load import load
from config.schema import Station
from device.check import tell_mistakes
from device.exits import EXIT_CONFIG, EXIT_REFUSED
from device.office import SOCKET, ask_office
from drivers.bench import BenchSilent

PIN_VARIABLE: Final = "HALLSIDE_PIN"
EPILOG: Final = (
    "The coordinator must be running; run this on its machine, as its user or as root. The PIN is asked for, or taken\n"
    f"from {PIN_VARIABLE} or, without a terminal, from the first line of standard input.\n"
    "exit: 0 done, 1 refused or nobody answers, 78 the config has mistakes"
)


class Refused(Exception):
    """The coordinator says no, or says nothing; the message is for whoever ordered."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody's session with the coordinator whose data is in `station.data`."""

    station: Station
    who: Mapping[str, str]

    def ask(self, word: str, order: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Order this; what was answered. Refused."""
        try:
            said = ask_office(self.station.data, word, order or {}, self.who)
        except PermissionError:
            raise Refused(
                f"{self.station.data / SOCKET} is the coordinator's: run this as its user or as root"
            ) from None
        except (BenchSilent, OSError) as silent:
            raise Refused(f"the coordinator does not answer: {silent}") from None
        if not said.pop("ok", False):
            raise Refused(str(said.get("error", "refused")))
        return said


def office(parser: ArgumentParser, act: Callable[[Namespace, Desk], int]) -> None:
    """What every office command takes, and what it does at the desk of whoever is ordering."""
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the coordinator's station file")
    parser.add_argument("--as", dest="staff", required=True, metavar="NUMBER", help="your staff number")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object")
    parser.set_defaults(act=lambda args: _at_desk(args, act))


def _at_desk(args: Namespace, act: Callable[[Namespace, Desk], int]) -> int:
    """Every refusal is one line."""
    try:
        station = load(args.config, {name: value for name, value in os.environ.items() if name != PIN_VARIABLE})
        return act(args, Desk(station, {"staff": args.staff, "pin": _pin(), "session": str(uuid4())}))
    except ConfigErrors as errors:
        tell_mistakes(errors, sys.stderr, json=False)
        return EXIT_CONFIG
    except Refused as refused:
        print(f"hallside: {refused}", file=sys.stderr)
        return EXIT_REFUSED


def _pin() -> str:
    if (given := os.environ.get(PIN_VARIABLE)) is not None:
        return given
    return getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
