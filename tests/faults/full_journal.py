"""N8: a hall without its coordinator goes on until the kiosk's journal is nearly full, says so early, stops before
anything is overwritten, and after the coordinator's return everything is in the book once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from device.contract.channels import COORDINATOR
from device.moment import HALL_TIME
from device.table import Table
from drivers.durable import Fact, JournalFailed
from drivers.journal_sqlite import CAPACITY, SqliteJournal
from screens.views import KioskHome, KioskNoPaper, KioskTake, OutOfOrder
from tests.faults.crash.calls import Call, Mark, Sync, Write
from tests.faults.crash.traces import Recipe, trace
from tests.faults.kinds import Outcome, tell
from tests.helpers.table import Laid, lay

MORNING: Final = datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)
KIOSK: Final = "kiosk-1"
ROOM: Final = (80, 400)  # records of the hall's kiosk: quick, full
FILL: Final = (2_000, CAPACITY)  # records of the journal alone


class SmallCard(Table):
    """A hall whose kiosk has a real journal that holds little."""

    def __init__(self, laid: Laid, folder: Path, capacity: int) -> None:
        self._folder, self._capacity = folder, capacity
        super().__init__(laid.configs, MORNING, pins=laid.pins)

    def boot(self, name: str) -> None:
        if name == KIOSK:
            self.journals[name] = SqliteJournal(self._folder / "journal.db", capacity=self._capacity)  # type: ignore[assignment]
        super().boot(name)

    def cut_power(self, name: str) -> None:
        if name != KIOSK:
            super().cut_power(name)
            return
        life = self.lives.pop(name)
        self._timetable.forget(life.loop)
        for link in life.links:
            link.kill()
        self.journals[name].close()

    @property
    def card(self) -> SqliteJournal:
        """The kiosk's."""
        journal = self.journals[KIOSK]
        assert isinstance(journal, SqliteJournal)
        return journal


@dataclass
class Seen:
    """tickets: what people read at the kiosk, with its day. wrong: (kind, what)."""

    tickets: list[str] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    warned_at: float = 0.0
    stopped_at: float = 0.0


def filled(laid: Laid, folder: Path, capacity: int) -> Seen:
    """Citizens come until the kiosk stops by itself; then the coordinator comes back."""
    hall, seen = SmallCard(laid, folder, capacity), Seen()
    hall.pass_time(5)
    hall.cut_power(COORDINATOR)
    try:
        while len(seen.tickets) < 2 * capacity:
            _take(hall, seen)
            faults = hall.lives[KIOSK].station.seats[KIOSK].presence.faults
            if "journal" in faults and not seen.warned_at:
                seen.warned_at = hall.card.waiting / capacity
    except JournalFailed:
        seen.stopped_at = hall.card.waiting / capacity
    hall.cut_power(KIOSK)
    hall.boot(KIOSK)  # as systemd does
    hall.settle()
    if not isinstance(hall.view(KIOSK), OutOfOrder):
        seen.wrong.append(("failed", "a kiosk without room invites people"))
    waiting = hall.card.waiting
    hall.pass_time(600)
    if hall.card.waiting < waiting:
        seen.wrong.append(("lost", "records are gone, and nobody has taken them"))
    _drain(hall, seen)
    records = Counter((row.device, row.journal, row.seq) for row in hall.book.rows)
    issued = Counter(getattr(record, "ticket", "") for record in hall.records("ticket.issued"))
    seen.wrong += [("doubled", f"{key} twice in the book") for key, n in records.items() if n > 1]
    seen.wrong += [("lost", f"{ticket} is not in the book") for ticket in seen.tickets if not issued[ticket]]
    seen.wrong += [("doubled", f"{ticket} was given twice") for ticket, n in issued.items() if n > 1]
    hall.cut_power(KIOSK)
    return seen


def _drain(hall: SmallCard, seen: Seen) -> None:
    hall.boot(COORDINATOR)
    try:
        hall.pass_time(120)
        seen.wrong.append(("failed", "the journal has room again, and the kiosk stays out of order"))
    except JournalFailed:
        hall.cut_power(KIOSK)
        hall.boot(KIOSK)
        hall.pass_time(60)
    if not isinstance(hall.view(KIOSK), KioskHome):
        seen.wrong.append(("failed", "the kiosk does not come back"))
    _take(hall, seen)
    hall.pass_time(60)


