"""A durable SQLite file: private, made once, checked when opened; a commit returns when the disk has it.

WAL with `synchronous=FULL` syncs the log at every commit. The directory is synced too, or the file's own name may be
gone after a power cut together with all that was committed in it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drivers.durable import JournalFailed

BUSY_SECONDS = 2.0  # a process that was just killed may hold the file a moment longer
BLOCK_BYTES = 65_536
PAGE_BYTES = 1024  # a commit writes every page it touches: half the bytes on the card that SQLite's 4096 cost
LOG_BYTES = 4_000_000  # what the log is cut back to after a checkpoint


class DiskFailed(JournalFailed):
    """Nothing can be kept here until somebody mends it. code: `full`, `read-only`, `damaged` or `broken`."""

    def __init__(self, said: str, code: str) -> None:
        super().__init__(said)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """What the file is for. application: SQLite's `application_id`, so that a book is never taken for a journal."""

    name: str
    application: int
    schema: str
    version: int = 1


def open_file(path: Path, kind: Kind, *, alone: bool) -> sqlite3.Connection:
    """The open file, made if it is not there yet (0600). alone: no other process may open it meanwhile.

    Raises JournalFailed with what is wrong and who mends it.
    """
    _make(path)
    with explained(f"{kind.name} {path}"):
        _sync_earlier(path)
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(db, path, kind, alone=alone)
            _sync_directory(path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Whatever the disk or SQLite raises in here becomes JournalFailed, or DiskFailed where the disk is to blame."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise failed(what, error) from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and on the disk when it ends."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _make(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.close(descriptor)
    except OSError as error:
        found = failed(str(path), error)
        if isinstance(found, DiskFailed):
            raise found from error
        raise JournalFailed(
            f"{path}: {error.strerror}. Make its folder, or give it to this user (technician)"
        ) from error


def _prepare(db: sqlite3.Connection, path: Path, kind: Kind, *, alone: bool) -> None:
    if alone:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
    _check_kind(db, path, kind)
    db.execute(f"PRAGMA page_size={PAGE_BYTES}")  # of a new file; an older one keeps its own
    (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise JournalFailed(f"{path}: this file system cannot keep a write-ahead log. Use a local disk (technician)")
    db.execute("PRAGMA synchronous=FULL")
    db.execute(f"PRAGMA journal_size_limit={LOG_BYTES}")
    if db.execute("PRAGMA user_version").fetchone() == (0,):
        with transaction(db):
            for statement in kind.schema.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA application_id={kind.application}")
            db.execute(f"PRAGMA user_version={kind.version}")


def _check_kind(db: sqlite3.Connection, path: Path, kind: Kind) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (version or tables) and application != kind.application:
        raise JournalFailed(f"{path} is not a {kind.name}. Correct the path in the config (technician)")
    if version > kind.version:
        raise JournalFailed(f"{path} was written by a newer version. Install that version again (technician)")


def _sync_earlier(path: Path) -> None:
    """Make safe what earlier lives wrote, for what we read we promise: one may have been killed before its sync.

    After a sync that failed Linux takes what it could not write for written, shows it to every reader and never writes
    it again (fsync(2), EIO). So the log is written anew, byte for byte, before it is synced and read. The rest of the
    file needs no such care: SQLite's checkpoints write it from the log.
    """
    with suppress(FileNotFoundError):
        descriptor = os.open(path.with_name(f"{path.name}-wal"), os.O_RDWR | os.O_CLOEXEC)
        try:
            at = 0
            while block := os.pread(descriptor, BLOCK_BYTES, at):
                at += os.pwrite(descriptor, block, at)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync_directory(path: Path) -> None:
    # At every opening, not only the first: the process that made the file may have died before it came to this line.
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# What SQLite or the system says -> our word for it, and what to do. The first that fits.
_ILLS: Final = (
    (("locked",), "", "Another process has it open: stop that one"),
    (("full", "No space", "quota"), "full", "Make room on the disk"),
    (("readonly", "Read-only"), "read-only", "Put in a new card; this one may have locked itself for age"),
    (
        ("malformed", "not a database"),
        "damaged",
        "Keep the file aside for rescue; without it a new, empty one is begun",
    ),
    (("I/O error", "Input/output"), "broken", "Put in a new card, and keep the old one for rescue"),
)


def failed(what: str, error: Exception) -> JournalFailed:
    """What to raise for an error of SQLite's or of the system's."""
    text = str(error)
    for words, code, mend in _ILLS:
        if any(word in text for word in words):
            said = f"{what}: {text}. {mend} (technician)"
            return DiskFailed(said, code) if code else JournalFailed(said)
    return JournalFailed(f"{what}: {text}. Look at the disk and at the rights on the file (technician)")
