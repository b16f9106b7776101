"""A hall of real processes over a real Mosquitto, to be hurt: hands that never stop, and an account at the end.

What was acknowledged is what anybody could see outside: records on the wire (said only after their commit) and paper.
"""

from __future__ import annotations

import contextlib
import random
import re
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from device.contract.channels import COORDINATOR
from device.contract.codec import read, record_hash
from device.contract.messages import Body, Envelope, RatingGiven, RatingNone, Receipt, TicketIssued
from device.demo_hall import DemoHall, write_hall
from device.demo_watch import Said, Watcher
from device.processes import Processes, Spawn, leashed
from device.sim import NotUnderstood, request
from drivers.bench import BenchSilent, ask_bench
from drivers.book_sqlite import read_book
from drivers.durable import BookRow
from tests.faults.real_hands import KIOSK, STAFF, citizen, clerk, keep_on, rater
from tests.faults.schedules import Doubled, Lost
from tests.helpers.broker import HOST, Broker, run_mosquitto

STATIONS: Final = ("coordinator", "kiosk-1", "board-1", "window-3", "evaluator-3")
READY_SECONDS: Final = 30.0
SETTLE_SECONDS: Final = 60.0
PIXELS: Final = 160  # of each screen's height
GLASS: Final = re.compile(r"\bwidth = (\d+)\nheight = (\d+)\b")
HAND_SECONDS: Final = 2.0  # for a part to answer; a process that was just killed never does
TICKET: Final = re.compile(rb"hallside:[a-z0-9-]+:(\d{8}-[A-Z]\d{3})")


