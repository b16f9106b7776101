"""A hall started again from disks that came back: does it go on as if nothing had been, for whoever holds a ticket?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from device.contract.codec import read, record_hash
from device.contract.messages import TicketIssued
from drivers.durable import JournalFailed
from screens.views import KioskHome, KioskTake
from tests.faults.crash.explore import Sample
from tests.faults.crash.invariants import Wrong
from tests.faults.crash.marked import Marks
from tests.faults.crash.writer import MORNING, HallOnDisk
from tests.helpers.table import Laid

LATER = timedelta(hours=6)


def resumed(sample: Sample, laid: Laid, folder: Path) -> list[Wrong]:
    """What is wrong when the hall goes on from there: one ticket with a line, one without, then everything arrives."""
    (folder / "disks").mkdir()
    for name, files in sample.files.items():
        disk = folder / "disks" / name.rpartition("/")[0]
        disk.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            (disk / path.rpartition("/")[2]).write_bytes(data)
    try:
        hall = HallOnDisk(laid.configs, laid.pins, MORNING + LATER, folder / "disks", Marks(folder / "marks"), 7)
    except JournalFailed as failed:
        return [Wrong("failed", "", f"the hall does not start again: {failed}")]
    try:
        return list(_judged(hall, sample.seen))
    finally:
        hall.close()


def _judged(hall: HallOnDisk, seen: frozenset[str]) -> Iterator[Wrong]:
    before = {tag.removeprefix("ticket ") for tag in seen if tag.startswith("ticket ")}
    hall.pass_time(90)  # what stood on the kiosk's screen goes
    taken = [_take(hall)]
    hall.broker.cut("kiosk-1")
    taken.append(_take(hall))
    hall.broker.mend("kiosk-1")
    hall.pass_time(30)
    for ticket in taken:
        if ticket in before:
            yield Wrong("doubled", "", f"{ticket} was given before the cut and again after it")
        elif not ticket:
            yield Wrong("failed", "", "the kiosk gives no ticket after the cut")
    if taken[0] and max((t for t in before if _same_run(t, taken[0])), default="") > taken[0]:
        yield Wrong("failed", "", f"{taken[0]} is not above what was given before")
    issued = Counter(r.ticket for r in hall.records("ticket.issued") if isinstance(r, TicketIssued))
    for ticket in (before | set(taken)) - {""}:
        if issued[ticket] != 1:
            kind = "doubled" if issued[ticket] else "lost"
            yield Wrong(kind, "", f"somebody holds {ticket}, and the book has it {issued[ticket]} times")
    if hall.unsent():
        yield Wrong("lost", "", f"{hall.unsent()} records do not arrive")
    yield from _chain(hall)


def _chain(hall: HallOnDisk) -> Iterator[Wrong]:
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for row in hall.book.since(""):
        envelope, _ = read(row.payload)
        seq, sha = last.get((row.device, row.journal), (0, ""))
        if (envelope.seq, envelope.prev) != (seq + 1, sha):
            yield Wrong("failed", "", f"the chain of {row.device} breaks at {row.seq}")
        last[row.device, row.journal] = (row.seq, record_hash(row.payload))


def _take(hall: HallOnDisk) -> str:
    """A ticket of service `social`, as `20261123-A012`; "" if none was given."""
    if not isinstance(hall.view("kiosk-1"), KioskHome):
        return ""
    hall.tap("kiosk-1", "service:social")
    hall.pass_time(3)
    page = hall.view("kiosk-1")
    hall.pass_time(60)
    return f"{MORNING:%Y%m%d}-{page.number}" if isinstance(page, KioskTake) else ""


def _same_run(one: str, other: str) -> bool:
    """Both of one series, and both online or both out of reserved blocks."""
    return one[:10] == other[:10] and (one[10:] < "600") == (other[10:] < "600")
