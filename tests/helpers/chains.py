"""Whether the book is whole."""

from __future__ import annotations

from device.contract.codec import read as read_message
from device.contract.codec import record_hash
from device.table import Table


def chained(hall: Table) -> None:
    """Every journal's records in the book follow one another without a gap, each naming the one before."""
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for row in hall.book.rows:
        envelope, _ = read_message(row.payload)
        seq, sha = last.get((row.device, row.journal), (0, ""))
        assert (envelope.seq, envelope.prev) == (seq + 1, sha), f"{row.device} {row.seq}"
        last[row.device, row.journal] = (envelope.seq, record_hash(row.payload))
