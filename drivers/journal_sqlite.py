"""The device's durable memory in one SQLite file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from drivers.durable import Fact, JournalFailed
from drivers.journal_file import DiskFailed, Kind, explained, open_file, transaction

CAPACITY = 200_000  # facts; a busy kiosk makes about 9,000 a day, so weeks without the coordinator
SWEEP = 500  # receipted rows that may wait for the next commit before they are deleted by themselves

KIND = Kind(
    "journal",
    0x48534A4E,  # "HSJN"
    """
    CREATE TABLE about (id TEXT NOT NULL) STRICT;
    CREATE TABLE head (device TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE fact (device TEXT, seq INTEGER, id TEXT NOT NULL, payload BLOB NOT NULL,
                       PRIMARY KEY (device, seq)) STRICT, WITHOUT ROWID;
    CREATE TABLE kept (device TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (device, key)) STRICT, WITHOUT ROWID
    """,
)


class SqliteJournal:
    """Keeps the promise of `drivers.durable.Journal`; used by one thread of one process (the file is locked).

    capacity: how many facts may wait for a receipt; one more raises JournalFailed and overwrites nothing.
    The head (last seq and hash) of a device outlives its facts, so seq never starts again.
    """

    def __init__(self, path: Path, *, capacity: int = CAPACITY) -> None:
        self._what = f"journal {path}"
        self._db = open_file(path, KIND, alone=True)
        self._closed = False
        self.capacity = capacity
        try:
            with explained(self._what):
                self._check()
                self._id = self._identity()
                self._heads = {device: (seq, sha) for device, seq, sha in self._db.execute("SELECT * FROM head")}
                self._gone = self._oldest()
        except BaseException:
            self._db.close()
            raise
        self._receipted = dict(self._gone)

    @property
    def id(self) -> str:
        """Born with the file: a new card is a new journal."""
        return self._id

    @property
    def waiting(self) -> int:
        """How many facts of all devices have no receipt yet; compare with `capacity`."""
        return sum(seq - self._receipted[device] for device, (seq, _) in self._heads.items())

    def head(self, device: str) -> tuple[int, str]:
        return self._heads.get(device, (0, ""))

    def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
        """As promised; ValueError if a seq does not follow its head, which is a mistake of the caller's."""
        heads = advanced(self._heads, facts)
        if facts and self.waiting + len(facts) > self.capacity:
            raise JournalFailed(
                f"{self._what}: full, {self.waiting} records wait. Bring the coordinator back (technician)"
            )
        with explained(self._what), transaction(self._db):
            self._db.executemany(
                "INSERT INTO fact VALUES (?, ?, ?, ?)", [(f.device, f.seq, f.id, f.payload) for f in facts]
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO head VALUES (?, ?, ?)",
                [(device, *heads[device]) for device in {fact.device for fact in facts}],
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                [(device, key, value) for (device, key), value in kept.items() if value is not None],
            )
            self._db.executemany(
                "DELETE FROM kept WHERE device = ? AND key = ?", [key for key, value in kept.items() if value is None]
            )
            self._delete_receipted()
        self._heads = heads
        for device in heads:
            self._receipted.setdefault(device, 0)
        self._gone = dict(self._receipted)

    def kept(self, device: str) -> dict[str, str]:
        with explained(self._what):
            return dict(self._db.execute("SELECT key, value FROM kept WHERE device = ?", (device,)).fetchall())

    def unsent(self, device: str, limit: int = 100) -> list[Fact]:
        after = self._receipted.get(device, 0)
        with explained(self._what):
            rows = self._db.execute(
                "SELECT device, seq, id, payload FROM fact WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?",
                (device, after, limit),
            ).fetchall()
        return [Fact(*row) for row in rows]

    def receipt(self, device: str, upto: int) -> int:
        """As promised. Costs no sync: the rows leave with the next commit, or come back after a cut and go again."""
        head, before = self.head(device)[0], self._receipted.get(device, 0)
        self._receipted[device] = max(before, min(upto, head))
        if sum(self._receipted.values()) - sum(self._gone.values()) >= SWEEP:
            self._sweep()
        return head - self._receipted[device]

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            with suppress(JournalFailed):  # what is not deleted now is receipted again in the next life
                self._sweep()
            self._db.close()

    def _check(self) -> None:
        (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        gaps = self._db.execute(
            "SELECT device FROM fact LEFT JOIN head USING (device) GROUP BY device"
            " HAVING max(fact.seq) IS NOT head.seq OR max(fact.seq) - min(fact.seq) + 1 <> count(*)"
        ).fetchall()
        if found != "ok" or gaps:
            raise DiskFailed(
                f"{self._what}: damaged ({found if found != 'ok' else 'records are missing'})."
                " Keep the file aside for rescue; without it a new, empty one is begun (technician)",
                "damaged",
            )

    def _identity(self) -> str:
        row: tuple[str] | None = self._db.execute("SELECT id FROM about").fetchone()
        if row is None:
            row = (str(uuid4()),)
            with transaction(self._db):
                self._db.execute("INSERT INTO about VALUES (?)", row)
        return row[0]

    def _oldest(self) -> dict[str, int]:
        gone = {device: seq for device, (seq, _) in self._heads.items()}
        gone.update(self._db.execute("SELECT device, min(seq) - 1 FROM fact GROUP BY device").fetchall())
        return gone

    def _sweep(self) -> None:
        if self._gone != self._receipted:
            with explained(self._what), transaction(self._db):
                self._delete_receipted()
            self._gone = dict(self._receipted)

    def _delete_receipted(self) -> None:
        rows = [(device, upto) for device, upto in self._receipted.items() if upto > self._gone.get(device, 0)]
        self._db.executemany("DELETE FROM fact WHERE device = ? AND seq <= ?", rows)


def advanced(heads: Mapping[str, tuple[int, str]], facts: Sequence[Fact]) -> dict[str, tuple[int, str]]:
    """The heads after these facts. ValueError when one does not follow the one before it."""
    after = dict(heads)
    for fact in facts:
        seq, _ = after.get(fact.device, (0, ""))
        if fact.seq != seq + 1:
            raise ValueError(f"record {fact.seq} of {fact.device} does not follow {seq}")
        after[fact.device] = (fact.seq, sha256(fact.payload).hexdigest())
    return after
