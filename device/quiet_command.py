"""`hallside quiet`: whether now is the time to update or to restart, and if not, when.

  hallside quiet --config /etc/hallside/coordinator.toml
  until hallside quiet --config …; do sleep 600; done && sudo systemctl restart 'hallside-*'

Also a hall that never closes has an hour in which hardly anybody comes: found in its own book, the last four weeks of
it. Now is the time if it is that hour and nobody waits or is served. The book is only read.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from config.errors import ConfigErrors
from config.load import load
from device.check import tell_mistakes
from device.contract.codec import read
from device.contract.messages import Envelope, Record, TicketIssued
from device.exits import EXIT_CONFIG, EXIT_LATER, EXIT_MISSING
from device.hall.calendar import business_day
from device.hall.fates import Fates
from device.hall.quiet import DAYS, hourly, quietest
from device.moment import HALL_TIME
from device.roles.build_rules import minute_of
from drivers.book_sqlite import read_rows
from drivers.durable import JournalFailed


def register(parser: ArgumentParser) -> None:
    """`hallside quiet`."""
    parser.description = __doc__
    parser.epilog = "exit: 0 now is the time, 75 it is not, 69 there is no book, 78 the config has mistakes"
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the coordinator's station file")
    parser.add_argument("--json", action="store_true", help="say it as one JSON object")
    parser.set_defaults(act=_act)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The quietest hour, how many people come in it on a day's average, and who is there now."""

    hour: int
    people: float
    here: int
    now: bool


def look(records: Iterable[tuple[Envelope, Record]], now: datetime, rollover: int) -> Quiet:
    """From these records. A number of a day that is over keeps nobody waiting."""
    fates, came = Fates(), []
    for envelope, record in records:
        fates.apply(record)
        if isinstance(record, TicketIssued) and envelope.clock == "synced":
            came.append(datetime.fromisoformat(envelope.at).astimezone(HALL_TIME))
    recent = [at for at in came if now - timedelta(days=DAYS) <= at <= now]
    people = hourly(recent, DAYS)
    hour, here = quietest(people), len(fates.of_day(business_day(now, rollover)))
    return Quiet(hour, people[hour], here, now.hour == hour and not here)


def _act(args: Namespace) -> int:
    try:
        station = load(args.config)
        book, rollover = station.data / "book.db", minute_of(station.hall.hall.rollover)
        if not book.is_file():
            print(f"hallside quiet: there is no book at {book}.", file=sys.stderr)
            return EXIT_MISSING
        now = datetime.now(HALL_TIME)
        found = look(_records(book, (now - timedelta(days=DAYS + 1)).date()), now, rollover)
    except ConfigErrors as errors:
        tell_mistakes(errors, sys.stderr, json=False)
        return EXIT_CONFIG
    except JournalFailed as why:
        print(f"hallside quiet: {why}", file=sys.stderr)
        return EXIT_MISSING
    if args.json:
        print(json.dumps({"hour": found.hour, "people": found.people, "here": found.here, "now": found.now}))
    else:
        print(f"quietest: {found.hour:02d}:00 to {(found.hour + 1) % 24:02d}:00, {found.people:.1f} people a day")
        print("now is the time" if found.now else f"not now: {found.here} people wait or are served, it is {now:%H:%M}")
    return 0 if found.now else EXIT_LATER


def _records(book: Path, since: date) -> Iterable[tuple[Envelope, Record]]:
    for row in read_rows(book):
        if row.day >= since.isoformat() and b'"type":"ticket' in row.payload:
            envelope, body = read(row.payload)
            if isinstance(body, Record):
                yield envelope, body
