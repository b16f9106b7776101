"""One citizen's way through the hall, step by step; each step must be seen on the wire and in the coordinator's book.

The hands work simulated parts through their benches; the eyes are the watcher's. Nothing here reaches into a device.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from device.contract.codec import RECORDS
from device.demo_watch import Said, Watcher
from device.demo_words import word
from device.launch import BROKER, RunningHall
from device.sim import NotUnderstood, ask
from drivers.bench import BenchSilent
from drivers.book_sqlite import read_book
from drivers.escpos_text import encode

SECONDS: Final = 20.0  # for anything to be seen; a step takes well under one where nothing is killed
LOOK_SECONDS: Final = 0.02  # between two looks at a screen; the parts have no way to call us
KIOSK, WINDOW, EVALUATOR, BOARD, COORDINATOR = "kiosk-1", "window-3", "evaluator-3", "board-1", "coordinator"
SERVICE: Final = "social"
RECORD_TYPES: Final = frozenset(kind.type for kind in RECORDS)


class StepFailed(Exception):  # noqa: N818
    """A step that was not seen: which, and what was missing."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step, self.why = step, why


@dataclass(slots=True)
class Step:
    """One line of the story, and how long it took."""

    name: str
    seconds: float
    told: str


@dataclass
class Story:
    """A hall, eyes, and what was told so far. out: where parts record what they did."""

    running: RunningHall
    watcher: Watcher
    out: Path
    lang: str
    tell: Callable[[str], None]
    steps: list[Step] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    killed: list[str] = field(default_factory=list)
    _now: str = ""

    # --- the story -------------------------------------------------------------------------------------------

    def opening(self) -> None:
        """Everybody is ready, and the kiosk holds numbers of its own."""
        with self._step("open"):
            for name in self.running.hall.stations:
                self._fresh(f"{name}/state", lambda state: state["status"] == "ready")
            for window in (3, 4):
                self._fresh(f"hall/window/{window}", lambda _: True)
            self._see("reserve", lambda s: s.type == "answer.block" and s.where == f"{KIOSK}/answer")

    def citizen(self, *, chaos: bool = False) -> None:
        """From the touch to the rating."""
        if chaos:
            self._kill(COORDINATOR)
        ticket = self.take_ticket(offline=chaos)
        if chaos:
            self._kill(KIOSK)
            self._ready(KIOSK)
            self.take_ticket(offline=False)
        self.sign_in()
        self.call(ticket)
        self.serve(ticket, kill=chaos)
        self.rate(ticket)

    def take_ticket(self, *, offline: bool) -> str:
        """A touch, a number, its paper."""
        blanks: dict[str, Any] = {}
        with self._step("touch", blanks):
            since = self._here()
            self._touch(KIOSK, f"service:{SERVICE}")
            issued = self._record(KIOSK, "ticket.issued", since)
            source = issued.payload["source"]
            if not offline:
                asked = self._see("ask.number", lambda s: s.type == "ask.number", since)
                self._see(
                    "answer.number",
                    lambda s: s.type == "answer.number" and s.payload["to"] == asked.payload["id"],
                    since,
                )
                self._booked("number.allotted", lambda r: r["request"] == asked.payload["id"])
            elif source != "block":
                raise StepFailed(self._now, "the coordinator was dead and yet gave a number")
            ticket: str = issued.payload["ticket"]
            if ticket in self.tickets:
                raise StepFailed(self._now, f"{ticket} was given twice")
            self.tickets.append(ticket)
            blanks |= {"number": issued.payload["number"], "source": word(self.lang, f"source-{source}")}
        with self._step("paper", blanks):
            self._record(KIOSK, "ticket.printed", since, ticket=ticket)
            file = self._paper(issued.payload["number"])
            blanks |= {"bytes": file.stat().st_size, "file": file.relative_to(self.out)}
            self._looks(KIOSK, "screen", "kiosk-take")
            self._touch(KIOSK, "done")
        return ticket

    def sign_in(self) -> None:
        """A staff member at window 3, unless one is there."""
        staff, pin = next(iter(self.running.hall.pins.items()))
        if any(s.where == f"{WINDOW}/record" and s.type == "staff.signed_in" for s in self.watcher.said()):
            return
        with self._step("signin", {"staff": staff}):
            since = self._here()
            self._hands(WINDOW, "type", staff, "enter", pin, "enter")
            asked = self._see("ask.sign_in", lambda s: s.type == "ask.sign_in", since)
            if asked.payload["pin"] != "***":
                raise StepFailed(self._now, "the watcher wrote down a PIN")
            self._record(WINDOW, "staff.signed_in", since, staff=staff)
            self._truth("open", since, lambda w: w["person"]["number"] == staff)
            self._looks(EVALUATOR, "screen", "evaluator")

    def call(self, ticket: str) -> None:
        """`next`: the coordinator's choice, the board's picture and voice."""
        number = ticket[9:]
        with self._step("call", {"number": number}):
            since = self._here()
            self._touch(WINDOW, "next")
            asked = self._see("ask.call", lambda s: s.type == "ask.call", since)
            answer = self._see(
                "answer.call", lambda s: s.type == "answer.call" and s.payload["to"] == asked.payload["id"], since
            )
            if answer.payload["ticket"] != ticket:
                raise StepFailed(
                    self._now, f"called {answer.payload['ticket'] or answer.payload['outcome']}, not {ticket}"
                )
            self._booked("ticket.called", lambda r: r["ticket"] == ticket and r["window"] == 3 and r["by"] == "system")
            self._truth("calling", since, lambda w: w["ticket"] == ticket)
        blanks: dict[str, Any] = {}
        with self._step("speak", blanks):
            call = self._see("hall.call", lambda s: s.where == "hall/call" and s.payload["ticket"] == ticket, since)
            blanks["said"] = self._voice(call.payload["id"])
            self._looks(BOARD, "screen", "board")
            self._looks(WINDOW, "sign", "sign")

    def serve(self, ticket: str, *, kill: bool) -> None:
        """Start and finish; with the broker killed in between, if it is ours to kill."""
        with self._step("start"):
            since = self._here()
            self._touch(WINDOW, "start")
            self._record(WINDOW, "ticket.started", since, ticket=ticket)
            self._truth("serving", since, lambda w: w["ticket"] == ticket)
        if kill and self.running.broker:
            self._kill(BROKER)
        elif kill:
            self.tell(word(self.lang, "not-ours"))
        with self._step("finish"):
            since = self._here()
            self._touch(WINDOW, "finish")
            self._record(WINDOW, "ticket.served", since, ticket=ticket)
            self._record(WINDOW, "rating.invited", since, ticket=ticket)
            self._truth("open", since, lambda w: w["invitation"] and w["invitation"]["ticket"] == ticket)
            self._looks(EVALUATOR, "screen", "evaluator-ask")

    def rate(self, ticket: str) -> None:
        """One of five buttons."""
        staff = next(iter(self.running.hall.pins))
        with self._step("rate", {"number": ticket[9:], "staff": staff}):
            since = self._here()
            self._hands(EVALUATOR, "press", "5")
            self._record(EVALUATOR, "rating.given", since, ticket=ticket, window=3, staff=staff, level=5)
            self._looks(EVALUATOR, "screen", "evaluator")

    def account(self) -> None:
        """Everything that was said is in the book, once, and receipted."""
        blanks: dict[str, Any] = {}
        with self._step("account", blanks):
            records = {
                s.payload["id"]: s for s in self.watcher.said() if s.type in RECORD_TYPES and s.payload.get("seq")
            }
            for said in records.values():
                self._receipted(said)
            book = Counter(row.id for row in read_book(self.running.book))
            off = [f"{s.where} {s.type}" for key, s in records.items() if book[key] != 1]
            if off:
                raise StepFailed(self._now, f"not once in the book: {', '.join(off)}")
            blanks["records"] = len(records)

    # --- hands -----------------------------------------------------------------------------------------------

    def _hands(self, device: str, *words: str) -> dict[str, Any]:
        try:
            return ask(self.running.hall.folder, device, words)
        except (NotUnderstood, BenchSilent) as why:
            raise StepFailed(self._now, f"{device} {words[0]}: {why}") from why

    def _touch(self, device: str, key: str) -> None:
        """A finger waits for its key to be on the screen."""
        self._until(f"{device}'s key {key}", lambda: key in self._hands(device, "look")["targets"])
        self._hands(device, "tap", key)

    def _kill(self, name: str) -> None:
        self.killed.append(name)
        self.running.processes.kill(name)
        self.tell(word(self.lang, f"kill-{name.partition('-')[0]}"))

    def _ready(self, name: str) -> None:
        if self.running.processes.wait_ready([name], SECONDS):
            raise StepFailed(f"kill {name}", "it did not come back")

    # --- eyes ------------------------------------------------------------------------------------------------

    def _here(self) -> int:
        return len(self.watcher.heard)

    def _fresh(self, where: str, true_of: Callable[[dict[str, Any]], bool]) -> None:
        """Said by this hall, not kept by the broker from an earlier one."""
        self._see(where, lambda s: s.where == where and not s.retained and true_of(s.payload))

    def _see(self, what: str, true_of: Callable[[Said], bool], since: int = 0) -> Said:
        said = self.watcher.wait(true_of, SECONDS, since)
        if said is None:
            raise StepFailed(self._now, f"{what} was not seen on the wire within {SECONDS:g} s")
        return said

    def _record(self, device: str, kind: str, since: int, **fields: object) -> Said:
        """A record on the wire, its receipt, and its one row in the book. One that was sent again is not news."""
        where = f"{device}/record"
        old = {s.payload["id"] for s in self.watcher.heard[:since] if s.where == where}
        said = self._see(
            f"{device}'s {kind}",
            lambda s: (
                s.where == where
                and s.type == kind
                and s.payload["id"] not in old
                and fields.items() <= s.payload.items()
            ),
            since,
        )
        self._receipted(said)
        self._booked(kind, lambda r: r["id"] == said.payload["id"])
        return said

    def _receipted(self, record: Said) -> None:
        device, journal, seq = (record.payload[key] for key in ("device", "journal", "seq"))
        self._see(
            f"a receipt for {device}'s {record.type}",
            lambda s: s.where == f"{device}/receipt" and s.payload["journal"] == journal and s.payload["upto"] >= seq,
        )

    def _booked(self, kind: str, true_of: Callable[[dict[str, Any]], bool]) -> None:
        rows = (json.loads(row.payload) for row in read_book(self.running.book))
        count = sum(1 for row in rows if row["type"] == kind and true_of(row))
        if count != 1:
            raise StepFailed(self._now, f"{kind} stands {count} times in the coordinator's book")

    def _truth(self, state: str, since: int, true_of: Callable[[dict[str, Any]], Any]) -> None:
        self._see(
            f"hall/window/3 {state}",
            lambda s: s.where == "hall/window/3" and s.payload["state"] == state and bool(true_of(s.payload)),
            since,
        )

    def _looks(self, device: str, part: str, view: str) -> None:
        """Wait until the part shows a view of this kind."""
        self._until(f"{device} shows {view}", lambda: str(self._hands(device, "look", part)["view"]).startswith(view))

    def _paper(self, number: str) -> Path:
        folder = self.out / "tickets" / KIOSK
        found: list[Path] = []

        def look() -> bool:
            found[:] = [file for file in folder.glob("*.bin") if encode(number) in file.read_bytes()]
            return bool(found)

        self._until(f"a ticket with {number} at the printer's port", look)
        if len(found) != 1:
            raise StepFailed(self._now, f"{number} was printed {len(found)} times")
        return found[0]

    def _voice(self, call: str) -> str:
        file = self.out / "voice" / f"{BOARD}.jsonl"
        lines: list[dict[str, Any]] = []

        def heard() -> bool:
            lines[:] = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
            return any(line["id"] == call and line["outcome"] == "said" for line in lines)

        self._until("the announcement", heard)
        said = [line for line in lines if line["id"] == call]
        if len(said) != 1:
            raise StepFailed(self._now, f"the call was spoken {len(said)} times")
        return " / ".join(phrase["text"] for phrase in said[0]["phrases"])

    def _until(self, what: str, true: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not true():
            if time.monotonic() > end:
                raise StepFailed(self._now, f"{what} was not seen within {SECONDS:g} s")
            time.sleep(LOOK_SECONDS)

    @contextmanager
    def _step(self, name: str, blanks: dict[str, Any] | None = None) -> Iterator[None]:
        self._now = name
        begun = time.monotonic()
        yield
        told = word(self.lang, name, **(blanks or {}))
        self.steps.append(Step(name, round(time.monotonic() - begun, 3), told))
        self.tell(f"{len(self.steps):>3}  {self.steps[-1].seconds:6.2f} s  {told}")
