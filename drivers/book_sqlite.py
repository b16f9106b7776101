"""The hall's memory in one SQLite file: every record once, in order of arrival. Append only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from drivers.durable import BookRow
from drivers.journal_file import DiskFailed, Kind, explained, open_file, transaction

Source = tuple[str, str]  # device, journal
Heads = dict[Source, tuple[int, str]]  # last seq, SHA-256 of its payload

_KIND = Kind(
    "book",
    0x4853424B,  # "HSBK"
    """
    CREATE TABLE source (n INTEGER PRIMARY KEY, device TEXT NOT NULL, journal TEXT NOT NULL,
                         seq INTEGER NOT NULL, hash TEXT NOT NULL, UNIQUE (device, journal)) STRICT;
    CREATE TABLE record (n INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source, seq INTEGER NOT NULL,
                         id TEXT NOT NULL, day TEXT NOT NULL, payload BLOB NOT NULL,
                         lasting INTEGER NOT NULL DEFAULT 1, UNIQUE (source, seq)) STRICT;
    CREATE INDEX record_day ON record (day);
    CREATE INDEX record_lasting ON record (day) WHERE lasting
    """,
)
# Put into a book that was begun without. Its version stays: whoever knows nothing of this may still write it.
_LASTING = (
    "ALTER TABLE record ADD COLUMN lasting INTEGER NOT NULL DEFAULT 1",
    "CREATE INDEX record_lasting ON record (day) WHERE lasting",
)
_ROWS = "SELECT device, journal, record.seq, id, day, payload FROM record JOIN source ON source.n = record.source"


class SqliteBook:
    """Keeps the promise of `drivers.durable.Book`; one thread writes, others may read the file meanwhile.

    alone: only if nobody else has it open, and nobody may meanwhile: for putting in what no coordinator may miss.
    Opening costs the same after ten years as on the first day: only the heads are read and checked. `damage` reads all.
    """

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        self._what = f"book {path}"
        self._db = open_file(path, _KIND, alone=alone)
        self._heads: Heads = {}
        self._numbers: dict[Source, int] = {}
        try:
            with explained(self._what):
                (found,) = self._db.execute("PRAGMA quick_check('source')").fetchone()
                if found != "ok":
                    said = f"{self._what}: damaged ({found}). Keep the file aside for rescue (technician)"
                    raise DiskFailed(said, "damaged")
                for n, device, journal, seq, sha in self._db.execute("SELECT * FROM source"):
                    self._heads[device, journal] = (seq, sha)
                    self._numbers[device, journal] = n
                if not self._db.execute("SELECT 1 FROM pragma_table_info('record') WHERE name = 'lasting'").fetchone():
                    with transaction(self._db):
                        for statement in _LASTING:
                            self._db.execute(statement)
        except BaseException:
            self._db.close()
            raise

    def enter(self, rows: Sequence[BookRow]) -> None:
        """As promised; ValueError if a seq does not follow its head, and then nothing of `rows` is entered."""
        heads, fresh = following(self._heads, rows)
        if not fresh:
            return
        new = (key for key in heads if key not in self._numbers)
        numbers = self._numbers | {key: len(self._numbers) + k for k, key in enumerate(new, 1)}
        with explained(self._what), transaction(self._db):
            self._db.executemany(
                "INSERT INTO source VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (n) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
                [(numbers[key], *key, *head) for key, head in heads.items()],
            )
            self._db.executemany(
                "INSERT INTO record (source, seq, id, day, payload, lasting) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (numbers[row.device, row.journal], row.seq, row.id, row.day, row.payload, row.lasting)
                    for row in fresh
                ],
            )
        self._heads |= heads
        self._numbers = numbers

    def upto(self) -> dict[Source, int]:
        return {source: seq for source, (seq, _) in self._heads.items()}

    def head(self, device: str, journal: str) -> tuple[int, str]:
        return self._heads.get((device, journal), (0, ""))

    def day_before(self, day: str) -> str:
        with explained(self._what):
            (found,) = self._db.execute("SELECT max(day) FROM record WHERE day < ?", (day,)).fetchone()
        return found or ""

    def since(self, day: str, lasting: str = "") -> Iterator[BookRow]:
        # Their numbers are sorted, not they themselves: a day of a large hall is 15 MB.
        these = "SELECT n FROM record INDEXED BY record_day WHERE day >= ?"
        those = "SELECT n FROM record INDEXED BY record_lasting WHERE lasting AND day >= ?"
        with explained(self._what):
            found = self._db.execute(
                f"{_ROWS} WHERE record.n IN ({these} UNION {those}) ORDER BY record.n", (day, lasting or day)
            )
            for row in found:
                yield BookRow(*row)

    def damage(self) -> str:
        """What SQLite finds wrong with the whole file; "" if nothing. Reads all of it: minutes after some years."""
        with explained(self._what):
            (found,) = self._db.execute("PRAGMA integrity_check(1)").fetchone()
        return "" if found == "ok" else str(found)

    def close(self) -> None:
        self._db.close()


def read_book(path: Path) -> list[BookRow]:
    """Every row in order of arrival, read only; the coordinator may be writing. JournalFailed if it cannot be read."""
    return list(read_rows(path))


def read_rows(path: Path) -> Iterator[BookRow]:
    """The same, one after another."""
    with _reading(path) as db:
        for row in db.execute(f"{_ROWS} ORDER BY record.n"):
            yield BookRow(*row)


def book_heads(path: Path) -> Heads:
    """How far the book says it has come with every journal, and the hash of the last record; read only."""
    with _reading(path) as db:
        return {
            (device, journal): (seq, sha)
            for device, journal, seq, sha in db.execute("SELECT device, journal, seq, hash FROM source")
        }


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with explained(f"book {path}"), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        yield db


def following(heads: Mapping[Source, tuple[int, str]], rows: Sequence[BookRow]) -> tuple[Heads, list[BookRow]]:
    """The heads these rows move and the rows that are new. ValueError when one leaves a gap."""
    moved: Heads = {}
    fresh = []
    for row in rows:
        source = (row.device, row.journal)
        seq, _ = moved.get(source) or heads.get(source, (0, ""))
        if row.seq > seq + 1:
            raise ValueError(f"record {row.seq} of {row.device} would leave a gap after {seq}")
        if row.seq == seq + 1:
            moved[source] = (row.seq, sha256(row.payload).hexdigest())
            fresh.append(row)
    return moved, fresh
