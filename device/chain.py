"""The hash chain over a device's records: each names the one before it, so that an edit or a gap is found (R142).

What a chain cannot show is that its last records were cut off together with every trace of them: for that somebody else
must have seen them, as the coordinator has seen a journal's and a backup a book's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from device.contract.codec import Malformed, read, record_hash

Source = tuple[str, str]  # device, journal
Head = tuple[int, str]  # seq, hash


class Row(NamedTuple):
    """What a journal or a book says a record is, and its bytes."""

    device: str
    journal: str
    seq: int
    id: str
    payload: bytes


class Break(NamedTuple):
    """Where the chain is broken, and how."""

    device: str
    journal: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.device} {self.journal} record {self.seq}: {self.what}"


class Chain:
    """Follows rows in order of arrival. after: where each source stood before the first of them."""

    def __init__(self, after: dict[Source, Head] | None = None) -> None:
        self.heads: dict[Source, Head] = dict(after or {})
        self._from_the_start = after is None

    def breaks(self, rows: Iterable[Row]) -> Iterator[Break]:
        """Every place at which something was changed, left out or put in."""
        for row in rows:
            yield from self._row(row)

    def ends(self, said: dict[Source, Head]) -> Iterator[Break]:
        """`said`: how far the file itself says each source has come."""
        for (device, journal), (seq, sha) in said.items():
            head = self.heads.get((device, journal), (0, ""))
            if head[0] != seq:
                yield Break(device, journal, seq, f"the last one is number {head[0]}, and {seq} was said to be there")
            elif head[1] != sha:
                yield Break(device, journal, seq, "the last record was changed")

    def _row(self, row: Row) -> Iterator[Break]:
        source = (row.device, row.journal)
        place = (row.device, row.journal, row.seq)
        try:
            envelope, _ = read(row.payload)
        except Malformed as why:
            yield Break(*place, f"it is no record of ours: {why}")
            self.heads[source] = (row.seq, record_hash(row.payload))
            return
        if (envelope.device, envelope.journal, envelope.seq, envelope.id) != (*place, row.id):
            yield Break(*place, "it says that it is another one")
        known = self._from_the_start or source in self.heads
        seq, sha = self.heads.get(source, (0, ""))
        if known and row.seq != seq + 1:
            yield Break(*place, f"{row.seq - seq - 1} before it are missing" if row.seq > seq else "it is there again")
        elif known and envelope.prev != sha:
            yield Break(*place, "the record before it was changed")
        self.heads[source] = (row.seq, record_hash(row.payload))
