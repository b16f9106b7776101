"""The station's durable memory on this machine's disk: opened, and tried before anything is promised on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Final

from config.schema import Station as Config
from device.chain import Chain, Row
from device.contract.channels import COORDINATOR
from device.ledger import refuse_damaged, replayed_days
from device.roles.build_rules import minute_of
from drivers.book_sqlite import SqliteBook
from drivers.durable import JournalFailed
from drivers.journal_file import DiskFailed, failed
from drivers.journal_sqlite import SqliteJournal

TRIED: Final = "shell.tried"  # kept for device "": written at every start


def open_memory(
    config: Config, opened: Callable[[Callable[[], None]], object]
) -> tuple[SqliteJournal, SqliteBook | None]:
    """Journal and, at the coordinator, book. opened: is told how to close each as soon as it is open.

    Raises JournalFailed, DiskFailed where the disk is to blame. A disk that can be read and takes no write is one: it
    must be known before the first page invites anybody.
    """
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        found = failed(str(config.data), error)
        if isinstance(found, DiskFailed):
            raise found from error
        mend = "Give its folder to the user the station runs as, or correct `data`"
        raise JournalFailed(f"{config.data}: {error.strerror}. {mend} (technician)") from error
    journal = SqliteJournal(config.data / "journal.db")
    opened(journal.close)
    _check_chain(config, journal)
    journal.commit((), {("", TRIED): "yes"})
    book = None
    if any(device.name == COORDINATOR for device in config.devices):
        book = SqliteBook(config.data / "book.db")
        opened(book.close)
    return journal, book


def try_again(config: Config, why: DiskFailed, wall: datetime) -> None:
    """Open it as a start does, and close it; JournalFailed as long as a start would fail. why: it failed before.

    What is damaged or broken may be so only where a start reads what opening does not.
    """
    with ExitStack() as tried:
        _, book = open_memory(config, tried.callback)
        if book and why.code in ("damaged", "broken"):
            refuse_damaged(book, *replayed_days(wall, minute_of(config.hall.hall.rollover)))


def _check_chain(config: Config, journal: SqliteJournal) -> None:
    """The records that still wait follow one another, and the last is the one the head speaks of (R142)."""
    chain, heads = Chain({}), {}
    for device in config.devices:
        facts = journal.unsent(device.name, journal.capacity)
        rows = [Row(fact.device, journal.id, fact.seq, fact.id, fact.payload) for fact in facts]
        if rows:
            heads[device.name, journal.id] = journal.head(device.name)
        for found in (*chain.breaks(rows), *chain.ends(heads)):
            said = f"{config.data}/journal.db: {found}. Keep the file aside for `hallside rescue` (technician)"
            raise DiskFailed(said, "damaged")