@dataclass
class RealHall:
    """What runs. port: where the devices find the broker. deaths: what the keeper of the processes told."""

    hall: DemoHall
    broker: Broker
    processes: Processes
    watcher: Watcher
    recordings: Path
    deaths: list[str]
    started: list[str] = field(default_factory=list)
    busy: threading.Event = field(default_factory=threading.Event)
    acts: Counter[str] = field(default_factory=Counter)

    def start(self, *stations: str, environ: Mapping[str, str] | None = None) -> None:
        """Start these and wait until they are ready."""
        words = ["env", *(f"{key}={value}" for key, value in environ.items())] if environ else []
        self.started += stations
        for name in stations:
            command = [sys.executable, "-m", "device", "run", "--config", str(self.hall.stations[name])]
            self.processes.start(name, [*words, *command])
        if late := self.processes.wait_ready(stations, READY_SECONDS):
            raise RuntimeError("; ".join(f"{name}: {self.processes.last_line(name)}" for name in late))

    # --- hands -----------------------------------------------------------------------------------------------

    def hand(self, device: str, *words: str) -> dict[str, Any]:
        """Do it at a part; {} if nobody was there, or the part did not let it."""
        with contextlib.suppress(BenchSilent, NotUnderstood, OSError):
            reply = ask_bench(self.hall.benches[device], request(device, words), HAND_SECONDS)
            if reply.get("ok"):
                self.acts[words[0]] += 1
                return reply
        return {}

    @contextlib.contextmanager
    def people(self, seed: int) -> Iterator[None]:
        """Citizens and staff who never stop, each a thread of its own."""
        self.busy.set()
        acts = {"citizen": citizen, "clerk": clerk(self.hall.pins[STAFF]), "rater": rater}
        threads = [
            threading.Thread(
                target=keep_on, args=(act, self.hand, random.Random(f"{seed} {who}"), self.busy), daemon=True
            )
            for who, act in acts.items()
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.busy.clear()
            for thread in threads:
                thread.join(3 * HAND_SECONDS)

    # --- the account -----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until the coordinator has receipted whatever was said, then stop everything. Lost if it never is.

        A broker that dies between two listeners may have told the device of a receipt and us not: what is still owed
        in the end is looked for in the device's journal, which keeps a record until its receipt has come.
        """
        if late := self.processes.wait_ready(self.started, READY_SECONDS):
            raise AssertionError(f"{late} did not come back: {[self.processes.last_line(name) for name in late]}")
        end = time.monotonic() + SETTLE_SECONDS
        pause = threading.Event()
        while (owed := self._owed()) and time.monotonic() < end:
            pause.wait(0.05)
        self.processes.stop()
        if kept := {device: seq for device, seq in owed.items() if self._keeps(device, seq)}:
            raise Lost(f"no receipt came for {kept}")

    def _keeps(self, device: str, seq: int) -> bool:
        """Whether a journal has this record still. Only of a hall that was stopped."""
        for path in self._journals():
            with closing(sqlite3.connect(path)) as db:
                if db.execute("SELECT 1 FROM fact WHERE device = ? AND seq <= ?", (device, seq)).fetchone():
                    return True
        return False

    def _journals(self) -> list[Path]:
        """The coordinator's own records are in the book."""
        paths = (self.hall.folder / f"data-{name}" / "journal.db" for name in STATIONS if name != COORDINATOR)
        return [path for path in paths if path.exists()]

    def _owed(self) -> dict[str, int]:
        """device -> the last record heard without a receipt."""
        last: dict[str, int] = {}
        upto: dict[str, int] = {}
        for said in list(self.watcher.heard):
            device, _, what = said.where.partition("/")
            if what == "record":
                last[device] = max(last.get(device, 0), said.payload["seq"])
            elif what == "receipt" and said.type == Receipt.type:
                upto[device] = max(upto.get(device, 0), said.payload["upto"])
        return {device: seq for device, seq in last.items() if device != COORDINATOR and seq > upto.get(device, 0)}

    def account(self) -> Counter[str]:
        """Everything that was acknowledged is in the book, once. Only after `settle`. Returns how much there was."""
        rows = read_book(self.hall.folder / "data-coordinator" / "book.db")
        _chains(rows)
        ids = Counter(row.id for row in rows)
        if twice := [identity for identity, n in ids.items() if n > 1]:
            raise Doubled(f"{len(twice)} records are in the book twice")
        waiting = self._waiting(rows)
        there = ids.keys() | {envelope.id for envelope, _ in waiting}
        seen = {said.payload["id"]: said for said in self.watcher.heard if _is_record(said)}
        if missing := [seen[identity] for identity in seen.keys() - there]:
            raise Lost(f"{len(missing)} records were said and are nowhere: {missing[:3]}")
        bodies = [*(read(row.payload)[1] for row in rows), *(body for _, body in waiting)]
        issued = Counter(body.ticket for body in bodies if isinstance(body, TicketIssued))
        requests = Counter(body.request for body in bodies if isinstance(body, TicketIssued))
        if twice := [what for what, n in (issued + requests).items() if n > 1]:
            raise Doubled(f"given twice: {twice}")
        paper = Counter(ticket for file in self._paper() for ticket in set(TICKET.findall(file)))
        if unknown := sorted(ticket.decode() for ticket in paper if ticket.decode() not in issued):
            raise Lost(f"on paper and not nowhere else: {unknown}")
        ends = Counter(body.invitation for body in bodies if isinstance(body, RatingGiven | RatingNone))
        if twice := [invitation for invitation, n in ends.items() if n > 1]:
            raise Doubled(f"rated twice: {twice}")
        return Counter(records=len(rows), tickets=len(issued), papers=len(paper), ratings=len(ends))

    def _paper(self) -> Iterator[bytes]:
        for file in sorted(self.recordings.glob("tickets/*/*.bin")):
            yield file.read_bytes()

    def _waiting(self, rows: Sequence[BookRow]) -> list[tuple[Envelope, Body]]:
        """Records made in the last moment before the end, still on the way. Lost if a journal made any other."""
        upto = {(row.device, row.journal): row.seq for row in rows}
        waiting: list[tuple[Envelope, Body]] = []
        for path in self._journals():
            with closing(sqlite3.connect(path)) as db:
                (journal,) = db.execute("SELECT id FROM about").fetchone()
                for device, head in db.execute("SELECT device, seq FROM head").fetchall():
                    booked = upto.get((device, journal), 0)
                    behind = "SELECT payload FROM fact WHERE device = ? AND seq > ?"
                    facts = db.execute(behind, (device, booked)).fetchall()
                    if booked + len(facts) != head:
                        raise Lost(f"{device} made {head} records: {booked} are in the book, {len(facts)} wait")
                    waiting += [read(payload) for (payload,) in facts]
        return waiting


def _with_fewer_pixels(config: Path) -> None:
    """On as much glass: the same pages and keys, and less to paint before what is said is acknowledged."""

    def fewer(found: re.Match[str]) -> str:
        width, height = int(found[1]), int(found[2])
        return f"width = {width * PIXELS // height}\nheight = {PIXELS}"

    config.write_text(GLASS.sub(fewer, config.read_text("utf-8")), "utf-8")


def _keep_paper(config: Path, recordings: Path) -> None:
    text = config.read_text("utf-8")
    config.write_text(f'recordings = "{recordings}"\n{text}', "utf-8")


def _is_record(said: Said) -> bool:
    return said.where.endswith("/record") and said.payload.get("seq", 0) > 0


def _chains(rows: Sequence[BookRow]) -> None:
    last: dict[tuple[str, str], tuple[int, str]] = defaultdict(lambda: (0, ""))
    for row in rows:
        envelope, _ = read(row.payload)
        seq, sha = last[row.device, row.journal]
        if (envelope.seq, envelope.prev) != (seq + 1, sha):
            raise AssertionError(f"record {row.seq} of {row.device} does not follow record {seq}")
        last[row.device, row.journal] = (row.seq, record_hash(row.payload))


@contextlib.contextmanager
def real_hall(port: int = 0, *, at: int = 0, more: str = "", spawn: Spawn = leashed) -> Iterator[RealHall]:
    """Written, its broker and the watcher there, nothing started. port: of a proxy before the broker; 0: none.

    at: the broker's own port, 0 for any. more: lines for Mosquitto's configuration, {folder} in them is the hall's.
    spawn: how its stations are started.
    """
    with tempfile.TemporaryDirectory(prefix="hs-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        broker = stack.enter_context(run_mosquitto(folder, more.format(folder=folder), port=at))
        recordings = folder / "recordings"
        hall = write_hall(folder, windows=(3, 4), host=HOST, port=port or broker.port)
        for config in hall.stations.values():
            _with_fewer_pixels(config)
        _keep_paper(hall.stations[KIOSK], recordings)
        watcher = stack.enter_context(Watcher(HOST, broker.port, hall.id, None))
        if not watcher.listening(READY_SECONDS):
            raise RuntimeError("nobody listens")
        deaths: list[str] = []
        processes = stack.enter_context(Processes(folder, deaths.append, spawn))
        yield RealHall(hall, broker, processes, watcher, recordings, deaths)
