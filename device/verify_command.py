"""`hallside verify FILE`: whether anything in a book or a journal was changed, left out or put in."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from device.chain import Break, Chain, Row
from device.exits import EXIT_DISK
from drivers.book_sqlite import book_heads, read_rows
from drivers.durable import JournalFailed
from drivers.journal_rescue import Card, read_card

EXIT_BROKEN: Final = 1
SHOWN: Final = 20


def register(parser: ArgumentParser) -> None:
    """`hallside verify`."""
    parser.description = "Follow the chain of hashes through a coordinator's book or a device's journal."
    parser.epilog = "exit: 0 unbroken, 1 broken, 74 it cannot be read"
    parser.add_argument(
        "file", type=Path, metavar="BOOK", help="book.db (the coordinator may be writing) or journal.db"
    )
    parser.set_defaults(act=lambda args: verify(args.file))


def verify(path: Path) -> int:
    """Prints what is broken, or that nothing is."""
    try:
        what, count, breaks = followed(path)
    except JournalFailed as failed:
        print(f"hallside: {failed}", file=sys.stderr)
        return EXIT_DISK
    for found in breaks[:SHOWN]:
        print(found)
    if len(breaks) > SHOWN:
        print(f"and {len(breaks) - SHOWN} more")
    state = "unbroken" if not breaks else f"broken at {len(breaks)} places"
    print(f"{what} {path}: {count} records, {state}")
    return EXIT_BROKEN if breaks else 0


def followed(path: Path) -> tuple[str, int, list[Break]]:
    """What the file is, how many records it has, and where its chain is broken."""
    card = read_card(path)
    if card is not None:
        return "journal", len(card.facts), list(card_breaks(card))
    chain, count = Chain(), 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in read_rows(path):
            count += 1
            yield Row(row.device, row.journal, row.seq, row.id, row.payload)

    heads = book_heads(path)  # first: a coordinator that is writing meanwhile only adds
    breaks = list(chain.breaks(counted()))
    ends = {source: head for source, head in chain.heads.items() if source in heads and head[0] > heads[source][0]}
    breaks += chain.ends({source: head for source, head in heads.items() if source not in ends})
    return "book", count, breaks


def card_breaks(card: Card) -> Iterator[Break]:
    """What is broken in a device's journal: the records without a receipt, one after another up to its heads."""
    first = {fact.device: fact.seq for fact in reversed(card.facts)}
    chain = Chain({})
    yield from chain.breaks(Row(f.device, card.journal, f.seq, f.id, f.payload) for f in card.facts)
    yield from chain.ends({(device, card.journal): card.heads.get(device, (0, "")) for device in first})


def broken(card: Card) -> Break | None:
    """The first break, if any."""
    return next(islice(card_breaks(card), 1), None)
