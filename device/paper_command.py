"""`hallside paper changed`: a technician says that a new roll of paper is in; the count begins anew.

Needed only where the printer cannot feel it: a roll changed before its end with the printer switched off, or a
printer without sensors. The station need not be stopped, and it does not matter if it is.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from config.errors import ConfigErrors
from config.load import load
from device.exits import EXIT_CONFIG, EXIT_REFUSED
from device.roll_note import LOOK_SECONDS, leave, note

PATIENCE: Final = LOOK_SECONDS * 2
GLANCE: Final = 0.2


def register(parser: ArgumentParser) -> None:
    """`hallside paper`."""
    parser.description = "Say that a new roll of paper is in a station's printer: the count of its paper begins anew."
    parser.epilog = "exit: 0 said, 1 there is no such printer or the data folder refuses, 78 the config has mistakes"
    parser.add_argument("what", choices=("changed",), help="what happened to the paper")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's config")
    parser.add_argument("--device", metavar="NAME", help="whose printer, where the station has several")
    parser.set_defaults(act=lambda args: changed(args.config, args.device, sys.stdout))


def changed(path: Path, device: str | None, out: TextIO, wait: Callable[[float], None] = time.sleep) -> int:
    """Leave the note and see whether the station takes it. wait: lets time pass."""
    try:
        station = load(path)
    except ConfigErrors as errors:
        print(errors, file=out)
        return EXIT_CONFIG
    printers = [each.name for each in station.devices if each.printer is not None]
    if device not in printers and (device is not None or len(printers) != 1):
        known = ", ".join(printers) or "none of its devices has one"
        print(f"hallside: say with --device whose printer; in this station: {known}", file=out)
        return EXIT_REFUSED
    name = device or printers[0]
    try:
        leave(station.data, name)
    except OSError as error:
        print(f"hallside: {station.data}: {error.strerror}. Run it as the station's user, or as root", file=out)
        return EXIT_REFUSED
    for _ in range(round(PATIENCE / GLANCE)):
        if not note(station.data, name).exists():
            print(f"{name}: a new roll; its paper is counted from nothing", file=out)
            return 0
        wait(GLANCE)
    print(f"{name}: noted; the station does not run now and will read it when it does", file=out)
    return 0
