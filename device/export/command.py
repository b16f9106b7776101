"""`hallside export`: what happened, as tables for spreadsheets, programs and auditors.

  hallside export --config /etc/hallside/coordinator.toml --day 2026-11-21 --out export/
  hallside export --config … --month 2026-11 --format parquet
  hallside export --book copy-of-book.db --day 2026-11-21 --format json --table tickets

Made from the book alone and only read, also while the coordinator runs; the same book gives the same files. Every field
is explained in docs/export.md (`--fields` prints it). A day gets a page to look at as well: summary.html.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from config.errors import ConfigErrors
from config.load import load
from device.check import tell_mistakes
from device.contract.codec import read
from device.contract.messages import Envelope, Record
from device.exits import EXIT_CONFIG, EXIT_MISSING
from device.export.formats import FORMATS, Format, FormatMissing, handbook, write
from device.export.log_rows import ServiceRow
from device.export.page import page
from device.export.rows import TABLES
from device.export.tables import Tables
from device.hall.calendar import business_day
from device.moment import HALL_TIME
from device.roles.build_rules import minute_of
from drivers.book_sqlite import read_book
from drivers.durable import JournalFailed

ROLLOVER: Final = 4 * 60  # of a book without its config
Period = tuple[str, str]


def register(parser: ArgumentParser) -> None:
    """`hallside export`."""
    parser.description = __doc__
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--config", type=Path, metavar="FILE", help="the coordinator's station file: its book, its people"
    )
    source.add_argument("--book", type=Path, metavar="FILE", help="a book alone; departments stay empty")
    source.add_argument("--fields", action="store_true", help="print what every field means, and nothing else")
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--day",
        type=_like("2026-11-21", _day),
        dest="period",
        metavar="2026-11-21",
        help="one business day (default: today)",
    )
    when.add_argument(
        "--week",
        type=_like("2026-11-21", _week),
        dest="period",
        metavar="2026-11-21",
        help="Monday to Sunday around this day",
    )
    when.add_argument("--month", type=_like("2026-11", _month), dest="period", metavar="2026-11", help="one month")
    when.add_argument(
        "--quarter", type=_like("2026-Q4", _quarter), dest="period", metavar="2026-Q4", help="three months"
    )
    parser.add_argument("--format", choices=FORMATS, default="csv", help="of the files (default: csv)")
    parser.add_argument(
        "--table", action="append", choices=TABLES, metavar="NAME", help=f"only this: {', '.join(TABLES)}"
    )
    parser.add_argument("--out", type=Path, default=Path("export"), metavar="DIR", help="where to (default: ./export)")
    parser.add_argument("--json", action="store_true", help="say what was written as one JSON object")
    parser.set_defaults(act=_act)


@dataclass(frozen=True, slots=True)
class Source:
    """A book, and what its config knows of it."""

    book: Path
    rollover: int = ROLLOVER
    departments: dict[str, str] = field(default_factory=dict)
    hall: str = ""
    services: tuple[ServiceRow, ...] = ()


def tables(records: Iterator[tuple[Envelope, Record]], source: Source) -> Tables:
    """Everything these records tell."""

    def day_of(at: str) -> str:
        return business_day(datetime.fromisoformat(at).astimezone(HALL_TIME), source.rollover)

    found = Tables(day_of, source.departments, services=source.services)
    for envelope, record in records:
        found.add(envelope, record)
    return found


def records_of(book: Path) -> Iterator[tuple[Envelope, Record]]:
    """The book's records in order of arrival. JournalFailed."""
    for row in read_book(book):
        envelope, body = read(row.payload)
        if isinstance(body, Record):
            yield envelope, body


def export(
    found: Tables, period: Period, today: str, folder: Path, form: Format, names: Sequence[str], hall: str = ""
) -> dict[str, int]:
    """Write these tables of a period into the folder; file -> rows. OSError, FormatMissing."""
    rows = found.between(*period, today)
    folder.mkdir(parents=True, exist_ok=True)
    written = {write(folder, name, rows[name], form).name: len(rows[name]) for name in names}
    if period[0] == period[1]:
        (folder / "summary.html").write_text(page(period[0], rows, hall), "utf-8")
        written["summary.html"] = 1
    return written


def _act(args: Namespace) -> int:
    if args.fields:
        print(handbook(), end="")
        return 0
    try:
        source = Source(args.book) if args.book else _station(args.config)
        if not source.book.is_file():
            print(f"hallside export: there is no book at {source.book}. Say --book FILE.", file=sys.stderr)
            return EXIT_MISSING
        today = business_day(datetime.now(HALL_TIME), source.rollover)
        period = args.period or (today, today)
        found = tables(records_of(source.book), source)
        written = export(found, period, today, args.out, args.format, args.table or list(TABLES), source.hall)
    except ConfigErrors as errors:
        tell_mistakes(errors, sys.stderr, json=False)
        return EXIT_CONFIG
    except (JournalFailed, FormatMissing, OSError, ValueError) as why:
        print(f"hallside export: {why}", file=sys.stderr)
        return EXIT_MISSING
    if args.json:
        print(json.dumps({"from": period[0], "to": period[1], "folder": str(args.out), "rows": written}))
    else:
        for name, rows in written.items():
            print(f"{args.out / name}" + ("" if name.endswith(".html") else f"  {rows} rows"))
    return 0


def _station(path: Path) -> Source:
    station = load(path)
    hall = station.hall.hall
    departments = {person.number: person.department for person in station.staff}
    services = tuple(
        ServiceRow(
            s.id, s.code, s.name.zh, s.name.en, s.level, s.kind, s.promise_days, s.minutes, s.limit_minutes,
            " ".join(s.modes),
        )
        for s in station.hall.services
    )  # fmt: skip
    return Source(station.data / "book.db", minute_of(hall.rollover), departments, hall.name.zh, services)


# --- periods, as --day, --week, --month, --quarter say them ---------------------------------------------------


def _like(example: str, period: Callable[[str], Period]) -> Callable[[str], Period]:
    """The same for a command line, whose mistake is told with an example."""

    def read_period(said: str) -> Period:
        try:
            return period(said)
        except ValueError:
            raise ArgumentTypeError(f"{said!r} is not in the calendar; write it like {example}") from None

    return read_period


def _day(said: str) -> Period:
    return (day := date.fromisoformat(said).isoformat()), day


def _week(said: str) -> Period:
    day = date.fromisoformat(said)
    monday = day - timedelta(days=day.weekday())
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


def _month(said: str) -> Period:
    year, month = map(int, said.split("-"))
    return f"{date(year, month, 1)}", f"{date(year, month, monthrange(year, month)[1])}"


def _quarter(said: str) -> Period:
    year, quarter = said.upper().split("-Q")
    first = 3 * int(quarter) - 2
    return _month(f"{year}-{first}")[0], _month(f"{year}-{first + 2}")[1]
