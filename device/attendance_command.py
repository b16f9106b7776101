"""`hallside attendance FILE`: the four events of each working day, from the attendance system's own export (R114).

CSV in UTF-8, the first line names the columns: staff, day, event, noted. event: morning-in, morning-out, afternoon-in,
afternoon-out; noted: when, 2026-11-23T08:21:07+08:00. An event that is on record already is passed over. The devices of
the hall take no face and keep none; a column that would is refused with all others nobody knows.
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from device.contract.codec import Malformed, shaped
from device.hall.orders import Attended
from device.office_client import EPILOG, Desk, Refused, office

COLUMNS: Final = ["staff", "day", "event", "noted"]
AT_ONCE: Final = 40  # events of one order
MOST_MISTAKES: Final = 20


def register(parser: ArgumentParser) -> None:
    """`hallside attendance`."""
    parser.description, parser.epilog = __doc__, EPILOG
    parser.add_argument("file", type=Path, metavar="FILE")
    office(parser, _import)


def read_events(path: Path) -> list[dict[str, str]]:
    """The file's events. Refused, with every line that is wrong; no value is quoted."""
    try:
        rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as why:
        raise Refused(f"{path}: cannot be read as UTF-8: {why.__class__.__name__}") from None
    if sorted(rows.fieldnames or []) != sorted(COLUMNS):
        raise Refused(f"{path}: the first line names these columns and no other: {', '.join(COLUMNS)}")
    events, mistakes = [], []
    for n, row in enumerate(rows, 2):
        try:
            shaped(Attended, row)
            events.append(row)
        except Malformed as wrong:
            mistakes.append(f"{path}:{n}: {wrong.why}")
    if mistakes:
        raise Refused("nothing was imported\n" + "\n".join(mistakes[:MOST_MISTAKES]))
    return events


def _import(args: Namespace, desk: Desk) -> int:
    events, noted, strange = read_events(args.file), 0, set[str]()
    for n in range(0, len(events), AT_ONCE):
        said = desk.ask("attendance.import", {"events": events[n : n + AT_ONCE]})
        noted += said["noted"]
        strange |= set(said["unknown_staff"])
    if args.json:
        print(json.dumps({"read": len(events), "noted": noted, "unknown_staff": sorted(strange)}))
        return 0
    print(f"{len(events)} read, {noted} new")
    if strange:
        print(f"not on the staff list, and not noted: {', '.join(sorted(strange))}", file=sys.stderr)
    return 0