def _take(hall: SmallCard, seen: Seen) -> None:
    if isinstance(hall.view(KIOSK), KioskHome):
        hall.tap(KIOSK, "service:social")
    hall.pass_time(3)
    page = hall.view(KIOSK)
    if isinstance(page, KioskTake | KioskNoPaper):
        seen.tickets.append(f"{hall.clock.now():%Y%m%d}-{page.number}")
    hall.pass_time(60)


def overfilled(path: Path, capacity: int) -> list[tuple[str, str]]:
    """A journal alone, filled to the last record and beyond."""
    journal, wrong = SqliteJournal(path, capacity=capacity), []
    facts = [Fact(KIOSK, seq, f"id-{seq}", b"." * 200) for seq in range(1, capacity + 11)]
    for start in range(0, capacity, 1000):
        journal.commit(facts[start : min(start + 1000, capacity)], {})
    for more in range(1, 11):
        try:
            journal.commit(facts[capacity : capacity + more], {})
        except JournalFailed:
            continue
        journal.close()
        return [("failed", f"{more} more were taken, and there is room for {capacity}")]
    if journal.unsent(KIOSK, capacity + 100) != facts[:capacity]:
        wrong.append(("lost", "what was there is not there any more"))
    journal.receipt(KIOSK, 5)
    journal.commit(facts[capacity : capacity + 5], {})
    journal.close()
    again = SqliteJournal(path, capacity=capacity)
    if again.unsent(KIOSK, capacity + 100) != facts[5 : capacity + 5]:
        wrong.append(("lost", "after room was made something else is there"))
    again.close()
    return wrong


def costs(folder: Path) -> str:
    """Bytes and syncs a ticket costs the cards of kiosk and coordinator, in the calls of a traced hall."""
    calls = trace(folder, Recipe(1)).calls
    begun = max(n for n, call in enumerate(calls) if isinstance(call, Mark) and '"opened"' in call.text)
    later = calls[begun:]
    tickets = len({tag for call in later for tag in _tickets(call)})
    said = []
    for name, file in ((KIOSK, f"{KIOSK}/journal.db"), ("the coordinator", f"{COORDINATOR}/book.db")):
        size = sum(len(call.data) for call in later if isinstance(call, Write) and file in call.path)
        syncs = sum(1 for call in later if isinstance(call, Sync) and file in call.path)
        said.append(f"{name} writes {size / tickets / 1000:.1f} kB in {syncs / tickets:.1f} syncs a ticket")
    return ", ".join(said)


def _tickets(call: Call) -> list[str]:
    if not isinstance(call, Mark) or '"intent"' not in call.text or f"{KIOSK}/" not in call.text:
        return []
    return [word.split('"')[0] for word in call.text.split('"ticket ')[1:]]


def run(full: bool, seed: int | None) -> Outcome:
    """As tests.faults.kinds.Suite says. Nothing here is random."""
    with TemporaryDirectory(prefix="hallside-") as place:
        folder = Path(place)
        laid = lay(folder / "config", windows=(3, 4))
        capacity, fill = ROOM[full], FILL[full]
        (folder / "card").mkdir()
        seen = filled(laid, folder / "card", capacity)
        tell(f"  {len(seen.tickets)} tickets filled {capacity} records, warned at {seen.warned_at:.0%}")
        wrong = [*seen.wrong, *overfilled(folder / "alone.db", fill)]
        if not 0.8 <= seen.warned_at < 0.9:
            wrong.append(("failed", f"warned at {seen.warned_at:.0%}"))
        if not seen.stopped_at >= 0.95 or len(seen.tickets) < capacity // 4:
            wrong.append(("failed", f"stopped at {seen.stopped_at:.0%} after {len(seen.tickets)} tickets"))
        (folder / "trace").mkdir()
        cost = costs(folder / "trace")
    kinds = Counter(kind for kind, _ in wrong)
    why = (
        f"A kiosk without coordinator gave {len(seen.tickets)} tickets, warned at {seen.warned_at:.0%} of {capacity}"
        f" records, stopped at {seen.stopped_at:.0%} and came back by itself; a journal alone was filled to"
        f" {fill:,} and refused any more. A real one holds {CAPACITY:,}. {cost}."
    )
    command = f"python -m tests.faults N8{' --full' if full else ''}"
    why += f" First: {wrong[0][1]}." if wrong else ""
    return Outcome(capacity + fill, kinds["lost"], kinds["doubled"], kinds["failed"], 0, command, why)
