"""`hallside rescue`: what a dead device's card still holds goes into the coordinator's book, each record once.

A record is the same wherever it comes from: device, journal and number say which it is. So putting a card in ten times
is putting it in once, and a card whose device had already sent half of it adds the other half.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path

from device.contract.codec import Malformed, read
from device.exits import EXIT_DISK, EXIT_USAGE
from device.hall.calendar import business_day
from device.moment import HALL_TIME
from device.verify_command import EXIT_BROKEN, broken
from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow, JournalFailed
from drivers.journal_rescue import Card, read_card


def register(parser: ArgumentParser) -> None:
    """`hallside rescue`."""
    parser.description = "Put the records of a dead device's card into the coordinator's book, each once."
    parser.epilog = (
        "The card is not changed. The coordinator must be stopped; it reads them when it starts again.\n"
        "exit: 0 all of it is in the book, 1 something on the card was changed or is missing, 74 the disk"
    )
    parser.add_argument(
        "journal", type=Path, metavar="JOURNAL", help="journal.db of the dead device, its -wal beside it"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="BOOK", help="book.db of the stopped coordinator")
    parser.set_defaults(act=lambda args: rescue(args.journal, args.to))


def rescue(journal: Path, book: Path) -> int:
    """Prints how many were there, how many were new, and what could not be had."""
    try:
        if not book.is_file():
            raise JournalFailed(f"book {book}: there is none. Say where the coordinator keeps its own (technician)")
        card = read_card(journal)
        if card is None:
            print(f"hallside: {journal} is no journal", file=sys.stderr)
            return EXIT_USAGE
        found = broken(card)
        new, left = imported(card, book)
    except JournalFailed as failed:
        print(f"hallside: {failed}", file=sys.stderr)
        return EXIT_DISK
    print(f"journal {card.journal}: {len(card.facts)} records on the card, {new} of them new in {book}")
    if found:
        print(f"the chain is broken: {found}")
    if card.lost or left:
        print(f"{card.lost} could not be read, {left} that follow a gap were not put in")
    return EXIT_BROKEN if found or card.lost or left else 0


def imported(card: Card, path: Path) -> tuple[int, int]:
    """How many records were new, and how many could not be put in because one before them is missing."""
    tomorrow = datetime.now(HALL_TIME) + timedelta(days=1)
    book = SqliteBook(path, alone=True)
    try:
        # The coordinator's next start reads its last day, which a rescue on a closed day must not become.
        day = book.day_before(business_day(tomorrow, 0)) or business_day(datetime.now(HALL_TIME), 0)
        new = left = 0
        upto = {device: seq for (device, journal), seq in book.upto().items() if journal == card.journal}
        rows = []
        for fact in card.facts:
            next_one = upto.get(fact.device, 0) + 1
            if fact.seq > next_one or not _sound(fact.payload):
                left += 1
            elif fact.seq == next_one:
                rows.append(BookRow(fact.device, card.journal, fact.seq, fact.id, day, fact.payload))
                upto[fact.device] = fact.seq
                new += 1
        book.enter(rows)
    finally:
        book.close()
    return new, left


def _sound(payload: bytes) -> bool:
    try:
        read(payload)
    except Malformed:
        return False
    return True
